"""`dayround agency`: the whitelist, quota, and which cases an agency may work on which days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import CityOption, JsonOption, Open, answer, answer_list, fail, opened, say

if TYPE_CHECKING:
    from datetime import date

    from scheduler.agencies import AgencyLoad

agency = typer.Typer(
    no_args_is_help=True,
    help="Agencies: the whitelist, quota, and the cases entrusted to them.",
)

NameArgument = Annotated[str, typer.Argument(metavar="AGENCY", help="As case files call it.")]
CasesArgument = Annotated[list[str], typer.Argument(metavar="CASE...", help="Contracts.")]
COLUMNS = ("agency", "listed", "evaluated", "quota", "now", "to come", "ended", "warnings")


def register(app: typer.Typer) -> None:
    app.add_typer(agency, name="agency")


@agency.command("list")
def list_agencies(
    context: typer.Context, city: CityOption = None, as_json: JsonOption = False
) -> None:
    """List the agencies with their open cases and what asks for attention."""
    from scheduler.agencies import warnings

    desk = opened(context, city)
    rows = [
        (*told(one), ", ".join(warnings(one, desk.day("today"))) or "none") for one in loads(desk)
    ]
    answer_list("Agencies", COLUMNS, rows, as_json=as_json)


@agency.command(
    "set", epilog="Example: [bold]dayround agency set North --listed --evaluated 2026-10-01[/]"
)
def put(
    context: typer.Context,
    name: NameArgument,
    is_listed: Annotated[
        bool | None, typer.Option("--listed/--not-listed", help="On the whitelist.")
    ] = None,
    evaluated: Annotated[
        str | None, typer.Option("--evaluated", metavar="DATE", help="The last evaluation.")
    ] = None,
    quota: Annotated[
        int | None, typer.Option("--quota", min=0, help="Cases that it may have at once.")
    ] = None,
    city: CityOption = None,
) -> None:
    """Keep what is told of an agency; what is not told stays."""
    desk = opened(context, city)
    known = next((one.agency for one in loads(desk) if one.agency.name == name), None)
    if known is None:
        fail(f"{desk.city.name} has no agency {name!r}: a case file names it first")
    if is_listed is not None:
        known = replace(known, is_listed=is_listed)
    if evaluated is not None:
        known = replace(known, evaluated_on=past_day(desk, evaluated))
    if quota is not None:
        known = replace(known, quota=quota)
    with desk.wired.store.writing(desk.by()) as writer:
        writer.put_agency(desk.city.name, known)
    answer(f"{name} is kept")
    warn(desk, name)


@agency.command(
    "entrust",
    epilog="Example: [bold]dayround agency entrust North HT-1 HT-2 --from today --to 2027-01-31[/]",
)
def entrust(
    context: typer.Context,
    name: NameArgument,
    cases: CasesArgument,
    first: Annotated[str | None, typer.Option("--from", help="Its first day; at once.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Its last day; until taken back.")] = (
        None
    ),
    city: CityOption = None,
) -> None:
    """Entrust cases to an agency: its people see them, alone and between the days."""
    desk = opened(context, city)
    if not name.strip():
        fail("name the agency; `dayround agency return` takes cases back")
    days = (desk.day(first) if first else None, desk.day(last) if last else None)
    count = give(desk, cases, name, *days)
    answer(f"{count:,} cases are entrusted to {name}")
    warn(desk, name)


@agency.command("return", epilog="Example: [bold]dayround agency return HT-1 HT-2[/]")
def take_back(context: typer.Context, cases: CasesArgument, city: CityOption = None) -> None:
    """Take cases back at once: they are the lender's own."""
    desk = opened(context, city)
    answer(f"{give(desk, cases, '', None, None):,} cases are back")


def give(desk: Open, cases: list[str], name: str, first: date | None, last: date | None) -> int:
    """Entrust cases, and return how many changed hands or dates."""
    from data.store.agencies import Entrusting

    told = Entrusting(tuple(dict.fromkeys(cases)), name, first, last)
    with desk.wired.store.writing(desk.by()) as writer:
        return writer.entrust(desk.city.name, told)


def warn(desk: Open, name: str) -> None:
    """Tell what asks for attention about an agency."""
    from scheduler.agencies import warnings

    for load in loads(desk):
        if load.agency.name == name:
            for one in warnings(load, desk.day("today")):
                say(f"[yellow]{name}:[/] {one.replace('_', ' ')}")


def loads(desk: Open) -> list[AgencyLoad]:
    """Return the agencies of the city with their open cases."""
    from data.store.agencies import AgencyLists

    return AgencyLists(desk.wired.store.engine).loads(desk.city.name, desk.day("today"))


def past_day(desk: Open, text: str) -> date:
    """Read a day that is not ahead."""
    if (on := desk.day(text)) > desk.day("today"):
        fail(f"{on} is ahead: an evaluation has been made")
    return on


def told(load: AgencyLoad) -> tuple[object, ...]:
    """Return a row of the list, under `COLUMNS`."""
    one = load.agency
    quota = "" if one.quota is None else one.quota
    listed = "yes" if one.is_listed else "no"
    return (one.name, listed, one.evaluated_on or "", quota, load.now, load.ahead, load.ended)

"""Commands about what came of visits; those about cases and promises are registered with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from web.cli.case_story import CaseArgument, case, entry_line, story_of
from web.cli.common import CityOption, Open, answer, fail, opened
from web.cli.outcome_values import (
    case_of,
    code_of,
    details_of,
    moment_of,
    place_of,
    sum_of,
    window_of,
)
from web.cli.promised import promises

if TYPE_CHECKING:
    from scheduler.ports import Outcome

outcome = typer.Typer(no_args_is_help=True, help="What came of visits.")

OPTIONS = {"amount": "--amount", "due": "--due", "next_time": "--suits"}


def register(app: typer.Typer) -> None:
    app.add_typer(case, name="case")
    app.add_typer(outcome, name="outcome")
    app.add_typer(promises, name="promises")


@outcome.command(
    "add", epilog="Example: [bold]dayround outcome add K-1024 PTP --amount 500 --due 2026-12-01[/]"
)
def add(
    context: typer.Context,
    id: CaseArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help="PTP, NOT_HOME, …")],
    city: CityOption = None,
    place: Annotated[
        str | None, typer.Option("--place", help="Where; needed where she has several places.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="When, such as 2026-11-23T10:30; now by default.")
    ] = None,
    crew: Annotated[str, typer.Option("--crew", help="Who went: ids with + between.")] = "",
    amount: Annotated[str | None, typer.Option("--amount", help="Paid or promised.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="Day of a promise.")] = None,
    method: Annotated[str, typer.Option("--method", help="How it is to be paid.")] = "",
    suits: Annotated[
        str | None, typer.Option("--suits", help="2026-11-24T18:00/20:00: when she asks for.")
    ] = None,
    details: Annotated[
        str | None,
        typer.Option("--details", metavar="JSON", help='Such as {"attitude": "upset"}.'),
    ] = None,
    corrects: Annotated[
        str, typer.Option("--corrects", metavar="KEY", help="The outcome that it replaces.")
    ] = "",
    key: Annotated[
        str | None, typer.Option("--key", help="Your own, so that sending twice records once.")
    ] = None,
) -> None:
    """Record what came of a visit, with all that follows from it."""
    from scheduler.lifecycle import MET, NOT_MADE
    from scheduler.ports import Outcome

    desk = opened(context, city)
    hers = case_of(desk, id)
    result = code_of(code)
    new = Outcome(
        key=key or uuid4().hex,
        borrower_id=hers.borrower_id,
        place_id=place_of(desk, hers, place),
        at=moment_of(desk, at) if at else desk.wired.ports.clock(),
        code=result,
        crew=tuple(one for one in crew.split("+") if one),
        was_made=result not in NOT_MADE,
        was_met=result in MET,
        amount=sum_of(amount),
        due=desk.day(due) if due else None,
        method=method,
        suits=window_of(desk, suits) if suits else None,
        case_id=hers.id,
        details=details_of(details) if details else None,
        corrects=corrects,
    )
    refuse_incomplete(desk, new)
    record(desk, new)


def refuse_incomplete(desk: Open, new: Outcome) -> None:
    """End the command where a result lacks what it is nothing without, or cannot be so."""
    from data.secured import known_secured
    from scheduler.lifecycle import COLLATERAL, Code, Detail, lacking

    told = {Detail.AMOUNT: new.amount, Detail.DUE: new.due, Detail.NEXT_TIME: new.suits}
    lacks = lacking(Code(new.code), {name for name, value in told.items() if value is not None})
    wrong = [f"{new.code} needs {OPTIONS[one]}" for one in lacks]
    if new.at > desk.wired.ports.clock():
        wrong.append(f"--at {new.at:%Y-%m-%d %H:%M} lies in the future; write when it was")
    if new.due is not None and new.due < new.at.astimezone(desk.zone).date():
        wrong.append(f"--due {new.due} lies before the visit")
    if strangers := sorted(set(new.crew) - desk.collector_ids()):
        wrong.append(f"--crew names nobody who visits: {', '.join(strangers)}")
    products = [one.product for one in story_of(desk, new.borrower_id).cases]
    setting = known_secured(desk.wired.cities.path(desk.city.name))
    if Code(new.code) in COLLATERAL and not setting.may_be_secured(products):
        wrong.append(
            f"{new.code} is of collateral, and no contract of {new.borrower_id} is secured"
        )
    if wrong:
        fail("; ".join(wrong))


def record(desk: Open, new: Outcome) -> None:
    """Keep an outcome, say its key, which a correction names, and what followed from it."""
    from scheduler.timeline import timeline

    before = {one.id for one in story_of(desk, new.borrower_id).events}
    with desk.wired.store.writing(desk.by()) as writer:
        is_new = writer.record_outcome(desk.city.name, new)
    answer(f"{'recorded' if is_new else 'known already'}: {new.code} of {new.case_id}, {new.key}")
    for one in reversed(timeline(story_of(desk, new.borrower_id).events)):
        if one.id not in before and one.kind != "outcome.recorded":
            answer(f"  {entry_line(one, desk.city)}")

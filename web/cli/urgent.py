"""`dayround urgent`: a new case into the book at once, and into the day where it fits best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from web.cli.common import CityOption, JsonOption, Open, answer, answer_list, fail, opened, say

if TYPE_CHECKING:
    from scheduler.drafts.opened import OpenDraft
    from scheduler.ports import CaseRecord
    from scheduler.urgent_service import Ways

COLUMNS = ("crew", "begins", "driving_min", "cost", "moved", "lost")
MOST_TOLD = 5
"""Reasons why nobody can come."""


def register(app: typer.Typer) -> None:
    app.command(
        "urgent",
        epilog="Example: [bold]dayround urgent HT-0099 --name 张三 --address 东河路18号 "
        "--overdue 5000 --put-in[/]",
    )(urgent)


def urgent(
    context: typer.Context,
    contract: Annotated[str, typer.Argument(metavar="CONTRACT", help="The new contract.")],
    name: Annotated[str, typer.Option("--name", help="The borrower's.")],
    address: Annotated[str, typer.Option("--address", help="Of her home.")],
    overdue: Annotated[str, typer.Option("--overdue", help="What is overdue.")],
    phone: Annotated[str, typer.Option("--phone", help="Her own number.")] = "",
    agency: Annotated[str, typer.Option("--agency", help="Whose case it is.")] = "",
    position: Annotated[
        str, typer.Option("--position", help="'LAT, LON' in WGS-84, if you know it.")
    ] = "",
    on: Annotated[str, typer.Option("--date", help="Into which day.")] = "today",
    put_in: Annotated[bool, typer.Option("--put-in", help="Put it in where it fits best.")] = False,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a new urgent case in, and tell where it fits best into a day's plan; put it in."""
    from data.made_up import refuse_real_people
    from data.store.imports.urgent import list_of_one, take_urgent
    from scheduler.drafts.opened import open_draft
    from scheduler.slots.urgent import look_up_urgent
    from scheduler.urgent_service import ways_of

    desk = opened(context, city)
    day, wired = desk.day(on), desk.wired
    cells = {"contract": contract, "name": name, "home_address": address, "overdue": overdue}
    cells |= {"phone": phone, "agency": agency, "assigned": "yes"}
    record, known = _record(desk, cells, position)
    refuse_real_people(wired.home, [record])
    placed = look_up_urgent(wired.ports, desk.city.name, record)
    if not placed.is_sure:
        found = f"{placed.found.precision} ({placed.found.matched or 'nothing of it'})"
        fail(f"the address was found to its {found} only: give --position 'LAT, LON'")
    new, by = list_of_one(cells, uuid4().hex, wired.home.secret()), wired.ports.by(desk.actor)
    take_urgent(wired.store, by, desk.city.name, record, known, placed, new)
    draft = open_draft(wired.ports, desk.city.name, day)
    found_ways = ways_of(draft, record.borrower.id)
    if not put_in:
        _tell(draft, found_ways, as_json=as_json)
        return
    if not found_ways.ways:
        why = _why(draft, found_ways)
        fail(f"{contract} is in the book, and not put into the day: {why}")
    _put_in(desk, draft, found_ways, contract)


def _put_in(desk: Open, draft: OpenDraft, found: Ways, contract: str) -> None:
    """Take the cheapest way, as one edit of a draft; of a published plan it makes one."""
    from scheduler.drafts.copying import as_draft
    from scheduler.urgent_service import name_of, put_in

    ports, best = desk.wired.ports, found.ways[0]
    key = f"cli-{uuid4().hex}"
    put, _ = put_in(ports, as_draft(draft), found, name_of(best), desk.actor, key)
    crews, at = "+".join(best.effect.crew_ids), draft.problem.at(best.effect.start_s)
    answer(
        f"{contract} stands in version {put.record.version} of {put.record.content.on}, by {crews} "
        f"at about {at:%H:%M}"
    )


def _record(desk: Open, cells: dict[str, str], position: str) -> tuple[CaseRecord, frozenset[str]]:
    """Read the case as a list of one row is read."""
    from data.readers.one_case import read_one_case
    from routing.datum import Datum, read_position
    from scheduler.slots.urgent import with_point

    key = desk.wired.home.secret()
    read = read_one_case(cells, zone=desk.zone, key=key, now=desk.wired.ports.clock())
    if read.errors:
        fail("; ".join(f"{one.column} {one.value!r} {one.problem}" for one in read.errors))
    (record,) = read.records
    if not position:
        return record, read.known
    try:
        return with_point(record, read_position(position, Datum.WGS84)), read.known
    except ValueError as error:
        fail(f"--position {position!r}: {error}")


def _why(draft: OpenDraft, found: Ways) -> str:
    if found.planned:
        return f"version {draft.record.version} has it already"
    return "; ".join(dict.fromkeys(one.text for one in found.forbidden[:MOST_TOLD]))


def _tell(draft: OpenDraft, found: Ways, *, as_json: bool) -> None:
    if not found.ways:
        say(_why(draft, found))
    rows = [
        (
            "+".join(one.effect.crew_ids),
            f"{draft.problem.at(one.effect.start_s):%H:%M}",
            f"{one.effect.driving_s / 60:.0f}",
            f"{one.price / 1000:.2f}",
            f"{len(one.moved)}",
            f"{len(one.dropped)}",
        )
        for one in found.ways
    ]
    answer_list("Ways into the day", COLUMNS, rows, as_json=as_json)

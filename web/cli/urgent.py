"""`dayround urgent`: a new case into the book at once, and into the day where it fits best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from web.cli.common import CityOption, JsonOption, Open, answer, answer_list, fail, opened, say

if TYPE_CHECKING:
    from scheduler.ports import CaseRecord
    from scheduler.slots.slot import DaySlots

COLUMNS = ("crew", "begins", "driving_min", "cost", "p_met")


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
    from scheduler.slots.urgent import look_up_urgent, take_urgent

    desk = opened(context, city)
    day, now = desk.day(on), desk.wired.ports.clock()
    cells = {"contract": contract, "name": name, "home_address": address, "overdue": overdue}
    cells |= {"phone": phone, "agency": agency, "assigned": "yes"}
    record, known = _record(desk, cells, position)
    placed = look_up_urgent(desk.wired.ports, desk.city.name, record)
    if not placed.is_sure:
        found = f"{placed.found.precision} ({placed.found.matched or 'nothing of it'})"
        fail(f"the address was found to its {found} only: give --position 'LAT, LON'")
    take_urgent(desk.wired.ports, desk.city.name, record, known, placed, desk.actor)
    borrower_id = record.borrower.id
    told = desk.wired.slots.ways(desk.city.name, day, borrower_id, now)
    if not put_in:
        _tell(desk, told, as_json=as_json)
        return
    if not told.slots or told.version is None:
        fail(f"{contract} is in the book, and not in the day: {_why(told)}")
    key = f"cli-{uuid4().hex}"
    best, version = told.slots[0], told.version
    put = desk.wired.slots.put_at(desk.city.name, best, version, borrower_id, desk.actor, key)
    answer(
        f"{contract} stands in version {put.version} of {day}, by {'+'.join(best.crew_ids)} at "
        f"about {best.begins_at.astimezone(desk.zone):%H:%M}"
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


def _why(told: DaySlots) -> str:
    if told.planned:
        return f"version {told.version} has it already"
    return told.closed.detail if told.closed else "no crew has room for it"


def _tell(desk: Open, told: DaySlots, *, as_json: bool) -> None:
    if not told.slots:
        say(_why(told))
    rows = [
        (
            "+".join(one.crew_ids),
            f"{one.begins_at.astimezone(desk.zone):%H:%M}",
            f"{one.driving_s / 60:.0f}",
            f"{one.cost / 1000:.2f}",
            f"{one.p_met:.2f}",
        )
        for one in told.slots
    ]
    answer_list("Ways into the day", COLUMNS, rows, as_json=as_json)

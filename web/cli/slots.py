"""`dayround slots`: when one more visit could be made, and booking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from web.cli.common import CityOption, JsonOption, Open, answer, answer_list, fail, opened, say
from web.cli.contact import WhoseArgument, agreed, cell, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.slots.finding import Found
    from scheduler.slots.slot import Asked, DaySlots, Slot

COLUMNS = ("day", "hours", "crew", "begins", "driving_min", "cost", "p_met", "plan")


def register(app: typer.Typer) -> None:
    app.command("slots", epilog="Example: [bold]dayround slots HT-0042[/]")(slots)


def slots(
    context: typer.Context,
    whose: WhoseArgument,
    book: Annotated[
        str | None,
        typer.Option("--book", metavar="HOURS", help="Book them: '2026-12-01 14:00-15:00'."),
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", help="How it was agreed: call, sms, chat, …")
    ] = "call",
    direction: Annotated[str, typer.Option("--direction", help="out, or in: she called.")] = "out",
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find when the next seven days have room for a visit, and book one of these hours."""
    desk = opened(context, city)
    who = asked_of(desk, whose)
    if book is None:
        tell(desk, desk.wired.slots.find(desk.city.name, who), as_json=as_json)
        return
    contact = _contact(desk, who, book, channel, direction)
    hours = desk.wired.slots.book(desk.city.name, who, contact)
    start, end = hours.start.astimezone(desk.zone), hours.end.astimezone(desk.zone)
    answer(f"booked: {start:%Y-%m-%d %H:%M}-{end:%H:%M}")


def asked_of(desk: Open, whose: str) -> Asked:
    """Return who asks: the borrower of a contract, or she herself for the first of hers."""
    from scheduler.slots.slot import Asked

    borrower_id, case_id = person(desk, whose)
    by_case = desk.wired.store.borrowers_by_case(desk.city.name)
    ids = [case_id] if case_id else sorted(id for id, who in by_case.items() if who == borrower_id)
    return Asked(borrower_id, tuple(ids), desk.wired.ports.clock())


def _contact(desk: Open, who: Asked, book: str, channel: str, direction: str) -> Any:
    from data.readers.contact_columns import channel as read_channel
    from data.readers.contact_columns import direction as read_direction
    from scheduler.contacts import Contact, ContactResult, Party

    hours = agreed(desk, who.now, book)
    assert hours is not None
    if hours.start < who.now:
        fail(f"--book {book!r} lies in the past; name hours to come")
    return Contact(
        key=f"cli-{uuid4().hex}",
        borrower_id=who.borrower_id,
        channel=cell("--channel", read_channel, channel),
        direction=cell("--direction", read_direction, direction),
        party=Party.BORROWER,
        result=ContactResult.APPOINTMENT,
        at=who.now,
        by=desk.actor,
        case_id=who.case_ids[0] if len(who.case_ids) == 1 else "",
        appointment=hours,
    )


def tell(desk: Open, found: Found, *, as_json: bool) -> None:
    """Print the slots, and beside them why days have none."""
    for day in found.days:
        if day.closed:
            rule = f" ({day.closed.rule})" if day.closed.rule else ""
            say(f"{day.on:%a %d %b}: {day.closed.detail}{rule}")
    answer_list("Slots", COLUMNS, list(_rows(desk, found)), as_json=as_json)


def _rows(desk: Open, found: Found) -> Iterator[tuple[str, ...]]:
    for day in found.days:
        for slot in sorted(day.slots, key=lambda slot: slot.window.start.timestamp()):
            yield _row(desk, day, slot)


def _row(desk: Open, day: DaySlots, slot: Slot) -> tuple[str, ...]:
    start, end, begins = (
        f"{at.astimezone(desk.zone):%H:%M}"
        for at in (slot.window.start, slot.window.end, slot.begins_at)
    )
    plan = f"version {day.version}" if day.version else "no plan yet"
    crew = "+".join(slot.crew_ids) if day.has_crews else "to be formed"
    minutes, cost = f"{slot.driving_s / 60:.0f}", f"{slot.cost / 1000:.2f}"
    return str(day.on), f"{start}-{end}", crew, begins, minutes, cost, f"{slot.p_met:.2f}", plan

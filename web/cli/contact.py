"""`dayround contact`: the log of calls, messages and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from web.cli.common import CityOption, JsonOption, Open, answer, answer_list, escaped, fail, opened

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.contacts import Contact
    from scheduler.model import Window

contact = typer.Typer(no_args_is_help=True, help="Log contacts with borrowers, and see them.")

WhoseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="The contract, or a borrower's client id.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(contact, name="contact")


@contact.command(
    "add",
    epilog="Example: [bold]dayround contact add HT-0042 --channel call --result appointment "
    "--appointment '2026-12-01 14:00-16:00'[/]",
)
def add(
    context: typer.Context,
    whose: WhoseArgument,
    channel: Annotated[
        str, typer.Option("--channel", help="call, sms, chat, email, letter or visit.")
    ],
    result: Annotated[
        str, typer.Option("--result", help="answered, no answer, delivered, promised, …")
    ],
    party: Annotated[
        str | None, typer.Option("--party", help="Who was reached; the borrower where untold.")
    ] = None,
    direction: Annotated[str, typer.Option("--direction", help="out, or in: she called.")] = "out",
    at: Annotated[
        str | None, typer.Option("--at", help="When, as in '2026-11-20 14:05'; now by default.")
    ] = None,
    appointment: Annotated[
        str | None,
        typer.Option("--appointment", help="Agreed visit, as in '2026-12-01 14:00-16:00'."),
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", help="Promised sum, with --result promised.")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="By when it was promised.")
    ] = None,
    grace_days: Annotated[
        int | None, typer.Option("--grace-days", min=0, max=365, help="Days of grace after it.")
    ] = None,
    method: Annotated[str, typer.Option("--method", help="How it is to be paid.")] = "",
    corrects: Annotated[
        str, typer.Option("--corrects", metavar="KEY", help="The contact whose place it takes.")
    ] = "",
    note: Annotated[str, typer.Option("--note", help="Anything else.")] = "",
    city: CityOption = None,
) -> None:
    """Log one contact; what was agreed or promised in it holds as at a door."""
    from data.readers.contact_columns import channel as read_channel
    from data.readers.contact_columns import direction as read_direction
    from data.readers.contact_columns import party as read_party
    from data.readers.contact_columns import result as read_result
    from data.readers.contacts import usual_party
    from data.readers.values import money as read_money
    from scheduler.contacts import Contact, promise_fault

    desk = opened(context, city)
    borrower_id, case_id = person(desk, whose)
    what = cell("--result", read_result, result)
    when = moment(desk, at)
    told = Contact(
        key=f"cli-{uuid4().hex}",
        borrower_id=borrower_id,
        channel=cell("--channel", read_channel, channel),
        direction=cell("--direction", read_direction, direction),
        party=cell("--party", read_party, party) if party else usual_party(what),
        result=what,
        at=when,
        by=desk.actor,
        case_id=case_id,
        note=note,
        appointment=agreed(desk, when, appointment),
        amount=cell("--amount", read_money, amount) if amount else None,
        due=desk.day(due) if due else None,
        grace_days=grace_days,
        method=method,
        corrects=corrects,
    )
    if fault := promise_fault(told, told.at.astimezone(desk.zone).date()):
        fail(f"--{fault[0]} {fault[1]}")
    with desk.wired.store.writing(desk.by()) as writer:
        change = writer.add_contacts(desk.city.name, [told])
    for no in change.refused:
        fail(no.problem)
    answer(f"logged: {told.channel}, {told.result}, {shown(desk, told.at)}")


@contact.command("list", epilog="Example: [bold]dayround contact list HT-0042[/]")
def list_contacts(
    context: typer.Context,
    whose: WhoseArgument,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the contacts with a borrower, the newest first."""
    desk = opened(context, city)
    borrower_id, _ = person(desk, whose)
    columns = ("at", "channel", "direction", "party", "result", "by", "case", "appointment")
    sums = ("promised", "due", "key")
    found = desk.wired.store.contacts(desk.city.name, borrower_id)
    rows = [row(desk, one) for one in found]
    answer_list(f"Contacts of {escaped(borrower_id)}", (*columns, *sums), rows, as_json=as_json)


def row(desk: Open, one: Contact) -> tuple[str, ...]:
    visit = one.appointment
    booked = f"{shown(desk, visit.start)}-{visit.end.astimezone(desk.zone):%H:%M}" if visit else ""
    return (
        *(shown(desk, one.at), one.channel, one.direction, one.party, one.result),
        *(one.by, one.case_id, booked),
        *("" if one.amount is None else str(one.amount), str(one.due or ""), one.key),
    )


def person(desk: Open, whose: str) -> tuple[str, str]:
    """Return the borrower of a case, and the case; or a borrower herself, and ''."""
    by_case = desk.wired.store.borrowers_by_case(desk.city.name)
    if whose in by_case:
        return by_case[whose], whose
    if whose in by_case.values():
        return whose, ""
    fail(f"{desk.city.name} has no case and no borrower {whose!r}")


def cell(option: str, read: Any, text: str) -> Any:
    """Read an option as a list's cell is read."""
    try:
        return read(text)
    except ValueError as error:
        fail(f"{option} {text!r} {error}")


def moment(desk: Open, text: str | None) -> datetime:
    """Read when it was; nobody can log what is to come."""
    from datetime import datetime, time

    from data.readers.values import moment as read_moment

    now = desk.wired.ports.clock()
    if text is None:
        return now
    on, clock = cell("--at", read_moment, text)
    at = datetime.combine(on, clock or time(12), desk.zone)
    if at > now:
        fail(f"--at {text!r} lies in the future; write when it was")
    return at


def agreed(desk: Open, at: datetime, text: str | None) -> Window | None:
    """Read a visit that was agreed in a contact; it lies after that."""
    from data.readers.hours import appointment, window
    from scheduler.contacts import appointment_fault

    if text is None:
        return None
    on, hours = cell("--appointment", appointment, text)
    found = window(on, hours, desk.zone)
    if fault := appointment_fault(at, found):
        fail(f"--appointment {text!r} {fault}")
    return found


def shown(desk: Open, at: datetime) -> str:
    return f"{at.astimezone(desk.zone):%Y-%m-%d %H:%M}"

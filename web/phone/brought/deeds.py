"""What the book makes of one record, by its kind."""

from __future__ import annotations

from typing import Any

from data.store.field.attachments import Whose
from data.store.store import SqlWriter
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.errors import DayroundError
from scheduler.field.records import RecordKind, RecordState
from scheduler.ports import MarkKind
from web.phone.brought.confirmed import arrived, confirmed
from web.phone.brought.made import Made
from web.phone.brought.results import result
from web.phone.brought.telling import Telling
from web.phone.marks import mark
from web.phone.standing import standing_in
from web.phone.words import FAR_WHYS

MARKS = {
    RecordKind.BEGIN: MarkKind.BEGIN,
    RecordKind.ACCEPT: MarkKind.ACCEPT,
    RecordKind.ARRIVE: MarkKind.ARRIVE,
    RecordKind.LEAVE: MarkKind.LEAVE,
}
EVENTS = {
    RecordKind.SKIP: "visit.refused",
    RecordKind.SHOWN: "borrower.shown",
    RecordKind.NAVIGATE: "door.navigated",
    RecordKind.BREAK_BEGIN: "break.begun",
    RecordKind.BREAK_END: "break.ended",
    RecordKind.LATE: "crew.late",
    RecordKind.PROBLEM: "crew.problem",
    RecordKind.PANIC: "crew.panic",
    RecordKind.ATTACHMENT: "visit.attached",
    RecordKind.END: "day.ended",
}
CODED = ("rule", "why", "what", "fields", "minutes", "navigator")
"""Parts of a record that are codes and counts: words of people stay out of events."""

FAR = "visit.far"
LONGEST_CODE = 40
OF_VISITS = frozenset(
    {
        *(RecordKind.ARRIVE, RecordKind.LEAVE, RecordKind.CONFIRM, RecordKind.RESULT),
        *(RecordKind.SKIP, RecordKind.CALL, RecordKind.SHOWN, RecordKind.NAVIGATE),
        RecordKind.ATTACHMENT,
    }
)
"""Kinds that are about a visit of the plan."""

APPLIED = Made(RecordState.APPLIED)


def tried(writer: SqlWriter, telling: Telling) -> Made:
    """Do what a record tells, wholly or not at all; what it is refused for is told."""
    try:
        with writer.attempt():
            return deed(writer, telling)
    except DayroundError as error:
        return Made(RecordState.REFUSED, {"why": str(error)})


def deed(writer: SqlWriter, telling: Telling) -> Made:
    """Do what a record tells; DayroundError where it cannot be."""
    kind = telling.record.kind
    if telling.round is None:
        return refused("plan")
    if kind is RecordKind.SHOWN and "promise" in telling.record.body:
        return promise_shown(writer, telling)
    if kind in OF_VISITS and telling.visit is None:
        return refused("visit")
    if kind in MARKS:
        return marked(writer, telling, MARKS[kind])
    if kind is RecordKind.RESULT:
        return result(writer, telling)
    if kind is RecordKind.ATTACHMENT:
        return attached(writer, telling)
    if kind is RecordKind.CONFIRM:
        return confirmed(writer, telling)
    return called(writer, telling) if kind is RecordKind.CALL else noted(writer, telling)


def refused(why: str) -> Made:
    """Return that a record is about something that its plan does not have."""
    return Made(RecordState.REFUSED, {"why": why})


def marked(writer: SqlWriter, telling: Telling, kind: MarkKind) -> Made:
    """Keep that the day was begun, a plan accepted, a door arrived at or left."""
    day, record = telling.day, telling.record
    undone = str(record.body.get("undoes") or "") if kind is MarkKind.LEAVE else ""
    taken = (day.city.name, undone, record.visit_id, telling.at)
    if undone and writer.take_back_arrival(*taken):
        return APPLIED
    standing = standing_in(record.body, day)
    told = mark(day, kind, record.key, telling.at, telling.visit, standing)
    writer.put_mark(day.city.name, told)
    if kind is MarkKind.ARRIVE:
        arrived(writer, telling)
    note_far(writer, telling)
    return APPLIED


def note_far(writer: SqlWriter, telling: Telling) -> None:
    """Keep how far from the door she stood by her phone, and why, as she said it.

    That the phone itself is wrong she says once a shift: then it is told as repeated.
    """
    visit, record = telling.visit, telling.record
    far_m, why = record.body.get("far_m"), record.body.get("why")
    if visit is None or visit.borrower is None or why not in FAR_WHYS or type(far_m) is not int:
        return
    after = {"at": telling.at, "device": record.device, "key": record.key}
    after |= {"visit": visit.id, "what": record.kind.value, "far_m": far_m, "why": why}
    after |= {"repeated": True} if record.body.get("repeated") is True else {}
    writer.note(FAR, visit.borrower.id, city=telling.city.name, after=after)


def noted(writer: SqlWriter, telling: Telling) -> Made:
    """Keep what changes nothing in the book: that it was told, when, by whom, and of which visit.

    The words stay in the record: an event is kept for years.
    """
    record, visit = telling.record, telling.visit
    assert telling.round is not None
    subject = visit.borrower.id if visit and visit.borrower else telling.device.collector_id
    after = {"at": telling.at, "device": record.device, "key": record.key}
    after |= {"crew": list(telling.round.crew.members)}
    after |= {"visit": record.visit_id} if record.visit_id else {}
    after |= {name: record.body[name] for name in CODED if is_code(record.body.get(name))}
    writer.note(EVENTS[record.kind], subject, city=telling.city.name, after=after)
    return APPLIED


def attached(writer: SqlWriter, telling: Telling) -> Made:
    """Keep what is attached to a visit; what could not be kept was told before it was locked."""
    visit, record = telling.visit, telling.record
    if why := record.body.get("why"):
        return refused(str(why))
    if visit is None or visit.borrower is None or visit.place is None:
        return refused("gone")
    whose = Whose(visit.borrower.id, visit.place.id)
    if not writer.attach(telling.city.name, record.key, whose, telling.at):
        return refused("many")
    return noted(writer, telling)


def promise_shown(writer: SqlWriter, telling: Telling) -> Made:
    """Keep that she looked at whose a promise was, and its sum, on her own pages."""
    record, city = telling.record, telling.city.name
    id = record.body["promise"]
    hers = telling.device.collector_id
    who = writer.promised_by(city, hers, id) if isinstance(id, int) else None
    if who is None:
        return refused("promise")
    told = {"at": telling.at, "device": record.device, "key": record.key, "promise": id}
    writer.note("borrower.shown", who, city=city, after=told | {"fields": ["name", "amount"]})
    return APPLIED


def is_code(value: Any) -> bool:
    """Tell whether a value is a code, a count or a list of codes, as our own pages send them."""
    if isinstance(value, list):
        return all(isinstance(one, str) and is_code(one) for one in value)
    if isinstance(value, str):
        return len(value) <= LONGEST_CODE and value.replace("_", "").isalnum() and value.isascii()
    return isinstance(value, int)


def called(writer: SqlWriter, telling: Telling) -> Made:
    """Keep a call to the borrower of a visit, as the log of contacts has all others."""
    visit, body = telling.visit, telling.record.body
    if visit is None or visit.borrower is None or body.get("result") not in list(ContactResult):
        return refused("call")
    contact = Contact(
        key=telling.record.key,
        borrower_id=visit.borrower.id,
        channel=Channel.CALL,
        direction=Direction.OUT,
        party=Party(body["party"]) if body.get("party") in list(Party) else Party.NOBODY,
        result=ContactResult(body["result"]),
        at=telling.at,
        by=telling.device.actor,
    )
    writer.add_contacts(telling.city.name, [contact])
    return APPLIED

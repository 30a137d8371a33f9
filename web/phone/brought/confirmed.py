"""Who is at the door, as records tell: who arrived, and the second of a crew beside her."""

from __future__ import annotations

from data.store.store import SqlWriter
from scheduler.field.company import How, Presence
from scheduler.field.records import RecordState
from web.context import wired
from web.phone.brought.made import Made
from web.phone.brought.telling import Telling


def arrived(writer: SqlWriter, telling: Telling) -> None:
    """Keep that whoever carries the phone is at the door."""
    keep(writer, telling, telling.device.collector_id, How.ARRIVED)


def confirmed(writer: SqlWriter, telling: Telling) -> Made:
    """Keep that somebody of the crew is there, too: by her own phone, or by her code on this one.

    `body` names her in `by`, '' or nothing where it is who carries the phone; with a code, `proof`
    is what the phone made of it (DayCode.proof). It is checked again, whatever the phone found.
    """
    hers, body = telling.device.collector_id, telling.record.body
    who = str(body.get("by") or hers)
    assert telling.round is not None
    if who not in telling.round.crew.members:
        return Made(RecordState.REFUSED, {"why": "crew"})
    if who != hers and not is_proven(telling, who):
        return Made(RecordState.REFUSED, {"why": "code"})
    how = How.PHONE if who == hers else How.CODE
    keep(writer, telling, who, how)
    note_confirmed(writer, telling, who, how)
    return Made(RecordState.APPLIED)


def is_proven(telling: Telling, who: str) -> bool:
    """Whether the phone was told the code that somebody has on this day, at this visit."""
    on, record = telling.device.on, telling.record
    code = wired().day_code(telling.city.name, on, who)
    return code.proves(record.body.get("proof"), on, record.visit_id, who)


def keep(writer: SqlWriter, telling: Telling, who: str, how: How) -> None:
    """Keep a presence at the visit that a record is about."""
    told = Presence(telling.record.visit_id, who, telling.at, how)
    writer.put_presence(telling.city.name, telling.device.on, told)


def note_confirmed(writer: SqlWriter, telling: Telling, who: str, how: How) -> None:
    """Note it, by ids alone."""
    visit, record = telling.visit, telling.record
    subject = visit.borrower.id if visit and visit.borrower else record.visit_id
    told = {"visit": record.visit_id, "collector": who, "how": how.value}
    after = {"at": telling.at, "device": record.device, "key": record.key, **told}
    writer.note("visit.confirmed", subject, city=telling.city.name, after=after)

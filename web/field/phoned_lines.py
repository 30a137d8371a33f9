"""The lines of the quick form: read, saved by the phone's own use case, and what came of each."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import request

from data.store.field.devices import Device
from data.store.field.records import ToldResult
from data.store.rounds import RoundStop
from data.store.store import SqlWriter
from scheduler.errors import DayroundError
from scheduler.field.records import FieldRecord, RecordKind, RecordState
from web.auth.access import by
from web.context import now, today, wired
from web.field.record_lines import FieldLine, field_line, why
from web.language import t
from web.phone.brought.made import Made
from web.phone.brought.results import result
from web.phone.brought.telling import Telling
from web.phone.day_page.telling import day_of_crew
from web.phone.room import MyDay
from web.phrases import said

DESK = "desk"
"""Stands where a record names its phone: it was told on the telephone."""

TYPED = ("code", "amount", "due", "method", "next_day", "part", "note", "at", "key", "corrects")
LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class PhonedLine:
    """A visit of the form: what stands by now, what is typed, and what came of saving it.

    `wrong` is by field, or under '' where it is about the whole line. `fields` differ from a
    result that stands and that nobody meant to correct.
    """

    visit: RoundStop
    stands: ToldResult | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    state: RecordState | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    fields: tuple[FieldLine, ...] = ()

    @property
    def is_saved(self) -> bool:
        return self.state in (RecordState.APPLIED, RecordState.SAME)

    @property
    def is_open(self) -> bool:
        """Whether a person has to look at it again."""
        return self.state is not None and not self.is_saved


def lines_of(day: MyDay) -> list[PhonedLine]:
    """Return the visits of a crew with what stands of each, and nothing typed."""
    kept = {n: state.outcome for n, state in day.states.items()}
    results = wired().records.results([one.key for one in kept.values() if one])
    return [
        PhonedLine(visit, results.get(one.key) if (one := kept[visit.number]) else None, fresh())
        for visit in day.round.visits
    ]


def crew_day(day: MyDay) -> MyDay:
    """Return a crew's day as it stands after something was written."""
    return day_of_crew(day.city, day.on, day.collector_id) or day


def saved_lines(day: MyDay, lines: list[PhonedLine]) -> list[PhonedLine]:
    """Return the lines of a form that was sent: those that are open as typed, the others as new."""
    sent = {line.visit.number: line for line in lines}
    return [
        replace(sent[line.visit.number], visit=line.visit, stands=line.stands)
        if line.visit.number in sent and sent[line.visit.number].is_open
        else line
        for line in lines_of(day)
    ]


def fresh() -> dict[str, str]:
    """Return a line in which nothing is typed, with the key of one press."""
    return {"key": secrets.token_urlsafe(12)}


def save(day: MyDay) -> list[PhonedLine]:
    """Save every line in which a result is chosen: the good ones, whatever the others are."""
    told = [(visit, typed) for visit in day.round.visits if (typed := typed_of(visit)).get("code")]
    with wired().store.writing(by()) as writer:
        return [saved(writer, day, visit, typed) for visit, typed in told]


def typed_of(visit: RoundStop) -> dict[str, str]:
    """Return what is typed in a line."""
    found = {name: request.form.get(f"{visit.number}.{name}", "").strip() for name in TYPED}
    return {name: text for name, text in found.items() if text}


def saved(writer: SqlWriter, day: MyDay, visit: RoundStop, typed: dict[str, str]) -> PhonedLine:
    """Save one line, wholly or not at all."""
    at = when(day, visit, typed.get("at", ""))
    key = typed.get("key", "")
    if at is None or not 8 <= len(key) <= LONGEST_KEY:
        wrong = {"at": t("Write the time as 14:05.")}
        return PhonedLine(visit, None, typed, RecordState.REFUSED, wrong)
    try:
        with writer.attempt():
            made = told_for(writer, day, visit, typed, at)
    except DayroundError as error:
        made = Made(RecordState.REFUSED, {"why": str(error)})
    return PhonedLine(visit, None, typed, made.state, *came_of(made))


def told_for(
    writer: SqlWriter, day: MyDay, visit: RoundStop, typed: dict[str, str], at: datetime
) -> Made:
    """Record a result for the crew as its phone would, and note that the desk took it down."""
    present = now()
    device = Device(
        id=DESK, city=day.city.name, on=day.on, collector_id=day.collector_id, actor=by().actor,
        made_at=present, deposits_until=present,
    )  # fmt: skip
    key, plan_id = typed["key"], day.round.plan_id
    record = FieldRecord(
        key, DESK, day.on, visit.id, 1, RecordKind.RESULT, at, at, plan_id, dict(typed)
    )
    made = result(writer, Telling(record, device, day.city, day.round, present))
    if made.state is RecordState.APPLIED and visit.borrower:
        after = {"visit": visit.id, "key": key, "crew": list(day.round.crew.members)}
        writer.note("visit.phoned_in", visit.borrower.id, city=day.city.name, after=after)
    return made


def came_of(made: Made) -> Iterator[Any]:
    """Yield what is wrong by field, and what differs from what stands."""
    told = made.told or {}
    wrong = dict(told.get("wrong", {}))
    if made.state is RecordState.REFUSED and not wrong:
        wrong[""] = " ".join(why(told)) or said(str(told.get("why", "")))
    yield wrong
    yield tuple(field_line(one) for one in told.get("fields", ()))


def when(day: MyDay, visit: RoundStop, text: str) -> datetime | None:
    """Return when the result came about: as told, else now, on another day as it was planned."""
    if not text:
        return now() if day.on == today(day.city) else visit.ends_at
    try:
        told = time.fromisoformat(text)
    except ValueError:
        return None
    return datetime.combine(day.on, told.replace(tzinfo=None), ZoneInfo(day.city.zone))

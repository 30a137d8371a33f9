"""Records that wait for a person, as the page tells them: who, when, what, and field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import g
from flask_babel import gettext

from data.masking import masked
from data.store.field.records import Gap, KeptRecord, ToldResult
from data.store.rounds import Round, Rounds, RoundStop
from scheduler.agreements import Attitude, Hardship, NextAction
from scheduler.contacts import Party
from scheduler.field.records import RecordKind
from scheduler.lifecycle import Code
from scheduler.model import Collector
from web.context import wired
from web.dispatch.room import zone
from web.field.words import FIELDS, KINDS, REFUSALS
from web.formats import day_short, moment, money, span
from web.language import t
from web.phone.detail_words import ATTITUDES, HARDSHIPS, NEXT_ACTIONS, WHO_WAS_MET
from web.phone.result_form import Method
from web.phone.words import CODES, METHOD_NAMES
from web.phrases import said

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field that two results tell otherwise, in words."""

    name: str
    kept: str
    told: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record as the page shows it."""

    kept: KeptRecord
    who: str
    what: str
    visit: RoundStop | None
    fields: tuple[FieldLine, ...] = ()
    stands: ToldResult | None = None
    why: tuple[str, ...] = ()
    crew_id: str = ""

    @property
    def whom(self) -> str:
        """The borrower of its visit, masked; its id where no plan has it."""
        if self.visit and self.visit.borrower:
            return masked(self.visit.borrower.name)
        return self.kept.record.visit_id if self.kept.record else ""


class Lines:
    """Makes lines of records; a collector's round is read once."""

    def __init__(self, people: Mapping[str, Collector]) -> None:
        self._people = people
        self._rounds = Rounds(wired().store.engine)
        self._read: dict[tuple[date, str, int], Round | None] = {}

    def of(self, found: Sequence[KeptRecord]) -> list[RecordLine]:
        """Return those records of people who may be seen, as lines."""
        seen = [one for one in found if one.device.collector_id in self._people]
        keys = [str(one.told["kept"]) for one in seen if "kept" in one.told]
        results = wired().records.results(keys)
        return [self._line(one, results.get(str(one.told.get("kept", "")))) for one in seen]

    def name(self, collector_id: str) -> str:
        """Return what a collector is called, masked."""
        who = self._people.get(collector_id)
        return masked(who.name) if who else collector_id

    def visit(self, gap: Gap) -> RoundStop | None:
        """Return the visit that waiting records are about, by the plan in force."""
        return self._visit(gap.device.on, gap.device.collector_id, gap.visit_id, 0)

    def _line(self, one: KeptRecord, stands: ToldResult | None) -> RecordLine:
        told, collector_id = one.record, one.device.collector_id
        visit = self._visit(one.on, collector_id, told.visit_id, told.plan_id) if told else None
        return RecordLine(
            one,
            self.name(collector_id),
            str(KINDS[told.kind]) if told else t("a record that cannot be opened"),
            visit,
            tuple(field_line(each) for each in one.told.get("fields", ())),
            stands,
            tuple(why(one.told)),
            self._crew_id(one),
        )

    def _crew_id(self, one: KeptRecord) -> str:
        """Return the crew for which a result can be typed anew, '' where none is to be."""
        is_result = one.record is not None and one.record.kind is RecordKind.RESULT
        found = self._round(one.on, one.device.collector_id, 0) if is_result else None
        return found.crew.id if found else ""

    def _visit(self, on: date, collector_id: str, visit_id: str, plan_id: int) -> RoundStop | None:
        found = self._round(on, collector_id, plan_id) if visit_id else None
        visits = found.visits if found else ()
        return next((one for one in visits if one.id == visit_id), None)

    def _round(self, on: date, collector_id: str, plan_id: int) -> Round | None:
        """Return a collector's round of a plan, of the plan in force where that is none of hers."""
        which = (on, collector_id, plan_id)
        if which not in self._read:
            versions = dict(self._rounds.versions(g.city.name, on, collector_id))
            version = versions.get(plan_id)
            self._read[which] = self._rounds.round(g.city.name, on, collector_id, version)
        return self._read[which]


def why(told: Mapping[str, Any]) -> list[str]:
    """Say why a record was refused, or could not be opened."""
    reason, wrong = str(told.get("why", "")), told.get("wrong", {})
    words = str(REFUSALS[reason]) if reason in REFUSALS else said(reason)
    # What is wrong with a field was said in English when nobody looked at it.
    by_field = [f"{FIELDS.get(name, name)}{t(': ')}{gettext(text)}" for name, text in wrong.items()]
    return [one for one in (words, *by_field) if one]


def field_line(told: Mapping[str, Any]) -> FieldLine:
    """Return a field that differs, in words, as a record tells of it."""
    name = str(told["field"])
    label = str(FIELDS.get(name.removeprefix("details."), name))
    return FieldLine(label, _value(name, told["kept"]), _value(name, told["told"]))


def _value(name: str, value: Any) -> str:
    """Write what a result tells of a field."""
    if value in (None, "", []):
        return NOTHING
    write = WRITERS.get(name.removeprefix("details."))
    return write(value) if write else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return t(", ").join(f"{key} {_plain(each)}" for key, each in value.items() if each)
    if isinstance(value, list):
        return t(", ").join(map(_plain, value))
    return str(value)


def _window(value: Mapping[str, str]) -> str:
    start, end = (datetime.fromisoformat(value[name]) for name in ("start", "end"))
    return f"{day_short(start.astimezone(zone()).date())} {span(start, end, zone())}"


def _amount(value: str) -> str:
    return money(float(value), g.city.currency)


def _word(words: Mapping[Any, Any], kind: type[StrEnum]) -> Callable[[str], str]:
    return lambda value: str(words[kind(value)]) if value in list(kind) else value


WRITERS: Mapping[str, Callable[[Any], str]] = {
    "code": _word(CODES, Code),
    "amount": _amount,
    "due": lambda value: day_short(date.fromisoformat(value)),
    "method": _word(METHOD_NAMES, Method),
    "suits": _window,
    "attitude": _word(ATTITUDES, Attitude),
    "met": _word(WHO_WAS_MET, Party),
    "hardship": _word(HARDSHIPS, Hardship),
    "next_action": _word(NEXT_ACTIONS, NextAction),
}


def told_when(at: datetime) -> str:
    """Write when something was told."""
    return moment(at, zone())

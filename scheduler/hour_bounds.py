"""Which hours bound a visit at a place on a day, and whose word each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.day import Day
from scheduler.model import Case, Place, Window
from scheduler.rules import RuleSet, day_info

HOUR_RULES = ("hours", "house_hours")
MARGIN = "closing_margin_min"


class Word(StrEnum):
    """Whose word a bound is."""

    RULE = "rule"  # of the law or the house: `rule` names it
    MARGIN = "margin"  # so many minutes before the hours end
    APPOINTMENT = "appointment"  # what she agreed to, instead of her usual hours
    HERS = "hers"  # her usual hours at this place
    WISH = "wish"  # hours in which she is not to be visited


@dataclass(frozen=True, slots=True)
class HourBound:
    """A bound of a visit's hours: the whole visit lies inside `windows`, of a wish outside them.

    `minutes` are those of a margin. `source` and `seen` are the rule's authority.
    """

    word: Word
    windows: tuple[Window, ...] = ()
    rule: str = ""
    source: str = ""
    seen: str = ""
    minutes: int = 0


def hour_bounds(
    day: Day, rules: RuleSet, place: Place, cases: Sequence[Case]
) -> tuple[HourBound, ...]:
    """Return what bounds the hours of a visit for `cases` at a place, the law's word first.

    What was set aside for her, and what her consents widen, is not told: see `try_rules`.
    """
    return (*_of_rules(day, rules), *_of_hers(day, place, cases))


def _of_rules(day: Day, rules: RuleSet) -> Iterator[HourBound]:
    info = day_info(rules, day.on)
    for name in HOUR_RULES:
        for fact in rules.of(name, day.on):
            windows = tuple(fact.value.windows(info, day.zone))
            yield HourBound(Word.RULE, windows, name, fact.source, fact.seen)
    for fact in rules.of(MARGIN, day.on):
        yield HourBound(Word.MARGIN, (), MARGIN, fact.source, fact.seen, fact.value)


def _of_hers(day: Day, place: Place, cases: Sequence[Case]) -> Iterator[HourBound]:
    booked = (case.appointment for case in cases if case.appointment)
    agreed = tuple(w for w in booked if w.start.astimezone(day.zone).date() == day.on)
    usual = tuple(w for daily in place.windows if (w := daily.on(day.on, day.zone)))
    if agreed:
        yield HourBound(Word.APPOINTMENT, agreed)
    elif place.windows:
        yield HourBound(Word.HERS, usual)
    for wish in day.dossier_of(place.borrower_id).wishes:
        if wish.blocked and wish.holds(day.on) and wish.is_about_visits_at(place):
            blocked = tuple(w for daily in wish.blocked if (w := daily.on(day.on, day.zone)))
            yield HourBound(Word.WISH, blocked)

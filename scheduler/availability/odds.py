"""The curve of meeting somebody over a day, in half hours.

P(met) = P(address valid) x P(present then) x P(answers the door, present)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from itertools import groupby
from typing import Protocol

from routing.units import DAY_S
from scheduler.calendar import DayKind
from scheduler.model import Case, PastVisit, PlaceKind
from scheduler.rules import Fact
from scheduler.windows import Span

SLOT_S = 1800
SLOTS = DAY_S // SLOT_S

Curve = tuple[float, ...]
"""P(met) in each half hour of the local day: `SLOTS` numbers, 0 … 1."""

DAYS_WORKED = frozenset({DayKind.WORKING, DayKind.MAKE_UP})


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a plan wants to meet, at what kind of place, on what kind of day.

    `segment` is her kind of employment, '' where it is not known. `failed_hours` are the local
    hours of earlier visits to such a place that met nobody, one for each; `stated` the spans of
    the local day, in seconds, in which she said that she is in.
    """

    kind: PlaceKind
    day: DayKind
    borrower_id: str = ""
    segment: str = ""
    failed_hours: tuple[int, ...] = ()
    stated: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """What odds rest on: how many visits were learned from, before which day; 0 are assumptions.

    `digest` names the facts and the way they were learned from: the same facts, the same odds.
    """

    visits: int = 0
    before: date | None = None
    digest: str = ""

    @property
    def is_assumed(self) -> bool:
        return not self.visits


ASSUMED = Basis()


class Odds(Protocol):
    """What a plan asks how likely somebody is met."""

    @property
    def basis(self) -> Basis: ...

    def curve(self, asked: Asked) -> Curve:
        """Return P(met) over the day, in few levels: half hours that differ by little are alike."""
        ...


@dataclass(frozen=True, slots=True)
class KindOdds:
    """The chances at one kind of place.

    The values of `working_day` and `day_off` are 24 numbers, the chance that the borrower is
    there in each hour of the local day.
    """

    valid: Fact
    answers: Fact
    working_day: Fact
    day_off: Fact

    def present(self, day: DayKind) -> Sequence[float]:
        """Return the chance that she is there by the hour of a day."""
        hours: Sequence[float] = (self.working_day if day in DAYS_WORKED else self.day_off).value
        return hours


@dataclass(frozen=True)
class MeetingOdds:
    """The chances by kind of place; `repeat` is the factor for each failure in the same hour.

    `stated` is how likely she is present where she has said so herself.
    """

    kinds: Mapping[PlaceKind, KindOdds]
    repeat: Fact
    stated: Fact

    @property
    def basis(self) -> Basis:
        return ASSUMED

    def curve(self, asked: Asked) -> Curve:
        """Return P(met) over the day; what she has said herself comes before the assumption."""
        odds = self.kinds[asked.kind]
        hours, said = odds.present(asked.day), stated_slots(asked.stated)
        return tuple(
            self._p_met(odds, hours[slot // 2], slot in said, asked.failed_hours.count(slot // 2))
            for slot in range(SLOTS)
        )

    def _p_met(self, odds: KindOdds, present: float, is_stated: bool, failures: int) -> float:
        there: float = max(present, self.stated.value) if is_stated else present
        anew: float = self.repeat.value**failures
        return float(odds.valid.value * there * odds.answers.value * anew)


def segment_of(cases: Iterable[Case]) -> str:
    """Return the kind of employment that the cases of a borrower tell, '' where none does."""
    return max((case.employment for case in cases), default="")


def slot_of(second: int) -> int:
    """Return the half hour of a second of the local day; past midnight the day repeats."""
    return second // SLOT_S % SLOTS


def stated_slots(spans: Iterable[Span]) -> frozenset[int]:
    """Return the half hours that lie wholly in spans of seconds, both ends included."""
    whole: set[int] = set()
    for first, last in spans:
        slots = range(-(-first // SLOT_S), (last + 1) // SLOT_S)
        whole.update(slot % SLOTS for slot in slots)
    return frozenset(whole)


def failed_hours(past: Iterable[PastVisit], kind: PlaceKind, zone: tzinfo) -> list[int]:
    """Return the local hours of earlier visits to such a place that met nobody."""
    failed = (visit for visit in past if visit.was_met is False)
    return [v.at.astimezone(zone).hour for v in failed if v.place_kind in (None, kind)]


def pieces(curve: Curve, first_s: int, last_s: int) -> list[tuple[int, int, float]]:
    """Part a span of the local day where the chance of meeting changes.

    Parameters
    ----------
    curve
        The chance in each half hour.
    first_s, last_s
        Seconds since local midnight, both included; past 24 h the hours of the same day repeat.

    Returns
    -------
    list of (first second, last second, P(met))
        Maximal pieces of equal chance, ascending, that cover the span without a gap; nothing for
        an empty span.
    """
    parts = []
    for p, same in groupby(_parted(first_s, last_s), key=lambda span: curve[slot_of(span[0])]):
        spans = list(same)
        parts.append((spans[0][0], spans[-1][1], p))
    return parts


def _parted(first_s: int, last_s: int) -> list[Span]:
    """Part a span at each half hour."""
    starts = [first_s, *range((first_s // SLOT_S + 1) * SLOT_S, last_s + 1, SLOT_S)]
    ends = [start - 1 for start in starts[1:]]
    return list(zip(starts, [*ends, last_s], strict=True)) if first_s <= last_s else []

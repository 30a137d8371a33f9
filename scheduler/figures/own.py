"""A collector's own weeks: how her work goes, beside her earlier weeks and nobody else's.

Collectors may not be assessed on the recovered amount alone (docs/figures.md): no money is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from routing.point import Point, distance_m
from scheduler.figures.facts import Span, ToldPromise
from scheduler.figures.share import Difference, Share, difference
from scheduler.figures.tally import PROMISING, is_due
from scheduler.lifecycle import Code
from scheduler.promises import Promise, PromiseStatus

WEEKS_BEFORE = 8
"""So many whole weeks stand beside this one."""

TOLD_WITHIN = timedelta(minutes=15)
"""A result that is told so soon after the door was left is told on the spot."""

ON_TIME = timedelta(minutes=15)
"""Who arrives no later than so after the planned beginning is on time."""

WEEK = timedelta(days=7)


class Stood(StrEnum):
    """How a promise stands on a day, as who was given it asks."""

    OPEN = "open"
    DUE = "due"  # today, or in its days of grace
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    BROKEN = "broken"
    UNTOLD = "untold"  # its day is over, and the book knows no payments


def stood(promise: Promise, today: date, *, knows_payments: bool) -> Stood:
    """Return how a promise stands that was judged `today`."""
    if today <= promise.last_day and promise.status is PromiseStatus.OPEN:
        return Stood.DUE if promise.due <= today else Stood.OPEN
    return Stood(promise.status.value) if knows_payments else Stood.UNTOLD


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """A door at which she was, or of which she told; None and '' where nothing was told.

    `planned` is when the visit was to begin by the plan that she knew, `told_at` when its result
    was told, by the best clock of the phone.
    """

    on: date
    borrower_id: str
    code: str = ""
    was_made: bool = False
    was_met: bool = False
    told_at: datetime | None = None
    planned: datetime | None = None
    arrived: datetime | None = None
    left: datetime | None = None
    point: Point | None = None

    @property
    def is_on_time(self) -> bool | None:
        """Whether she came in time; None where that cannot be known."""
        if self.arrived is None or self.planned is None:
            return None
        return self.arrived <= self.planned + ON_TIME

    @property
    def is_told_soon(self) -> bool | None:
        """Whether the result was told on the spot; None where she was at no door."""
        if self.arrived is None:
            return None
        over = self.left or self.arrived
        return self.told_at is not None and self.told_at <= over + TOLD_WITHIN


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """All that her weeks are made of. `refused` are days and borrowers whose door a rule closed.

    `promises` are those given at her visits; `knows_payments`: without, none of them is judged.
    """

    visits: Sequence[OwnVisit] = ()
    promises: Sequence[ToldPromise] = ()
    refused: Collection[tuple[date, str]] = ()
    knows_payments: bool = False


@dataclass(slots=True)
class OwnTally:
    """What is counted of some of her days."""

    visits: int = 0
    met: int = 0
    promises: int = 0
    due: int = 0
    kept: int = 0
    arrived: int = 0
    told_soon: int = 0
    timed: int = 0
    on_time: int = 0
    let_be: int = 0
    complaints: int = 0
    metres: float = 0.0

    def add_visit(self, visit: OwnVisit) -> None:
        """Count a door."""
        self.complaints += visit.code == Code.COMPLAINT
        self.visits += visit.was_made
        self.met += visit.was_made and visit.was_met
        self.promises += visit.was_made and visit.was_met and visit.code in PROMISING
        if (soon := visit.is_told_soon) is not None:
            self.arrived += 1
            self.told_soon += soon
        if (in_time := visit.is_on_time) is not None:
            self.timed += 1
            self.on_time += in_time

    def __add__(self, other: OwnTally) -> OwnTally:
        return OwnTally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(OwnTally)))

    @property
    def shares(self) -> Mapping[str, Share]:
        """Her rates by their names, each with what it is a part of."""
        return {
            "met": Share(self.met, self.visits),
            "promised": Share(self.promises, self.met),
            "kept": Share(self.kept, self.due),
            "told_soon": Share(self.told_soon, self.arrived),
            "on_time": Share(self.on_time, self.timed),
        }


@dataclass(frozen=True, slots=True)
class OwnWeeks:
    """The week of a day, and the whole weeks before it, the newest first."""

    this: OwnTally
    before: tuple[tuple[date, OwnTally], ...]

    @property
    def earlier(self) -> OwnTally:
        """All weeks before this one together."""
        return sum((tally for _, tally in self.before), OwnTally())

    @property
    def differences(self) -> Mapping[str, Difference]:
        """How each rate of this week differs from those of the weeks before."""
        earlier = self.earlier.shares
        return {name: difference(earlier[name], now) for name, now in self.this.shares.items()}


def own_span(today: date) -> Span:
    """Return the days that her figures are made of."""
    return Span(monday(today) - WEEKS_BEFORE * WEEK, monday(today) + WEEK - timedelta(days=1))


def monday(on: date) -> date:
    """Return the first day of a week."""
    return on - timedelta(days=on.weekday())


def own_weeks(facts: OwnFacts, today: date) -> OwnWeeks:
    """Return her weeks as of a day."""
    tallies: dict[date, OwnTally] = defaultdict(OwnTally)
    for visit in facts.visits:
        tallies[monday(visit.on)].add_visit(visit)
    for on, _ in let_be(facts):
        tallies[monday(on)].let_be += 1
    for on, metres in metres_by_day(facts.visits).items():
        tallies[monday(on)].metres += metres
    for promise in facts.promises:
        if facts.knows_payments and is_due(promise, today):
            tally = tallies[monday(promise.last)]
            tally.due += 1
            tally.kept += promise.status is PromiseStatus.KEPT
    this = monday(today)
    mondays = [this - n * WEEK for n in range(1, WEEKS_BEFORE + 1)]
    return OwnWeeks(tallies[this], tuple((first, tallies[first]) for first in mondays))


def let_be(facts: OwnFacts) -> set[tuple[date, str]]:
    """Return the doors that a rule closed and that were let be that day."""
    made = {(visit.on, visit.borrower_id) for visit in facts.visits if visit.was_made}
    return set(facts.refused) - made


def metres_by_day(visits: Iterable[OwnVisit]) -> dict[date, float]:
    """Return how far her doors of each day lie from one another, as the crow flies."""
    days: dict[date, list[tuple[datetime, Point]]] = defaultdict(list)
    for visit in visits:
        at = visit.arrived or visit.told_at
        if visit.was_made and visit.point is not None and at is not None:
            days[visit.on].append((at, visit.point))
    return {
        on: length_m([point for _, point in sorted(told, key=when)]) for on, told in days.items()
    }


def when(told: tuple[datetime, Point]) -> datetime:
    return told[0]


def length_m(points: Sequence[Point]) -> float:
    """Return the length of a line through points."""
    return sum(distance_m(a, b) for a, b in pairwise(points))

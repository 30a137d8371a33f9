"""Four ways to plan the same mornings of a made-up town, each along its own path of the book.

    thirty days planned by what is assumed ──► what phones told of them ──► a week by each way

The same town, people, shifts, rules, roads and luck, at the times that thirty days have taught, for
all four; only who chooses visits and hours differs, and what she believes of who is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Figures
from benchmarks.staffing_known import Ledger, Windows, learned_times
from benchmarks.staffing_towns import (
    Planner,
    TownBook,
    daily_plan,
    town_book,
    weeks_of,
    worked,
)
from benchmarks.staffing_usual import usual_plan
from routing.units import HOUR_S
from scheduler.availability import PRIORS, Odds
from scheduler.forecast import Learned, Spreads
from scheduler.headcount.weeks import SimulatedDay, Weeks, made_in
from scheduler.staffing.arrays import Floats
from scheduler.staffing.chance import Chance
from scheduler.staffing.told import told_of

if TYPE_CHECKING:
    from data.towns.truth import Truth


class Way(StrEnum):
    """Who plans."""

    USUAL = "usual way"
    WINDOWS = "windows alone"
    PRIORS = "priors alone"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True)
class Setting:
    """How large and how long; more cases than the crews can visit, or every way reaches them all.

    `known_days` and `days` are those of the calendar; a day off is not worked. `search_s` is CPU
    time for each plan, `known_search_s` for those of the days that are learned from. `is_late`
    lets all shifts last from 11:30 to 20:30; `same_mornings` has all ways plan one path's days.
    """

    cases: int = 500
    collectors: int = 4
    is_late: bool = False
    same_mornings: bool = False
    known_days: int = 30
    days: int = 7
    replications: int = 60
    search_s: float = 6.0
    known_search_s: float = 0.5


@dataclass
class Came:
    """What came of a way's days: arrays [replication]; hours are those of people.

    `routes` are crews' days that began, `in_time` those of them that ended by the told P90.
    """

    met: Floats = field(default_factory=lambda: np.zeros(1))
    made: Floats = field(default_factory=lambda: np.zeros(1))
    paid_s: Floats = field(default_factory=lambda: np.zeros(1))
    shift_s: int = 0
    routes: int = 0
    in_time: int = 0

    def add(self, day: SimulatedDay, spreads: Spreads | None) -> None:
        """Add a day; by `spreads` the planner tells in the morning when crews will be home."""
        drive, problem = day.drive, day.problem
        assert drive is not None, "only days that were driven are added"
        assert problem is not None, "a day that was driven has a problem"
        self.met = self.met + drive.visits_met
        self.made = self.made + drive.visits_made
        self.paid_s = self.paid_s + drive.people_s
        self.shift_s += sum(crew.size * (crew.end_s - crew.start_s) for crew in problem.crews)
        if spreads is not None:
            told = told_of(problem, drive.plan, day=day.on.toordinal(), spreads=spreads)
            for number, crew in enumerate(problem.crews):
                if crew.id in told.crews:
                    is_out = drive.is_out[number]
                    by_then = drive.home_s[number] <= told.crews[crew.id].home_p90_s
                    self.routes += int(is_out.sum())
                    self.in_time += int((is_out & by_then).sum())

    @property
    def per_shift_hour(self) -> float:
        """Borrowers met in an hour of a shift: as many hours for each way."""
        return float(self.met.mean()) * HOUR_S / max(1, self.shift_s)

    @property
    def per_paid_hour(self) -> float:
        """Borrowers met in an hour that crews were under way; who is done goes home."""
        return float(self.met.sum()) * HOUR_S / max(1.0, float(self.paid_s.sum()))

    def figures(self, way: Way) -> Figures:
        hours = self.shift_s / HOUR_S
        told = {
            "met, shift hour": self.per_shift_hour,
            "met, paid hour": self.per_paid_hour,
            "visits, shift hour": float(self.made.mean()) / max(1.0, hours),
            "of the shift paid": float(self.paid_s.mean()) / max(1, self.shift_s),
        }
        routes = {"P90 true": 100 * self.in_time / self.routes} if self.routes else {}
        return {f"{way}: {name}": value for name, value in {**told, **routes}.items()}


def met_in_town(seed: int, shape: str, ways: Sequence[Way], setting: Setting) -> Figures:
    """Compare ways on a made-up town of a seed, whose truth has that shape."""
    from benchmarks.day import ON
    from data.towns.shapes import Shape
    from data.towns.truth import Truth

    truth = Truth(seed, Shape(shape), began=ON)
    with town_book(truth, setting.cases, setting.collectors) as town:
        return compared(town, truth, ways, setting)


def compared(
    town: TownBook,
    truth: Truth,
    ways: Sequence[Way],
    setting: Setting,
    plan: Callable[[Setting], Planner] = lambda one: partial(daily_plan, search_s=one.search_s),
) -> Figures:
    """Let each way work the days that follow on those in which the book has learned."""
    planner = plan(setting)
    before = plan(replace(setting, search_s=setting.known_search_s))
    ledger, learned = history(town, truth, before, setting)
    timed = town.at_times(learned.paces, learned.service_s)
    ledger = replace(ledger, first=timed.first)
    if setting.same_mornings:
        came = _side_by_side(ways, timed, truth, planner, ledger, learned, setting)
    else:
        came = {way: _came(way, timed, truth, planner, ledger, learned, setting) for way in ways}
    figures = {name: value for way in ways for name, value in came[way].figures(way).items()}
    told = {"learned from": float(len(ledger.made)), "service min": learned.service_s / 60}
    return {**figures, **beside(came), **told}


def history(
    town: TownBook, truth: Truth, planner: Planner, setting: Setting
) -> tuple[Ledger, Learned]:
    """Return the book after the days that are learned from, and the times that they teach."""
    weeks = weeks_of(town, truth, planner, 1, is_late=setting.is_late)
    ledger = Ledger(town.first, Chance(truth.seed))
    days = []
    for day, evening in worked(weeks, ledger, _days(town, 0, setting.known_days)):
        days.append(day)
        ledger = replace(ledger, made=evening.made)
    usual_s = round(town.first.city.service.total_seconds())
    return ledger, learned_times(days, town.rules, usual_s)


def beside(came: dict[Way, Came]) -> Figures:
    """Return how many times as many the learned way meets as each other, by both hours."""
    if Way.LEARNED not in came:
        return {}
    ours, told = came[Way.LEARNED], dict[str, float]()
    for way, other in came.items():
        if way is not Way.LEARNED and other.met.any():
            told[f"beside {way}"] = ours.per_shift_hour / other.per_shift_hour
            told[f"beside {way}, paid"] = ours.per_paid_hour / other.per_paid_hour
    return told


def _came(
    way: Way,
    town: TownBook,
    truth: Truth,
    planner: Planner,
    ledger: Ledger,
    learned: Learned,
    setting: Setting,
) -> Came:
    ledger, came = _asking(way, ledger, town), Came()
    weeks = _weeks(way, town, truth, planner, setting)
    for day, _ in worked(weeks, ledger, _days(town, setting.known_days, setting.days)):
        came.add(day, learned.spreads if ledger.learns else None)
    return came


def _side_by_side(
    ways: Sequence[Way],
    town: TownBook,
    truth: Truth,
    planner: Planner,
    ledger: Ledger,
    learned: Learned,
    setting: Setting,
) -> dict[Way, Came]:
    """Let all ways plan the same mornings, those of the path of the first one.

    Two paths of a book differ by two percent and more by luck alone. On the same mornings, with
    the same luck at each door, a difference of one percent can be seen.
    """
    came = {way: Came() for way in ways}
    weeks = {way: _weeks(way, town, truth, planner, setting) for way in ways}
    for on in _days(town, setting.known_days, setting.days):
        evenings = []
        for way in ways:
            morning = _asking(way, ledger, town)
            day = weeks[way].day(morning, on)
            if day.drive is not None:
                came[way].add(day, learned.spreads if morning.learns else None)
                evenings.append(made_in(day.drive, on, 0))
        if evenings:
            ledger = replace(ledger, made=(*ledger.made, *evenings[0]))
    return came


def _asking(way: Way, ledger: Ledger, town: TownBook) -> Ledger:
    """Return the book as a way reads it."""
    odds: Odds = Windows() if way is Way.WINDOWS else PRIORS
    return replace(ledger, odds=odds, rules=town.rules if way is Way.LEARNED else None)


def _weeks(way: Way, town: TownBook, truth: Truth, planner: Planner, setting: Setting) -> Weeks:
    plan = usual_plan if way is Way.USUAL else planner
    return weeks_of(town, truth, plan, setting.replications, is_late=setting.is_late)


def _days(town: TownBook, ahead: int, count: int) -> Iterable[date]:
    return [town.first.on + timedelta(days=ahead + number) for number in range(count)]

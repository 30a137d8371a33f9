"""Weeks of a home's book, worked by a team of any size; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from routing.travel import TravelTimes
from scheduler.day import Day
from scheduler.engines import DEFAULT
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import NotFoundError
from scheduler.forecast import Spreads, spreads_now
from scheduler.headcount.book import Book
from scheduler.headcount.demand import Demand
from scheduler.headcount.employed import Employed
from scheduler.headcount.feedback import Mode, reference_path, replicated, stacked
from scheduler.headcount.figures import TeamFigures, Wages, figures_of
from scheduler.headcount.paths import PATHS, along_paths
from scheduler.headcount.pilot import week_of_demand
from scheduler.headcount.roster import TeamWeek, lawful_weeks, team_week
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.weeks import Means, Weeks
from scheduler.headcount.windows_alone import KnownCurves
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.rules import crew_size, day_info
from scheduler.staffing.believed import Attendance, Believed
from scheduler.staffing.chance import Chance
from web.headcount.fingerprint import fingerprint
from web.wiring import wire

SLICES = 3
"""Slices of search for each simulated day: the same search as the daily plan's, shorter."""

DRIVES = 200
REPLICATIONS = 20

Look = Callable[[], None]
"""Called again and again while days are worked; what it raises ends the work at once."""


@dataclass(frozen=True)
class Simulation:
    """What is simulated, but for the headcount: of whose book, from which morning on, and how.

    `drives` is how often each day is driven in execution mode, along each of `paths`;
    `replications` is how many books are worked in feedback mode. The same `seed` gives the same
    answers.
    """

    home: Path
    city: str
    first: date
    scenario: Scenario
    wages: Wages = field(default_factory=Wages)
    drives: int = DRIVES
    slices: int = SLICES
    seed: int = 0
    mode: Mode = Mode.EXECUTION
    replications: int = REPLICATIONS
    paths: int = PATHS


def nobody_looks() -> None:
    """Let the work go on."""


def simulated(asked: Simulation, employed: int, look: Look = nobody_looks) -> TeamFigures:
    """Return what a team of `employed` does with the book.

    `look` is called before each day is planned; what it raises ends the work at once.

    Raises
    ------
    NotFoundError
        Where the book has no open case.
    UnsignedProfileError
        Where values of the profile were not signed.
    """
    weeks, book = to_be_worked(asked, employed, look)
    team = weeks.team
    if asked.mode is Mode.EXECUTION:
        came = along_paths(weeks, book, asked.paths)
        return figures_of(employed, came, asked.wages, team=team, paths=asked.paths)
    path = reference_path(weeks, book)
    came = stacked(replicated(replace(weeks, known=path.known), book, weeks.reps.tolist()))
    return figures_of(employed, came, asked.wages, path.came, team)


def to_be_worked(asked: Simulation, employed: int, look: Look = nobody_looks) -> tuple[Weeks, Book]:
    """Return the weeks of a team of `employed`, and the book that it begins with."""
    first, means = _looked_after(asked, look)
    scenario = replace(asked.scenario, employed=employed)
    book = Book(first, Chance(asked.seed), growth=scenario.growth, assumed=scenario.assumed)
    drives = asked.replications if asked.mode is Mode.FEEDBACK else asked.drives
    size = crew_size(means.rules, asked.first)
    team = Employed.of(first, scenario, _week(asked, employed, look), size)
    return Weeks(means, team, np.arange(drives)), book


def _week(asked: Simulation, employed: int, look: Look) -> TeamWeek | None:
    """Return who of a team works when, where the scenario leaves that open."""
    if not asked.scenario.has_choice_of_weeks:
        return None
    size = crew_size(_opened(asked)[1].rules, asked.first)
    lawful = lawful_weeks(asked.scenario)
    return team_week(employed, _demand(asked, look), lawful, size=size, seed=asked.seed)


@lru_cache(maxsize=1)
def _demand(asked: Simulation, look: Look) -> Demand:
    first, means = _looked_after(asked, look)
    return week_of_demand(means, first, asked.scenario, Chance(asked.seed), asked.replications)


def _looked_after(asked: Simulation, look: Look) -> tuple[Day, Means]:
    """Return the first morning and the means; whoever asks for a day's roads looks up first."""
    first, means = _opened(asked)

    def travel(is_working: bool) -> TravelTimes:
        look()
        return means.travel(is_working)

    return first, replace(means, travel=travel)


@lru_cache(maxsize=1)
def _opened(asked: Simulation) -> tuple[Day, Means]:
    """Return the first morning, and what plans and drives it; a process reads it once."""
    _demand.cache_clear()  # what was found out of another book
    wired = wire(asked.home)
    city = wired.store.city(asked.city)
    first = wired.store.open_day(asked.city, asked.first)
    if asked.scenario.profile is not None:
        city = replace(city, profile=asked.scenario.profile)
        first = replace(first, city=city)
    if not first.cases:
        raise NotFoundError(f"{asked.city} has no open cases: import some first")
    kept = wired.kept_times
    by = spreads_now(wired.store.times_decisions(asked.city))
    means = Means(
        rules=wired.ports.signed_rules(city),
        travel=lambda is_working: kept.travel_times(asked.city, is_working=is_working),
        plan=partial(_planned, asked),
        world=partial(_believed, asked, by.spreads),
        seed=asked.seed,
        plan_from=partial(_planned, asked),
        spreads=by.spreads,
    )
    return first, means


def _planned(asked: Simulation, problem: Problem, begin_with: Plan | None = None) -> Plan:
    search, stop = engine(DEFAULT, 1), Iterations(asked.slices)
    return search.solve(problem, stop, seed=asked.seed, warm_start=begin_with).plan


def _believed(asked: Simulation, spreads: Spreads, problem: Problem) -> Believed:
    attendance = Attendance(absent=asked.scenario.no_show)
    day = problem.origin.date().toordinal()
    known = KnownCurves.of(problem)
    p_met = None if known is None else known.p_met
    return Believed(problem, Chance(asked.seed), day, spreads, attendance, p_met=p_met)


def to_be_visited(asked: Simulation) -> tuple[int, int]:
    """Return how many cases the target asks for, and how many days of the team's are worked.

    Raises
    ------
    UnsupportedError
        Where a target is due before a day is worked: no team meets it.
    """
    first, means = _opened(asked)
    targets = asked.scenario.targets
    cases = sum(any(one.asks_for(case.bucket) for one in targets) for case in first.cases)
    worked = [
        asked.scenario.weekends or day_info(means.rules, on).is_working
        for on in asked.scenario.days(asked.first)
    ]
    asked.scenario.refuse_unworked(asked.first, worked)
    return cases, sum(worked)


def team_there(asked: Simulation) -> tuple[int, int]:
    """Return how many collectors the book has, and how many visits its odds were learned from."""
    first, _ = _opened(asked)
    return len(first.collectors), first.odds.basis.visits


def fingerprint_of(asked: Simulation) -> str:
    """Return by what the book, and the rules that it is worked by, are known again."""
    first, means = _opened(asked)
    return fingerprint(first, means.rules)


def read_anew() -> None:
    """Forget the book that was read: it may be another by now."""
    _opened.cache_clear()

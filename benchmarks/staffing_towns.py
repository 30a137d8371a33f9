"""Borrowers met in an hour of work, on made-up towns with hidden truth, by two ways to plan.

The same town, crews, rules, roads and luck; only who makes the plan differs. Two weeks follow each
other along one path of the book, and each day is driven in fifty replications.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.day import ON
from benchmarks.measure import Figures
from benchmarks.staffing_usual import usual_plan
from benchmarks.stages import place_and_pair
from benchmarks.temporary import temporary_desk
from scheduler.plan import Plan
from scheduler.problem import Problem

if TYPE_CHECKING:
    from data.towns.truth import Truth
    from routing.travel import TravelTimes
    from scheduler.day import Day
    from scheduler.headcount.outcome import Outcome
    from scheduler.rules import RuleSet

DAYS, REPLICATIONS, SEARCH_S = 14, 50, 5.0
CASES, COLLECTORS, NODES = 400, 10, 8_000
"""More cases than so few can visit: with time left over no way to plan shows to be the better."""

Planner = Callable[[Problem], Plan]


@dataclass(frozen=True)
class TownBook:
    """A made-up town's first morning, and what its days are planned with."""

    first: Day
    rules: RuleSet
    travel: Callable[[bool], TravelTimes]


def daily_plan(problem: Problem, search_s: float = SEARCH_S) -> Plan:
    """Return what the daily plan's search makes of a problem in so much time of the processor."""
    from scheduler.engines.registry import engine
    from scheduler.engines.stop_rules import Elapsed

    return engine("search").solve(problem, Elapsed(search_s, process_time), seed=1).plan


@contextmanager
def town_book(seed: int, cases: int = CASES, collectors: int = COLLECTORS) -> Iterator[TownBook]:
    """Open the book of a made-up town as a lender would have taken it in."""
    from data.towns.town import make_town, write_town
    from data.towns.truth import Truth

    until = ON + timedelta(days=DAYS)
    town = make_town(
        *(seed, ON),
        until=until,
        cases=cases,
        collectors=collectors,
        nodes=NODES,
        employment=Truth(seed).known_employment,
    )
    with TemporaryDirectory(prefix="dayround-") as folder, temporary_desk("CN") as desk:
        files = write_town(town, Path(folder))
        desk.add_roads(files.extract)
        desk.import_lists(files)
        place_and_pair(desk, ON)
        ports, city = desk.wired.ports, desk.city
        yield TownBook(
            ports.store.open_day(city.name, ON),
            ports.profiles.rules(city.profile),
            lambda is_working: ports.cities.travel_times(city.name, is_working=is_working),
        )


def weeks_of(book: TownBook, truth: Truth, planner: Planner, days: int = DAYS) -> Outcome:
    """Return what came of weeks that `planner` planned, driven through the hidden truth."""
    from data.towns.true_day import worlds_of
    from scheduler.headcount.book import Book
    from scheduler.headcount.employed import Employed
    from scheduler.headcount.outcome import outcome_of
    from scheduler.headcount.scenario import Scenario, Target
    from scheduler.headcount.weeks import Means, Weeks
    from scheduler.staffing.chance import Chance

    asked = Scenario(len(book.first.collectors), Target(within_days=days))
    means = Means(book.rules, book.travel, planner, worlds_of(truth))
    weeks = Weeks(means, Employed.of(book.first, asked), np.arange(REPLICATIONS))
    ledger = Book(book.first, Chance(truth.seed))
    return outcome_of(book.first, weeks.execution(ledger), asked.target, REPLICATIONS)


def met_per_hour(seed: int, days: int = DAYS, search_s: float = SEARCH_S) -> Figures:
    """Compare the daily plan with the usual way: borrowers met in an hour of paid time."""
    from data.towns.truth import Truth
    from scheduler.staffing.intervals import difference, mean_of

    planner = partial(daily_plan, search_s=search_s)
    with town_book(seed) as book:
        truth = Truth(seed)
        usual, daily = (weeks_of(book, truth, how, days) for how in (usual_plan, planner))
    base = mean_of(usual.met_per_hour).mean
    gained = difference(daily.met_per_hour, usual.met_per_hour)
    return {
        "usual way": base,
        "daily plan": mean_of(daily.met_per_hour).mean,
        "gained %": 100 * gained.mean / base,
        "half-width %": 100 * gained.half_width / base,
        "usual visits": float(usual.made.mean()),
        "daily visits": float(daily.made.mean()),
        "usual met": float(usual.met.mean()),
        "daily met": float(daily.met.mean()),
    }

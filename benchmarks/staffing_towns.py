"""Made-up towns whose book is worked for weeks through hidden truth, planned as one pleases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.day import ON
from benchmarks.stages import place_and_pair
from benchmarks.temporary import Desk, temporary_desk
from scheduler.plan import Plan
from scheduler.problem import Problem

if TYPE_CHECKING:
    from data.towns.truth import Truth
    from routing.paces import Paces
    from routing.travel import TravelTimes
    from scheduler.day import Day
    from scheduler.headcount.book import Book
    from scheduler.headcount.weeks import SimulatedDay, Weeks
    from scheduler.rules import RuleSet

NODES = 4_000
UNTIL_DAYS = 14
HOURS = time(11, 30), time(20, 30)
"""Of all shifts: by day hours hardly differ, and who ends at half past five has none to choose."""

Planner = Callable[[Problem], Plan]


@dataclass(frozen=True)
class TownBook:
    """A made-up town's first morning, and what its days are planned with."""

    first: Day
    rules: RuleSet
    travel: Callable[[bool], TravelTimes]

    def at_times(self, paces: Paces, service_s: int) -> TownBook:
        """Return the book as it is planned at these paces, with visits of this length."""
        from routing.sources.paced import PacedTimes

        city = replace(self.first.city, service=timedelta(seconds=service_s))
        first = replace(self.first, city=city)
        return TownBook(first, self.rules, lambda working: PacedTimes(self.travel(working), paces))


def daily_plan(problem: Problem, search_s: float) -> Plan:
    """Return what the daily plan's search makes of a problem in so much time of the processor."""
    from scheduler.engines.registry import engine
    from scheduler.engines.stop_rules import Elapsed

    return engine("search").solve(problem, Elapsed(search_s, process_time), seed=1).plan


@contextmanager
def town_desk(truth: Truth, cases: int, collectors: int) -> Iterator[Desk]:
    """Open a made-up town as a lender would have taken it in, without the most visits of a day.

    How many visits a collector makes at most is made up, and would leave hours unused that others
    are held against: how long she works is the limit.
    """
    from data.towns.town import make_town, write_town

    town = make_town(
        *(truth.seed, ON),
        until=ON + timedelta(days=UNTIL_DAYS),
        cases=cases,
        collectors=collectors,
        nodes=NODES,
        employment=truth.known_employment,
    )
    with TemporaryDirectory(prefix="dayround-") as folder, temporary_desk("CN") as desk:
        files = write_town(town, Path(folder))
        desk.add_roads(files.extract)
        desk.import_lists(files, has_pairs=bool(town.pairs))
        place_and_pair(desk, ON)
        yield desk


@contextmanager
def town_book(truth: Truth, cases: int, collectors: int) -> Iterator[TownBook]:
    """Open the book of a made-up town, without the hours that its list says borrowers named.

    They are drawn without the truth, which keeps none of them.
    """
    with town_desk(truth, cases, collectors) as desk:
        ports, city = desk.wired.ports, desk.city
        first = ports.store.open_day(city.name, ON)
        tireless = tuple(replace(one, max_visits=None) for one in first.collectors)
        places = tuple(replace(one, windows=()) for one in first.places)
        yield TownBook(
            replace(first, collectors=tireless, places=places),
            ports.profiles.rules(city.profile),
            lambda working: desk.wired.kept_times.travel_times(city.name, is_working=working),
        )


def weeks_of(book: TownBook, truth: Truth, planner: Planner, replications: int) -> Weeks:
    """Return what works the book with all its collectors, driven through the hidden truth."""
    from data.towns.true_day import worlds_of
    from scheduler.headcount.employed import Employed
    from scheduler.headcount.scenario import Scenario
    from scheduler.headcount.weeks import Means, Weeks

    means = Means(book.rules, book.travel, planner, worlds_of(truth))
    team = Employed.of(book.first, Scenario(len(book.first.collectors), hours=HOURS))
    return Weeks(means, team, np.arange(replications))


def worked(weeks: Weeks, ledger: Book, days: Iterable[date]) -> Iterator[tuple[SimulatedDay, Book]]:
    """Yield each day on which somebody drove, and the book of its evening.

    The book goes on along one path, that of the first replication.
    """
    from scheduler.headcount.weeks import made_in

    for on in days:
        day = weeks.day(ledger, on)
        if day.drive is not None:
            ledger = ledger.after(made_in(day.drive, on, 0))
            yield day, ledger

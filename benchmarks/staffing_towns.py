"""Made-up towns whose book is worked for weeks through hidden truth, planned as one pleases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.day import ON
from benchmarks.stages import place_and_pair
from benchmarks.temporary import Desk, temporary_desk
from data.policy.house import house_policy
from scheduler.model import BUCKETS
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.value import VisitPrices

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
LATE = time(11, 30), time(20, 30)
"""Of all shifts, where they reach into the evening; else they are as the lists have them."""

MET_COUNTS = VisitPrices(
    p_paid_if_met=dict.fromkeys(BUCKETS, Decimal(0)),
    waiting_day=Decimal(100),
    max_waiting_days=1,
    assigned=Decimal(0),
    promise_due=Decimal(0),
    broken_promise=Decimal(0),
    appointment=Decimal(0),
)
"""A policy by which a borrower met is worth the same whoever she is: it asks what is measured."""

ROAD_PER_HOUR = Decimal(10)
"""An hour of it costs as much as a tenth of a borrower met: people are paid for the shift anyway,
and the search, which is as hot as ways are dear, would be frozen if they cost nothing."""

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
    """Open the book of a made-up town whose lender asks for borrowers met, and for nothing else."""
    with town_desk(truth, cases, collectors) as desk:
        ports, city = desk.wired.ports, desk.city
        first = ports.store.open_day(city.name, ON)
        tireless = tuple(replace(one, max_visits=None) for one in first.collectors)
        policy = replace(first.policy or house_policy(), prices=MET_COUNTS)
        lender = replace(first.city, travel_price_per_hour=ROAD_PER_HOUR)
        yield TownBook(
            replace(first, city=lender, collectors=tireless, policy=policy),
            ports.profiles.rules(city.profile),
            lambda working: desk.wired.kept_times.travel_times(city.name, is_working=working),
        )


def weeks_of(
    book: TownBook, truth: Truth, planner: Planner, replications: int, *, is_late: bool = False
) -> Weeks:
    """Return what works the book with all its collectors, driven through the hidden truth."""
    from data.towns.true_day import worlds_of
    from scheduler.headcount.employed import Employed
    from scheduler.headcount.scenario import Aim, Scenario
    from scheduler.headcount.weeks import Means, Weeks

    means = Means(book.rules, book.travel, planner, worlds_of(truth))
    count, hours = len(book.first.collectors), LATE if is_late else None
    # A lender who wants most met has no target: what is measured is what plans by worth bring.
    team = Employed.of(book.first, Scenario(count, hours=hours, aim=Aim.WORTH))
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

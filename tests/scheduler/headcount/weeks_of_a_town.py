"""A little town whose weeks are worked, one collector at a door, all that is planned made."""

from __future__ import annotations

from typing import Any

import numpy as np

from routing.sources.straight_line import StraightLineTimes
from scheduler.day import Day
from scheduler.engines.greedy import GreedyEngine
from scheduler.headcount.book import Book
from scheduler.headcount.employed import Employed
from scheduler.headcount.outcome import Outcome
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.tallying import outcome_of
from scheduler.headcount.weeks import Means, Weeks
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.staffing.chance import Chance
from scheduler.staffing.world import Certain
from tests.scheduler.little_book import case, day, place, rules_of


def greedy(problem: Problem) -> Plan:
    return GreedyEngine(improves=False).solve(problem, lambda: 0.0).plan


def owing(count: int, **changes: Any) -> Day:
    """Return a day of so many borrowers, 11 m from door to door, each 91 days past due.

    So the way to none of them outweighs that somebody has waited longer.
    """
    numbers = range(1, count + 1)
    cases = [case(f"c{n}", f"b{n}", days_past_due=91) for n in numbers]
    return day(cases, [place(f"b{n}", step=n / 10) for n in numbers], **changes)


def weeks(first: Day, scenario: Scenario, reps: int = 2, **said: Any) -> Weeks:
    told = {"rules": rules_of(said.pop("profile", "UK")), "world": Certain, **said}
    means = Means(travel=lambda _: StraightLineTimes(), plan=greedy, **told)
    return Weeks(means, Employed.of(first, scenario), np.arange(reps))


def worked(first: Day, scenario: Scenario, **said: Any) -> Outcome:
    """Return what came of a team's weeks with a book."""
    made = weeks(first, scenario, **said)
    book = Book(first, Chance(1), growth=scenario.growth)
    return outcome_of(first, made.execution(book), scenario.targets, len(made.reps))

"""What a week asks for, found out by working each of its days with teams of two sizes.

Each day is worked with the book of the first morning, older by some days, of which nobody has been
visited yet: so what weekdays differ by is their rules, hours and roads, and not who came before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

import numpy as np

from scheduler.day import Day
from scheduler.headcount.book import Book
from scheduler.headcount.demand import WEEK, Demand, Points, lines_of
from scheduler.headcount.employed import Employed
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.weeks import Means, SimulatedDay, Weeks
from scheduler.staffing.chance import Chance

USUAL = 10
"""The smaller of the two teams where the book has no collectors."""


def week_of_demand(
    means: Means, first: Day, scenario: Scenario, chance: Chance, drives: int
) -> Demand:
    """Return what a week of `first` and `scenario` asks for, whatever team it is put to."""
    usual = len(first.collectors) or USUAL
    few = replace(
        scenario, employed=usual + usual % 2, days_a_week=WEEK, absence=0.0, no_show=0.0,
        evening=None,
    )  # fmt: skip
    many = replace(few, employed=2 * few.employed)

    def days(asked: Scenario) -> list[SimulatedDay]:
        weeks = Weeks(means, Employed.of(first, asked), np.arange(drives))
        book = Book(weeks.team.book(first), chance)
        return [weeks.day(book, first.on + timedelta(days=ahead)) for ahead in range(WEEK)]

    late = days(replace(few, hours=scenario.evening)) if scenario.evening else ()
    return demand_of(chain(days(few), days(many)), late)


def demand_of(early: Iterable[SimulatedDay], late: Iterable[SimulatedDay] = ()) -> Demand:
    """Return the demand that days tell of, each worked with the same book.

    `late` are days of teams of some of these sizes, in the evening's hours.
    """
    days = list(early)
    points, opened = _points(days), _most_open(days)
    lines = tuple(map(lines_of, points, opened))
    evenings = _points(late)
    return Demand(lines, tuple(map(_ratio, evenings, points)) if any(evenings) else ())


def _most_open(days: Iterable[SimulatedDay]) -> list[float]:
    """Return by weekday how many visits could be made."""
    most = [0.0] * WEEK
    for day in days:
        if day.problem is not None:
            at = day.on.weekday()
            most[at] = max(most[at], float(len(day.problem.visits)))
    return most


def _points(days: Iterable[SimulatedDay]) -> Sequence[Points]:
    """Return by weekday how many came, and how many visits they made on average."""
    told: list[list[tuple[float, float]]] = [[] for _ in range(WEEK)]
    for day in days:
        if day.drive is not None:
            made = float(day.drive.visits_made.mean())
            told[day.on.weekday()].append((float(day.on_shift), made))
    return told


def _ratio(late: Points, early: Points) -> float:
    """Return what people do late of what as many do early."""
    evening = dict(late)
    both = [(evening[count], made) for count, made in early if count in evening]
    whole = sum(made for _, made in both)
    return sum(made for made, _ in both) / whole if whole else 0.0

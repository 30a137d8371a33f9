"""What a week asks for, found out by working each of its days with teams of two sizes.

Each day is worked with the book of the first morning, older by a week and some days, of which
nobody has been visited since: so what weekdays differ by is their rules, hours and roads. In the
first week it would be who came before, too: whoever was visited lately may not be visited again on
its first days, and these would seem weekdays on which little is to be done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

import numpy as np

from scheduler.day import Day
from scheduler.headcount.book import Book
from scheduler.headcount.demand import WEEK, Demand, Points, lines_of
from scheduler.headcount.employed import Employed
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.weeks import Means, SimulatedDay, Weeks
from scheduler.rules import day_info
from scheduler.staffing.chance import Chance

USUAL = 10
"""The smaller of the two teams where the book has no collectors."""


def week_of_demand(
    means: Means, first: Day, scenario: Scenario, chance: Chance, drives: int
) -> Demand:
    """Return what a week of `first` and `scenario` asks for, whatever team it is put to.

    A weekday counts as often as it comes in the days of the scenario: on a day after the last of
    these nobody needs to work.
    """
    usual = len(first.collectors) or USUAL
    few = replace(
        scenario, employed=usual + usual % 2, days_a_week=WEEK, absence=0.0, no_show=0.0,
        evening=None,
    )  # fmt: skip
    many = replace(few, employed=2 * few.employed)
    dates = [_tried(means, first.on + timedelta(days=ahead)) for ahead in range(WEEK)]

    def days(asked: Scenario) -> list[SimulatedDay]:
        weeks = Weeks(means, Employed.of(first, asked), np.arange(drives))
        book = Book(weeks.team.book(first), chance)
        return [weeks.day(book, on) for on in dates]

    late = days(replace(few, hours=scenario.evening)) if scenario.evening else ()
    return demand_of(chain(days(few), days(many)), late).weighed(how_often(scenario.days(first.on)))


def _tried(means: Means, on: date) -> date:
    """Return the day that tells of a weekday: a week later, unless a holiday makes it another."""
    later = on + timedelta(days=WEEK)
    same = day_info(means.rules, later).is_working == day_info(means.rules, on).is_working
    return later if same else on


def how_often(days: Sequence[date]) -> list[float]:
    """Return how often each weekday comes in a mean week of some days, Monday first."""
    times = Counter(day.weekday() for day in days)
    return [WEEK * times[at] / len(days) for at in range(WEEK)]


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

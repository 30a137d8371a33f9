"""Plans that go first to whom the target asks for, as a team does that is told of it.

The daily plan weighs what a visit is worth against the way there. Told of no target it leaves far
and small cases out, however many are employed; and the more people share the near ones, the less
the way to what is left pays, so that a larger team would visit fewer. Here each visit that a target
still waits for is worth more than any way and any other visit. What is told of money knows nothing
of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from sys import maxsize

from routing.units import DAY_S
from scheduler.build import Ranked
from scheduler.day import Day
from scheduler.headcount.book import Book
from scheduler.headcount.scenario import Target
from scheduler.problem import Problem, Visit
from scheduler.screening import Candidate
from scheduler.value.of_day import rank_on


def aimed(problem: Problem, book: Book, targets: Sequence[Target]) -> Problem:
    """Return a morning's problem in which the visits that targets wait for come first.

    Of these one that is due sooner is worth more: on its last day twice as much as much earlier.
    """
    if problem.day is None:
        return problem
    left, most = days_left(problem.day, book, targets), more_than_any(problem)
    visits = tuple(_worth_more(one, most, left) for one in problem.visits)
    return replace(problem, visits=visits)


def aimed_rank(day: Day, book: Book, targets: Sequence[Target]) -> Ranked:
    """Return who is weighed at all, where there are more than a day can choose from.

    After must-visits come those whom a target waits for, who is due sooner first; of equals, and
    of the others, who is worth most. By worth alone a large book's far and small cases would not
    even be weighed, whatever the target.
    """
    left = days_left(day, book, targets)

    def rank(one: Candidate) -> tuple[bool, int, Decimal]:
        must, worth = rank_on(day, one.cases, one.past)
        return must, -min((left.get(id_, maxsize) for id_ in one.case_ids), default=maxsize), worth

    return rank


def days_left(day: Day, book: Book, targets: Sequence[Target]) -> Mapping[str, int]:
    """Return on how many days, today among them, each case can still be visited in time.

    It has the cases that a target asks for and that nobody has visited since the first morning. Of
    who came, or rolled into the bucket, since then, and of who is late already, it says all days
    that the target gives.
    """
    visited = {id_ for one in book.made for id_ in one.visit.case_ids}
    gone = (day.on - book.first.on).days
    left: dict[str, int] = {}
    for target in targets:
        first = {one.id for one in book.first.cases if target.asks_for(one.bucket)}
        for case in day.cases:
            if target.asks_for(case.bucket) and case.id not in visited:
                in_time = target.within_days - gone if case.id in first else 0
                days = in_time if in_time > 0 else target.within_days
                left[case.id] = min(days, left.get(case.id, days))
    return left


def more_than_any(problem: Problem) -> int:
    """Return more than any visit is worth and any crew's day costs, in thousandths of currency."""
    worth = max((one.value for one in problem.visits), default=0)
    price_per_s = max(
        (
            crew.travel_price_per_s + crew.working_price_per_s + crew.overtime_price_per_s
            for crew in problem.crews
        ),
        default=0,
    )
    return worth + DAY_S * price_per_s


def _worth_more(visit: Visit, most: int, left: Mapping[str, int]) -> Visit:
    days = min((left[id_] for id_ in visit.case_ids if id_ in left), default=None)
    if days is None:
        return visit
    more = most + most // days
    options = tuple(replace(one, value=one.value + more) for one in visit.options)
    return replace(visit, options=options)

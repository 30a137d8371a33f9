"""Windows and shifts that are made longer, by the least that lets a visit in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import inf

from scheduler.problem import Problem, Visit
from scheduler.remedies.crew_day import CrewDay, made
from scheduler.remedies.hours import own_windows
from scheduler.remedies.remedy import Change, Edge, Kind, Remedy

MOST_S = 4 * 3600
"""By how much at most: beyond it, it is another day."""


def wider_windows(problem: Problem, days: Sequence[CrewDay], visit: Visit) -> Iterator[Remedy]:
    """Yield for each window of a visit, and each of its ends, the least by which it lets her in.

    Of several crews that could come then the cheapest goes.
    """
    for (option, window), edge in product(own_windows(problem, visit), Edge):
        wider = Change(Kind.WINDOW, visit.id, edge=edge, option=option, window=window)
        able = [day for day in days if _works(day, wider)(MOST_S)]
        seconds = MOST_S
        for day in able:
            seconds = _least(_works(day, wider), seconds)
        found = made(day.remedy(replace(wider, seconds=seconds)) for day in able)
        yield from sorted(found, key=lambda one: one.cost)[:1]


def longer_shifts(days: Sequence[CrewDay], visit_id: str, most: int) -> list[Remedy]:
    """Return the crews with the cheapest longer shifts, each by the least that works."""
    found: list[Remedy] = []
    for edge in (Edge.END, Edge.START):
        tried = [
            (-way.gain, day, change)
            for day in days
            for change in [Change(Kind.SHIFT, visit_id, day.crew.id, edge)]
            if not _is_too_late(day, edge) and (way := day.best(replace(change, seconds=MOST_S)))
        ]
        for least_cost, day, change in sorted(tried, key=lambda one: one[0]):
            worst = found[most - 1].cost if len(found) >= most else inf
            found += made([_lengthened(day, change, least_cost, worst)])
            found.sort(key=lambda one: one.cost)
    return found[:most]


def _is_too_late(day: CrewDay, edge: Edge) -> bool:
    """Whether a crew cannot begin earlier: it has begun, or it is later than its shift by now."""
    if edge is not Edge.START:
        return False
    facts, begin_s = day.problem.day, day.crew.start_s
    windows = [crew.window for crew in facts.crews if crew.id == day.crew.id] if facts else []
    is_later = any(day.problem.second(window.start) < begin_s for window in windows)
    return is_later or bool(day.crew.begun)


def _lengthened(day: CrewDay, change: Change, least_cost: float, worst: float) -> Remedy | None:
    """Return the least longer shift, or None where it would cost as much as `worst`.

    `least_cost` is what it costs without the pay for beginning earlier.
    """
    most_s, pay_per_s = MOST_S, day.crew.overtime_price_per_s
    if least_cost >= worst:
        return None
    if change.edge is Edge.START and pay_per_s and worst < inf:
        most_s = min(MOST_S, int(worst - least_cost) // pay_per_s)
    works = _works(day, change)
    if most_s < 1 or not works(most_s):
        return None
    return day.remedy(replace(change, seconds=_least(works, most_s)))


def _works(day: CrewDay, change: Change) -> Callable[[int], bool]:
    """Return whether a change by so many seconds lets the visit in."""
    return lambda seconds: day.best(replace(change, seconds=seconds)) is not None


def _least(works: Callable[[int], bool], known_s: int) -> int:
    """Return the least number of seconds that works, no more than `known_s`.

    What works with some seconds works with more: whoever may come earlier, or leave later, can
    wait.
    """
    if known_s <= 1 or not works(known_s - 1):
        return known_s
    return 1 + bisect_left(range(1, known_s), True, key=works)

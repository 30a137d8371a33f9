"""A second opinion on how a day is driven: it tries everything, and shares no code with `drive`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, permutations, product
from typing import NamedTuple

from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit

Call = tuple[Visit, int]


class Driven(NamedTuple):
    """Arrival, start and end of each call and break, and when the crew is back."""

    times: list[tuple[int, int, int]]
    back_s: int


def orders(calls: Sequence[Call], breaks: Sequence[CrewBreak]) -> Iterator[list[Call | CrewBreak]]:
    """Yield every order of calls and breaks that keeps the order of the calls."""
    length = len(calls) + len(breaks)
    for rests in permutations(breaks):
        for places in combinations(range(length), len(rests)):
            due, taken = iter(calls), dict(zip(places, rests, strict=True))
            yield [taken[k] if k in taken else next(due) for k in range(length)]


def follow(problem: Problem, crew: CrewShift, day: Sequence[Call | CrewBreak]) -> Driven | None:
    """Follow the crew through its day as early as can be; None where something is missed."""
    seconds = problem.travel.seconds[crew.mode, 0].tolist()
    now, here = crew.start_s, crew.start_location
    travelled = 0
    times = []
    for thing in day:
        if isinstance(thing, CrewBreak):
            lasts, there = thing.duration_s, here
            spans: tuple[Span, ...] = (thing.starts,)
        else:
            option = thing[0].options[thing[1]]
            spans, lasts, there = option.starts, option.service_s, option.location
            lasts += option.setup_s if there != here else 0
        arrival = now + seconds[here][there]
        travelled += seconds[here][there]
        begins = [max(arrival, first) for first, last in spans if arrival <= last]
        if not begins:
            return None
        now, here = min(begins) + lasts, there
        times.append((arrival, min(begins), now))
    back_s = now + seconds[here][crew.end_location]
    travelled += seconds[here][crew.end_location]
    too_far = crew.max_travel_s is not None and travelled > crew.max_travel_s
    too_late = back_s > crew.end_s + crew.max_overtime_s
    return None if too_far or too_late else Driven(times, back_s)


def earliest_end(problem: Problem, crew: CrewShift, calls: Sequence[Call]) -> int | None:
    """Return the earliest end of a day with these calls, however its breaks are placed."""
    days = [follow(problem, crew, day) for day in orders(calls, crew.breaks)]
    return min((day.back_s for day in days if day is not None), default=None)


def day_price(problem: Problem, crew: CrewShift, calls: Sequence[Call], end_s: int) -> int:
    """Return the price of travel, overtime and crew of a day that ends at `end_s`."""
    doors = [visit.options[number].location for visit, number in calls]
    way = [crew.start_location, *doors, crew.end_location]
    travel_s = sum(int(problem.travel.seconds[crew.mode, 0, i, j]) for i, j in pairwise(way))
    overtime = max(0, end_s - crew.end_s) * crew.overtime_price_per_s
    prices = sum(visit.crew_prices.get(crew.id, 0) for visit, _ in calls)
    return travel_s * crew.travel_price_per_s + overtime + prices


def may_go(crew: CrewShift, visits: Sequence[Visit]) -> bool:
    if any(
        sum(visit.load[kind] for visit in visits) > room for kind, room in enumerate(crew.capacity)
    ):
        return False
    return (crew.max_visits is None or len(visits) <= crew.max_visits) and all(
        visit.crew_size <= crew.size
        and visit.skills <= crew.skills
        and (visit.allowed_crews is None or crew.id in visit.allowed_crews)
        for visit in visits
    )


def best_day(problem: Problem, crew: CrewShift, visits: Sequence[Visit]) -> int | None:
    """Return the least price of a day with exactly `visits`, less what it wins."""
    if not visits:
        return 0
    totals = []
    for order in permutations(visits if may_go(crew, visits) else ()):
        for numbers in product(*(range(len(visit.options)) for visit in order)):
            calls = list(zip(order, numbers, strict=True))
            end_s = earliest_end(problem, crew, calls) if calls else None
            if end_s is not None:
                won = sum(visit.options[number].value for visit, number in calls)
                totals.append(day_price(problem, crew, calls, end_s) - won)
    return min(totals, default=None)


def best_key(problem: Problem) -> tuple[int, int]:
    """Return the least (missed must-visits, total cost) of all plans, by trying each."""
    visits, crews = problem.visits, problem.crews
    worth = sum(max((option.value for option in v.options), default=0) for v in visits)
    keys = []
    for sent in product(range(len(crews) + 1), repeat=len(visits)):
        days = [[v for v, k in zip(visits, sent, strict=True) if k == j] for j in range(len(crews))]
        prices = [best_day(problem, c, day) for c, day in zip(crews, days, strict=True)]
        missed = sum(v.is_required for v, k in zip(visits, sent, strict=True) if k == len(crews))
        if None not in prices:
            keys.append((missed, worth + sum(price or 0 for price in prices)))
    return min(keys)

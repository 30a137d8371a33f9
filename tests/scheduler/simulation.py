"""A second opinion on how a day is driven: it tries everything, and shares no code with `drive`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, permutations, product
from typing import NamedTuple

from routing.travel import UNREACHABLE
from scheduler.call import Call
from scheduler.plan import StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit

Thing = Call | CrewBreak
Leavings = Callable[[Problem, CrewShift, Sequence[Thing]], Iterable[int]]


class Driven(NamedTuple):
    """Arrival, start and end of each call and break, when the crew leaves and is back."""

    times: list[tuple[int, int, int]]
    leave_s: int
    back_s: int
    working_s: int
    travel_s: int

    def order(self, crew: CrewShift) -> tuple[int, int]:
        """The price of time, and then the end: less is better."""
        overtime_s = max(0, self.back_s - crew.end_s)
        price = self.working_s * crew.working_price_per_s
        return price + overtime_s * crew.overtime_price_per_s, self.back_s


def owed(crew: CrewShift) -> list[CrewBreak]:
    """Return the breaks that a crew has not begun."""
    return [rest for rest in crew.breaks if rest.id not in {stop.id for stop in crew.begun}]


def orders(calls: Sequence[Call], breaks: Sequence[CrewBreak]) -> Iterator[list[Thing]]:
    """Yield every order of calls and breaks that keeps the order of the calls."""
    length = len(calls) + len(breaks)
    for rests in permutations(breaks):
        for places in combinations(range(length), len(rests)):
            due, taken = iter(calls), dict(zip(places, rests, strict=True))
            yield [taken[k] if k in taken else next(due) for k in range(length)]


def follow(
    problem: Problem, crew: CrewShift, day: Sequence[Thing], leave_s: int | None = None
) -> Driven | None:
    """Follow the crew through its day as early as can be; None where something is missed."""
    leave_s = crew.start_s if leave_s is None else leave_s
    here, now, travel_s = stand(problem, crew, leave_s)
    paid = {rest.id: rest.is_paid for rest in crew.breaks}
    rest_s = sum(s.end_s - s.start_s for s in crew.begun if not paid.get(s.id, True))
    times = []
    for thing in day:
        there, lasts = place_and_length(thing, here)
        arrival = now if isinstance(thing, CrewBreak) else went(problem, crew, here, there, now)
        begins = [max(arrival, first) for first, last in spans_of(thing) if arrival <= last]
        if not begins:
            return None
        travel_s += arrival - now
        now, here = min(begins) + lasts, there
        rest_s += lasts if isinstance(thing, CrewBreak) and not thing.is_paid else 0
        times.append((arrival, min(begins), now))
    back_s = went(problem, crew, here, crew.end_location, now)
    travel_s += back_s - now
    driven = Driven(times, leave_s, back_s, back_s - leave_s - rest_s, travel_s)
    return driven if is_within(crew, driven) else None


def went(problem: Problem, crew: CrewShift, here: int, there: int, now: int) -> int:
    return problem.arrival_s(crew, here, there, now)


def stand(problem: Problem, crew: CrewShift, leave_s: int) -> tuple[int, int, int]:
    """Return where the crew is, when, and how long it has travelled, before anything is planned."""
    here, now, travel_s = crew.start_location, leave_s, 0
    for stop in crew.begun:
        if stop.kind is StopKind.VISIT:
            travel_s += stop.arrival_s - now
            here = problem.visit_by_id[stop.id].options[stop.option].location
        now = stop.end_s
    return here, max(now, crew.free_s) if crew.begun else now, travel_s


def place_and_length(thing: Thing, here: int) -> tuple[int, int]:
    if isinstance(thing, CrewBreak):
        return here, thing.duration_s
    option = thing.visit.options[thing.option]
    return option.location, option.service_s + option.setup_s * (option.location != here)


def spans_of(thing: Thing) -> Sequence[Span]:
    if isinstance(thing, CrewBreak):
        return [thing.starts]
    spans = thing.visit.options[thing.option].starts
    if thing.start_s is None:
        return spans
    second = thing.start_s
    return [(second, second) for first, last in spans if first <= second <= last]


def is_within(crew: CrewShift, day: Driven) -> bool:
    return (
        day.back_s <= crew.end_s + crew.max_overtime_s
        and (crew.max_travel_s is None or day.travel_s <= crew.max_travel_s)
        and (crew.max_working_s is None or day.working_s <= crew.max_working_s)
    )


def every_leaving(problem: Problem, crew: CrewShift, day: Sequence[Thing]) -> Iterable[int]:
    """Return every second at which the crew may set out on its day."""
    if crew.begun or not crew.counts_working_time:
        return [crew.start_s]
    if problem.has_slots:
        return [latest_for_the_first(problem, crew, day[0])] if day else []
    return range(crew.start_s, crew.end_s + crew.max_overtime_s + 1)


def some_leavings(problem: Problem, crew: CrewShift, day: Sequence[Thing]) -> Iterable[int]:
    """Return the seconds of `every_leaving` of which one is the best.

    Put the leaving off until something stops it: the crew comes without waiting to some stop, and
    at the first or last second of one of its spans.
    """
    every = every_leaving(problem, crew, day)
    if not isinstance(every, range):
        return every
    seconds, here, since_leaving = {crew.start_s}, crew.start_location, 0
    for thing in day:
        there, lasts = place_and_length(thing, here)
        since_leaving += went(problem, crew, here, there, 0)
        seconds |= {edge - since_leaving for span in spans_of(thing) for edge in span}
        here, since_leaving = there, since_leaving + lasts
    return [second for second in seconds if second in every]


def latest_for_the_first(problem: Problem, crew: CrewShift, first: Thing) -> int:
    """Return the last second of leaving at which the first thing begins at its earliest second."""
    there, _ = place_and_length(first, crew.start_location)

    def begins(leave_s: int) -> int:
        arrival = leave_s
        if isinstance(first, Call):
            arrival = went(problem, crew, crew.start_location, there, leave_s)
        return min((max(arrival, a) for a, b in spans_of(first) if arrival <= b), default=arrival)

    earliest = begins(crew.start_s)
    seconds = range(crew.start_s, min(earliest, UNREACHABLE) + 1)
    return seconds[bisect_right(seconds, earliest, key=begins) - 1]


def cheapest(
    problem: Problem, crew: CrewShift, calls: Sequence[Call], leavings: Leavings = some_leavings
) -> Driven | None:
    """Return the best day with these calls, however its leaving and its breaks are placed."""
    days = [
        follow(problem, crew, day, leave_s)
        for day in orders(calls, owed(crew))
        for leave_s in leavings(problem, crew, day)
    ]
    lawful = [day for day in days if day is not None]
    return min(lawful, key=lambda day: (*day.order(crew), day.working_s), default=None)


def day_price(crew: CrewShift, calls: Sequence[Call], day: Driven) -> int:
    """Return the price of time, travel, crew and unfair share of a day."""
    prices = sum(call.visit.crew_prices.get(crew.id, 0) for call in calls)
    begun = sum(stop.kind is StopKind.VISIT for stop in crew.begun)
    beyond = range(1, len(calls) + begun - crew.fair_visits + 1)
    unfair = sum(k * crew.unfair_price for k in beyond)
    return day.travel_s * crew.travel_price_per_s + day.order(crew)[0] + prices + unfair


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


def ways_for(crew: CrewShift, visit: Visit) -> list[Call]:
    ways = enumerate(visit.options)
    return [Call(visit, n) for n, way in ways if way.crews is None or crew.id in way.crews]


def best_day(problem: Problem, crew: CrewShift, visits: Sequence[Visit]) -> int | None:
    """Return the least price of a day with exactly `visits`, less what it wins."""
    if not visits:
        return 0
    totals = []
    for order in permutations(visits if may_go(crew, visits) else ()):
        for calls in product(*(ways_for(crew, visit) for visit in order)):
            day = cheapest(problem, crew, calls) if calls else None
            if day is not None:
                won = sum(call.visit.options[call.option].value for call in calls)
                totals.append(day_price(crew, calls, day) - won)
    return min(totals, default=None)


def best_key(problem: Problem) -> tuple[int, int]:
    """Return the least (missed must-visits, total cost) of all plans, by trying each.

    For problems in which nothing has begun and nobody meets.
    """
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

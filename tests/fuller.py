"""What few days ask for: travel by the hour, work with a price, stops that were begun, meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from routing.travel import UNREACHABLE, TravelMatrix
from scheduler.drive import drive
from scheduler.plan import Stop, StopKind
from scheduler.problem import CrewShift, Problem, Span, Visit, VisitOption
from scheduler.windows import merge_spans

if TYPE_CHECKING:
    from tests.problems import Features

HOUR_S = 3600


def with_more(rng: Random, has: Features, problem: Problem) -> Problem:
    """Add what is asked for; nothing is drawn for the rest."""
    visits = [_visit(rng, has, problem.crews, visit) for visit in problem.visits]
    crews = [_crew(rng, has, crew) for crew in problem.crews]
    travel = _by_slots(rng, problem.travel) if has.slots else problem.travel
    problem = replace(problem, visits=tuple(visits), crews=tuple(crews), travel=travel)
    return _with_begun(rng, problem) if has.begun else problem


def _crew(rng: Random, has: Features, crew: CrewShift) -> CrewShift:
    if has.pace:
        crew = replace(crew, travel_percent=rng.choice((80, 100, 130)))
    if has.working_price:
        crew = replace(crew, working_price_per_s=rng.choice((0, 3, 10)))
    if has.max_working:
        crew = replace(crew, max_working_s=rng.choice((None, 2, 4, 6)))
        crew = replace(crew, max_working_s=crew.max_working_s and crew.max_working_s * HOUR_S)
    if has.unpaid:
        breaks = (replace(rest, is_paid=rng.random() < 0.4) for rest in crew.breaks)
        crew = replace(crew, breaks=tuple(breaks))
    if has.fair:
        fair_visits, unfair_price = rng.choice((0, 1, 3)), rng.choice((500, 5000))
        crew = replace(crew, fair_visits=fair_visits, unfair_price=unfair_price)
    return crew


def _visit(rng: Random, has: Features, crews: tuple[CrewShift, ...], visit: Visit) -> Visit:
    if has.crew_options and crews and rng.random() < 0.4:
        visit = replace(visit, options=_options(rng, crews, visit.options))
    if has.meet and rng.random() < 0.4:
        visit = replace(visit, crew_size=2)
    if has.meet and visit.crew_size == 2:
        visit = replace(visit, may_meet=rng.random() < 0.8)
    return visit


def _options(
    rng: Random, crews: tuple[CrewShift, ...], options: tuple[VisitOption, ...]
) -> tuple[VisitOption, ...]:
    """Let one crew be quicker and recover more; now and then nobody else may go there."""
    first, her = options[0], frozenset({rng.choice(crews).id})
    hers = replace(first, service_s=first.service_s // 2, value=first.value + 900, crews=her)
    return (*options, hers) if rng.random() < 0.8 else (hers, *options[1:])


def _by_slots(rng: Random, travel: TravelMatrix) -> TravelMatrix:
    """Let every way take a different share of its time from 9, 11 and 16 o'clock."""
    base = travel.seconds[:, :1].astype(np.int64)
    paces = np.array([rng.choice((100, 130, 180)) for _ in range(4)])[None, :, None, None]
    seconds = np.where(base < UNREACHABLE, -(-base * paces // 100), UNREACHABLE).astype(np.int32)
    starts = (0, 9 * HOUR_S, 11 * HOUR_S, 16 * HOUR_S)
    return replace(travel, seconds=seconds, metres=seconds, slot_starts_s=starts)


def _with_begun(rng: Random, problem: Problem) -> Problem:
    """Let most crews have begun one or two visits, not quite as they would be planned."""
    left = rng.sample(problem.visits, len(problem.visits))
    crews = []
    for crew in problem.crews:
        mine = [v for v in left if v.crew_size <= crew.size and v.options][: rng.choice((0, 1, 2))]
        begun = _begun(rng, problem, crew, mine)
        left = [v for v in left if v.id not in {stop.id for stop in begun.begun}]
        crews.append(begun)
    return replace(problem, crews=tuple(crews))


def _begun(rng: Random, problem: Problem, crew: CrewShift, visits: Iterable[Visit]) -> CrewShift:
    stops, here, now = [], crew.start_location, crew.start_s
    for visit in visits:
        number = rng.randrange(len(visit.options))
        way = visit.options[number]
        arrival_s = problem.arrival_s(crew, here, way.location, now) + rng.choice((0, 120))
        start_s = arrival_s + rng.choice((0, 300))
        end_s = start_s + way.service_s + rng.choice((0, 600))
        kind = StopKind.VISIT
        stops.append(Stop(kind, visit.id, arrival_s, start_s, end_s, number, way.place_id))
        here, now = way.location, end_s
    for rest in crew.breaks[: rng.choice((0, 0, 1))] if stops else ():
        stops.append(Stop(StopKind.BREAK, rest.id, now, now + 60, now + rest.duration_s))
        now += rest.duration_s
    begun = replace(crew, begun=tuple(stops), free_s=rng.choice((0, now + 900)))
    return begun if drive(problem, begun, ()) is not None else crew


def in_ticks(problem: Problem, tick_s: int) -> Problem:
    """Return `problem` in coarse time, so that every second of a day can be tried."""
    travel = problem.travel
    coarse = np.where(travel.seconds < UNREACHABLE, -(-travel.seconds // tick_s), UNREACHABLE)
    starts_s = tuple(start_s // tick_s for start_s in travel.slot_starts_s)
    return replace(
        problem,
        visits=tuple(_visit_in_ticks(visit, tick_s) for visit in problem.visits),
        crews=tuple(_crew_in_ticks(crew, tick_s) for crew in problem.crews),
        travel=replace(travel, seconds=coarse.astype(np.int32), slot_starts_s=starts_s),
    )


def _visit_in_ticks(visit: Visit, tick_s: int) -> Visit:
    options = (
        replace(
            way,
            starts=merge_spans(_span_in_ticks(span, tick_s) for span in way.starts),
            service_s=way.service_s // tick_s,
            setup_s=way.setup_s // tick_s,
        )
        for way in visit.options
    )
    return replace(visit, options=tuple(options))


def _crew_in_ticks(crew: CrewShift, tick_s: int) -> CrewShift:
    changed: dict[str, Any] = {
        name: None if (seconds := getattr(crew, name)) is None else seconds // tick_s
        for name in (
            "start_s",
            "end_s",
            "max_overtime_s",
            "max_travel_s",
            "max_working_s",
            "free_s",
        )
    }
    breaks = tuple(
        replace(
            rest,
            starts=_span_in_ticks(rest.starts, tick_s),
            duration_s=rest.duration_s // tick_s,
        )
        for rest in crew.breaks
    )
    begun = tuple(
        replace(
            stop,
            arrival_s=stop.arrival_s // tick_s,
            start_s=stop.start_s // tick_s,
            end_s=stop.end_s // tick_s,
        )
        for stop in crew.begun
    )
    return replace(crew, breaks=breaks, begun=begun, **changed)


def _span_in_ticks(span: Span, tick_s: int) -> Span:
    return span[0] // tick_s, span[1] // tick_s

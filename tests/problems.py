"""Problems for tests: random ones with every feature, and roads whose times can be argued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.travel import UNREACHABLE, Mode, TravelMatrix
from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit, VisitOption
from tests.fuller import with_more

ORIGIN = datetime(2026, 11, 23, tzinfo=UTC)
MINUTE_S = 60
HOUR_S = 3600
SIDE_MIN = 40
"""A random town is a square which takes this many minutes to cross."""

SKILLS = ("cantonese", "vehicles")


def line_travel(positions_min: Sequence[int]) -> TravelMatrix:
    """Return the times between spots on one straight road, given in minutes along it."""
    along_s = np.array(positions_min, np.int32) * MINUTE_S
    return _matrix([np.abs(along_s[:, None] - along_s[None])])


ALL_DAY: Span = (8 * HOUR_S, 18 * HOUR_S)


def option(location: int, *starts: Span, service_min: int = 20, value: int = 50_000) -> VisitOption:
    """Return a way to make a visit at `location`; without `starts` at any time of the day."""
    spans = starts or (ALL_DAY,)
    return VisitOption(f"p{location}", location, spans, service_min * MINUTE_S, value)


def visit(visit_id: str, *options: VisitOption, **more: Any) -> Visit:
    return Visit(visit_id, options, **more)


def crew(crew_id: str = "a", home: int = 0, **more: Any) -> CrewShift:
    """Return a crew that lives at `home` and works from 08:00 to 12:00, if no more is said."""
    hours = {"start_s": 8 * HOUR_S, "end_s": 12 * HOUR_S}
    return CrewShift(crew_id, home, home, **(hours | more))


def on_a_line(
    positions_min: Sequence[int], visits: Sequence[Visit], crews: Sequence[CrewShift]
) -> Problem:
    """Return a day on one straight road: location i is `positions_min[i]` minutes along it."""
    return Problem(ORIGIN, tuple(visits), tuple(crews), line_travel(positions_min))


@dataclass(frozen=True, slots=True)
class Features:
    """What a random problem has, beside visits with one place and one window each."""

    places: bool = True  # several for one visit
    windows: bool = True  # several disjoint ones for a place
    required: bool = True  # must-visits
    skills: bool = True
    crew_size: bool = True  # visits for two, crews of two
    allowed: bool = True  # only some crews may go
    prices: bool = True  # some crews cost extra
    max_visits: bool = True
    breaks: bool = True  # one or two for a crew
    overtime: bool = True
    unlike: bool = True  # shifts, modes and ends differ
    unreachable: bool = False  # some roads lead nowhere
    load: bool = False  # two kinds, and not every crew's capacity names both
    setup: bool = False
    max_travel: bool = False
    shared_doors: bool = False  # several visits at one place
    slots: bool = False  # travel differs by the hour
    pace: bool = False  # crews travel at paces of their own
    working_price: bool = False
    max_working: bool = False
    unpaid: bool = False  # some breaks are no working time
    fair: bool = False  # visits beyond a crew's share have a price
    crew_options: bool = False  # some options are for one crew alone
    meet: bool = False  # visits for two that two crews may make together
    begun: bool = False  # crews have made one visit or two


def random_problem(seed: int, visits: int, crews: int, **features: bool) -> Problem:
    """Return a day of more visits than it holds, the same for the same arguments.

    Each field of `Features` is a keyword. Visits are called v0, v1, …, crews c0, c1, …
    """
    rng = Random(seed)
    has = Features(**features)
    town = _Town(rng)
    crew_ids = [f"c{number}" for number in range(crews)]
    made_crews = tuple(_crew(rng, has, town, crew_id) for crew_id in crew_ids)
    made_visits = tuple(_visit(rng, has, town, f"v{i}", crew_ids) for i in range(visits))
    problem = Problem(ORIGIN, made_visits, made_crews, town.travel(0.1 * has.unreachable))
    return with_more(Random(seed), has, _with_limits(Random(seed), has, problem))


def _with_limits(rng: Random, has: Features, problem: Problem) -> Problem:
    """Add the features that a problem has only where they are asked for."""
    crews = [
        replace(
            one,
            capacity=rng.choice(((), (4,), (4, 6))) if has.load else (),
            max_travel_s=rng.choice((None, HOUR_S, 2 * HOUR_S)) if has.max_travel else None,
        )
        for one in problem.crews
    ]
    doors = [option.location for one in problem.visits for option in one.options]
    visits = [
        replace(
            one,
            load=(rng.randrange(3), rng.randrange(4)) if has.load else (),
            options=tuple(
                replace(
                    option,
                    setup_s=rng.choice((0, 300, 900)) if has.setup else 0,
                    location=rng.choice(doors[:2]) if has.shared_doors else option.location,
                )
                for option in one.options
            ),
        )
        for one in problem.visits
    ]
    return replace(problem, visits=tuple(visits), crews=tuple(crews))


def _crew(rng: Random, has: Features, town: _Town, crew_id: str) -> CrewShift:
    home = town.spot()
    start_s = (8 + rng.randrange(3) * has.unlike) * HOUR_S
    end_s = start_s + (4 + rng.randrange(5) * has.unlike) * HOUR_S
    return CrewShift(
        id=crew_id,
        start_location=home,
        end_location=town.spot() if has.unlike and rng.random() < 0.3 else home,
        start_s=start_s,
        end_s=end_s,
        mode=rng.randrange(2) if has.unlike else 0,
        size=rng.choice((1, 1, 2)) if has.crew_size else 1,
        skills=frozenset(skill for skill in SKILLS if has.skills and rng.random() < 0.6),
        breaks=_breaks(rng, start_s, end_s) if has.breaks else (),
        max_visits=rng.choice((None, 2, 6)) if has.max_visits else None,
        max_overtime_s=rng.choice((0, HOUR_S)) if has.overtime else 0,
        travel_price_per_s=rng.choice((12, 17)) if has.unlike else 17,
        overtime_price_per_s=25,
    )


def _visit(rng: Random, has: Features, town: _Town, visit_id: str, crew_ids: list[str]) -> Visit:
    places = rng.choice((1, 1, 2)) if has.places else 1
    some_crews = frozenset(rng.sample(crew_ids, (len(crew_ids) + 1) // 2))
    return Visit(
        id=visit_id,
        options=tuple(
            _option(rng, f"{visit_id}-{place}", town.spot(), several=has.windows)
            for place in range(places)
        ),
        is_required=has.required and rng.random() < 0.15,
        crew_size=2 if has.crew_size and rng.random() < 0.2 else 1,
        skills=frozenset({rng.choice(SKILLS)} if has.skills and rng.random() < 0.2 else ()),
        allowed_crews=some_crews if has.allowed and rng.random() < 0.2 else None,
        crew_prices={
            crew: rng.randrange(30_000) for crew in crew_ids if has.prices and rng.random() < 0.3
        },
    )


class _Town:
    """Spots in a square, and the times between them by car and, slower, by e-bike."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._spots: list[tuple[float, float]] = []

    def spot(self) -> int:
        self._spots.append((self._rng.uniform(0, SIDE_MIN), self._rng.uniform(0, SIDE_MIN)))
        return len(self._spots) - 1

    def travel(self, share_unreachable: float) -> TravelMatrix:
        spots = np.array(self._spots).reshape(-1, 2)
        minutes = np.linalg.norm(spots[:, None] - spots[None], axis=2)
        by_car = np.ceil(minutes * MINUTE_S).astype(np.int32)
        by_ebike = np.ceil(minutes * 1.5 * MINUTE_S).astype(np.int32)
        for leg in np.ndindex(by_car.shape):
            if leg[0] != leg[1] and self._rng.random() < share_unreachable:
                by_car[leg] = by_ebike[leg] = UNREACHABLE
        return _matrix([by_car, by_ebike])


def _matrix(seconds: list[NDArray[np.int32]]) -> TravelMatrix:
    stacked = np.stack(seconds)[:, None]
    modes = (Mode.CAR, Mode.EBIKE)[: len(seconds)]
    return TravelMatrix(modes, stacked, np.where(stacked < UNREACHABLE, stacked * 8, UNREACHABLE))


def _option(rng: Random, place_id: str, location: int, *, several: bool) -> VisitOption:
    return VisitOption(
        place_id=place_id,
        location=location,
        starts=_starts(rng, rng.choice((1, 2, 3)) if several else 1),
        service_s=rng.choice((10, 20, 30)) * MINUTE_S,
        value=rng.randrange(5_000, 60_000),
    )


def _starts(rng: Random, count: int) -> tuple[Span, ...]:
    """Return disjoint spans between 08:00 and 18:00, the gaps between them at least a second."""
    edges = sorted(rng.sample(range(8 * HOUR_S, 18 * HOUR_S), 2 * count))
    return tuple((edges[2 * i], edges[2 * i + 1]) for i in range(count))


def _breaks(rng: Random, start_s: int, end_s: int) -> tuple[CrewBreak, ...]:
    """Return none, one or two rests; their spans may overlap."""
    made = []
    for number in range(rng.choice((0, 1, 1, 2))):
        first = rng.randrange(start_s, end_s - HOUR_S)
        duration_s = rng.choice((15, 30)) * MINUTE_S
        span = (first, min(first + rng.choice((30, 60, 120)) * MINUTE_S, end_s - duration_s))
        made.append(CrewBreak(f"b{number}", span, duration_s))
    return tuple(made)

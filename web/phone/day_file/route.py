"""The way of a round along the streets, for a map that is drawn without a network."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from data.maps.day_clip import Ground
from routing.lines import UNITS_PER_DEGREE
from routing.paths import Leg, LegPath
from routing.point import Point
from routing.travel import Spot
from web.map.drawing import lines_of, units
from web.map.pages import drawer
from web.phone.room import MyDay


@dataclass(frozen=True)
class Way:
    """The legs of a round in their order, and the path of each; None where no road leads."""

    legs: tuple[Leg, ...]
    paths: tuple[LegPath | None, ...]


def way_of(day: MyDay) -> Way:
    """Return the way of a round from start to end, by the hours at which each leg is begun."""
    crew, round_ = day.round.crew, day.round
    midnight = round_.starts_at.astimezone(day.zone).replace(hour=0, minute=0, second=0)
    spots = [(Spot(crew.start), round_.starts_at)]
    spots += [
        (one.place.spot, one.ends_at) for one in round_.visits if one.place and one.place.spot
    ]
    spots.append((Spot(crew.end), round_.ends_at))
    ways = [(a, b, left) for (a, left), (b, _) in pairwise(spots) if a != b]
    begun_s = [int((left - midnight).total_seconds()) for *_, left in ways]
    legs = [(a, b) for a, b, _ in ways]
    return Way(tuple(legs), tuple(drawer(day.city, day.on)(legs, crew.mode, begun_s)))


def route(day: MyDay, way: Way) -> dict[str, Any]:
    """Return start, end and a line for each leg, in whole units as the desk's map has them."""
    crew, paths = day.round.crew, [path for path in way.paths if path]
    return {
        "unit": UNITS_PER_DEGREE,
        "mode": crew.mode.value,
        "start": units(crew.start),
        "end": units(crew.end),
        "metres": sum(path.metres for path in paths),
        "ways": lines_of(paths),
    }


def ground(day: MyDay, way: Way) -> Ground:
    """Return where the day's map is needed; where no road leads, straight on."""
    places = [one.place.point for one in day.round.visits if one.place and one.place.point]
    lines = [
        np.column_stack((path.lat, path.lon)) if path else degrees(a.point, b.point)
        for (a, b), path in zip(way.legs, way.paths, strict=True)
    ]
    return Ground(tuple(lines), degrees(day.round.crew.start, day.round.crew.end, *places))


def degrees(*points: Point) -> np.ndarray[Any, np.dtype[np.float64]]:
    """float64[k, 2]: latitudes and longitudes."""
    return np.array([(one.lat, one.lon) for one in points], float)

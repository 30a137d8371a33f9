"""A crew's way through a day, leg by leg."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import numpy as np

from data.exports.day import CrewRows, ExportDay
from routing.lines import Line
from routing.paths import Leg, LegPath
from routing.travel import Spot


@dataclass(frozen=True, slots=True)
class Way:
    """The lines of a crew's legs, and how many of them no road is known for: those are straight."""

    lines: tuple[Line, ...]
    without_road: int


def way_of(day: ExportDay, crew: CrewRows) -> Way:
    """Return the way of a crew from where it sets off to where it ends."""
    stops = [(stop.spot, stop.ends) for stop in crew.visits if stop.spot]
    left = [(Spot(crew.start), crew.starts), *stops, (Spot(crew.end), crew.ends)]
    legs = [(a, b) for (a, _), (b, _) in pairwise(left)]
    paths = day.draw(legs, crew.mode, [second_of_day(at) for _, at in left[:-1]])
    lines = tuple(line_of(leg, path) for leg, path in zip(legs, paths, strict=True))
    return Way(lines, sum(path is None for path in paths))


def line_of(leg: Leg, path: LegPath | None) -> Line:
    """Return the line of a leg, straight where it has no path."""
    if path is not None:
        return np.column_stack((path.lat, path.lon))
    return np.array([(spot.point.lat, spot.point.lon) for spot in leg])


def second_of_day(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second

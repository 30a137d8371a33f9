"""The way of a round along the streets, for a map that is drawn without a network."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from routing.lines import UNITS_PER_DEGREE
from routing.travel import Spot
from web.map.drawing import lines_of, units
from web.map.pages import drawer
from web.phone.room import MyDay


def route(day: MyDay) -> dict[str, Any]:
    """Return start, end and a line for each leg, in whole units as the desk's map has them."""
    crew, round_ = day.round.crew, day.round
    midnight = round_.starts_at.astimezone(day.zone).replace(hour=0, minute=0, second=0)
    spots = [(Spot(crew.start), round_.starts_at)]
    spots += [
        (one.place.spot, one.ends_at) for one in round_.visits if one.place and one.place.spot
    ]
    spots.append((Spot(crew.end), round_.ends_at))
    ways = [(a, b, left) for (a, left), (b, _) in pairwise(spots) if a != b]
    begun_s = [int((left - midnight).total_seconds()) for *_, left in ways]
    paths = drawer(day.city, day.on)([(a, b) for a, b, _ in ways], crew.mode, begun_s)
    return {
        "unit": UNITS_PER_DEGREE,
        "mode": crew.mode.value,
        "start": units(crew.start),
        "end": units(crew.end),
        "metres": sum(path.metres for path in paths if path),
        "ways": lines_of(path for path in paths if path),
    }

"""Where a book's borrowers live, by district: as coarse as a planner may see it, who sees no door.

A district is what the addresses call it; whose address names none is in that of the nearest whose
address does. Where addresses name fewer than two, the book is parted into areas of about as many
borrowers each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer.district import district_named
from routing.point import Point, distances_m, stepped, steps_deg
from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.headcount.hiring import MOST_PLACES
from scheduler.model import Place, PlaceKind
from scheduler.told_together import FEWEST

MOST_AREAS = 8
"""Into so many areas a book is parted at most whose addresses name no districts."""

CENTRE_DIGITS = 2
"""Of degrees: a centre is told to about a kilometre."""

AROUND_STEP_M = 500
WITHIN_PERCENT = 80


@dataclass(frozen=True, slots=True)
class District:
    """A part of the city.

    Parameters
    ----------
    number
        From 1 on; 0 is nowhere: no address is placed, and none names a district.
    name
        As addresses call it; '' for an area that has no name.
    centre
        Its middle, to about a kilometre; None where nobody is placed.
    around_m
        Within so many metres of it most of the places lie, in steps of half a kilometre.
    """

    number: int
    name: str = ""
    centre: Point | None = None
    around_m: int = 0


@dataclass(frozen=True)
class Districts:
    """The districts of a book, in the order of their numbers; `number_of` is by borrower."""

    all: tuple[District, ...] = ()
    number_of: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, day: Day) -> Districts:
        """Return the districts in which the borrowers of a day live who have a case."""
        names, points = _homes(day)
        placed = [id_ for id_ in names if id_ in points]
        spots = [points[id_] for id_ in placed]
        named = _joined([names[id_] for id_ in placed], spots)
        parts = named if len(set(named)) > 1 else [str(part) for part in parts_of(spots)]
        numbers = {name: at for at, name in enumerate(sorted(set(parts)), start=1)}
        number_of = {id_: numbers[part] for id_, part in zip(placed, parts, strict=True)}
        number_of |= {id_: numbers.get(names[id_], 0) for id_ in names if id_ not in points}
        is_named = parts is named
        all_ = [
            _district(number, name if is_named else "", _where(parts, name, spots))
            for name, number in numbers.items()
        ]
        nowhere = [District(0)] if 0 in number_of.values() else []
        return cls((*nowhere, *all_), number_of)

    def holding(self, borrower_ids: Iterable[str]) -> NDArray[np.int64]:
        """Return 1 where a district holds one of these borrowers; shape [district, borrower]."""
        numbers = np.array([self.number_of[id_] for id_ in borrower_ids], np.int64)
        rows = np.array([one.number for one in self.all], np.int64)
        held: NDArray[np.int64] = (rows[:, None] == numbers).astype(np.int64)
        return held

    def nearest(self, points: Sequence[Point]) -> list[int]:
        """Return the numbers of the districts whose centres are nearest; 0 where none has one."""
        placed = [(one.number, one.centre) for one in self.all if one.centre is not None]
        if not placed:
            return [0] * len(points)
        at = _nearest(points, [centre for _, centre in placed])
        return [placed[one][0] for one in at]


def _homes(day: Day) -> tuple[dict[str, str], dict[str, Point]]:
    """Return what district her address names, and where she lives, of each borrower with a case."""
    places = Grouped(sorted(day.places, key=lambda one: (one.kind is not PlaceKind.HOME, one.id)))
    names: dict[str, str] = {}
    points: dict[str, Point] = {}
    for id_ in dict.fromkeys(case.borrower_id for case in day.cases):
        hers = places.of_id(id_)
        names[id_] = next(filter(None, (district_named(one.address) for one in hers)), "")
        if placed := _placed(hers):
            points[id_] = placed[0]
    return names, points


def _placed(places: Iterable[Place]) -> list[Point]:
    return [one.point for one in places if one.is_placed and one.point is not None]


def _joined(names: Sequence[str], points: Sequence[Point]) -> list[str]:
    """Give everybody a name that enough have: who has none of these the nearest's."""
    counts = Counter(filter(None, names))
    # Where one or two live is nearly a door.
    known = {name for name, count in counts.items() if count >= FEWEST}
    seeds = [at for at, name in enumerate(names) if name in known]
    if not seeds:
        return [""] * len(names)
    seeds = seeds[:: -(-len(seeds) // MOST_PLACES)]
    others = [at for at, name in enumerate(names) if name not in known]
    nearest = _nearest([points[at] for at in others], [points[at] for at in seeds])
    joined = list(names)
    for at, seed in zip(others, nearest, strict=True):
        joined[at] = names[seeds[seed]]
    return joined


def _nearest(points: Sequence[Point], to: Sequence[Point]) -> list[int]:
    """Return by point which of `to` is nearest."""
    lat, lon = _degrees(to)
    return [int(distances_m(one.lat, one.lon, lat, lon).argmin()) for one in points]


def _degrees(points: Sequence[Point]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.array([one.lat for one in points]), np.array([one.lon for one in points])


def parts_of(points: Sequence[Point]) -> list[int]:
    """Part points into areas of about as many each, by halving the longer side again and again."""
    parts = np.zeros(len(points), np.int64)
    if not points:
        return []
    lat, lon = _degrees(points)
    steps = steps_deg(points[0].lat, points[0].lon, lat, lon)
    while parts.max() + 1 < MOST_AREAS:
        largest = int(np.bincount(parts).argmax())
        inside = np.flatnonzero(parts == largest)
        if len(inside) < 2 * FEWEST:
            break
        side = max((steps.real, steps.imag), key=lambda one: float(np.ptp(one[inside])))
        order = inside[np.argsort(side[inside], kind="stable")]
        parts[order[len(order) // 2 :]] = parts.max() + 1
    told: list[int] = parts.tolist()
    return told


def _where(parts: Sequence[str], name: str, points: Sequence[Point]) -> list[Point]:
    return [point for part, point in zip(parts, points, strict=True) if part == name]


def _district(number: int, name: str, points: Sequence[Point]) -> District:
    """Return a district with its middle; coarse, so that it tells no door."""
    lat, lon = _degrees(points)
    steps = steps_deg(points[0].lat, points[0].lon, lat, lon)
    middle = stepped(points[0], complex(steps.mean()))
    centre = Point(round(middle.lat, CENTRE_DIGITS), round(middle.lon, CENTRE_DIGITS))
    far_m = float(np.percentile(distances_m(centre.lat, centre.lon, lat, lon), WITHIN_PERCENT))
    return District(number, name, centre, AROUND_STEP_M * max(1, ceil(far_m / AROUND_STEP_M)))

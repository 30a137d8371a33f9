"""Where a number is on a street that the map has without it: by its neighbours, or by the block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from routing.gazetteer.around import Level, level
from routing.gazetteer.circle import Circle, cover
from routing.gazetteer.course import Course
from routing.gazetteer.index import Door, Entry, Gazetteer
from routing.gazetteer.numbers import HouseNumber
from routing.gazetteer.text import is_chinese
from routing.geocoding import Precision
from routing.point import Point, distance_m

LONGEST_GAP_M = 300.0
"""Between two known numbers; farther apart, the street may bend or skip numbers."""
LONGEST_STRAIGHT_M = 600.0
"""Farther apart, a ring road may lie outside any circle that two known numbers tell."""
LEAST_RADIUS_M = 30.0
BESIDE_M = 50.0
"""From a door to its annexes."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A circle for a number. `is_here`: the number belongs to this street, as far as one can tell.

    `is_beyond`: it is beyond the last number known on it. `is_elsewhere`: the streets beside it
    count so that it should be on none of this one. `known`: how many numbers are known on it.
    """

    precision: Precision
    circle: Circle
    is_here: bool = False
    is_beyond: bool = False
    is_elsewhere: bool = False
    known: int = 0


def estimate(gazetteer: Gazetteer, pieces: Sequence[Entry], number: HouseNumber) -> Estimate:
    """Return where a number may be on a street: its whole circle where nothing tells."""
    is_annex = number.is_range or is_chinese(pieces[0].name)
    if number.main and is_annex and (doors := gazetteer.doors(pieces, number.main)):
        return _beside(doors)
    below, above = gazetteer.neighbours(pieces, number)
    course = gazetteer.course(pieces)
    whole = cover([piece.circle for piece in pieces])
    if below and above:
        between = _between(below, above, number, course, whole)
        if between.precision is Precision.INTERPOLATED:
            return between
        return _leveled(level(gazetteer, pieces, course, number), between)
    told = level(gazetteer, pieces, course, number)
    known = below or above
    if known is None:
        return _leveled(told, Estimate(Precision.STREET, whole))
    doors = gazetteer.numbered(pieces)
    own = replace(_past(doors, known, number, course, whole), known=len(doors))
    return _leveled(told, replace(own, is_beyond=above is None))


def _beside(doors: Sequence[Door]) -> Estimate:
    """Tell the door that a number's annex, or the end of its range, is next to."""
    circle = cover([replace(door.circle, radius_m=BESIDE_M) for door in doors])
    near = circle.radius_m <= LONGEST_GAP_M
    return Estimate(Precision.INTERPOLATED if near else Precision.STREET, circle, is_here=True)


def _between(
    below: Door, above: Door, number: HouseNumber, course: Course, whole: Circle
) -> Estimate:
    """Tell a point on the straight line between two known numbers, or the street beside it.

    Where they are so far apart that the street may leave that line, all of it is in the circle.
    """
    share = (number.value - below.value) / (above.value - below.value)
    lat = below.circle.lat + share * (above.circle.lat - below.circle.lat)
    lon = below.circle.lon + share * (above.circle.lon - below.circle.lon)
    gap_m = distance_m(below.circle.point, above.circle.point)
    reach_m = max(LEAST_RADIUS_M, max(share, 1 - share) * gap_m)
    if gap_m <= LONGEST_GAP_M:
        circle = Circle(lat, lon, reach_m)
        return Estimate(Precision.INTERPOLATED, circle, is_here=True)
    point = course.at(course.nearest(lat, lon)[0]) if len(course) else Point(lat, lon)
    if gap_m > LONGEST_STRAIGHT_M:
        reach_m = distance_m(point, whole.point) + whole.radius_m
    return Estimate(Precision.STREET, Circle(point.lat, point.lon, reach_m), is_here=True)


def _past(
    doors: Sequence[Door], known: Door, number: HouseNumber, course: Course, whole: Circle
) -> Estimate:
    """Tell where a number before the first known one, or past the last, would be.

    The street counts on as it does between its doors; all of it stays in the circle.
    """
    far = max(doors, key=lambda door: abs(door.value - known.value))
    gap = known.value - far.value
    share = (number.value - known.value) / gap if gap else 0.0
    lat = known.circle.lat + share * (known.circle.lat - far.circle.lat)
    lon = known.circle.lon + share * (known.circle.lon - far.circle.lon)
    point = course.at(course.nearest(lat, lon)[0]) if len(course) else known.circle.point
    reach_m = max(LEAST_RADIUS_M, distance_m(point, whole.point) + whole.radius_m)
    return Estimate(Precision.STREET, Circle(point.lat, point.lon, reach_m))


def _leveled(told: Level | None, own: Estimate) -> Estimate:
    """Return what the streets beside it tell, within the circle that the street's own doors do."""
    if told is None:
        return own
    if told.is_beyond:
        return own if own.is_here else replace(own, is_elsewhere=True)
    radius_m = max(100.0, 3 * told.error_m)
    if radius_m >= own.circle.radius_m:
        return replace(own, is_here=True)
    circle = Circle(told.point.lat, told.point.lon, radius_m)
    return Estimate(Precision.STREET, circle, is_here=True, is_beyond=own.is_beyond)

"""Lines: which stops follow each other, by the route relations of OpenStreetMap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from routing.point import Point, distance_m
from routing.transit.kinds import Kind

Member = tuple[str, int]
"""Its type, n, w or r, and its id."""

HEAP = 2.0
"""How much longer than from each stop to the nearest a way is that is no order, but a heap.

In the extracts seen, stops in order keep below 1.3, and the others lie above 2.3."""

_KINDS = {kind.value: kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class Route:
    """A relation of the type route: its members with their roles, in its order."""

    id: int
    kind: Kind
    tags: Mapping[str, str]
    members: Sequence[tuple[Member, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """Stops in the order of a ride, one way."""

    id: int
    kind: Kind
    name: str
    stops: tuple[Point, ...]


def line_kind(tags: Mapping[str, str]) -> Kind | None:
    """Return what runs on the route of a relation with these tags; None where it is no line."""
    return _KINDS.get(tags.get("route", "")) if tags.get("type") == "route" else None


def lines_of(routes: Sequence[Route], places: Mapping[Member, Point]) -> list[Line]:
    """Return the lines of routes whose stops lie at `places`.

    The newer scheme of OpenStreetMap has a relation for each direction, the older one has roles
    for both, or one relation for both: one alone is ridden both ways, unless it says `oneway`.
    Where a member is missing, as beyond the edge of an extract, the line ends and begins again.
    """
    count = Counter((route.kind, route.tags.get("ref")) for route in routes)
    lines = []
    for route in routes:
        ref = route.tags.get("ref")
        is_alone = not ref or count[route.kind, ref] == 1
        name = ref or route.tags.get("name", "")
        rides = _rides(route, places, is_alone)
        lines += [Line(route.id, route.kind, name, stops) for stops in rides if len(stops) > 1]
    return lines


def _rides(
    route: Route, places: Mapping[Member, Point], is_alone: bool
) -> Iterator[tuple[Point, ...]]:
    stops, backward, platforms = _by_role(route.members)
    if backward:
        yield from _runs(stops, places)
        yield from _runs(backward, places)
        return
    known = max((stops, platforms), key=lambda some: sum(member in places for member in some))
    points = [places[member] for member in known if member in places]
    is_heap = _is_heap(points)
    is_both_ways = is_heap or (is_alone and not _is_one_way(route.tags))
    for run in [in_order(points)] if is_heap else _runs(known, places):
        yield run
        if is_both_ways:
            yield run[::-1]


def _by_role(
    members: Iterable[tuple[Member, str]],
) -> tuple[list[Member], list[Member], list[Member]]:
    """Return the stops, the stops on the way back where they are told apart, and the platforms."""
    stops, backward, platforms = [], [], []
    for member, role in ((member, role.casefold()) for member, role in members):
        if "platform" in role:
            platforms.append(member)
        elif role.startswith("backward") and member[0] == "n":
            backward.append(member)
        elif member[0] == "n" or "stop" in role:  # other ways are the road or the track
            stops.append(member)
    return stops, backward, platforms


def _is_one_way(tags: Mapping[str, str]) -> bool:
    oneway = tags.get("oneway")
    return oneway == "yes" or (oneway is None and tags.get("public_transport:version") == "2")


def _runs(members: Iterable[Member], places: Mapping[Member, Point]) -> Iterator[tuple[Point, ...]]:
    """Yield the points of members that follow each other and are all there."""
    for point_is_known, run in groupby(members, key=places.__contains__):
        if point_is_known:
            yield tuple(point for point, _ in groupby(places[member] for member in run))


def _is_heap(points: Sequence[Point]) -> bool:
    return len(points) > 3 and _length_m(points) > HEAP * _length_m(in_order(points))


def in_order(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return points from one end of a line to the other: always on to the nearest that is left."""
    left = dict.fromkeys(points)
    lat = sum(point.lat for point in left) / len(left)
    lon = sum(point.lon for point in left) / len(left)
    here = max(left, key=lambda point: distance_m(point, Point(lat, lon)))
    ordered = [here]
    del left[here]
    while left:
        here = min(left, key=lambda point: distance_m(here, point))
        ordered.append(here)
        del left[here]
    return tuple(ordered)


def _length_m(points: Iterable[Point]) -> float:
    return sum(distance_m(a, b) for a, b in pairwise(points))

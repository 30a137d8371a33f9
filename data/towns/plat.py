"""A plat: the surveyor's drawing of parcels and the streets between them.

Parcels are convex and cut again and again; every cut is a straight street, and meets the streets
around it at joints that both sides share.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TypeVar

T = TypeVar("T")

Joint = tuple[float, int]
"""Metres along a street, and the node there."""


class Grade(IntEnum):
    """What a street is to the town, the most important first."""

    PRIMARY = 0
    SECONDARY = 1
    TERTIARY = 2
    RESIDENTIAL = 3
    LANE = 4
    SERVICE = 5
    FOOTWAY = 6
    UNBUILT = 7  # the edge of the town: no street at all


@dataclass(slots=True)
class Street:
    """A straight street; `joints` are in order and include both ends."""

    start: complex
    end: complex
    grade: Grade
    joints: list[Joint]

    @property
    def length_m(self) -> float:
        return abs(self.end - self.start)

    @property
    def direction(self) -> complex:
        return (self.end - self.start) / self.length_m

    def at(self, along_m: float) -> complex:
        return self.start + self.direction * along_m


@dataclass(slots=True)
class Parcel:
    """A convex piece of ground, counter-clockwise; `edges[i]` leaves `corners[i]`."""

    corners: list[int]
    edges: list[int]


@dataclass(slots=True)
class Plat:
    """Nodes, and the streets between them."""

    nodes: list[complex] = field(default_factory=list)
    streets: list[Street] = field(default_factory=list)

    def add_node(self, at: complex) -> int:
        self.nodes.append(at)
        return len(self.nodes) - 1

    def add_street(self, start: int, end: int, grade: Grade) -> int:
        """Draw a street between two nodes, and return its index."""
        a, b = self.nodes[start], self.nodes[end]
        self.streets.append(Street(a, b, grade, [(0.0, start), (abs(b - a), end)]))
        return len(self.streets) - 1

    def joint(self, street: int, at: complex, snap_m: float) -> int:
        """Return the node of `street` nearest to `at`; a new one if none is within `snap_m`."""
        drawn = self.streets[street]
        along_m = abs(at - drawn.start)
        i = bisect_left(drawn.joints, (along_m, -1))
        near = min(drawn.joints[max(0, i - 1) : i + 1], key=lambda joint: abs(joint[0] - along_m))
        if abs(near[0] - along_m) <= snap_m:
            return near[1]
        node = self.add_node(at)
        insort(drawn.joints, (along_m, node))
        return node

    def outline(self, parcel: Parcel) -> list[complex]:
        return [self.nodes[corner] for corner in parcel.corners]

    def cut(
        self, parcel: Parcel, at: complex, direction: complex, grade: Grade, snap_m: float
    ) -> tuple[Parcel, Parcel] | None:
        """Cut along a line with a new street: the piece on its left, the piece on its right.

        None where the line misses the parcel or would leave nothing on one side.
        """
        outline = self.outline(parcel)
        sides = [cross(direction, corner - at) for corner in outline]
        upward = [i for i, (s, t) in enumerate(around(sides)) if s < 0 <= t]
        downward = [i for i, (s, t) in enumerate(around(sides)) if t < 0 <= s]
        if len(upward) != 1 or len(downward) != 1:
            return None
        first = self._crossing(parcel, outline, sides, upward[0], snap_m)
        last = self._crossing(parcel, outline, sides, downward[0], snap_m)
        return self._split(parcel, first, last, grade)

    def _crossing(
        self, parcel: Parcel, outline: list[complex], sides: list[float], i: int, snap_m: float
    ) -> tuple[int, int]:
        """Return the edge that is crossed and the node where."""
        j = (i + 1) % len(outline)
        share = sides[i] / (sides[i] - sides[j])
        at = outline[i] + (outline[j] - outline[i]) * share
        return i, self.joint(parcel.edges[i], at, snap_m)

    def _split(
        self, parcel: Parcel, first: tuple[int, int], last: tuple[int, int], grade: Grade
    ) -> tuple[Parcel, Parcel] | None:
        ring = list(zip(parcel.corners, parcel.edges, strict=True))
        for edge, node in sorted((first, last), reverse=True):
            if node not in parcel.corners:
                ring.insert(edge + 1, (node, parcel.edges[edge]))
        corners = [corner for corner, _ in ring]
        i, j = corners.index(first[1]), corners.index(last[1])
        left, right = arc(ring, i, j), arc(ring, j, i)
        if min(len(left), len(right)) < 3:
            return None
        street = self.add_street(last[1], first[1], grade)
        return closed(left, street), closed(right, street)


def arc(ring: list[tuple[int, int]], i: int, j: int) -> list[tuple[int, int]]:
    """Return the ring's entries from `i` round to `j`, both included."""
    turned = [*ring[i:], *ring[:i]]
    return turned[: (j - i) % len(ring) + 1]


def closed(entries: list[tuple[int, int]], street: int) -> Parcel:
    """Close an open run of corners with a street from the last to the first."""
    return Parcel([corner for corner, _ in entries], [*(e for _, e in entries[:-1]), street])


def around(ring: list[T]) -> list[tuple[T, T]]:
    """Return each entry of a ring with the next, the last with the first."""
    return list(zip(ring, [*ring[1:], *ring[:1]], strict=True))


def cross(a: complex, b: complex) -> float:
    """Return twice the area between two vectors: positive where `b` lies left of `a`."""
    return a.real * b.imag - a.imag * b.real


def dot(a: complex, b: complex) -> float:
    """Return how far `b` reaches along `a`, times the length of `a`."""
    return a.real * b.real + a.imag * b.imag


def area_m2(outline: list[complex]) -> float:
    return sum(cross(here, there) for here, there in around(outline)) / 2


def centre_of(outline: list[complex]) -> complex:
    """Return the mean of the corners; inside, for what is convex."""
    return sum(outline) / len(outline)

"""What the book holds of driven days, and what is learned from: legs and lengths of visits.

All seconds count from the local midnight of their day, as those of a plan do.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from routing.paces import AS_ROADS_SAY, Paces
from routing.point import Point
from routing.travel import Mode, Spot
from scheduler.model import PlaceKind
from scheduler.windows import Span

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ToldVisit:
    """A visit as its plan had it, and as phones told of it.

    `planned_after` is the place from which the plan comes, without a break between; '' where it
    comes from the start or a break, and `planned_leg_s` then tells nothing. `was_met` is None
    where no result is known. `opens_s` is when the hours that were planned for her begin: who
    comes sooner waits for them; None where there are none, or they are not known.
    """

    place_id: str
    kind: PlaceKind
    district: str
    spot: Spot | None
    planned_after: str
    planned_leg_s: int
    planned_arrival_s: int
    planned_start_s: int
    planned_end_s: int
    arrived_s: int | None
    left_s: int | None
    was_made: bool = True
    was_met: bool | None = None
    opens_s: int | None = None


@dataclass(frozen=True, slots=True)
class DrivenDay:
    """A crew's day. `rests` are when its plan had breaks, `paces` those that it was planned at."""

    on: date
    crew: str
    mode: Mode
    is_working: bool
    visits: tuple[ToldVisit, ...]
    rests: tuple[Span, ...] = ()
    paces: Paces = AS_ROADS_SAY


@dataclass(frozen=True, slots=True)
class Leg:
    """A way that a crew went from one door to the next.

    `planned_s` is what the plan told, or would have told of a pair that it did not plan;
    `base_s` what roads alone say.
    """

    on: date
    crew: str
    mode: Mode
    leave_s: int
    district: str
    to: Point
    planned_s: int
    base_s: float
    took_s: int


@dataclass(frozen=True, slots=True)
class Length:
    """How long a crew was busy at a door; waiting for her hours is no part of it."""

    on: date
    crew: str
    kind: PlaceKind
    was_met: bool
    planned_s: int
    took_s: int


class Aside(StrEnum):
    """Why a leg or a visit is set aside; the first reason that fits counts."""

    MARK_MISSING = "mark_missing"  # a visit: nobody told the arrival, or the leaving
    LEFT_BEFORE_ARRIVAL = "left_before_arrival"  # a visit
    PRESSED_TOGETHER = "pressed_together"  # a visit: both within seconds
    NOT_MADE = "not_made"  # a visit that was given up
    NO_RESULT = "no_result"  # a visit: nobody told whether she was met
    TOO_LONG_VISIT = "too_long_visit"  # a visit: the leaving was pressed later, or forgotten
    OVERLAPS = "overlaps"  # a leg: the next arrival lies before the leaving
    DOOR_BETWEEN = "door_between"  # a leg on which a door may lie whose marks are not believed
    TOLD_LATER = "told_later"  # a leg: pressed within seconds, or much quicker than can be
    BREAK = "break"  # a leg with a break in it
    WAITED = "waited"  # a leg to a door at which the plan had the crew wait
    NEXT_DOOR = "next_door"  # a leg under a minute: it tells of stairs, not of roads
    NO_WAY = "no_way"  # a leg of which nobody knows how long it was to take
    TOO_LONG = "too_long"  # a leg: something else happened on the way


OF_VISITS = frozenset(
    {
        *(Aside.MARK_MISSING, Aside.LEFT_BEFORE_ARRIVAL, Aside.PRESSED_TOGETHER),
        *(Aside.NOT_MADE, Aside.NO_RESULT, Aside.TOO_LONG_VISIT),
    }
)
"""What keeps visits from being learned from; the others keep legs."""


@dataclass(frozen=True)
class Recorded:
    """All that is learned from, in the order of days and crews; how much was set aside and why."""

    legs: tuple[Leg, ...] = ()
    lengths: tuple[Length, ...] = ()
    aside: Mapping[Aside, int] = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        """The days that something is known of."""
        return sorted({leg.on for leg in self.legs} | {one.on for one in self.lengths})

    def of_days(self, first: date, last: date) -> Recorded:
        """Return what was recorded from a day to another, both included."""
        legs = tuple(one for one in self.legs if first <= one.on <= last)
        lengths = tuple(one for one in self.lengths if first <= one.on <= last)
        return Recorded(legs, lengths, self.aside)


@dataclass(frozen=True, slots=True)
class AskedWay:
    """A way that no plan tells of: crews went in another order than planned."""

    is_working: bool
    mode: Mode
    leave_s: int
    start: Spot
    end: Spot


AskRoads = Callable[[Sequence[AskedWay]], Sequence[int | None]]
"""Answers what roads alone say of each way; None where none leads."""


def no_roads(asked: Sequence[AskedWay]) -> list[int | None]:
    """Know of no way but what plans tell."""
    return [None] * len(asked)


def by_key(items: Iterable[T], key: Callable[[T], K]) -> list[tuple[K, list[T]]]:
    """Return items by their key, in the order of keys."""
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return sorted(found.items(), key=lambda one: str(one[0]))

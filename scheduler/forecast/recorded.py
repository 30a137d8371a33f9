"""From published plans and what phones told: the ways really driven, and how long visits lasted.

A way goes from the leaving of one door to the arrival at the next, in the order really driven.
What phones cannot have seen so is set aside, and counted by its reason: nothing is mended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduler.forecast.facts import (
    Aside,
    AskedWay,
    AskRoads,
    DrivenDay,
    Leg,
    Length,
    Recorded,
    ToldVisit,
    no_roads,
)

SECONDS_APART = 15
"""Marks that are closer were pressed together, at the end of a visit or of the day."""

LONGEST_VISIT_S = 3 * 3600
SHORTEST_LEG_S = 60
WAITED_S = 120
"""A plan that has the crew wait longer at a door tells nothing of when it came there."""

QUICKEST, SLOWEST, SLOWEST_MORE_S = 0.25, 4.0, 1200
"""A leg took between a quarter of the roads' time and four times it and twenty minutes."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A pair of doors that were driven to one after the other."""

    day: DrivenDay
    before: ToldVisit
    after: ToldVisit
    leave_s: int
    took_s: int

    @property
    def is_planned(self) -> bool:
        return self.after.planned_after == self.before.place_id != ""

    def asked(self) -> AskedWay | None:
        """Return it as a question to the roads; None where a door has no position."""
        if self.before.spot is None or self.after.spot is None:
            return None
        spots = self.before.spot, self.after.spot
        return AskedWay(self.day.is_working, self.day.mode, self.leave_s, *spots)


def recorded(days: Iterable[DrivenDay], ask_roads: AskRoads = no_roads) -> Recorded:
    """Return what crews' days tell of ways and visits; roads are asked once, for all pairs."""
    aside: Counter[Aside] = Counter()
    ways: list[_Way] = []
    lengths: list[Length] = []
    for day in sorted(days, key=lambda one: (one.on, one.crew)):
        sound, doubtful = _parted(day, aside)
        lengths += _lengths(day, sound, aside)
        ways += _ways(day, sound, doubtful, aside)
    return Recorded(tuple(_legs(ways, ask_roads, aside)), tuple(lengths), dict(aside))


def _is_refused(why: Aside | None, aside: Counter[Aside]) -> bool:
    if why is not None:
        aside[why] += 1
    return why is not None


def _parted(day: DrivenDay, aside: Counter[Aside]) -> tuple[list[ToldVisit], list[ToldVisit]]:
    """Return the visits of a day whose marks are believed, and the others."""
    sound: list[ToldVisit] = []
    doubtful: list[ToldVisit] = []
    for visit in day.visits:
        (doubtful if _is_refused(_fault(visit), aside) else sound).append(visit)
    return sound, doubtful


def _fault(visit: ToldVisit) -> Aside | None:
    """Return why neither the visit nor the ways to it and from it are believed."""
    if visit.arrived_s is None or visit.left_s is None:
        return Aside.MARK_MISSING
    if visit.left_s < visit.arrived_s:
        return Aside.LEFT_BEFORE_ARRIVAL
    if visit.left_s - visit.arrived_s < SECONDS_APART:
        return Aside.PRESSED_TOGETHER
    if visit.left_s - visit.arrived_s > LONGEST_VISIT_S:
        return Aside.TOO_LONG_VISIT
    return None


def _lengths(
    day: DrivenDay, visits: Iterable[ToldVisit], aside: Counter[Aside]
) -> Iterator[Length]:
    """Yield how long visits lasted that were made, with a result."""
    for visit in visits:
        why = None if visit.was_made else Aside.NOT_MADE
        if why is None and visit.was_met is None:
            why = Aside.NO_RESULT
        if not _is_refused(why, aside):
            planned_s = visit.planned_end_s - visit.planned_start_s
            met = bool(visit.was_met)
            yield Length(day.on, day.crew, visit.kind, met, planned_s, _served_s(visit))


def _served_s(visit: ToldVisit) -> int:
    """Return how long service lasted: who came before the hours planned for her has waited."""
    assert visit.arrived_s is not None
    assert visit.left_s is not None
    opens_s = visit.opens_s
    if opens_s is None and visit.planned_start_s > visit.planned_arrival_s:
        opens_s = visit.planned_start_s
    if opens_s is not None and visit.arrived_s < opens_s < visit.left_s:
        return visit.left_s - opens_s
    return visit.left_s - visit.arrived_s


def _ways(
    day: DrivenDay, visits: list[ToldVisit], doubtful: list[ToldVisit], aside: Counter[Aside]
) -> Iterator[_Way]:
    """Yield the ways between doors in the order in which they were come to."""
    for before, after in pairwise(sorted(visits, key=lambda one: one.arrived_s or 0)):
        assert before.left_s is not None
        assert after.arrived_s is not None
        way = _Way(day, before, after, before.left_s, after.arrived_s - before.left_s)
        if not _is_refused(_fault_of_way(way, doubtful), aside):
            yield way


def _fault_of_way(way: _Way, doubtful: Iterable[ToldVisit]) -> Aside | None:
    if way.took_s < 0:
        return Aside.OVERLAPS
    if any(_lies_on(way, visit) for visit in doubtful):
        return Aside.DOOR_BETWEEN
    if _rested(way):
        return Aside.BREAK
    if way.after.planned_start_s - way.after.planned_arrival_s > WAITED_S:
        return Aside.WAITED
    return Aside.NO_WAY if way.after.spot is None else None


def _lies_on(way: _Way, visit: ToldVisit) -> bool:
    """Whether a door whose marks are not believed may have been visited on the way."""
    end_s = way.leave_s + way.took_s
    told = (visit.arrived_s, visit.left_s)
    planned = way.before.planned_end_s <= visit.planned_start_s < way.after.planned_end_s
    return planned or any(at is not None and way.leave_s <= at <= end_s for at in told)


def _rested(way: _Way) -> bool:
    """Whether a break was planned at any time of the way, or where the way is in the plan."""
    end_s = way.leave_s + way.took_s
    planned = way.before.planned_end_s, way.after.planned_arrival_s
    return any(
        first_s < end_s and way.leave_s < last_s for first_s, last_s in way.day.rests
    ) or any(planned[0] <= first_s and last_s <= planned[1] for first_s, last_s in way.day.rests)


def _legs(ways: list[_Way], ask_roads: AskRoads, aside: Counter[Aside]) -> Iterator[Leg]:
    """Yield ways with what plans and roads say of them."""
    asked = [way.asked() for way in ways if not way.is_planned]
    answers = iter(ask_roads([one for one in asked if one is not None]))
    for way in ways:
        told_s = way.after.planned_leg_s if way.is_planned else None
        if told_s is None and way.asked() is not None:
            base_s = next(answers)
            told_s = None if base_s is None else round(base_s * _pace(way))
        if told_s is None:
            aside[Aside.NO_WAY] += 1
        elif not _is_refused(_fault_of_leg(way, told_s), aside):
            yield _leg(way, told_s)


def _fault_of_leg(way: _Way, told_s: int) -> Aside | None:
    if told_s < SHORTEST_LEG_S:
        return Aside.NEXT_DOOR
    if way.took_s < SECONDS_APART or way.took_s < QUICKEST * told_s:
        return Aside.TOLD_LATER
    if way.took_s > SLOWEST * told_s + SLOWEST_MORE_S:
        return Aside.TOO_LONG
    return None


def _leg(way: _Way, told_s: int) -> Leg:
    assert way.after.spot is not None
    day, after = way.day, way.after
    door = after.district, way.after.spot.point
    base_s = told_s / _pace(way)
    return Leg(day.on, day.crew, day.mode, way.leave_s, *door, told_s, base_s, way.took_s)


def _pace(way: _Way) -> float:
    """Return the pace at which the plan told this way."""
    assert way.after.spot is not None
    leave_s = way.before.planned_end_s if way.is_planned else way.leave_s
    return way.day.paces.of_way(way.day.mode, leave_s, way.after.spot.point)

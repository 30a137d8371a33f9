"""Which check-ins tell where a door is: one for each visit that came to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from routing.point import Point, distance_m
from scheduler.lifecycle import MET, WITHOUT_ARRIVAL, Code

LOOK_BACK = timedelta(days=180)
"""Positions are of use for so long, and kept no longer."""

WORST_ACCURACY_M = 100.0
"""A phone that is less sure than this tells the block, not the door: it is not even kept."""

OFFICE_M = 50.0
"""Who presses so near to where her day begins or ends has not set out, or has come back."""

ELSEWHERE = WITHOUT_ARRIVAL | {Code.MOVED, Code.INVALID, Code.GUARD_REFUSED, Code.ABORTED_SAFETY}
"""Results of crews that stood before no door of hers: at a gate, or at an address that is none."""

ANSWERED = MET | {Code.HOUSEHOLD_ONLY, Code.MINOR_ONLY}
"""Results that show that it was her door."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Where a phone stood when a crew arrived at a place, or left it.

    `told_by` is whose phone it was; `accuracy_m` is the radius in which it was sure to be with a
    chance of 68 % (Android; the W3C asks for 95 %, which would be a smaller error); `code` is
    what came of the visit, '' where nothing was told.
    """

    place_id: str
    on: date
    crew: tuple[str, ...]
    told_by: str
    at: datetime
    stood: Point
    accuracy_m: float
    code: str = ""

    @property
    def was_answered(self) -> bool:
        return self.code in ANSWERED


def visits_by_place(
    check_ins: Iterable[CheckIn], offices: Mapping[str, Collection[Point]]
) -> dict[str, list[CheckIn]]:
    """Return of each visit the check-in of the best accuracy, by place, the earliest first.

    One fix speaks for a visit: what a street does to a phone it does on arriving and on leaving,
    so that a mean of both would be hardly better, and who leaves may press in the car.

    `offices` are where the days of collectors begin and end, by their ids.
    """
    best: dict[tuple[str, date, tuple[str, ...]], CheckIn] = {}
    for told in sorted(_at_doors(check_ins, offices), key=_in_order):
        visit = (told.place_id, told.on, told.crew)
        if visit not in best or told.accuracy_m < best[visit].accuracy_m:
            best[visit] = told
    found: dict[str, list[CheckIn]] = defaultdict(list)
    for told in sorted(best.values(), key=_in_order):
        found[told.place_id].append(told)
    return dict(found)


def _at_doors(
    check_ins: Iterable[CheckIn], offices: Mapping[str, Collection[Point]]
) -> Iterator[CheckIn]:
    """Yield the check-ins that may have been at a door.

    No two fixes are alike to the last digit: a phone that tells of one place what it has told of
    another before on that day has told its memory.
    """
    first_told: dict[tuple[str, date, Point], str] = {}
    for told in sorted(check_ins, key=_in_order):
        place = first_told.setdefault((told.told_by, told.on, told.stood), told.place_id)
        is_close = told.accuracy_m <= WORST_ACCURACY_M
        if place == told.place_id and is_close and told.code not in ELSEWHERE:
            bases = [base for member in told.crew for base in offices.get(member, ())]
            if all(distance_m(told.stood, base) > OFFICE_M for base in bases):
                yield told


def _in_order(told: CheckIn) -> tuple[object, ...]:
    """Order by time, and the same whatever the order was before."""
    return told.at, told.place_id, told.told_by, told.accuracy_m, told.stood.lat, told.stood.lon

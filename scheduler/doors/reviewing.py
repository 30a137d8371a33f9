"""All that check-ins propose for a city, without what was turned down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from routing.point import Point, distance_m
from scheduler.doors.check_ins import CheckIn
from scheduler.doors.datum_fault import DatumFault, Displaced, find_datum_fault
from scheduler.doors.proposing import LEAST_MOVE_M, Proposal, propose


@dataclass(frozen=True, slots=True)
class KnownDoor:
    """Where a place is, and the check-ins of its visits, one of each.

    What those up to `seen_until` proposed was turned down.
    """

    place_id: str
    present: Point
    visits: Sequence[CheckIn]
    seen_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DoorReview:
    """What is proposed, the farthest first, and a fault that explains more than doors could."""

    proposals: tuple[Proposal, ...]
    fault: DatumFault | None = None

    def of(self, place_id: str) -> Proposal | None:
        return next((one for one in self.proposals if one.place_id == place_id), None)


def review_doors(doors: Iterable[KnownDoor]) -> DoorReview:
    """Return what check-ins propose; of places whose datum was confused, the confusion alone."""
    seen = [door for door in doors if door.visits]
    fault = find_datum_fault(
        {door.place_id: Displaced(door.present, closest(door.visits)) for door in seen}
    )
    explained = fault.place_ids if fault else frozenset()
    told = [proposed(door) for door in seen if door.place_id not in explained]
    found = [proposal for proposal in told if proposal is not None]
    return DoorReview(tuple(sorted(found, key=lambda one: (-one.moved_m, one.place_id))), fault)


def closest(visits: Sequence[CheckIn]) -> Point:
    """Return where the phone stood that was surest of it."""
    return min(visits, key=lambda one: one.accuracy_m).stood


def proposed(door: KnownDoor) -> Proposal | None:
    """Return what is proposed for a door, unless as much was turned down before."""
    now = propose(door.present, door.visits)
    if now is None or door.seen_until is None:
        return now
    before = propose(door.present, [one for one in door.visits if one.at <= door.seen_until])
    is_news = before is None or distance_m(now.point, before.point) >= LEAST_MOVE_M
    return now if is_news else None

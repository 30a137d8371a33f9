"""Who may be visited today, for which cases, and at which places: what screening finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from scheduler.availability import failed_hours
from scheduler.model import Borrower, Case, PastVisit, Place, PlaceKind, StopFlag, Window
from scheduler.plan import LeftOut
from scheduler.rules import DayInfo

STOPS_OF_ONE_CASE = frozenset(
    {StopFlag.PAID, StopFlag.DISPUTED, StopFlag.LEGAL_HOLD, StopFlag.OTHER}
)
"""Stops that are about the contract; every other one is about the person."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A place where the borrower may be visited today, and the windows that hold a visit."""

    place: Place
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A borrower who may be visited today, the cases it is for, and her earlier visits."""

    borrower: Borrower
    cases: tuple[Case, ...]
    openings: tuple[Opening, ...]
    past: tuple[PastVisit, ...] = ()

    @property
    def case_ids(self) -> tuple[str, ...]:
        return tuple(case.id for case in self.cases)

    def failed_hours(self, kind: PlaceKind, zone: tzinfo) -> list[int]:
        """Return the local hours of earlier visits to such a place that met nobody."""
        return failed_hours(self.past, kind, zone)


@dataclass(frozen=True, slots=True)
class Screened:
    """All borrowers of the day: those who may be visited, and why the others may not."""

    info: DayInfo
    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


def personal_stops(borrower: Borrower, cases: Iterable[Case]) -> frozenset[StopFlag]:
    """Return the stops that keep the person from being visited, wherever they were noted."""
    return borrower.stops.union(*(case.stops - STOPS_OF_ONE_CASE for case in cases))

"""When nothing was told for longer than planned: whom the dispatcher has to ask after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from scheduler.model import City


class Awaited(StrEnum):
    """What a crew was to tell."""

    BEGIN = "begin"  # its day
    ARRIVE = "arrive"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds nobody is asked after: house defaults, which a city may set."""

    arrive_s: int = 900
    leave_s: int = 2700

    def of(self, what: Awaited) -> int:
        """Return for how long something is awaited; the beginning as an arrival."""
        return self.leave_s if what is Awaited.LEAVE else self.arrive_s


HOUSE = Patience()


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is awaited for `for_s` seconds by now; it was due at `due_s` of the plan's clock."""

    what: Awaited
    due_s: int
    for_s: int


def patience_of(city: City) -> Patience:
    """Return how long a city waits."""
    minutes = city.arrive_within_min, city.leave_within_min
    return Patience(*(round(timedelta(minutes=one).total_seconds()) for one in minutes))


def overdue(
    what: Awaited, due_s: int, heard_s: int | None, now_s: int, patience: Patience = HOUSE
) -> Overdue | None:
    """Return what is overdue; None where there is patience yet.

    It is counted from when it was due, or from whatever was told after that: who tells anything is
    not lost.
    """
    since_s = due_s if heard_s is None else max(due_s, heard_s)
    for_s = now_s - since_s
    return Overdue(what, due_s, for_s) if for_s >= patience.of(what) else None

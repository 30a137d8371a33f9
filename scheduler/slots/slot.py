"""A slot that can be offered to a borrower, and a day with its slots or with why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.model import PlaceKind, Window
from scheduler.plan import LeftOut


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a visit, for which of her open cases, and the present (aware).

    `contact` is the one in which she asks: rules count it too. Untold it is a call by us.
    """

    borrower_id: str
    case_ids: tuple[str, ...]
    now: datetime
    contact: Contact | None = None

    @property
    def spoken(self) -> Contact:
        """The contact in which she agrees."""
        how = Channel.CALL, Direction.OUT, Party.BORROWER, ContactResult.APPOINTMENT
        return self.contact or Contact("", self.borrower_id, *how, self.now)


@dataclass(frozen=True, slots=True)
class Slot:
    """Hours of a day in which a crew can make the whole visit, and how it would.

    `window` is what is agreed with her; `begins_at` and `ends_at` are when the crew would be there
    as the day stands. `driving_s` is what it drives more for that; `cost` and `gain` are what the
    day costs more and is better, in thousandths. `before` is the visit that would follow, None at
    the end of the crew's day. `crew_ids` are two where two crews meet.
    """

    on: date
    window: Window
    place_id: str
    place_kind: PlaceKind
    crew_ids: tuple[str, ...]
    begins_at: datetime
    ends_at: datetime
    driving_s: int
    cost: int
    gain: int
    p_met: float
    before: str | None = None


@dataclass(frozen=True, slots=True)
class DaySlots:
    """A day: its slots, the best first, or why there is none.

    `version` is that of the plan that was looked at, None where the day has no plan yet;
    `has_crews` whether its crews are formed. `planned` is when a crew goes to her on that day
    already, by that plan.
    """

    on: date
    slots: tuple[Slot, ...] = ()
    closed: LeftOut | None = None
    version: int | None = None
    has_crews: bool = True
    planned: Window | None = None


def best_of(days: tuple[DaySlots, ...], most: int) -> tuple[Slot, ...]:
    """Return the `most` slots of all days with the greatest gain; of equal ones the earlier."""
    every = (slot for day in days for slot in day.slots)
    ranked = sorted(every, key=lambda slot: (-slot.gain, slot.window.start.timestamp()))
    return tuple(ranked[:most])

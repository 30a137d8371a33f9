"""Slots as the page tells them: crews by their members' names, minutes, money and chances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal

from scheduler.model import Window
from scheduler.plan import LeftOut
from scheduler.problem import MILLS
from scheduler.slots.finding import Found
from scheduler.slots.slot import DaySlots, Slot
from scheduler.windows import covers


@dataclass(frozen=True, slots=True)
class ToldSlot:
    """A slot in words and figures; `value` is what its button sends, `street` has no door."""

    slot: Slot
    crew: str
    street: str
    minutes: int
    cost: Decimal
    is_best: bool

    @property
    def value(self) -> str:
        return slot_value(self.slot.window)


def slot_value(hours: Window) -> str:
    """Return hours as the button that books them sends them."""
    return f"{hours.start.isoformat()}/{hours.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class ToldDay:
    """A day with its slots, in the order of their hours, or why it has none."""

    on: date
    version: int | None
    has_crews: bool
    planned: Window | None
    closed: LeftOut | None
    slots: tuple[ToldSlot, ...]


def told_days(found: Found, names: Mapping[str, str], streets: Mapping[str, str]) -> list[ToldDay]:
    """Return the days as they are told.

    `names` are those of collectors, by their ids; `streets` those of her places, by theirs.
    """
    return [_told(day, found, names, streets) for day in found.days]


@dataclass(frozen=True, slots=True)
class Booking:
    """What was agreed so far. `planned` is when the newest plan of that day, `version`, goes."""

    hours: Window
    version: int | None
    planned: Window | None


def booking(found: Found, zone: tzinfo) -> Booking | None:
    """Return what was agreed; a visit that the plan makes at another time is none of it."""
    if found.agreed is None:
        return None
    on, agreed = found.agreed.start.astimezone(zone).date(), found.agreed
    day = next((day for day in found.days if day.on == on), None)
    planned = day.planned if day else None
    if planned and not covers(agreed, planned.start, planned.end):
        planned = None
    return Booking(agreed, day.version if day else None, planned)


def _told(
    day: DaySlots, found: Found, names: Mapping[str, str], streets: Mapping[str, str]
) -> ToldDay:
    by_hour = sorted(day.slots, key=lambda slot: slot.window.start.timestamp())
    told = tuple(
        ToldSlot(
            slot,
            crew_names(slot, names) if day.has_crews else "",
            streets.get(slot.place_id, ""),
            round(slot.driving_s / 60),
            Decimal(slot.cost) / MILLS,
            slot in found.best[:1],
        )
        for slot in by_hour
    )
    return ToldDay(day.on, day.version, day.has_crews, day.planned, day.closed, told)


def crew_names(slot: Slot, names: Mapping[str, str]) -> str:
    """Return the members of the crews that would come, by name where it is known."""
    members = (one for crew in slot.crew_ids for one in crew.split("+"))
    return " · ".join(names.get(member, member) for member in members)

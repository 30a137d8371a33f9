"""How far from a door its crew stood by its phone, and why: told, and never judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scheduler.field.records import RecordKind
from web.context import wired
from web.field.words import KINDS
from web.phone.brought.deeds import FAR
from web.phone.words import FAR_WHYS

LOOKED_AT = 500
"""Of a borrower's newest events."""


@dataclass(frozen=True, slots=True)
class Far:
    """What was done away from the door, when, how far beyond it in metres, and why in words.

    A reason `is_repeated` where the phone told again what was said of it before that day.
    """

    what: str
    at: datetime
    far_m: int
    why: str
    is_repeated: bool = False


def far_of(city: str, on: date, borrower_id: str, visit_id: str) -> list[Far]:
    """Return where a visit's crew was asked why it stood far off, the oldest first."""
    zone = ZoneInfo(wired().store.city(city).zone)
    found = wired().store.events(subject=borrower_id, limit=LOOKED_AT)
    told = [
        (datetime.fromisoformat(one.after["at"]), one.after)
        for one in reversed(found)
        if one.kind == FAR and one.city == city and one.after
    ]
    return [
        Far(
            str(KINDS[RecordKind(after["what"])]),
            at,
            after["far_m"],
            str(FAR_WHYS[after["why"]]),
            bool(after.get("repeated")),
        )
        for at, after in told
        if after["visit"] == visit_id and at.astimezone(zone).date() == on
    ]

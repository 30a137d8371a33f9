"""What collectors have to do at a door that no plan can check."""

from __future__ import annotations

from data.profiles import InvalidProfileError
from scheduler.errors import UnknownProfileError
from scheduler.rules.base import Duty
from web.context import wired
from web.phone.room import MyDay


def duties_of(day: MyDay) -> tuple[Duty, ...]:
    """Return what the rules of the city ask of collectors that no plan can check."""
    try:
        return wired().ports.profiles.rules(day.city.profile).duties_on(day.on)
    except (UnknownProfileError, InvalidProfileError):
        return ()

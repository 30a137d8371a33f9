"""How much of what phones brought waits for a person whom nobody has told yet."""

from __future__ import annotations

from datetime import date

from web.context import wired
from web.field.room import seen_people


def open_records(city: str, on: date) -> int:
    """Return how many records of a day wait for the dispatcher who asks."""
    found = [one for one in wired().records.open_days(city) if one[0] == on]
    people = seen_people() if found else {}
    return sum(count for _, collector_id, count in found if collector_id in people)

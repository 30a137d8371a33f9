"""Days that somebody types or an address names: those that a book can hold, and no others."""

from __future__ import annotations

from datetime import date

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""Beyond lie slips of the hand, and days that cannot be counted on from."""


def day_of(text: str) -> date:
    """Return the day that '2026-11-23' says.

    Raises
    ------
    ValueError
        Where it is none, or lies in another century than anybody means.
    """
    found = date.fromisoformat(text)
    if not FIRST <= found <= LAST:
        raise ValueError(f"{found} is no day from {FIRST} to {LAST}")
    return found

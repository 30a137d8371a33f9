"""What events do not repeat: that a name, address or position has changed, and not to which.

Events are kept for years and changed by nobody; the book's own rows, which say what is so now, are
kept no longer than they are needed. So a log has codes, days, sums and distances, and whoever may
see more looks into the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

KEPT_BACK = "***"
"""Stands for what was told; what said nothing before or after stays empty."""

PRIVATE = frozenset({"name", "phone", "address", "access_note", "point"})
"""Fields of borrowers, places and collectors that say who somebody is, or where she is."""


def kept_back(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event tells of records: all codes, days and sums, of the private only that.

    `told` is plain, as `changes` returns it; records may stand in it by their names.
    """
    return {name: _kept(name, value) for name, value in told.items()}


def _kept(name: str, value: Any) -> Any:
    if name in PRIVATE or is_position(value):
        return KEPT_BACK if value else value
    return kept_back(value) if isinstance(value, Mapping) else value


def is_position(value: Any) -> bool:
    """Tell a plain point: where somebody lives, starts or ends her day, whatever it is called."""
    return isinstance(value, Mapping) and value.keys() == {"lat", "lon"}

"""What events do not repeat: that a name, number or address has changed, and not to which."""

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
    if name in PRIVATE:
        return KEPT_BACK if value else value
    return kept_back(value) if isinstance(value, Mapping) else value

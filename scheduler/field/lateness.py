"""What a crew says of being late: how much later than planned it comes to what is next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

MOST_MIN = 720


def told_lateness(body: Mapping[str, Any]) -> timedelta | None:
    """Return the `minutes` of a record that tells of being late; None where they are none."""
    try:
        minutes = int(str(body.get("minutes", "")))
    except ValueError:
        return None
    return timedelta(minutes=minutes) if 0 <= minutes <= MOST_MIN else None

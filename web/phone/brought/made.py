"""What the book made of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scheduler.field.records import RecordState


@dataclass(frozen=True, slots=True)
class Made:
    """The state that a record comes to, and what is told of it."""

    state: RecordState
    told: Mapping[str, Any] | None = None

"""Two phones tell of one visit: what they tell alike, and field by field what not."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from scheduler.ports import Outcome

TOLD = ("code", "amount", "due", "method", "suits", "case_id", "note")
"""What a person tells of a visit; who told it, when and under which key may differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two results tell otherwise, both told; what one leaves open is None or ''."""

    field: str
    kept: Any
    told: Any


def differences(kept: Outcome, told: Outcome) -> tuple[Difference, ...]:
    """Return in which fields two results of one visit differ; none where they are the same."""
    plain = [Difference(name, getattr(kept, name), getattr(told, name)) for name in TOLD]
    return tuple(one for one in (*plain, *_of_details(kept, told)) if one.kept != one.told)


def _of_details(kept: Outcome, told: Outcome) -> list[Difference]:
    """Return all details of both, by their fields; whoever told none left all open."""
    known = kept.details or told.details
    if known is None:
        return []
    empty = type(known)()
    old, new = kept.details or empty, told.details or empty
    return [
        Difference(f"details.{one.name}", getattr(old, one.name), getattr(new, one.name))
        for one in fields(known)
    ]

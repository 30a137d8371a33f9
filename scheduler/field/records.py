"""A record: one thing that a collector did or told, written on the phone before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class RecordKind(StrEnum):
    """What a record tells."""

    BEGIN = "begin"  # the day
    ACCEPT = "accept"  # a plan that was published after the one she knew
    ARRIVE = "arrive"
    CONFIRM = "confirm"  # the second of a crew is at the door, too
    LEAVE = "leave"
    RESULT = "result"
    SKIP = "skip"  # a door that the rules keep closed, or a visit that is let go
    CALL = "call"
    SHOWN = "shown"  # a name, a sum or a telephone number that was masked
    NAVIGATE = "navigate"  # the way to a door, opened in somebody else's map
    BREAK_BEGIN = "break_begin"
    BREAK_END = "break_end"
    LATE = "late"
    PROBLEM = "problem"
    PANIC = "panic"
    ATTACHMENT = "attachment"  # a photograph, a voice note, a signature
    END = "end"  # the day


STANDING_ALONE = frozenset({RecordKind.ATTACHMENT})
"""Kinds that are taken in whenever they come; their `seq` says nothing."""


class RecordState(StrEnum):
    """How far the book has come with a record that it holds."""

    WAITING = "waiting"  # its turn has not come, or nobody has looked at it yet
    APPLIED = "applied"
    SAME = "same"  # somebody else told the same before
    CONFLICT = "conflict"  # somebody else told otherwise: a person decides
    REFUSED = "refused"  # what it tells cannot be: a person looks
    UNREADABLE = "unreadable"  # sealed for a key that is not here; kept as it came
    DECIDED = "decided"  # a person has


OPEN = (RecordState.CONFLICT, RecordState.REFUSED, RecordState.UNREADABLE)
"""States that wait for a person."""


@dataclass(frozen=True, slots=True)
class FieldRecord:
    """One record. `key` is the phone's own, so that sending it twice keeps it once.

    `seq` counts from 1 within what a device tells of a visit ('' is the day itself): that is the
    order in which they are taken in, but for attachments. `at` is when it happened by the best
    clock that the phone knew, `wall_at` by its own; both are aware. `plan_id` is the plan that the
    phone showed. `body` holds what the kind asks for, as it was typed.
    """

    key: str
    device: str
    on: date
    visit_id: str
    seq: int
    kind: RecordKind
    at: datetime
    wall_at: datetime
    plan_id: int
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def thread(self) -> tuple[str, str]:
        """What it stands in order with: the device and the visit; an attachment with nothing."""
        return self.device, self.key if self.stands_alone else self.visit_id

    @property
    def stands_alone(self) -> bool:
        """Whether it waits for nothing and nothing waits for it: large ones come last."""
        return self.kind in STANDING_ALONE

"""Who changed something, and what a change was: the event, and the ids of a list taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, and when (aware)."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A row that the book itself refuses: its key, the field that is wrong, and what to do."""

    key: str
    field: str
    problem: str


@dataclass(frozen=True, slots=True)
class BookChange:
    """What a file changes, or would: ids, in the order of the file.

    `clashing` are keys under which the book holds something else: they were not taken, as
    `refused` were not, which say why.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()
    refused: tuple[NotTaken, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the book of events: who, when, what, before and after."""

    at: datetime
    actor: str
    kind: str
    subject: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    city: str = ""
    agency: str = ""
    id: int = field(default=0, compare=False)

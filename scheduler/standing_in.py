"""Cases that another collector than their owner goes to: for a day beside her, or for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who counts as an owner of a case on a day, beside the real one; it ends with the day.

    `id` is the book's to give.
    """

    id: int
    case_id: str
    collector_id: str
    on: date
    said_by: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Gift:
    """A case that was given for good: `before` owned it, now `owner` does; None is nobody.

    `undoes` is the gift that this one gives back.
    """

    id: int
    case_id: str
    before: str | None
    owner: str | None
    given_by: str
    given_at: datetime
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom cases go, by case; `key` is the sender's own, None where it has none."""

    to: Mapping[str, str]
    key: str | None = None

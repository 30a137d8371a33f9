"""What figures are made of: visits, days of crews, promises, payments, open cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from scheduler.promises import PromiseStatus


@dataclass(frozen=True, slots=True)
class Traits:
    """What a visit, a promise or a case is grouped by; '' where the book does not tell.

    Those of a visit are of the borrower's case that is longest overdue: a visit is to a person,
    and counts once. `crew` are the ids of who went, in the order of their ids.
    """

    bucket: str = ""
    district: str = ""
    product: str = ""
    agency: str = ""
    crew: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeVisit:
    """A visit with its result, made or not. `on` is its day in the city's zone.

    `is_complete`: all that its result asks for was told, and the arrival and the leaving.
    `is_late`: no phone told the arrival, or the book heard of it long after.
    """

    key: str
    borrower_id: str
    at: datetime
    on: date
    traits: Traits
    code: str
    was_made: bool
    was_met: bool
    is_complete: bool = True
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Trip:
    """A crew's day as it was published, corrected by what its phones told of it.

    `crew` are ids in their order, as those of its visits; `planned` are the traits of these;
    `out` how long it was out without breaks that are not paid, `overtime` how much of that lies
    behind the end of its shift.
    """

    on: date
    crew: tuple[str, ...]
    out: timedelta
    overtime: timedelta
    planned: tuple[Traits, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldPromise:
    """A promise that was due by `last`, its days of grace included."""

    traits: Traits
    last: date
    status: PromiseStatus


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in from a borrower; a reversal is negative."""

    borrower_id: str
    amount: Decimal
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that may be visited, and when its borrower last was."""

    id: str
    borrower_id: str
    traits: Traits
    days_past_due: int
    visited: date | None


@dataclass(frozen=True, slots=True)
class Prices:
    """What an hour of a crew costs, and what its overtime costs on top, in the city's money."""

    hour: Decimal
    overtime_hour: Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} to {self.last}: the first day is after the last")

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Facts:
    """All that figures of a span are made of. `today` is the day that they are made on.

    `visits` reach past the span, as far as payments are attributed, so that a later visit can
    take its own. `knows_payments`: the book has any at all.
    """

    span: Span
    today: date
    prices: Prices
    visits: Sequence[MadeVisit] = ()
    trips: Sequence[Trip] = ()
    promises: Sequence[ToldPromise] = ()
    payments: Sequence[Paid] = ()
    cases: Sequence[OpenCase] = ()
    knows_payments: bool = False
    days_to_pay: int = field(default=14)
    """So many days after a visit a payment is put down to it."""

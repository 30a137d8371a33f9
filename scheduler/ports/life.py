"""What comes of visits: results, contacts, payments, promises, tasks, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from routing.point import Point
from scheduler.agreements import Details
from scheduler.contacts import Contact
from scheduler.model import (
    Place,
    StopFlag,
    Window,
)
from scheduler.payments import Balance, Payment
from scheduler.ports.changes import BookChange
from scheduler.promises import Promise


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a visit. `key` is the sender's own, so that sending it twice records it once.

    `plan_id` is None for a visit that no plan holds. A visit that was not made (cancelled, not
    reached) counts towards no cap. `case_id` is the contract it is about, '' for all those of the
    visit. `corrects` is the key of the outcome whose place it takes; that one stays in the book.
    """

    key: str
    borrower_id: str
    place_id: str
    at: datetime
    code: str
    crew: tuple[str, ...]
    was_made: bool = True
    was_met: bool = False
    plan_id: int | None = None
    note: str = ""
    amount: Decimal | None = None
    due: date | None = None
    method: str = ""
    suits: Window | None = None
    case_id: str = ""
    details: Details | None = None
    corrects: str = ""


class MarkKind(StrEnum):
    """What a crew notes on its way."""

    BEGIN = "begin"  # the day
    ACCEPT = "accept"  # a plan that was published after the one she knew
    ARRIVE = "arrive"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Mark:
    """When a crew began its day, accepted a plan, arrived or left. `key` is as in `Outcome`.

    `visit_id` is that of the plan's visit, '' where the mark is about the day. `stood` is where
    the phone was, if it told, and `accuracy_m` how sure it was of that.
    """

    key: str
    on: date
    plan_id: int
    crew: tuple[str, ...]
    kind: MarkKind
    at: datetime
    visit_id: str = ""
    stood: Point | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """A collector's word that her crew comes `by` later than planned to what is next."""

    collector_id: str
    at: datetime
    by: timedelta


@dataclass(frozen=True, slots=True)
class Told:
    """The marks of a day and the results in force, the oldest first; who said that she is late.

    `places` are those of the visits that crews have stood at, by their ids: also of borrowers who
    have no open case by now. `ended` is when collectors ended their day, `heard` when their phones
    told anything last, by their ids.
    """

    marks: tuple[Mark, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    lates: tuple[Late, ...] = ()
    ended: Mapping[str, datetime] = field(default_factory=dict)
    heard: Mapping[str, datetime] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.marks or self.outcomes or self.lates)


class LifeWriter(Protocol):
    """Writes what comes of visits: results, contacts, payments, promises, tasks, marks."""

    def record_outcome(self, city: str, outcome: Outcome) -> bool:
        """Keep what came of a visit; answer whether it is new.

        The same outcome sent again may tell another instant: the first stays.

        Raises
        ------
        ConflictError
            Where another outcome has the same key.
        """
        ...

    def add_contacts(self, city: str, told: Sequence[Contact]) -> BookChange:
        """Keep contacts, each key once; an appointment made in one becomes the case's.

        Raises
        ------
        NotFoundError
            Where the city has no such borrower; it names them.
        """
        ...

    def add_payments(
        self, city: str, told: Sequence[Payment], balances: Sequence[Balance] = ()
    ) -> BookChange:
        """Keep payments, each key once, and what is overdue; stop the cases that are paid off.

        The change names a payment by its key and a balance by its case.

        Raises
        ------
        NotFoundError
            Where the city has no such case; it names them.
        """
        ...

    def judge_promises(self, city: str) -> list[Promise]:
        """Keep how promises stand by the payments of now; return those that stand otherwise.

        Tasks that waited for a payment which has come since are done.
        """
        ...

    def lift_stop(self, city: str, borrower_id: str, flag: StopFlag, case_id: str = "") -> None:
        """Lift a stop told at the door, of a contract or of the person; the outcomes stay.

        Raises
        ------
        NotFoundError
            Where no outcome holds such a stop.
        """
        ...

    def end_task(self, city: str, id: int) -> None:
        """Say that a task of the desk is done.

        Raises
        ------
        NotFoundError
            Where there is none of that number; ConflictError where it is not open any more.
        """
        ...

    def put_mark(self, city: str, mark: Mark) -> bool:
        """Keep a mark of a crew's day; answer whether it is new.

        Raises
        ------
        ConflictError
            Where another mark has the same key.
        """
        ...

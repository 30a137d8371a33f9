"""The words of the trade: borrower, case, place, collector, shift, crew.

Everything here is an immutable fact of the book. Times are aware datetimes; they become whole
seconds in `scheduler.build` and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum

from routing.geocoding import Precision, access_walk_m, is_sure
from routing.point import Point
from routing.travel import Mode, Spot

EVERY_DAY = frozenset(range(7))

BUCKETS = tuple(f"M{number}" for number in range(8))
"""Buckets of days past due, the earliest first."""


class PlaceKind(StrEnum):
    """What a place is to the borrower."""

    HOME = "home"
    REGISTERED = "registered"  # household register
    WORK = "work"
    OTHER = "other"


class StopFlag(StrEnum):
    """Why a case or a borrower is not to be visited, whoever asks."""

    PAID = "paid"
    DISPUTED = "disputed"
    COMPLAINT = "complaint"
    REPRESENTED = "represented"
    VULNERABLE = "vulnerable"
    DECEASED = "deceased"
    HOSPITAL = "hospital"
    MOURNING = "mourning"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    LEGAL_HOLD = "legal_hold"
    OTHER = "other"


class OwnerPolicy(StrEnum):
    """What it means for the plan that a case names its owner."""

    FIXED = "fixed"  # only a crew with the owner in it
    PREFERRED = "preferred"  # another crew at a stated price
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of time, `start` included and `end` not; both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError(f"window {self.start} to {self.end} has no time zone")
        if self.start.timestamp() >= self.end.timestamp():
            raise ValueError(f"window ends ({self.end}) before it starts ({self.start})")

    @property
    def duration(self) -> timedelta:
        # Instants, not wall-clock readings: the difference is right across a clock change.
        return timedelta(seconds=self.end.timestamp() - self.start.timestamp())


@dataclass(frozen=True, slots=True)
class DailyWindow:
    """Hours of the day that suit, on the weekdays given (Monday is 0)."""

    start: time
    end: time
    weekdays: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"window {self.start:%H:%M}-{self.end:%H:%M} ends before it starts")

    def on(self, day: date, zone: tzinfo) -> Window | None:
        """Return the window of `day`, or None where the day has none.

        So it is on a weekday that does not suit, and where clocks skip its start past its end.
        """
        start, end = (datetime.combine(day, clock, zone) for clock in (self.start, self.end))
        if day.weekday() not in self.weekdays or start.timestamp() >= end.timestamp():
            return None
        return Window(start, end)


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a borrower may be met.

    `windows` are the borrower's own; none means any lawful hour. `radius_m` is how far from
    `point` the door may be, `confidence` the chance that it is no farther: 1 where a person or
    the lender's file gave the point.
    """

    id: str
    borrower_id: str
    kind: PlaceKind
    address: str
    source: str
    lawful_basis: str
    point: Point | None = None
    precision: Precision = Precision.NONE
    radius_m: float = 0.0
    confidence: float = 1.0
    windows: tuple[DailyWindow, ...] = ()
    is_valid: bool = True
    access_note: str = ""

    @property
    def is_placed(self) -> bool:
        """Whether it is known closely and surely enough to send somebody."""
        return self.point is not None and is_sure(self.precision, self.confidence)

    @property
    def spot(self) -> Spot | None:
        """Where it is reached, as travel times have it; None while nobody knows where it is."""
        if self.point is None:
            return None
        return Spot(self.point, access_walk_m(self.precision, self.radius_m))


@dataclass(frozen=True, slots=True)
class Borrower:
    """A person who owes, on one or more cases."""

    id: str
    name: str
    phone: str = ""
    stops: frozenset[StopFlag] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """One contract that is overdue; money is in the currency of the city's book.

    `is_assigned`: the lender has assigned it for visit, so that only a law, a stop or missing
    capacity keeps it out. `owner` is the id of the collector who owns it. `visited_at` is the
    last visit that the lender's file tells of. `risk` is the lender's own grade, which the policy
    may ask about. `entrusted_on` and `returns_on` are the first and the last day on which its
    agency may work it. `employment` is the borrower's kind of it, as the lender calls it: it tells
    when people like her are met, and nobody is shown it.
    """

    id: str
    borrower_id: str
    agency: str
    product: str
    principal: Decimal
    overdue: Decimal
    days_past_due: int
    stops: frozenset[StopFlag] = frozenset()
    is_assigned: bool = False
    owner: str | None = None
    promise_due: date | None = None
    appointment: Window | None = None
    skills: frozenset[str] = frozenset()
    crew_size: int = 1
    visited_at: datetime | None = None
    risk: str = ""
    entrusted_on: date | None = None
    returns_on: date | None = None
    employment: str = ""

    @property
    def bucket(self) -> str:
        return bucket(self.days_past_due)

    def is_entrusted(self, on: date) -> bool:
        """Whether its agency may work it on a day; always where no dates are told."""
        has_begun = self.entrusted_on is None or self.entrusted_on <= on
        return has_begun and (self.returns_on is None or on <= self.returns_on)


def bucket(days_past_due: int) -> str:
    """M0 not overdue, M1 1–30 days, … M6 151–180, M7 beyond."""
    return BUCKETS[min(7, -(-max(0, days_past_due) // 30))]


def bucket_days(bucket: str) -> tuple[int, int | None]:
    """Return the first and the last day past due of a bucket; the last bucket has no last day."""
    number = BUCKETS.index(bucket)
    first = 30 * (number - 1) + 1 if number else 0
    return first, None if bucket == BUCKETS[-1] else 30 * number


@dataclass(frozen=True, slots=True)
class Collector:
    """A person who visits. `never_with` names collectors she is not to be paired with.

    `phone` is where her dispatcher reaches her, '' where nobody has told.
    """

    id: str
    name: str
    agency: str
    start: Point
    end: Point
    mode: Mode = Mode.CAR
    skills: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    certificate_expires: date | None = None
    is_senior: bool = False
    max_visits: int | None = None
    never_with: frozenset[str] = frozenset()
    phone: str = ""

    def may_be_sent(self, on: date) -> bool:
        """Whether her certificate still holds on a day; one that nobody told of is not missed."""
        return self.certificate_expires is None or on <= self.certificate_expires


@dataclass(frozen=True, slots=True)
class Break:
    """A rest of `duration` that begins and ends inside `window`, never inside a visit."""

    window: Window
    duration: timedelta
    is_paid: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """When a collector works on one day."""

    collector_id: str
    window: Window
    breaks: tuple[Break, ...] = ()
    max_overtime: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who goes together today, from where and when; one member or more.

    A crew starts where its members meet: `window` begins once the last of them is there, and
    ends early enough for each to get home within her own shift.
    """

    id: str
    members: tuple[str, ...]
    window: Window
    start: Point
    end: Point
    mode: Mode
    skills: frozenset[str] = frozenset()
    breaks: tuple[Break, ...] = ()
    max_overtime: timedelta = timedelta(0)
    max_visits: int | None = None
    source: str = "single"  # 'file', 'formed' or 'single'


@dataclass(frozen=True, slots=True)
class Pair:
    """Two collectors whom the supervisor sends together, every day or on one."""

    first: str
    second: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit that was made, or that a published plan of another day promises to make.

    `place_kind` is where, if that is known: only a visit known to have been at home can show
    that home has failed. `case_ids` are the cases it was for; none where that is not known, and
    it then counts for each.
    """

    borrower_id: str
    at: datetime
    was_met: bool | None = None
    crew: tuple[str, ...] = ()
    place_kind: PlaceKind | None = None
    case_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """A place of work and the settings that hold there.

    Money is in `currency`. The prices are house assumptions, shown as such. A calendar leaves the
    house with whoever carries it: unless `calendar_details`, it tells streets and nobody's name.
    With `learns_doors`, phones may tell where they stood when a crew arrived or left. With
    `is_gate_strict`, nobody is visited in a book without contact data. What is overdue is looked
    upon as old when it was told more than `balance_days` ago. Collectors reach the desk by
    `desk_phone`; '' where nobody has told it.
    With `learns_availability`, what visits told teaches when somebody is met.
    A crew is asked after that has told nothing for `arrive_within_min` after it was to begin or
    arrive, or for `leave_within_min` after it was to leave.
    """

    name: str
    zone: str
    profile: str
    currency: str
    owner_policy: OwnerPolicy = OwnerPolicy.PREFERRED
    owner_change_price: Decimal = Decimal(30)
    service: timedelta = timedelta(minutes=20)
    travel_price_per_hour: Decimal = Decimal(60)
    overtime_price_per_hour: Decimal = Decimal(90)
    max_days_as_pair: int = 5
    calendar_details: bool = False
    learns_doors: bool = True
    is_gate_strict: bool = False
    balance_days: int = 2
    desk_phone: str = ""
    arrive_within_min: int = 15
    leave_within_min: int = 45
    learns_availability: bool = True

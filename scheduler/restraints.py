"""What a borrower's life asks of the schedule beyond a profile: pauses, wishes, consents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from scheduler.contacts import Channel
from scheduler.model import DailyWindow, Place, PlaceKind


class WishBy(StrEnum):
    """Whose wish it is."""

    BORROWER = "borrower"
    EMPLOYER = "employer"  # about visits at work


class PauseKind(StrEnum):
    """Why nobody visits for a while."""

    MOURNING = "mourning"
    DISASTER = "disaster"
    ILLNESS = "illness"
    SURGERY = "surgery"
    WEDDING = "wedding"
    FESTIVAL = "festival"  # of her faith or family, not a public holiday
    COOL_OFF = "cool_off"  # after hostility
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a borrower is not visited, `first` and `last` included; None is until ended."""

    id: int
    borrower_id: str
    kind: PauseKind
    first: date
    last: date | None
    source: str  # who said so, or what came of which visit

    def holds(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a borrower does not want: hours, a kind of place or a channel, as far as it names them.

    `blocked` are hours in which she is not to be visited; `place_kind` or `place_id` where she is
    not to be visited at all, or not in those hours; `channel` how she is not to be contacted.
    One that names a channel is about that channel alone.
    """

    id: int
    borrower_id: str
    source: str
    blocked: tuple[DailyWindow, ...] = ()
    place_kind: PlaceKind | None = None
    place_id: str = ""
    channel: Channel | None = None
    first: date | None = None
    last: date | None = None
    by: WishBy = WishBy.BORROWER

    def holds(self, on: date) -> bool:
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    def is_about_visits_at(self, place: Place) -> bool:
        """Whether it is about visits, and about those at a place."""
        return (
            self.channel in (None, Channel.VISIT)
            and self.place_kind in (None, place.kind)
            and self.place_id in ("", place.id)
        )

    @property
    def hours_a_week(self) -> timedelta:
        """How long it blocks in a week."""
        return sum(
            (
                (datetime.combine(date.min, span.end) - datetime.combine(date.min, span.start))
                * len(span.weekdays)
                for span in self.blocked
            ),
            timedelta(),
        )


@dataclass(frozen=True, slots=True)
class Consent:
    """A borrower's own consent that widens one rule, with its evidence.

    `rule` is the rule's name; `scope` says in words what is allowed. It is for visits at
    `place_id`, for the case `case_id` and in `hours` only, where these are told; it widens the
    rule no further than the profile says that a consent may.
    """

    id: int
    borrower_id: str
    rule: str
    scope: str
    given_on: date
    evidence: str
    expires: date | None = None
    place_id: str = ""
    case_id: str = ""
    hours: tuple[DailyWindow, ...] = ()

    def holds(self, on: date) -> bool:
        return self.given_on <= on and (self.expires is None or on <= self.expires)


@dataclass(frozen=True, slots=True)
class Override:
    """A house rule set aside for one borrower on one day, asked by one person, allowed by another.

    A rule of law is never overridden: nothing makes such an override, and no rule heeds one.
    """

    id: int
    borrower_id: str
    rule: str
    on: date
    reason: str
    asked_by: str
    allowed_by: str
    allowed_at: datetime


Restraint = Pause | Wish | Consent
"""What a borrower's life asks, and what somebody ends once it is over."""

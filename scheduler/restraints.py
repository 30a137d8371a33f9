"""What a borrower's life asks of the schedule beyond a profile: pauses, wishes, consents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduler.contacts import Channel
from scheduler.model import DailyWindow, PlaceKind


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

    def holds(self, on: date) -> bool:
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Consent:
    """A borrower's own consent that widens one rule, with its evidence.

    `rule` is the rule's name; `scope` says in words what is allowed.
    """

    id: int
    borrower_id: str
    rule: str
    scope: str
    given_on: date
    evidence: str
    expires: date | None = None

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

"""What stands in the way of an edit: a law, a house rule, a lock or a fact, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.check import Fault
from scheduler.errors import DayroundError
from scheduler.plan import Violation


class Ground(StrEnum):
    """Whose word it is that forbids an edit, and so who could allow it."""

    LAW = "law"  # nobody can
    HOUSE = "house"  # a rule of the house: a second person can, with a reason
    LOCK = "lock"  # the dispatcher's own: she takes it away
    HERS = "hers"  # the borrower's own hours, or what was agreed with her
    CREW = "crew"  # who may go: size, skill, owner, agency, most visits
    DAY = "day"  # it cannot be done: road, shift, breaks, or it has begun


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that forbids an edit.

    `id` is the visit, crew or collector that `text` is about; `rule` the rule's name where one says
    no, with its `source`. `late_s` is by how many seconds it is too late or too long, 0 where it is
    about no time.
    """

    kind: str
    id: str
    text: str
    ground: Ground
    rule: str = ""
    source: str = ""
    late_s: int = 0

    @property
    def is_law(self) -> bool:
        return self.ground is Ground.LAW


class ForbiddenEditError(DayroundError):
    """An edit that no plan may stand after; `violations` say why, the law's first."""

    def __init__(self, violations: Sequence[Obstacle]) -> None:
        self.violations = tuple(violations)
        texts = "; ".join(f"{one.id}: {one.text}" for one in violations)
        super().__init__(f"this cannot be done: {texts}")


class GoneError(DayroundError):
    """An edit of what is not there any more: somebody has changed it, or the book has."""


_OF_FAULT: dict[str, Ground] = {
    Fault.LOCK_CREW: Ground.LOCK,
    Fault.LOCK_TIME: Ground.LOCK,
    Fault.LOCK_ORDER: Ground.LOCK,
    Fault.OUTSIDE_BORROWERS_HOURS: Ground.HERS,
    Fault.WINDOW_MISSED: Ground.HERS,
    Fault.HELD_BACK: Ground.LOCK,
    Fault.TOO_MANY_VISITS: Ground.CREW,
    Fault.OVERLOADED: Ground.CREW,
    Fault.SKILL_MISSING: Ground.CREW,
    Fault.CREW_TOO_SMALL: Ground.CREW,
    Fault.CREW_NOT_ALLOWED: Ground.CREW,
    Fault.OPTION_NOT_FOR_CREW: Ground.CREW,
    Fault.OWNER_ABSENT: Ground.CREW,
    Fault.WRONG_AGENCY: Ground.CREW,
    Fault.CERTIFICATE_EXPIRED: Ground.CREW,
    Fault.MEMBER_IN_TWO_CREWS: Ground.CREW,
}
"""The grounds of faults; of all others it is the day's."""

_ORDER = tuple(Ground)

RULE = "rule."


def ground_of(violation: Violation) -> Ground:
    """Return whose word a violation is: a rule's, by how it is known; else by its kind."""
    if violation.kind.startswith(RULE):
        return Ground.HOUSE if violation.seen == "D" else Ground.LAW
    return _OF_FAULT.get(violation.kind, Ground.DAY)


def in_order(obstacles: Iterable[Obstacle]) -> list[Obstacle]:
    """Return them with those first that nobody can allow, each once."""
    once = dict.fromkeys(obstacles)
    return sorted(once, key=lambda one: _ORDER.index(one.ground))

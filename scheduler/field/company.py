"""Who is at the door of a visit for two: each is confirmed by a phone of hers, or by her code.

A visit that asks for two begins once both are confirmed. One alone at the door is told as one: her
record stays as it is, and the desk sees it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class How(StrEnum):
    """By what somebody is known to be at a door."""

    ARRIVED = "arrived"  # her phone told the arrival
    PHONE = "phone"  # her phone told that she is there, too
    CODE = "code"  # she typed her code of the day into her mate's phone


@dataclass(frozen=True, slots=True)
class Presence:
    """A collector at the door of a visit, from `at` (aware) on."""

    visit_id: str
    collector_id: str
    at: datetime
    how: How


@dataclass(frozen=True, slots=True)
class Company:
    """Who of a crew is confirmed at a visit that asks for `asked` people, the first first."""

    asked: int
    present: tuple[Presence, ...] = ()

    @property
    def confirmed(self) -> tuple[str, ...]:
        """The ids of those who are confirmed, in the order in which they were."""
        return tuple(one.collector_id for one in self.present)

    @property
    def lacking(self) -> int:
        """How many have still to be confirmed before the visit begins."""
        return max(0, self.asked - len(self.present))

    @property
    def is_alone(self) -> bool:
        """Whether somebody stands there, and not all whom the visit asks for."""
        return bool(self.present) and self.lacking > 0

    @property
    def began(self) -> datetime | None:
        """When the last who is needed was confirmed; None while somebody lacks."""
        if self.lacking or not self.present:
            return None
        return self.present[max(1, self.asked) - 1].at


def company(members: Iterable[str], asked: int, told: Iterable[Presence]) -> Company:
    """Return who of a crew is confirmed; others count for nothing, and each once.

    `told` are the presences of one visit in any order: of each member the earliest counts, for
    a press that comes later changes nothing.
    """
    crew = set(members)
    first: dict[str, Presence] = {}
    for one in sorted(told, key=lambda one: (one.at, one.how)):
        if one.collector_id in crew:
            first.setdefault(one.collector_id, one)
    return Company(asked, tuple(first.values()))

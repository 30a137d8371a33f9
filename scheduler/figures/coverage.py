"""Which open cases were visited of late, and which have waited longest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from scheduler.figures.facts import OpenCase, Traits
from scheduler.figures.grouping import KEYS, Group
from scheduler.figures.share import Share

WITHIN_DAYS = (14, 30)


@dataclass(frozen=True, slots=True)
class Covered:
    """Of the open cases of a group, those visited within 14 and within 30 days.

    Several small groups together have no key.
    """

    key: str
    cases: int
    shares: tuple[Share, ...]
    never: int
    is_together: bool = False


@dataclass(frozen=True, slots=True)
class Stale:
    """An open case that has waited for a visit; `days` None where there never was one."""

    id: str
    borrower_id: str
    traits: Traits
    days_past_due: int
    days: int | None


def coverage(cases: Sequence[OpenCase], today: date, group: Group) -> list[Covered]:
    """Return the coverage of each group, in the order of their keys."""
    groups: dict[str, list[OpenCase]] = defaultdict(list)
    for case in cases:
        groups[KEYS[group](today, case.traits)].append(case)
    return [covered(key, groups[key], today) for key in sorted(groups)]


def covered(key: str, cases: Iterable[OpenCase], today: date) -> Covered:
    """Return how many of `cases` were visited of late."""
    waited = [None if one.visited is None else (today - one.visited).days for one in cases]
    shares = tuple(
        Share(sum(days is not None and days <= within for days in waited), len(waited))
        for within in WITHIN_DAYS
    )
    return Covered(key, len(waited), shares, waited.count(None))


def stalest(cases: Iterable[OpenCase], today: date, most: int) -> list[Stale]:
    """Return the cases that have waited longest: never visited first, of those the longest due."""

    def waiting(case: OpenCase) -> tuple[date, int, str]:
        return case.visited or date.min, -case.days_past_due, case.id

    return [
        Stale(
            case.id,
            case.borrower_id,
            case.traits,
            case.days_past_due,
            None if case.visited is None else (today - case.visited).days,
        )
        for case in nsmallest(most, cases, key=waiting)
    ]

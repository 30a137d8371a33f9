"""The left-out of a day in six groups, those first that need a person before the plan goes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.plan import LeftOut, Reason
from scheduler.value.of_day import is_must_on


class Group(StrEnum):
    """What a left-out case asks of the desk; in the order in which it is looked at."""

    UNPLACED = "unplaced"  # its place is to be checked
    REFUSED = "refused"  # a rule, or who may work it, says no
    DUE = "due"  # it must be visited today, and is not
    UNFIT = "unfit"  # hours, roads or crews do not fit it
    WAITS = "waits"  # people, the policy or a promise say: not today
    NO_CAPACITY = "no_capacity"  # others are worth more today


GROUPS: Mapping[Reason, Group] = MappingProxyType(
    {
        Reason.NOT_PLACED: Group.UNPLACED,
        Reason.RULE: Group.REFUSED,
        Reason.NOT_ENTRUSTED: Group.REFUSED,
        Reason.OTHER_AGENCY: Group.REFUSED,
        Reason.NO_LAWFUL_WINDOW: Group.UNFIT,
        Reason.NO_ROAD: Group.UNFIT,
        Reason.NO_CREW_OF_AGENCY: Group.UNFIT,
        Reason.NO_CREW_FITTING: Group.UNFIT,
        Reason.NO_CREW_IN_TIME: Group.UNFIT,
        Reason.POLICY: Group.WAITS,
        Reason.NOT_TODAY: Group.WAITS,
        Reason.HELD_BACK: Group.WAITS,
        Reason.TAKEN_OFF: Group.WAITS,
        Reason.NOT_ASKED: Group.WAITS,
        Reason.CREWS_FULL: Group.NO_CAPACITY,
        Reason.RESERVE: Group.NO_CAPACITY,
        Reason.NOT_WORTH: Group.NO_CAPACITY,
        Reason.NOT_SHORTLISTED: Group.NO_CAPACITY,
        Reason.NOT_CHOSEN: Group.NO_CAPACITY,
        Reason.NEW: Group.NO_CAPACITY,
    }
)

FOLDED = frozenset({Group.WAITS, Group.NO_CAPACITY})
"""Groups that ask for nobody: they open folded."""

MENDED_BY_OTHERS = frozenset({Group.UNPLACED, Group.REFUSED, Group.WAITS})
"""Groups in which a must-visit stays: what keeps it out is known, and no crew makes room for it."""


def group_of(reason: Reason, *, is_must: bool = False) -> Group:
    """Return the group of what is left out for a reason; `is_must` where it had to be visited."""
    group = GROUPS[reason]
    return Group.DUE if is_must and group not in MENDED_BY_OTHERS else group


def must_visits(day: Day, entries: Iterable[LeftOut]) -> frozenset[str]:
    """Return the ids of those entries that had to be visited on the day of the plan."""
    cases, past = {case.id: case for case in day.cases}, Grouped(day.past)
    borrowers = {borrower.id: borrower for borrower in day.borrowers}
    found = set()
    for entry in entries:
        hers = [cases[id] for id in entry.case_ids if id in cases]
        whose = borrowers.get(hers[0].borrower_id) if hers else None
        if whose and is_must_on(day, hers, past.of(whose)):
            found.add(entry.visit_id)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class GroupSum:
    """What stands in a group; `overdue` is the money of its cases, in the book's currency."""

    group: Group
    entries: tuple[LeftOut, ...]
    cases: int
    overdue: Decimal

    @property
    def is_folded(self) -> bool:
        return self.group in FOLDED


def grouped(
    entries: Iterable[LeftOut],
    overdue: Mapping[str, Decimal],
    must: frozenset[str] = frozenset(),
) -> list[GroupSum]:
    """Return the groups that are not empty, in their order.

    `overdue` is told by case; `must` are the ids of the visits that had to be made.
    """
    found: dict[Group, list[LeftOut]] = defaultdict(list)
    for entry in entries:
        found[group_of(entry.reason, is_must=entry.visit_id in must)].append(entry)
    return [_sum(group, found[group], overdue) for group in Group if group in found]


def _sum(group: Group, entries: list[LeftOut], overdue: Mapping[str, Decimal]) -> GroupSum:
    cases = {id for entry in entries for id in entry.case_ids}
    owed = sum((overdue.get(id, Decimal()) for id in cases), Decimal())
    return GroupSum(group, tuple(entries), len(cases), owed)

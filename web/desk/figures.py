"""The figures of a day on the desk's strip, and how they differ from the plan before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from decimal import Decimal
from typing import Any

from scheduler.errors import NotFoundError
from scheduler.left_out_groups import Group
from scheduler.plan import Reason
from scheduler.ports import PlanRecord
from web.context import wired
from web.desk.facts import facts_of
from web.desk.grouping import groups_by_visit
from web.desk.room import desk
from web.dispatch.board import Board
from web.dispatch.today import seen_board
from web.dispatch.worth import worth
from web.formats import duration

BETTER_MORE = frozenset({"visits", "met", "value", "overdue"})
"""Figures of which more is better; of the others, less is."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What a plan comes to, as far as it may be seen.

    `met` and `value` are None where they cannot be told, see `Worth`; `driving` is the share of the
    crews' day on the road, 0 … 1; `overtime` is in seconds. `groups` counts the left-out by what
    they ask of the desk.
    """

    visits: int
    met: float | None
    value: Decimal | None
    overdue: Decimal
    driving: float
    overtime_s: int
    left_out: int
    refused: int
    suspended: int
    missed: int
    assigned: Decimal = Decimal(0)
    groups: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """How far a figure is from that of the plan before, and whether that is good."""

    by: Decimal | float
    is_better: bool


def day_figures(shown: Board) -> DayFigures:
    """Return what a plan comes to by the facts of now; a suspended visit comes to nothing."""
    told = worth(shown, facts_of(shown.record.content.city, shown.record.content.on))
    return DayFigures(
        visits=shown.visits,
        met=told.met,
        value=told.value,
        assigned=told.assigned,
        overdue=told.overdue,
        driving=shown.driving_share,
        overtime_s=round(shown.overtime.total_seconds()),
        left_out=shown.left_out_count,
        refused=sum(len(each.entries) for each in shown.left_out if each.reason is Reason.RULE),
        suspended=shown.suspended,
        missed=shown.record.content.cost.missed_must_visits,
        groups=Counter(groups_by_visit(shown).values()),
    )


def plan_before(record: PlanRecord) -> PlanRecord | None:
    """Return the day's version before this one, None for its first."""
    if record.version == 1:
        return None
    try:
        return wired().store.plan(record.content.city, record.content.on, record.version - 1)
    except NotFoundError:
        return None


def against_last(shown: Board, figures: DayFigures) -> dict[str, Change]:
    """Return how the figures differ from those of the day's plan before; {} for a first plan."""
    before = plan_before(shown.record)
    return changes(figures, day_figures(seen_board(before))) if before else {}


def changes(now: DayFigures, before: DayFigures) -> dict[str, Change]:
    """Return the figures that differ, by name; those of groups by the group's."""
    was, found = numbers_of(before), {}
    for name, value in numbers_of(now).items():
        earlier = was.get(name, 0)
        if value is not None and earlier is not None and value != earlier:
            by = value - earlier
            found[name] = Change(by, (by > 0) == (name in BETTER_MORE))
    return found


def numbers_of(figures: DayFigures) -> Mapping[str, Any]:
    """Return the figures by name, and by group how many are left out of it."""
    alone = (one.name for one in fields(figures) if one.name != "groups")
    nobody = dict.fromkeys(Group, 0)
    return {name: getattr(figures, name) for name in alone} | nobody | dict(figures.groups)


@desk.app_template_filter()
def lasting(seconds: float) -> str:
    """Write seconds as a duration."""
    return duration(timedelta(seconds=seconds))

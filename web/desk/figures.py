"""The figures of a day on the desk's strip, and how they differ from the plan before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta, tzinfo
from decimal import Decimal

from scheduler.errors import NotFoundError
from scheduler.plan import Reason
from scheduler.ports import PlanRecord
from web.context import wired
from web.desk.room import desk
from web.dispatch.board import Board
from web.dispatch.today import seen_board
from web.dispatch.worth import worth
from web.formats import duration

BETTER_MORE = frozenset({"visits", "met", "overdue"})
"""Figures of which more is better; of the others, less is."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What a plan comes to, as far as it may be seen.

    `met` is None where the profile, which says what kind of day it is, cannot be read;
    `driving` is the share of the crews' day on the road, 0 … 1; `overtime` is in seconds.
    """

    visits: int
    met: float | None
    overdue: Decimal
    driving: float
    overtime_s: int
    left_out: int
    refused: int
    suspended: int
    missed: int


@dataclass(frozen=True, slots=True)
class Change:
    """How far a figure is from that of the plan before, and whether that is good."""

    by: Decimal | float
    is_better: bool


def day_figures(shown: Board, zone: tzinfo) -> DayFigures:
    """Return what a plan comes to; a visit that is suspended comes to nothing."""
    told = worth(shown, zone)
    return DayFigures(
        visits=shown.visits,
        met=told.met,
        overdue=told.overdue,
        driving=shown.driving_share,
        overtime_s=round(shown.overtime.total_seconds()),
        left_out=shown.left_out_count,
        refused=sum(len(each.entries) for each in shown.left_out if each.reason is Reason.RULE),
        suspended=shown.suspended,
        missed=shown.record.content.cost.missed_must_visits,
    )


def plan_before(record: PlanRecord) -> PlanRecord | None:
    """Return the day's version before this one, None for its first."""
    if record.version == 1:
        return None
    try:
        return wired().store.plan(record.content.city, record.content.on, record.version - 1)
    except NotFoundError:
        return None


def against_last(shown: Board, figures: DayFigures, zone: tzinfo) -> dict[str, Change]:
    """Return how the figures differ from those of the day's plan before; {} for a first plan."""
    before = plan_before(shown.record)
    return changes(figures, day_figures(seen_board(before), zone)) if before else {}


def changes(now: DayFigures, before: DayFigures) -> dict[str, Change]:
    """Return the figures that differ, by name."""
    was: Mapping[str, Decimal | float | None] = asdict(before)
    found = {}
    for name, value in asdict(now).items():
        earlier = was[name]
        if value is not None and earlier is not None and value != earlier:
            by = value - earlier
            found[name] = Change(by, (by > 0) == (name in BETTER_MORE))
    return found


@desk.app_template_filter()
def lasting(seconds: float) -> str:
    """Write seconds as a duration."""
    return duration(timedelta(seconds=seconds))

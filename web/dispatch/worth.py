"""What a plan comes to: whom it may meet, what its visits are worth, what is overdue there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scheduler.day import Day
from scheduler.errors import DayroundError
from scheduler.rules.book import day_info
from scheduler.value.of_plan import PlannedVisit, plan_worth
from web.context import wired
from web.dispatch.board import Board, StopLine
from web.dispatch.room import seen_agencies


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan comes to, as far as it may be seen.

    `met` and `value` are None where the profile, which says what kind of day it is, cannot be
    read; `value` also for who sees one agency alone: it tells of cases at other agencies, too.
    `assigned` is what the search weighs more for cases that the lender has assigned.
    """

    met: float | None
    value: Decimal | None
    assigned: Decimal
    overdue: Decimal


def worth(shown: Board, day: Day) -> Worth:
    """Return what the visits that are shown come to; one that is suspended comes to nothing."""
    content, visits = shown.record.content, list(_visits(shown))
    case_ids = {id for stop in visits for id in stop.case_ids}
    overdue = wired().desk.overdue(content.city, case_ids)
    is_working = is_working_day(content.profile, content.on)
    if is_working is None:
        return Worth(None, None, Decimal(0), overdue)
    told = plan_worth(day, _planned(visits), is_working=is_working)
    value = told.value if seen_agencies() is None else None
    return Worth(told.met, value, told.assigned, overdue)


def is_working_day(profile: str, on: date) -> bool | None:
    """Tell whether people work on a day where a profile holds, None where it cannot be read."""
    try:
        return day_info(wired().ports.profiles.rules(profile), on).is_working
    except DayroundError:
        return None


def _planned(visits: list[StopLine]) -> Iterator[PlannedVisit]:
    for stop in visits:
        if stop.place:
            yield PlannedVisit(stop.case_ids, stop.place.kind, stop.starts)


def _visits(shown: Board) -> Iterator[StopLine]:
    return (stop for crew in shown.crews for stop in crew.stops if stop.is_to_be_made)

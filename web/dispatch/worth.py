"""What a plan comes to: whom it may meet by the house's assumptions, and what is overdue there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal

from scheduler.availability import PRIORS
from scheduler.errors import DayroundError
from scheduler.rules.book import day_info
from web.context import wired
from web.dispatch.board import Board, StopLine


@dataclass(frozen=True, slots=True)
class Worth:
    """`met` is None where the profile, which says what kind of day it is, cannot be read."""

    met: float | None
    overdue: Decimal


def worth(shown: Board, zone: tzinfo) -> Worth:
    """Return what the visits that are shown come to; one that is suspended comes to nothing."""
    content, visits = shown.record.content, list(_visits(shown))
    case_ids = {id for stop in visits for id in stop.case_ids}
    is_working = is_working_day(content.profile, content.on)
    return Worth(
        met=None if is_working is None else expected_met(visits, is_working, zone),
        overdue=wired().desk.overdue(content.city, case_ids),
    )


def expected_met(visits: list[StopLine], is_working_day: bool, zone: tzinfo) -> float:
    """Return how many visits meet the borrower by the house's priors.

    Earlier visits in vain, which the search weighs too, are left aside.
    """
    return sum(
        PRIORS.p_met(stop.place.kind, is_working_day, stop.starts.astimezone(zone).hour)
        for stop in visits
        if stop.place
    )


def is_working_day(profile: str, on: date) -> bool | None:
    """Tell whether people work on a day where a profile holds, None where it cannot be read."""
    try:
        return day_info(wired().ports.profiles.rules(profile), on).is_working
    except DayroundError:
        return None


def _visits(shown: Board) -> Iterator[StopLine]:
    return (stop for crew in shown.crews for stop in crew.stops if stop.is_to_be_made)

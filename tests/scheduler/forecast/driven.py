"""Days that crews drove, made by hand for tests: a door every so often, each told by phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from routing.point import Point
from routing.travel import Mode, Spot
from scheduler.forecast import DrivenDay, ToldVisit
from scheduler.forecast.facts import Leg, Length, Recorded
from scheduler.model import PlaceKind

MONDAY = date(2026, 3, 2)
HOUR_S = 3600
WEST, EAST = Point(29.87, 121.50), Point(29.87, 121.62)
"""Middles of two districts, 12 km apart."""


def visit(number: int, **changes: Any) -> ToldVisit:
    """Return the n-th visit of a day: planned every half hour, ten minutes apart, made so."""
    start_s = 9 * HOUR_S + number * 1800
    told = ToldVisit(
        place_id=f"P{number}",
        kind=PlaceKind.HOME,
        district="西区",
        spot=Spot(WEST),
        planned_after=f"P{number - 1}" if number else "",
        planned_leg_s=600 if number else 0,
        planned_arrival_s=start_s,
        planned_start_s=start_s,
        planned_end_s=start_s + 1200,
        arrived_s=start_s,
        left_s=start_s + 1200,
        was_met=True,
    )
    return replace(told, **changes)


def day(visits: Sequence[ToldVisit], **changes: Any) -> DrivenDay:
    told = DrivenDay(MONDAY, "ann+bea", Mode.CAR, is_working=True, visits=tuple(visits))
    return replace(told, **changes)


def leg(number: int, took: float, hour: int = 10, **changes: Any) -> Leg:
    """Return a leg of ten minutes by plan that took so many times as long, on the n-th day."""
    on = MONDAY + timedelta(days=number)
    leave_s = hour * HOUR_S
    told = Leg(on, "ann+bea", Mode.CAR, leave_s, "西区", WEST, 600, 600.0, round(600 * took))
    return replace(told, **changes)


def length(number: int, minutes: float, *, was_met: bool = True, **changes: Any) -> Length:
    """Return a visit of the n-th day that was to last twenty minutes and lasted so many."""
    on = MONDAY + timedelta(days=number)
    told = Length(on, "ann+bea", PlaceKind.HOME, was_met, 1200, round(minutes * 60))
    return replace(told, **changes)


def weeks(days: int, a_day: int, pace: float, seed: int = 1) -> Recorded:
    """Return days of legs and visits that spread around `pace`, and around 18 and 6 minutes."""
    rng = Random(seed)
    legs, lengths = [], []
    for number in range(days):
        whole = rng.lognormvariate(0, 0.1)
        for k in range(a_day):
            took = pace * whole * rng.lognormvariate(0, 0.2)
            legs.append(leg(number, took, hour=9 + k % 9))
            met = rng.random() < 0.5
            lasted = rng.lognormvariate(0, 0.25) * (18 if met else 6)
            lengths.append(length(number, lasted, was_met=met))
    return Recorded(tuple(legs), tuple(lengths))

"""Visits that were made, as odds are learned from them, and the odds that were learned of late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, or_, select

from data import tables
from data.store.drafts import newest_fact
from data.store.past import IN_FORCE
from scheduler.availability import PRIORS, Attempt, Odds, is_stated, learned_odds
from scheduler.availability.attempts import ADDRESS_IS_WRONG, in_columns, told_by
from scheduler.availability.calibration import Calibration, calibration
from scheduler.availability.drifting import Drifting, drifting
from scheduler.availability.learning import LOOK_BACK_DAYS
from scheduler.availability.stated import second_of
from scheduler.calendar import DayKind
from scheduler.last_asked import LastAsked, Recent
from scheduler.model import City, Window
from scheduler.ports import MarkKind
from scheduler.rules import RuleSet, day_info

T = TypeVar("T")

MOST = 4
"""Odds that are kept: 20,000 visits to 6,000 people take about 10 MB."""

outcome, place = tables.outcome.c, tables.place.c
mark, case = tables.visit_mark.c, tables.loan_case.c


@dataclass
class KeptOdds:
    """The odds of cities' days, learned anew only where what they rest on is another.

    They are asked for by the last day that anything was told of: so all days ahead share them.
    """

    asked: LastAsked[tuple[str, date], Odds] = field(default_factory=lambda: LastAsked(MOST))
    learned: Recent[str, Odds] = field(default_factory=lambda: Recent(MOST))
    judged: LastAsked[tuple[str, date], Calibration | None] = field(
        default_factory=lambda: LastAsked(MOST)
    )
    weeks: LastAsked[tuple[str, date], Drifting] = field(default_factory=lambda: LastAsked(MOST))

    def of(self, connection: Connection, city: City, on: date, rules: RuleSet | None) -> Odds:
        """Return the odds of a day; the priors where the city learns none or nothing is told."""
        if not city.learns_availability or rules is None:
            return PRIORS

        def learned(before: date) -> Odds:
            facts = in_columns(attempts(connection, city, before, rules), before)
            return self.learned.used(facts.digest, lambda: learned_odds(facts, before))

        odds = _of_all_told(self.asked, connection, city, on, learned)
        return PRIORS if odds is None else odds

    def calibration(
        self, connection: Connection, city: City, on: date, rules: RuleSet | None
    ) -> Calibration | None:
        """Return how well odds held on the last days before one, None where nothing can be said."""
        if rules is None:
            return None
        return _of_all_told(
            *(self.judged, connection, city, on),
            lambda before: calibration(attempts(connection, city, before, rules), before),
        )

    def drifting(
        self, connection: Connection, city: City, on: date, rules: RuleSet | None
    ) -> Drifting | None:
        """Return how odds held week after week before a day, None where nothing was told."""
        if rules is None:
            return None
        return _of_all_told(
            *(self.weeks, connection, city, on),
            lambda before: drifting(attempts(connection, city, before, rules), before),
        )


def _of_all_told(
    kept: LastAsked[tuple[str, date], T],
    connection: Connection,
    city: City,
    on: date,
    make: Callable[[date], T],
) -> T | None:
    """Return what is made of all that was told before a day, anew only after another fact.

    It is made as of the day after the last of which anything was told; None where there is none.
    """
    last = _last_told(connection, city, on)
    if last is None:
        return None
    stamp, before = newest_fact(connection, city.name), last + timedelta(days=1)
    return kept.get((city.name, before), stamp, lambda: make(before))


def _last_told(connection: Connection, city: City, on: date) -> date | None:
    """Return the last day before one of which a result is told, within what is learned from."""
    zone = ZoneInfo(city.zone)
    query = select(func.max(outcome.at)).where(outcome.city == city.name, IN_FORCE)
    told: datetime | None = connection.scalar(query.where(outcome.at < _midnight(on, zone)))
    last = None if told is None else told.astimezone(zone).date()
    return last if last and (on - last).days <= LOOK_BACK_DAYS else None


def attempts(connection: Connection, city: City, before: date, rules: RuleSet) -> Iterator[Attempt]:
    """Yield the visits that were made in the days before one, as `learned_odds` takes them."""
    zone = ZoneInfo(city.zone)
    first = before - timedelta(days=LOOK_BACK_DAYS)
    kind_of = cache(lambda on: day_info(rules, on).kind)
    arrived = (
        select(mark.plan_id, mark.visit_id, func.min(mark.at).label("at"))
        .where(mark.city == city.name, mark.on >= first, mark.kind == MarkKind.ARRIVE)
        .group_by(mark.plan_id, mark.visit_id)
        .subquery()
    )
    hers = (
        select(
            case.borrower_id,
            func.max(case.employment).label("employment"),
            func.max(case.appointment_start).label("first"),
            func.max(case.appointment_end).label("end"),
        )
        .where(case.city == city.name)
        .where(or_(case.employment != "", case.appointment_start.is_not(None)))
        .group_by(case.borrower_id)
        .subquery()
    )
    query = (
        select(
            *(outcome.borrower_id, outcome.at, outcome.code, outcome.was_made, outcome.was_met),
            *(place.kind, place.windows, arrived.c.at, hers.c.employment),
            *(hers.c.first, hers.c.end),
        )
        .join(tables.place, (place.city == outcome.city) & (place.id == outcome.place_id))
        .outerjoin(
            arrived,
            (arrived.c.plan_id == outcome.plan_id) & (arrived.c.visit_id == outcome.borrower_id),
        )
        .outerjoin(hers, hers.c.borrower_id == outcome.borrower_id)
        .where(outcome.city == city.name, IN_FORCE)
        .where(outcome.at >= _midnight(first, zone), outcome.at < _midnight(before, zone))
    )
    for row in connection.execute(query):
        one = _attempt(tuple(row), zone, kind_of)
        if one is not None:
            yield one


def _attempt(row: tuple[Any, ...], zone: ZoneInfo, kind_of: Any) -> Attempt | None:
    # By position: a large book has tens of thousands of them, and names cost as much as the rest.
    who, at, code, was_made, was_met, kind, own, arrived, employment, first, end = row
    told = told_by(code, was_met=was_met) if was_made or code in ADDRESS_IS_WRONG else None
    if told is None:
        return None
    there = at.astimezone(zone)
    on = there.date()
    if arrived is not None and (came := arrived.astimezone(zone)).date() == on:
        there = came
    day: DayKind = kind_of(on)
    agreed = None if first is None or first >= end else Window(first, end)
    named = bool(own or agreed) and is_stated(own, agreed, there, zone)
    return Attempt(on, second_of(there), who, kind, employment or "", day, told, named)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(), zone)

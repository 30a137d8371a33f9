"""The days that lie ahead of a borrower, and whom a visit to her would be put beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from data import tables
from data.store.cities import get_city
from data.store.days import open_day
from data.store.drafts import newest_fact
from data.store.kept_figures import LOOKED_ON
from data.store.places import is_open
from data.store.planned import LIVE
from scheduler.ports import Ahead, DayAhead

case, event, plan = tables.loan_case.c, tables.event.c, tables.plan.c
A_DAY = timedelta(days=1)


def days_ahead(
    connection: Connection, city: str, borrower_id: str, first: date, count: int
) -> Ahead:
    """Return `count` days from `first` on with what is known of one borrower."""
    newest = newest_event(connection, city)
    days = [first + A_DAY * n for n in range(count)]
    plans, agreed = _plans(connection, city, days), _agreed(connection, city, days)
    facts = newest_fact(connection, city)
    found = (
        DayAhead(
            open_day(connection, city, on, [borrower_id]),
            plans[on][0] if on in plans else None,
            () if on in plans else tuple(sorted(agreed[on])),
            plans[on][1] if on in plans else 0,
        )
        for on in days
    )
    return Ahead(newest, tuple(found), facts)


def newest_event(connection: Connection, city: str) -> int:
    """Return the number of the last event that changed a city's book, 0 where none did."""
    changing = (event.city == city, event.kind.not_in(LOOKED_ON))
    query = select(event.id).where(*changing).order_by(event.id.desc()).limit(1)
    return connection.scalar(query) or 0


def _plans(connection: Connection, city: str, days: Sequence[date]) -> dict[date, tuple[int, int]]:
    """Return by day version and revision of the newest draft or published plan."""
    live = (plan.city == city, plan.on.in_(days), plan.state.in_(LIVE))
    query = select(plan.on, plan.version, plan.revision).where(*live).order_by(plan.version)
    return {on: (version, revision) for on, version, revision in connection.execute(query)}


def _agreed(connection: Connection, city: str, days: Sequence[date]) -> dict[date, set[str]]:
    """Return by day who has agreed to a visit on it."""
    zone = ZoneInfo(get_city(connection, city).zone)
    begin, end = (
        datetime.combine(on, time(), zone).astimezone(UTC) for on in (days[0], days[-1] + A_DAY)
    )
    within = (case.appointment_start >= begin, case.appointment_start < end)
    query = select(case.borrower_id, case.appointment_start).where(*is_open(city), *within)
    found: dict[date, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.appointment_start.astimezone(zone).date()].add(row.borrower_id)
    return found

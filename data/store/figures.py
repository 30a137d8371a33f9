"""What figures are made of, read from the book in a few queries over a span of days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, and_, func, select, true
from sqlalchemy import case as sql_case

from data import database, tables
from data.store.cities import get_city
from data.store.desk import Agencies, of_agencies
from data.store.figure_money import read_payments, read_promises
from data.store.figure_traits import TraitsOf, read_traits, start_of
from data.store.figure_trips import Told, read_trips, told_by_phones
from data.store.past import IN_FORCE
from data.store.payments import knows_payments
from scheduler.figures import Facts, MadeVisit, OpenCase, Prices, Span
from scheduler.lifecycle import ASKED, Detail
from scheduler.model import City, StopFlag

DAYS_TO_PAY = 14
LATE_AFTER = timedelta(hours=2)
"""A result that the book hears of later is an overdue check-in."""

outcome, case, borrower = tables.outcome.c, tables.loan_case.c, tables.borrower.c
DETAILS = {
    Detail.AMOUNT: outcome.amount,
    Detail.DUE: outcome.due,
    Detail.NEXT_TIME: outcome.suits_start,
}
IS_TOLD = sql_case(
    *(
        (outcome.code == code.value, and_(*(DETAILS[one].is_not(None) for one in asked)))
        for code, asked in ASKED.items()
    ),
    else_=true(),
)
"""Whether all is told that the result asks for."""

VISIT_COLUMNS = (
    *(outcome.key, outcome.borrower_id, outcome.place_id, outcome.plan_id, outcome.at),
    *(outcome.code, outcome.crew, outcome.was_made, outcome.was_met, IS_TOLD, outcome.recorded_at),
)
NO_STOPS: frozenset[StopFlag] = frozenset()


class FigureBook:
    """Reads a book for figures; `agencies` of each question are those whose work is seen."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def facts(
        self,
        city: str,
        span: Span,
        now: datetime,
        agencies: Agencies = None,
        days_to_pay: int = DAYS_TO_PAY,
    ) -> Facts:
        """Return all that figures of a span are made of, as of `now`.

        With `agencies`, a crew's day counts where all of its members are theirs.
        """
        with database.reading(self.engine) as connection:
            settings = get_city(connection, city)
            zone = ZoneInfo(settings.zone)
            traits = read_traits(connection, city, start_of(span.first, zone))
            seen = Span(span.first, span.last + timedelta(days=days_to_pay))
            today = now.astimezone(zone).date()
            is_known = knows_payments(connection, city)
            return Facts(
                span=span,
                today=today,
                prices=Prices(settings.travel_price_per_hour, settings.overtime_price_per_hour),
                visits=_visits(connection, settings, seen, traits, agencies),
                trips=read_trips(connection, city, span, traits, agencies),
                # Without payments nobody knows which promises were kept.
                promises=read_promises(connection, city, span, today, zone, traits, agencies)
                if is_known
                else (),
                payments=read_payments(connection, city, seen, zone, agencies),
                cases=_open_cases(connection, city, zone, traits, agencies),
                knows_payments=is_known,
                days_to_pay=days_to_pay,
            )


def _visits(
    connection: Connection, city: City, span: Span, traits: TraitsOf, agencies: Agencies
) -> list[MadeVisit]:
    zone = ZoneInfo(city.zone)
    first, end = start_of(span.first, zone), start_of(span.last + timedelta(days=1), zone)
    query = (
        select(*VISIT_COLUMNS)
        .where(outcome.city == city.name, outcome.at >= first, outcome.at < end, IN_FORCE)
        .order_by(outcome.at, outcome.key)
    )
    told = told_by_phones(connection, city.name, span)
    rows: Iterable[Row[Any]] = connection.execute(query)
    found = (_visit(row, zone, traits, told) for row in rows)
    return [one for one in found if agencies is None or one.traits.agency in agencies]


def _visit(row: Row[Any], zone: ZoneInfo, traits: TraitsOf, told: Told) -> MadeVisit:
    # By position: a hundred thousand rows are read at once, and names cost as much as the rest.
    key, who, place_id, plan_id, at, code, crew, was_made, was_met, is_told, heard_at = tuple(row)
    on = at.astimezone(zone).date()
    is_planned = plan_id is not None
    arrived, left = told.get((on, who), (None, None))
    is_checked = not is_planned or (arrived is not None and left is not None)
    return MadeVisit(
        key,
        who,
        at,
        on,
        traits.of_visit(who, place_id, crew),
        code,
        was_made,
        was_met,
        is_complete=is_checked and bool(is_told),
        is_late=(is_planned and arrived is None) or heard_at - at > LATE_AFTER,
    )


def _open_cases(
    connection: Connection, city: str, zone: ZoneInfo, traits: TraitsOf, agencies: Agencies
) -> list[OpenCase]:
    """Return the open cases that no stop keeps from being visited."""
    hers = and_(borrower.city == case.city, borrower.id == case.borrower_id)
    query = (
        select(case.id, case.borrower_id, case.days_past_due, case.visited_at)
        .join(tables.borrower, hers)
        .where(case.city == city, case.closed_at.is_(None), of_agencies(case.agency, agencies))
        .where(case.stops == NO_STOPS, borrower.stops == NO_STOPS)
    )
    visited = _last_visits(connection, city)
    found = []
    for id, who, days, told_at in connection.execute(query):
        last = later_of(visited.get(who), told_at)
        day = None if last is None else last.astimezone(zone).date()
        found.append(OpenCase(id, who, traits.of_case(id), days, day))
    return found


def _last_visits(connection: Connection, city: str) -> dict[str, datetime]:
    query = (
        select(outcome.borrower_id, func.max(outcome.at))
        .where(outcome.city == city, outcome.was_made, IN_FORCE)
        .group_by(outcome.borrower_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def later_of(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later of two instants, as far as they are known."""
    return one if other is None or (one is not None and one > other) else other

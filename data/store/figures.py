"""What figures are made of, read from the book in a few queries over a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, and_, func, select, true
from sqlalchemy import case as sql_case

from data import database, tables
from data.store.cities import get_city
from data.store.desk import Agencies
from data.store.figure_money import read_payments, read_promises
from data.store.figure_traits import CaseRow, TraitsOf, read_cases, read_traits, start_of
from data.store.figure_trips import Told, read_trips, told_by_phones
from data.store.past import IN_FORCE
from data.store.payments import knows_payments
from scheduler.figures import Facts, MadeVisit, OpenCase, Prices, Span
from scheduler.lifecycle import ASKED, Detail
from scheduler.model import City

DAYS_TO_PAY = 14
LATE_AFTER = timedelta(hours=2)
"""A result that the book hears of later is an overdue check-in."""

outcome = tables.outcome.c
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
AT_ONCE = 5_000
"""Rows that are fetched together: one by one takes longer, all of them more memory."""


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
            rows = read_cases(connection, city, start_of(span.first, zone), agencies)
            traits = read_traits(connection, city, rows)
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
                cases=_open_cases(rows, _last_visits(connection, city), traits, zone),
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
    rows: Iterable[Any] = chain.from_iterable(connection.execute(query).partitions(AT_ONCE))
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
    rows: Iterable[CaseRow], visited: Mapping[str, datetime], traits: TraitsOf, zone: ZoneInfo
) -> list[OpenCase]:
    """Return the open cases that no stop keeps from being visited."""
    found = []
    for id, who, _, _, days, told_at, may_be_visited in rows:
        if may_be_visited:
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
    return dict(connection.execute(query).all())


def later_of(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the later of two instants, as far as they are known."""
    return one if other is None or (one is not None and one > other) else other

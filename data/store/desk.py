"""What the desk asks about a day: counts, and the people of a plan.

`agencies` of each question are those whose work may be seen; None is all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select

from data import database, tables
from data.store import feeds
from data.store.places import is_open, open_borrowers
from data.store.rows import chunks, from_row, read, rows_of
from data.store.sight import Agencies as Agencies
from data.store.sight import of_agencies as of_agencies
from data.store.sight import sees
from routing.geocoding import LEAST_CONFIDENCE, Precision
from scheduler.feeds import Feeds
from scheduler.model import Borrower, City, Collector, Crew, Place, Shift
from scheduler.plan import Reason
from scheduler.ports import Event, PlanRecord, PlanStatus
from scheduler.reserve.asked import NO_RESERVE

case, place = tables.loan_case.c, tables.place.c
collector, shift, crew = tables.collector.c, tables.shift.c, tables.crew.c
plan, event = tables.plan.c, tables.event.c

UNLOGGED = ("user.logged_in", "user.logged_out", "borrower.shown")
"""Kinds of events that change nothing of a day."""

IS_USED = and_(place.is_valid, place.closed_at.is_(None))
IS_WAITING = and_(
    IS_USED, place.point_lat.is_(None), place.looked_up.is_distinct_from(place.address)
)
IS_ROUGH = or_(
    place.precision.in_([each for each in Precision if not each.is_plannable]),
    place.confidence < LEAST_CONFIDENCE,
)
IS_TO_CHECK = and_(
    IS_USED,
    IS_ROUGH,
    or_(place.point_lat.is_not(None), place.looked_up == place.address),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is for a day, in numbers.

    `waiting` are places that nobody has looked up yet, `to_check` those that were not found
    closely enough to send somebody.
    """

    cases: int
    collectors: int
    on_shift: int
    crews: int
    waiting: int
    to_check: int


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The borrowers, places and collectors of a plan, by id; those who may not be seen lack."""

    borrowers: dict[str, Borrower]
    places: dict[str, Place]
    collectors: dict[str, Collector]


class Desk:
    """Reads a book for the desk."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def feeds(self, city: City, now: datetime, agencies: Agencies) -> Feeds:
        """Return what is known of contacts, and how old the balances are."""
        with database.reading(self.engine) as connection:
            return feeds.feeds(connection, city, now, agencies)

    def standing(self, city: str, on: date, agencies: Agencies) -> Standing:
        """Count what there is for a day."""
        hers = of_agencies(place.agency, agencies), place.borrower_id.in_(open_borrowers(city))
        on_shift = (shift.city == city, shift.on == on)
        of_collector = select(collector.id).where(
            collector.city == city, of_agencies(collector.agency, agencies)
        )
        with database.reading(self.engine) as connection:

            def count(*where: ColumnElement[bool]) -> int:
                return connection.scalar(select(func.count()).where(*where)) or 0

            return Standing(
                cases=count(*is_open(city), of_agencies(case.agency, agencies)),
                collectors=count(collector.city == city, of_agencies(collector.agency, agencies)),
                on_shift=count(*on_shift, shift.collector_id.in_(of_collector)),
                crews=count(crew.city == city, crew.on == on),
                waiting=count(place.city == city, IS_WAITING, *hers),
                to_check=count(place.city == city, IS_TO_CHECK, *hers),
            )

    def to_check(self, city: str, agencies: Agencies) -> int:
        """Count the places that were not found closely enough to send somebody."""
        hers = of_agencies(place.agency, agencies), place.borrower_id.in_(open_borrowers(city))
        asked = select(func.count()).where(place.city == city, IS_TO_CHECK, *hers)
        with database.reading(self.engine) as connection:
            return connection.scalar(asked) or 0

    def next_shift(self, city: str, since: date) -> date | None:
        """Return the first day from `since` on which somebody works."""
        first = select(func.min(shift.on)).where(shift.city == city, shift.on >= since)
        with database.reading(self.engine) as connection:
            found: date | None = connection.scalar(first)
        return found

    def newest_plan(self, city: str, on: date) -> tuple[int, PlanStatus] | None:
        """Return the version of the day's newest plan, and what has become of it."""
        query = select(plan.version, plan.state).where(plan.city == city, plan.on == on)
        with database.reading(self.engine) as connection:
            row = connection.execute(query.order_by(plan.version.desc()).limit(1)).one_or_none()
        return None if row is None else (row.version, row.state)

    def newest_reserve(self, city: str, on: date) -> int:
        """Return the reserve of the day's newest plan; `NO_RESERVE` where there is none."""
        query = select(plan.reserve).where(plan.city == city, plan.on == on)
        with database.reading(self.engine) as connection:
            found = connection.scalar(query.order_by(plan.version.desc()).limit(1))
        return NO_RESERVE if found is None else found

    def newest_event(self, city: str) -> int:
        """Return the number of a city's newest event, 0 where there is none."""
        newest = select(event.id).where(event.city == city).order_by(event.id.desc()).limit(1)
        with database.reading(self.engine) as connection:
            return connection.scalar(newest) or 0

    def crews(
        self, city: str, on: date, agencies: Agencies
    ) -> tuple[list[Crew], list[Shift], dict[str, Collector]]:
        """Return the day's crews and shifts, and the collectors by id."""
        with database.reading(self.engine) as connection:
            people = _collectors(connection, city, agencies)
            formed = read(connection, tables.crew, Crew, crew.city == city, crew.on == on)
            shifts = read(connection, tables.shift, Shift, shift.city == city, shift.on == on)
        seen = [one for one in formed if people.keys() & set(one.members)]
        return seen, [one for one in shifts if one.collector_id in people], people

    def facts(self, record: PlanRecord, agencies: Agencies) -> PlanFacts:
        """Return who and what stands in a plan's itineraries, and who was taken off them."""
        new = record.content
        stops = [stop for trip in new.plan.itineraries for stop in trip.visits]
        targets = [new.targets[stop.id].borrower_id for stop in stops]
        targets += [one.visit_id for one in new.plan.left_out if one.reason is Reason.TAKEN_OFF]
        with database.reading(self.engine) as connection:
            seen = _case_ids(connection, new.city, sorted(set(targets)), agencies)
            ids = sorted({stop.place_id for stop in stops})
            places = rows_of(connection, tables.place, new.city, ids)
            return PlanFacts(
                borrowers=_borrowers(connection, new.city, sorted(seen)),
                places={r["id"]: from_row(Place, r) for r in places if r["borrower_id"] in seen},
                collectors=_collectors(connection, new.city, agencies),
            )

    def visible_cases(self, city: str, ids: Iterable[str], agencies: Agencies) -> frozenset[str]:
        """Return those of the contracts that may be seen."""
        if agencies is None:
            return frozenset(ids)
        whose = (case.city == city, of_agencies(case.agency, agencies))
        with database.reading(self.engine) as connection:
            return frozenset(
                id
                for some in chunks(sorted(set(ids)))
                for id in connection.scalars(select(case.id).where(*whose, case.id.in_(some)))
            )

    def log(self, city: City, on: date, before: int | None, limit: int) -> list[Event]:
        """Return what was done on a day, or to its plans, the newest first.

        `before` leaves out that event and all newer ones.
        """
        midnight = datetime.combine(on, time(), ZoneInfo(city.zone))
        that_day = and_(event.at >= midnight, event.at < midnight + timedelta(days=1))
        its_plans = event.subject.startswith(f"{city.name} {on}", autoescape=True)
        query = select(tables.event).where(event.city == city.name, or_(that_day, its_plans))
        query = query.where(event.kind.not_in(UNLOGGED))
        if before is not None:
            query = query.where(event.id < before)
        with database.reading(self.engine) as connection:
            rows = connection.execute(query.order_by(event.id.desc()).limit(limit)).mappings()
            return [from_row(Event, row) for row in rows]

    def words_on_plans(self, city: str, on: date) -> dict[tuple[str, str], str]:
        """Return what people wrote of a day's plans, by kind and subject of the event of it.

        An event repeats nothing that was written: it may hold names.
        """
        told = tables.plan.c
        query = select(told.version, told.note, told.reason).where(told.city == city, told.on == on)
        with database.reading(self.engine) as connection:
            rows = connection.execute(query).all()
        return {
            (kind, f"{city} {on} v{row.version}"): words
            for row in rows
            for kind, words in (("plan.published", row.note), ("plan.withdrawn", row.reason))
        }

    def overdue(self, city: str, case_ids: Iterable[str]) -> Decimal:
        """Return what is overdue of contracts, in the city's currency."""
        with database.reading(self.engine) as connection:
            rows = rows_of(connection, tables.loan_case, city, sorted(case_ids))
        return sum((row["overdue"] for row in rows), Decimal(0))


def _collectors(connection: Connection, city: str, agencies: Agencies) -> dict[str, Collector]:
    whose = (collector.city == city, of_agencies(collector.agency, agencies))
    return {one.id: one for one in read(connection, tables.collector, Collector, *whose)}


def _borrowers(connection: Connection, city: str, ids: Sequence[str]) -> dict[str, Borrower]:
    rows = rows_of(connection, tables.borrower, city, ids)
    return {row["id"]: from_row(Borrower, row) for row in rows}


def _case_ids(
    connection: Connection, city: str, borrower_ids: Sequence[str], agencies: Agencies
) -> dict[str, list[str]]:
    """Return the contracts of borrowers that may be seen, closed ones too."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(connection, tables.loan_case, city, borrower_ids, by="borrower_id"):
        if sees(agencies, row):
            found[row["borrower_id"]].append(row["id"])
    return found

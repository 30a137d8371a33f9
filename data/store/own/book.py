"""All that one collector may see of her own work, read from the book at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from data import database
from data.store.cities import get_city
from data.store.own.days import OwnDay, read_days
from data.store.own.promises import OwnPromise, read_promises
from data.store.own.visits import read_refused, read_visits
from data.store.payments import knows_payments
from data.store.rounds import Sight, agency_of
from scheduler.figures import Span, ToldPromise, Traits
from scheduler.figures.own import OwnFacts, OwnWeeks, monday, own_span, own_weeks

FORTNIGHT = timedelta(days=13)
NO_TRAITS = Traits()


@dataclass(frozen=True, slots=True)
class OwnWork:
    """Her promises, the days of this and next week, and her weeks.

    `knows_payments`: without, nobody knows which promises were kept.
    """

    today: date
    promises: list[OwnPromise]
    days: list[OwnDay]
    weeks: OwnWeeks
    knows_payments: bool


class OwnBook:
    """Reads a book for one collector, about herself."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def work(self, city: str, collector_id: str, actor: str, now: datetime) -> OwnWork:
        """Return what there is of her; `actor` is the name under which her records are kept."""
        with database.reading(self.engine) as connection:
            zone = ZoneInfo(get_city(connection, city).zone)
            today = now.astimezone(zone).date()
            promises = self.promises(connection, city, collector_id, today, zone)
            is_known = knows_payments(connection, city)
            span = own_span(today)
            facts = OwnFacts(
                visits=read_visits(connection, city, collector_id, span, zone),
                promises=[_told(one) for one in promises],
                refused=read_refused(connection, city, actor, span, zone),
                knows_payments=is_known,
            )
            fortnight = Span(monday(today), monday(today) + FORTNIGHT)
            days = read_days(connection, city, collector_id, fortnight)
            return OwnWork(today, promises, days, own_weeks(facts, today), is_known)

    def promise(self, city: str, collector_id: str, id: int, now: datetime) -> OwnPromise | None:
        """Return a promise that was given to her and that she may see, None where it is none."""
        with database.reading(self.engine) as connection:
            zone = ZoneInfo(get_city(connection, city).zone)
            today = now.astimezone(zone).date()
            hers = self.promises(connection, city, collector_id, today, zone)
        return next((one for one in hers if one.promise.id == id and one.borrower), None)

    def promises(
        self, connection: Connection, city: str, collector_id: str, today: date, zone: ZoneInfo
    ) -> list[OwnPromise]:
        """Return her promises that are due since the first of her weeks, and all open ones."""
        sight = Sight(agency_of(connection, city, collector_id), today)
        since = own_span(today).first
        return read_promises(connection, city, collector_id, since, today, zone, sight)


def _told(one: OwnPromise) -> ToldPromise:
    return ToldPromise(NO_TRAITS, one.promise.last_day, one.promise.status)

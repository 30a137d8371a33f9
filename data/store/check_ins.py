"""Where phones told that crews stood at places, and whose the places are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from data import database, tables
from data.store.cities import get_city
from data.store.desk import IS_USED, Agencies
from data.store.overrides import in_force, key_of
from data.store.past import IN_FORCE
from data.store.places import open_borrowers
from data.store.rows import Row, from_row, read, rows_of
from data.store.sight import of_agencies, sees
from routing.point import Point
from scheduler.doors import LOOK_BACK, CheckIn, KnownDoor, visits_by_place
from scheduler.model import Borrower, Collector, Place
from scheduler.plan import StopKind
from scheduler.ports import AddressOverride, MarkKind

MOST_CHECK_INS = 20_000
"""Read at once, the newest: a hundred crews' work of three weeks, or ten crews' of half a year."""

place, case, outcome = tables.place.c, tables.loan_case.c, tables.outcome.c
mark, stop, dismissal = tables.visit_mark.c, tables.stop.c, tables.door_dismissal.c
collector = tables.collector.c


@dataclass(frozen=True, slots=True)
class DoorPlace:
    """A place whose door may be elsewhere, whose it is, and what was decided of its address."""

    place: Place
    borrower: Borrower
    case_ids: tuple[str, ...]
    decided: AddressOverride | None


class CheckIns:
    """Reads a book for what is learned of doors; `agencies` are those whose places are seen."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def doors(self, city: str, on: date, agencies: Agencies) -> list[KnownDoor]:
        """Return the places in use of which phones have told in the half year before `on`.

        Those without an address are known by their coordinates alone, and cannot be elsewhere.
        """
        with database.reading(self.engine) as connection:
            told = _told(connection, city, on - LOOK_BACK, agencies)
            visits = visits_by_place(told, _offices(connection, city))
            turned_down = select(dismissal.place_id, dismissal.seen_until)
            seen = connection.execute(turned_down.where(dismissal.city == city))
            seen_until: dict[str, datetime] = {row.place_id: row.seen_until for row in seen}
            rows = rows_of(connection, tables.place, city, sorted(visits))
        return [
            KnownDoor(id, Point(row["point_lat"], row["point_lon"]), visits[id], seen_until.get(id))
            for row in rows
            if (id := row["id"]) and key_of(row["address"])
        ]

    def places(self, city: str, ids: Collection[str], agencies: Agencies) -> dict[str, DoorPlace]:
        """Return places with whose they are, by their ids."""
        with database.reading(self.engine) as connection:
            found = rows_of(connection, tables.place, city, sorted(ids))
            who = sorted({row["borrower_id"] for row in found})
            names = rows_of(connection, tables.borrower, city, who)
            cases = rows_of(connection, tables.loan_case, city, who, by="borrower_id")
            decided = in_force(connection, city)
        borrowers = {row["id"]: from_row(Borrower, row) for row in names}
        contracts = _open_contracts(cases, agencies)
        rows = [row for row in found if agencies is None or row["borrower_id"] in contracts]
        return {
            row["id"]: DoorPlace(
                from_row(Place, row),
                borrowers[row["borrower_id"]],
                tuple(contracts[row["borrower_id"]]),
                decided.get(key_of(row["address"])),
            )
            for row in rows
        }


def _told(connection: Connection, city: str, since: date, agencies: Agencies) -> list[CheckIn]:
    """Return the newest check-ins at open places, with what came of their visits."""
    whose = (of_agencies(place.agency, agencies),)
    query = (
        select(tables.visit_mark, stop.place_id)
        .join(tables.stop, (stop.plan_id == mark.plan_id) & (stop.id == mark.visit_id))
        .join(tables.place, (place.city == mark.city) & (place.id == stop.place_id))
        .where(mark.city == city, mark.on >= since, mark.stood_lat.is_not(None))
        .where(mark.kind.in_([MarkKind.ARRIVE, MarkKind.LEAVE]), stop.kind == StopKind.VISIT)
        .where(IS_USED, place.point_lat.is_not(None), *whose)
        .where(place.borrower_id.in_(open_borrowers(city)))
        .order_by(mark.at.desc(), mark.key)
        .limit(MOST_CHECK_INS)
    )
    rows = connection.execute(query).mappings().all()
    codes = _codes(connection, city, since)
    once = {(row["key"], row["place_id"]): row for row in rows}  # two crews may share a visit
    return [_check_in(row, codes.get((row["place_id"], row["on"]), "")) for row in once.values()]


def _check_in(row: Row, code: str) -> CheckIn:
    return CheckIn(
        place_id=row["place_id"],
        on=row["on"],
        crew=row["crew"],
        told_by=row["recorded_by"],
        at=row["at"],
        stood=Point(row["stood_lat"], row["stood_lon"]),
        accuracy_m=row["accuracy_m"],
        code=code,
    )


def _codes(connection: Connection, city: str, since: date) -> dict[tuple[str, date], str]:
    """Return what came of the visits to a place on a day, as it was told last."""
    zone = ZoneInfo(get_city(connection, city).zone)
    query = (
        select(outcome.place_id, outcome.at, outcome.code)
        .where(outcome.city == city, outcome.at >= datetime.combine(since, time(), zone), IN_FORCE)
        .order_by(outcome.recorded_at, outcome.key)
    )
    rows = connection.execute(query)
    return {(row.place_id, row.at.astimezone(zone).date()): row.code for row in rows}


def _offices(connection: Connection, city: str) -> dict[str, tuple[Point, Point]]:
    people = read(connection, tables.collector, Collector, collector.city == city)
    return {one.id: (one.start, one.end) for one in people}


def _open_contracts(rows: Iterable[Row], agencies: Agencies) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["closed_at"] is None and sees(agencies, row):
            found[row["borrower_id"]].append(row["id"])
    return found

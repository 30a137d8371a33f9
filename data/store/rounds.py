"""What a collector's phone asks: her own published round of a day, and how far it has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, Row, select, tuple_

from data import database, tables
from data.store.cities import get_city
from data.store.days import open_day
from data.store.past import IN_FORCE
from data.store.rows import from_row, rows_of
from data.store.sight import is_now
from data.store.suspended import open_suspensions
from scheduler.day import Day
from scheduler.model import Borrower, Case, Crew, Place
from scheduler.plan import StopKind
from scheduler.ports import Mark, Outcome, PlanStatus
from scheduler.suspending import Suspension

plan, stop, itinerary = tables.plan.c, tables.stop.c, tables.itinerary.c
outcome, mark = tables.outcome.c, tables.visit_mark.c

Found = Row[Any]


@dataclass(frozen=True, slots=True)
class RoundStop:
    """A visit or a break of a round; visits count from 1, a break is 0.

    `cases` are those of the visit that are still open, `standing` is what keeps it from being made.
    """

    number: int
    kind: StopKind
    id: str
    starts_at: datetime
    ends_at: datetime
    borrower: Borrower | None = None
    place: Place | None = None
    cases: tuple[Case, ...] = ()
    standing: Suspension | None = None
    arrives_at: datetime | None = None

    @property
    def is_visit(self) -> bool:
        return self.kind is StopKind.VISIT

    @property
    def is_suspended(self) -> bool:
        """Whether it may not be begun; one that had begun is only flagged."""
        return self.standing is not None and not self.standing.was_begun


@dataclass(frozen=True, slots=True)
class Round:
    """The day of a crew as a published plan has it. `names` are the members', in their order."""

    plan_id: int
    version: int
    is_current: bool
    on: date
    crew: Crew
    names: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    stops: tuple[RoundStop, ...]

    @property
    def visits(self) -> tuple[RoundStop, ...]:
        return tuple(stop for stop in self.stops if stop.is_visit)


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been told of a round: marks of its crew, and each borrower's newest outcome.

    `known` are the ids of the plans that the person who asks has begun or accepted.
    """

    marks: tuple[Mark, ...]
    outcomes: dict[str, Outcome]
    known: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sight:
    """Which cases a collector sees: her agency's; with `as_of` those that it may work that day."""

    agency: str | None
    as_of: date | None

    def has(self, case: Mapping[Any, Any]) -> bool:
        """Whether a row of `loan_case` may be seen."""
        is_due = self.as_of is None or is_now(case, self.as_of)
        return bool(case["agency"] == self.agency) and is_due


@dataclass(frozen=True, slots=True)
class Facts:
    """Who and what stands in a round, by id; open cases by borrower, suspensions by visit."""

    borrowers: dict[str, Borrower]
    places: dict[str, Place]
    cases: dict[str, list[Case]]
    standing: dict[str, Suspension]


class Rounds:
    """Reads a book for the phone: of one collector, never of another."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def round(
        self,
        city: str,
        on: date,
        collector_id: str,
        version: int | None = None,
        *,
        as_of: date | None = None,
    ) -> Round | None:
        """Return her round in the published plan, or in a version that was published once.

        A visit for cases that are none of her agency's any more tells neither who nor where; with
        `as_of`, neither does one for cases that it may not work on that day.
        """
        with database.reading(self.engine) as connection:
            for row in _published(connection, city, on):
                is_asked = row.version == version or (version is None and _is_current(row))
                crew = _crew_of(row, collector_id)
                if is_asked and crew:
                    sight = Sight(agency_of(connection, city, collector_id), as_of)
                    return _read_round(connection, city, on, row, crew, sight)
        return None

    def versions(self, city: str, on: date, collector_id: str) -> list[tuple[int, int]]:
        """Return plan id and version of each published plan that has her, the newest first."""
        with database.reading(self.engine) as connection:
            rows = _published(connection, city, on)
            return [(row.id, row.version) for row in rows if _crew_of(row, collector_id)]

    def anybody(self, city: str, on: date) -> str | None:
        """Return a collector who has a round in the published plan; None where nobody has."""
        with database.reading(self.engine) as connection:
            for row in filter(_is_current, _published(connection, city, on)):
                of_plan = select(itinerary.crew_id).where(itinerary.plan_id == row.id)
                out = frozenset(connection.scalars(of_plan))
                return next((crew.members[0] for crew in row.crews if crew.id in out), None)
        return None

    def visited(self, city: str, on: date, collector_id: str) -> frozenset[str]:
        """Return whom her rounds of a day visit, in every plan that was ever published."""
        with database.reading(self.engine) as connection:
            crews = [
                (row.id, crew.id)
                for row in _published(connection, city, on)
                if (crew := _crew_of(row, collector_id))
            ]
            hers = tuple_(stop.plan_id, stop.crew_id).in_(crews)
            query = select(stop.borrower_id).where(hers, stop.borrower_id.is_not(None))
            return frozenset(connection.scalars(query))

    def taken_back(self, city: str, on: date, collector_id: str) -> bool:
        """Whether the newest plan that has her was taken back, and none has come since."""
        with database.reading(self.engine) as connection:
            rows = _published(connection, city, on)
        hers = next((row for row in rows if _crew_of(row, collector_id)), None)
        is_out = any(_is_current(row) for row in rows)
        return hers is not None and hers.state is PlanStatus.WITHDRAWN and not is_out

    def next_day(self, city: str, after: date, collector_id: str) -> date | None:
        """Return the next day with a published plan that has her."""
        query = select(plan.on, plan.crews).where(
            plan.city == city, plan.on > after, plan.state == PlanStatus.PUBLISHED
        )
        with database.reading(self.engine) as connection:
            rows: Iterable[Found] = connection.execute(query.order_by(plan.on))
            return next((row.on for row in rows if _crew_of(row, collector_id)), None)

    def progress(self, city: str, round_: Round, user: str) -> Progress:
        """Return how far a round has come."""
        of_day = (mark.city == city, mark.on == round_.on)
        with database.reading(self.engine) as connection:
            hers = select(tables.visit_mark).where(*of_day, mark.crew == round_.crew.members)
            marks = connection.execute(hers.order_by(mark.at, mark.key)).mappings().all()
            seen = select(mark.plan_id).where(*of_day, mark.recorded_by == user)
            return Progress(
                tuple(from_row(Mark, row) for row in marks),
                _outcomes(connection, city, round_),
                frozenset(connection.scalars(seen)),
            )

    def day_of(self, city: str, on: date, borrower_id: str) -> Day:
        """Return what is known of one borrower on a day, as `Store.open_day` does of all."""
        with database.reading(self.engine) as connection:
            return open_day(connection, city, on, [borrower_id])


def _published(connection: Connection, city: str, on: date) -> list[Found]:
    """Return the plans of a day that are or were published, the newest first."""
    query = (
        select(plan.id, plan.version, plan.state, plan.crews)
        .where(plan.city == city, plan.on == on, plan.published_at.is_not(None))
        .order_by(plan.version.desc())
    )
    return list(connection.execute(query))


def _is_current(row: Found) -> bool:
    return bool(row.state is PlanStatus.PUBLISHED)


def _crew_of(row: Found, collector_id: str) -> Crew | None:
    return next((crew for crew in row.crews if collector_id in crew.members), None)


def _read_round(
    connection: Connection, city: str, on: date, row: Found, crew: Crew, sight: Sight
) -> Round | None:
    of_crew = (itinerary.plan_id == row.id, itinerary.crew_id == crew.id)
    trip = connection.execute(select(tables.itinerary).where(*of_crew)).one_or_none()
    if trip is None:
        return None
    return Round(
        plan_id=row.id,
        version=row.version,
        is_current=_is_current(row),
        on=on,
        crew=crew,
        names=_names(connection, city, crew.members),
        starts_at=trip.starts_at,
        ends_at=trip.ends_at,
        stops=_stops(connection, city, row.id, crew.id, sight),
    )


def _names(connection: Connection, city: str, members: tuple[str, ...]) -> tuple[str, ...]:
    rows = rows_of(connection, tables.collector, city, members)
    names = {row["id"]: row["name"] for row in rows}
    return tuple(names.get(member, member) for member in members)


def _stops(
    connection: Connection, city: str, plan_id: int, crew_id: str, sight: Sight
) -> tuple[RoundStop, ...]:
    query = select(tables.stop).where(stop.plan_id == plan_id, stop.crew_id == crew_id)
    rows = connection.execute(query.order_by(stop.position)).all()
    over = _over(connection, city, rows, sight)
    seen = [row for row in rows if row.borrower_id not in over]
    who = sorted({row.borrower_id for row in seen if row.borrower_id is not None})
    where = sorted({row.place_id for row in seen if row.place_id})
    borrowers = rows_of(connection, tables.borrower, city, who)
    places = rows_of(connection, tables.place, city, where)
    facts = Facts(
        {row["id"]: from_row(Borrower, row) for row in borrowers},
        {row["id"]: from_row(Place, row) for row in places},
        _open_cases(connection, city, who, sight),
        {each.visit_id: each for each in open_suspensions(connection, [plan_id])},
    )
    numbers = count(1)
    return tuple(
        _stop(row, facts, next(numbers) if row.kind is StopKind.VISIT else 0) for row in rows
    )


def _over(connection: Connection, city: str, rows: Sequence[Found], sight: Sight) -> frozenset[str]:
    """Return the borrowers of a round none of whose visited cases she may see."""
    ids = sorted({id for row in rows for id in row.case_ids or ()})
    cases = rows_of(connection, tables.loan_case, city, ids)
    hers = {row["borrower_id"] for row in cases if sight.has(row)}
    return frozenset(row["borrower_id"] for row in cases) - hers


def agency_of(connection: Connection, city: str, collector_id: str) -> str | None:
    """Return a collector's agency; '' is the lender's own staff, None where she is not there."""
    its = tables.collector.c
    query = select(its.agency).where(its.city == city, its.id == collector_id)
    return connection.scalar(query)


def _stop(row: Found, facts: Facts, number: int) -> RoundStop:
    return RoundStop(
        number=number,
        kind=row.kind,
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        borrower=facts.borrowers.get(row.borrower_id),
        place=facts.places.get(row.place_id),
        cases=tuple(one for one in facts.cases.get(row.borrower_id, ()) if one.id in row.case_ids)
        if row.borrower_id is not None
        else (),
        standing=facts.standing.get(row.id) if row.kind is StopKind.VISIT else None,
        arrives_at=row.arrives_at,
    )


def _open_cases(
    connection: Connection, city: str, who: list[str], sight: Sight
) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for row in rows_of(connection, tables.loan_case, city, who, by="borrower_id"):
        if row["closed_at"] is None and sight.has(row):
            found[row["borrower_id"]].append(from_row(Case, row))
    return found


def _outcomes(connection: Connection, city: str, round_: Round) -> dict[str, Outcome]:
    """Return the newest outcome of that day of each borrower of the round."""
    zone = ZoneInfo(get_city(connection, city).zone)
    midnight = datetime.combine(round_.on, time(), zone)
    of_day = (outcome.at >= midnight, outcome.at < midnight + timedelta(days=1))
    who = [one.borrower.id for one in round_.visits if one.borrower]
    query = select(tables.outcome).where(outcome.city == city, outcome.borrower_id.in_(who))
    rows = connection.execute(
        query.where(*of_day, IN_FORCE).order_by(outcome.recorded_at)
    ).mappings()
    return {row["borrower_id"]: from_row(Outcome, row) for row in rows}

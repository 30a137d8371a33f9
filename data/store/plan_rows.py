"""Between a plan in seconds of its clock and its rows, which hold instants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from data import tables
from data.store.rows import Row, from_row, to_row
from data.store.suspended import open_suspensions
from scheduler.plan import Itinerary, LeftOut, Plan, Stop, StopKind
from scheduler.ports import By, NewPlan, PlanRecord, Target

HEAD = (
    *("city", "agency", "on", "origin", "cost", "crews"),
    *("engine", "status", "seed", "profile", "rules_version", "policy_version", "locks", "odds"),
    "reserve",
)
"""The fields of a NewPlan that are columns of its row."""


def clock(origin: datetime) -> Callable[[int], datetime]:
    """Return what makes instants of the plan's seconds."""
    start = origin.astimezone(UTC)  # sums of local time would err on the day the clocks change
    return lambda second: start + timedelta(seconds=second)


def itinerary_rows(record: PlanRecord) -> Iterator[Row]:
    """Yield a row per crew's day."""
    for position, trip in enumerate(record.content.plan.itineraries):
        yield itinerary_row(record, trip, position)


def itinerary_row(record: PlanRecord, trip: Itinerary, position: int) -> Row:
    """Return the row of a crew's day."""
    at = clock(record.content.origin)
    return {
        "plan_id": record.id,
        "crew_id": trip.crew_id,
        "position": position,
        "starts_at": at(trip.start_s),
        "ends_at": at(trip.end_s),
    }


def stop_rows(record: PlanRecord) -> Iterator[Row]:
    """Yield a row per visit and break, with whom a visit is to and where."""
    for trip in record.content.plan.itineraries:
        yield from stop_rows_of(record, trip)


def stop_rows_of(record: PlanRecord, trip: Itinerary) -> Iterator[Row]:
    """Yield the rows of a crew's day."""
    at = clock(record.content.origin)
    for position, stop in enumerate(trip.stops):
        is_visit = stop.kind is StopKind.VISIT
        target = record.content.targets.get(stop.id) if is_visit else None
        yield {
            "plan_id": record.id,
            "crew_id": trip.crew_id,
            "position": position,
            "kind": stop.kind,
            "id": stop.id,
            "option": stop.option,
            "arrives_at": at(stop.arrival_s),
            "starts_at": at(stop.start_s),
            "ends_at": at(stop.end_s),
            "borrower_id": target and target.borrower_id,
            "place_id": stop.place_id,
            "case_ids": target and target.case_ids,
        }


def left_out_rows(record: PlanRecord) -> Iterator[Row]:
    """Yield a row per visit that is not in the plan."""
    for position, out in enumerate(record.content.plan.left_out):
        yield left_out_row(record, out, position)


def left_out_row(record: PlanRecord, out: LeftOut, position: int) -> Row:
    """Return the row of a visit that is not in the plan."""
    return to_row(out, plan_id=record.id, position=position)


def read_plans(connection: Connection, *where: ColumnElement[bool]) -> list[PlanRecord]:
    """Return the plans that fit, the oldest version first."""
    query = select(tables.plan).where(*where).order_by(tables.plan.c.version)
    heads = connection.execute(query).mappings().all()
    ids = [head["id"] for head in heads]
    trips = by_plan(connection, tables.itinerary, ids)
    stops = by_plan(connection, tables.stop, ids)
    left_out = by_plan(connection, tables.left_out, ids)
    plans = (
        record(head, *(rows[head["id"]] for rows in (trips, stops, left_out))) for head in heads
    )
    standing = open_suspensions(connection, ids)
    return [
        replace(plan, standing=tuple(one for one in standing if one.plan_id == plan.id))
        for plan in plans
    ]


def by_plan(connection: Connection, table: Table, ids: list[int]) -> dict[int, list[Row]]:
    """Return a table's rows by plan, in their order."""
    found: dict[int, list[Row]] = defaultdict(list)
    query = select(table).where(table.c.plan_id.in_(ids)).order_by(table.c.position)
    for row in connection.execute(query).mappings():
        found[row["plan_id"]].append(row)
    return found


def record(head: Row, trips: list[Row], stops: list[Row], left_out: list[Row]) -> PlanRecord:
    """Make a plan of its rows."""
    origin = head["origin"]
    of_crew: dict[str, list[Stop]] = defaultdict(list)
    targets = {}
    for row in stops:
        of_crew[row["crew_id"]].append(stop_of(row, origin))
        if row["borrower_id"] is not None:
            targets[row["id"]] = from_row(Target, row)
    itineraries = tuple(
        Itinerary(
            row["crew_id"],
            second(row["starts_at"], origin),
            second(row["ends_at"], origin),
            tuple(of_crew[row["crew_id"]]),
        )
        for row in trips
    )
    plan = Plan(itineraries, tuple(from_row(LeftOut, row) for row in left_out))
    told: dict[str, Any] = {name: head[name] for name in HEAD}
    return PlanRecord(
        head["id"],
        head["version"],
        head["state"],
        By(head["made_by"], head["made_at"]),
        NewPlan(plan=plan, targets=targets, **told),
        By(head["published_by"], head["published_at"]) if head["published_at"] else None,
        head["note"],
        revision=head["revision"],
        based_on=head["based_on"],
        reason=head["reason"],
        job=head["job"],
    )


def stop_of(row: Row, origin: datetime) -> Stop:
    """Make a stop of its row."""
    arrival, start, end = (second(row[n], origin) for n in ("arrives_at", "starts_at", "ends_at"))
    return Stop(row["kind"], row["id"], arrival, start, end, row["option"], row["place_id"])


def second(instant: datetime, origin: datetime) -> int:
    """Return the whole seconds from the origin to `instant`; both are UTC."""
    return round((instant - origin).total_seconds())

"""What each planned visit stood on: kept when its plan is added and published, never changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from data import tables
from data.plain import reader, to_json, to_plain
from data.store.events import Transaction
from data.store.plan_rows import clock
from data.store.rows import chunks
from routing.point import Point
from scheduler.grounds import Grounds, KeptGrounds, KeptRule, Stage, grounds_of
from scheduler.model import Crew
from scheduler.plan import Stop
from scheduler.ports import PlanRecord
from scheduler.suspending import Judge, Planned

kept = tables.visit_grounds.c
texts = tables.kept_rules.c

read_rules = reader(tuple[KeptRule, ...])


def keep(tx: Transaction, judge: Judge, record: PlanRecord, stage: Stage) -> None:
    """Keep what every visit of a plan stands on, by the facts of a judge who knows them all."""
    found = [grounds_of(judge, visit) for visit in planned_visits(record)]
    if not found:
        return
    rules = judge.rules
    digests = _keep_rules(tx.connection, found)
    head = {
        "plan_id": record.id,
        "stage": stage,
        "revision": record.revision,
        "at": tx.by.at,
        "profile": rules.profile if rules else "",
        "rules_version": rules.version if rules else "",
    }
    rows = [head | _row(one, digest) for one, digest in zip(found, digests, strict=True)]
    tx.connection.execute(insert(tables.visit_grounds), rows)


def planned_visits(record: PlanRecord) -> Iterator[Planned]:
    """Yield the visits of a plan that say to whom they are; two crews at a door make one."""
    at = clock(record.content.origin)
    crews = {crew.id: crew for crew in record.content.crews}
    doors: dict[str, list[tuple[Stop, Crew | None]]] = defaultdict(list)
    for trip in record.content.plan.itineraries:
        for stop in trip.visits:
            doors[stop.id].append((stop, crews.get(trip.crew_id)))
    for id, there in doors.items():
        if target := record.content.targets.get(id):
            start = min(stop.start_s for stop, _ in there)
            end = max(stop.end_s for stop, _ in there)
            who = tuple(crew for _, crew in there if crew)
            place_id = there[0][0].place_id
            yield Planned(id, target.borrower_id, place_id, at(start), at(end), who)


def _keep_rules(connection: Connection, found: Sequence[Grounds]) -> list[str]:
    """Keep each list of rules once, and return the checksum of each one's."""
    written = [to_json(to_plain(one.rules)) for one in found]
    digests = {text: hashlib.sha256(text.encode()).hexdigest() for text in set(written)}
    rows = [{"digest": digest, "rules": text} for text, digest in digests.items()]
    rows.sort(key=lambda row: row["digest"])  # writers of two cities wait for each other in turn
    add = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(add(tables.kept_rules).on_conflict_do_nothing(), rows)
    return [digests[text] for text in written]


def _row(one: Grounds, digest: str) -> dict[str, Any]:
    return {
        "visit_id": one.visit_id,
        "borrower_id": one.borrower_id,
        "rules": digest,
        "facts": one.facts,
        "point_lat": one.point and one.point.lat,
        "point_lon": one.point and one.point.lon,
    }


def planned_points(
    connection: Connection, plan_ids: Sequence[int], only: Collection[str]
) -> Mapping[tuple[int, str], Point]:
    """Return where the places of visits to `only` those were when they were planned, or edited."""
    columns = (kept.plan_id, kept.visit_id, kept.point_lat, kept.point_lon)
    was_planned = (kept.plan_id.in_(plan_ids), kept.stage != Stage.PUBLISHED)
    return {
        (row.plan_id, row.visit_id): Point(row.point_lat, row.point_lon)
        for some in chunks(sorted(only))
        for row in connection.execute(
            select(*columns)
            .where(*was_planned, kept.point_lat.is_not(None), kept.borrower_id.in_(some))
            .order_by(kept.revision)  # what was edited last comes last, and stays
        )
    }


def of_visit(connection: Connection, plan_id: int, borrower_id: str) -> list[KeptGrounds]:
    """Return what the visit to a borrower stood on: as planned, as edited, then as published.

    None where the plan does not visit her, or was made before grounds were kept.
    """
    query = (
        select(tables.visit_grounds, texts.rules.label("text"))
        .join(tables.kept_rules, texts.digest == kept.rules)
        .where(kept.plan_id == plan_id, kept.borrower_id == borrower_id)
        .order_by(kept.revision, kept.stage)
    )
    return [_kept(row) for row in connection.execute(query)]


def _kept(row: Row[Any]) -> KeptGrounds:
    point = None if row.point_lat is None else Point(row.point_lat, row.point_lon)
    rules = read_rules(json.loads(row.text))
    grounds = Grounds(row.visit_id, row.borrower_id, rules, row.facts, point)
    return KeptGrounds(row.stage, row.at, row.profile, row.rules_version, grounds)

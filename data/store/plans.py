"""The versions of a day's plan, and which of them is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from data import tables
from data.plain import to_plain
from data.store.cities import get_city, know_agencies
from data.store.events import Transaction
from data.store.plan_rows import HEAD, itinerary_rows, left_out_rows, read_plans, stop_rows
from scheduler.editing.parting import in_order
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import NewPlan, PlanRecord, PlanStatus

plan = tables.plan.c


def add_plan(
    tx: Transaction, new: NewPlan, based_on: int | None = None, job: int | None = None
) -> PlanRecord:
    """Keep a plan as a draft, the next version of its day; `based_on` is the one it came from."""
    know_agencies(tx, new.city, {new.agency})
    new = replace(new, locks=in_order(new.locks))
    last = select(func.max(plan.version)).where(plan.city == new.city, plan.on == new.on)
    version = (tx.connection.scalar(last) or 0) + 1
    row = {name: getattr(new, name) for name in HEAD}
    row |= {"version": version, "state": PlanStatus.DRAFT, "note": "", "based_on": based_on}
    row |= {"job": job}
    row |= {"made_by": tx.by.actor, "made_at": tx.by.at}
    id = tx.connection.execute(insert(tables.plan).values(row).returning(plan.id)).scalar_one()
    record = PlanRecord(id, version, PlanStatus.DRAFT, tx.by, new, based_on=based_on, job=job)
    for table, rows in (
        (tables.itinerary, list(itinerary_rows(record))),
        (tables.stop, list(stop_rows(record))),
        (tables.left_out, list(left_out_rows(record))),
    ):
        if rows:
            tx.connection.execute(insert(table), rows)
    note(tx, "plan.added", record, after=summary(new))
    return record


def summary(new: NewPlan) -> dict[str, Any]:
    """Say in an event what a plan is; the plan itself stands in its tables."""
    told = ("engine", "status", "seed", "profile", "rules_version", "policy_version", "cost")
    counts = {"visits": len(new.plan.served), "left_out": len(new.plan.left_out)}
    return {name: to_plain(getattr(new, name)) for name in told} | counts


def publish(tx: Transaction, plan_id: int, remark: str) -> PlanRecord:
    """Publish a draft; an earlier published plan of the day is superseded.

    Raises
    ------
    ConflictError
        Where the plan is no draft, or a newer version is published already.
    """
    draft = lock_plan(tx.connection, plan_id)
    new = draft.content
    name = f"version {draft.version} of {new.city} on {new.on}"
    if draft.state is not PlanStatus.DRAFT:
        raise ConflictError(f"{name} is {draft.state}, not a draft: make a new plan")
    same_day = (plan.city == new.city, plan.on == new.on, plan.agency == new.agency)
    for earlier in read_plans(tx.connection, *same_day, plan.state == PlanStatus.PUBLISHED):
        if earlier.version > draft.version:
            raise ConflictError(
                f"{name} is older than version {earlier.version}, which is published already: "
                "make a new plan"
            )
        set_state(tx, earlier, PlanStatus.SUPERSEDED)
    published = {"published_by": tx.by.actor, "published_at": tx.by.at, "note": remark}
    set_state(tx, draft, PlanStatus.PUBLISHED, **published)
    return replace(draft, state=PlanStatus.PUBLISHED, published=tx.by, note=remark)


def withdraw(tx: Transaction, plan_id: int, reason: str) -> PlanRecord:
    """Take a published plan back: from now on nobody is sent by it.

    Raises
    ------
    ConflictError
        Where the plan is not published, or no reason is given.
    """
    record = lock_plan(tx.connection, plan_id)
    name = f"version {record.version} of {record.content.city} on {record.content.on}"
    if record.state is not PlanStatus.PUBLISHED:
        raise ConflictError(f"{name} is {record.state}, and only what is published is taken back")
    if not reason.strip():
        raise ConflictError(f"{name} is taken back with a reason alone: say why")
    set_state(tx, record, PlanStatus.WITHDRAWN, reason=reason.strip())
    return replace(record, state=PlanStatus.WITHDRAWN, reason=reason.strip())


def lock_plan(connection: Connection, plan_id: int) -> PlanRecord:
    """Return a plan; other writers of its city wait until this transaction ends."""
    city = connection.scalar(select(plan.city).where(plan.id == plan_id))
    if city is None:
        raise NotFoundError(f"there is no plan {plan_id}")
    get_city(connection, city, lock=True)
    return read_plans(connection, plan.id == plan_id)[0]


def set_state(tx: Transaction, record: PlanRecord, state: PlanStatus, **more: Any) -> None:
    """Move a plan to another state, with its event; what people wrote of it stays with the plan."""
    its_row = update(tables.plan).where(plan.id == record.id)
    tx.connection.execute(its_row.values(state=state, **more))
    note(tx, f"plan.{state}", record, {"state": record.state.value}, {"state": state.value})


def note(
    tx: Transaction,
    kind: str,
    record: PlanRecord,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add an event of a plan."""
    new = record.content
    subject = f"{new.city} {new.on} v{record.version}"
    tx.note(kind, subject, city=new.city, agency=new.agency, before=before, after=after)


def get_plan(connection: Connection, city: str, on: date, version: int | None) -> PlanRecord:
    """Return a version of the day's plan, the newest by default; NotFoundError if none."""
    of_day = select(plan.version, plan.id).where(plan.city == city, plan.on == on)
    ids = {row.version: row.id for row in connection.execute(of_day)}
    if not ids:
        raise NotFoundError(f"there is no plan of {city} on {on} yet: make one first")
    wanted = max(ids) if version is None else version
    if wanted not in ids:
        there = ", ".join(map(str, sorted(ids)))
        raise NotFoundError(f"{city} on {on} has no version {version}; there are: {there}")
    return read_plans(connection, plan.id == ids[wanted])[0]


def list_plans(connection: Connection, city: str, on: date) -> list[PlanRecord]:
    """Return all versions of the day's plan, the oldest first."""
    return read_plans(connection, plan.city == city, plan.on == on)

"""After every event: which planned visits may not be made any more, and which may again.

`judge_anew` ends each writing transaction. It judges the visits that its events may matter to, by
the facts as they stand in the transaction, and keeps what has changed in the same one. What the
visits of a new or published plan stand on is kept by the same facts.

Two writers of a city judge one after the other: each holds the city's row from before it judges
until it commits, so that the second sees what the first has written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from data import tables
from data.store import grounds
from data.store.cities import locked_city
from data.store.events import Transaction
from data.store.judged_days import JudgedDays
from data.store.planned import Future, future_visits, planned_borrowers
from data.store.profile_rules import rules_of
from data.store.suspended import open_suspensions
from data.store.touched import NO_MATTER, Touched, touched
from scheduler.model import City
from scheduler.ports import Event, PlanRecord, Profiles
from scheduler.suspending import Cause, Judge, Suspension

suspension = tables.suspension.c

MOST_ROUNDS = 8
"""A visit that is out may let another in, on another day: so often is that followed at most."""


def judge_anew(tx: Transaction, profiles: Profiles) -> None:
    """Suspend what may not be made by the facts of now, and lift what may be made again."""
    cities = {event.city for event in tx.events if event.kind not in NO_MATTER} - {""}
    for name in sorted(cities):
        city = locked_city(tx, name)
        whom, visits = _to_judge(tx, city)
        plans = [one for one in tx.planned if one[0].content.city == name]
        if visits or plans:
            who = _by_day(visits, [record for record, _ in plans])
            days = JudgedDays(tx.connection, city, rules_of(profiles, city), who)
            _judge_city(tx, days, visits, whom)
            for record, stage in plans:
                grounds.keep(tx, days.judge(record.content.on), record, stage)


def _to_judge(tx: Transaction, city: City) -> tuple[Touched, list[Future]]:
    """Return whom the events are about, and which of their planned visits are still to be made."""
    today = tx.by.at.astimezone(ZoneInfo(city.zone)).date()
    planned = planned_borrowers(tx.connection, city.name, today)
    whom = touched(tx.connection, city.name, tx.events, planned) if planned else Touched()
    only = planned if whom.everybody else planned & whom.borrowers.keys()
    return whom, future_visits(tx.connection, city, today, only) if only else []


def _by_day(visits: Iterable[Future], plans: Iterable[PlanRecord]) -> dict[date, set[str]]:
    """Return whose facts are needed on which days."""
    who: dict[date, set[str]] = defaultdict(set)
    for future in visits:
        who[future.on].add(future.visit.borrower_id)
    for record in plans:
        who[record.content.on] |= {one.borrower_id for one in grounds.planned_visits(record)}
    return who


def _judge_city(
    tx: Transaction, days: JudgedDays, futures: Iterable[Future], whom: Touched
) -> None:
    """Judge day by day, and again where what is out on one day lets a visit of another in."""
    by_day = {on: list(visits) for on, visits in groupby(futures, key=lambda each: each.on)}
    waiting = set(by_day)
    for _ in range(MOST_ROUNDS):
        for on in sorted(waiting):
            waiting.discard(on)
            if _judge_day(tx, days.city, days.judge(on), by_day[on], whom):
                days.changed(on)
                waiting |= by_day.keys() - {on}
        if not waiting:
            return


def _judge_day(
    tx: Transaction, city: City, judge: Judge, visits: Sequence[Future], whom: Touched
) -> bool:
    """Judge visits of one day; answer whether a published one went out or came back."""
    standing = {
        (each.plan_id, each.visit_id): each
        for each in open_suspensions(tx.connection, {future.plan_id for future in visits})
    }
    matters = False
    for future in visits:
        was = standing.get((future.plan_id, future.visit.visit_id))
        cause = judge.cause(future.visit)
        if _is_as_before(was, cause, future):
            continue
        event = whom.event_of(future.visit.borrower_id)
        assert event is not None, "only the visits of touched borrowers are judged"
        _keep(tx, city, future, was, cause, event)
        matters |= future.is_published
    return matters


def _is_as_before(was: Suspension | None, cause: Cause | None, future: Future) -> bool:
    if was is None or cause is None:
        return was is None and cause is None
    return (was.cause, was.was_begun) == (cause, future.is_begun)


def _keep(
    tx: Transaction,
    city: City,
    future: Future,
    was: Suspension | None,
    cause: Cause | None,
    event: Event,
) -> None:
    """End what stood against a visit, begin what stands now, and tell it in an event."""
    visit = future.visit
    if was is not None:
        its_row = (suspension.plan_id == future.plan_id, suspension.visit_id == visit.visit_id)
        ended = {
            "lifted_at": tx.by.at,
            "lifted_kind": event.kind,
            "lifted_subject": event.subject,
        }
        is_open = suspension.lifted_at.is_(None)
        tx.connection.execute(update(tables.suspension).where(*its_row, is_open).values(ended))
    if cause is not None:
        tx.connection.execute(insert(tables.suspension), _row(tx, city, future, cause, event))
    before = {"why": was.why, "was_begun": was.was_begun} if was else None
    tx.note(
        _kind(future, cause),
        visit.borrower_id,
        city=city.name,
        agency=future.agency,
        before=before,
        after=_told(future, cause, event),
    )


def _kind(future: Future, cause: Cause | None) -> str:
    if cause is None:
        return "visit.resumed"
    return "visit.flagged" if future.is_begun else "visit.suspended"


def _told(future: Future, cause: Cause | None, event: Event) -> dict[str, Any]:
    told = {
        "on": future.on.isoformat(),
        "version": future.version,
        "visit": future.visit.visit_id,
        "by": f"{event.kind} {event.subject}",
    }
    return told | ({"why": cause.why, "is_law": cause.is_law} if cause else {})


def _row(tx: Transaction, city: City, future: Future, cause: Cause, event: Event) -> dict[str, Any]:
    causes = {each.name: getattr(cause, each.name) for each in fields(cause)}
    return causes | {
        "city": city.name,
        "plan_id": future.plan_id,
        "visit_id": future.visit.visit_id,
        "borrower_id": future.visit.borrower_id,
        "since": tx.by.at,
        "by_actor": tx.by.actor,
        "by_kind": event.kind,
        "by_subject": event.subject,
        "was_begun": future.is_begun,
        "lifted_at": None,
    }

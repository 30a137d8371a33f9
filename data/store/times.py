"""Which learned times plans keep: decided by a person, taken back by a person, never rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert, update

from data import tables
from data.plain import to_plain
from data.store.cities import get_city, put_city
from data.store.events import Transaction
from data.store.rows import read
from scheduler.errors import ConflictError, NotFoundError
from scheduler.forecast import Learned, TimesDecision, standing

decision = tables.times_decision.c


def list_decisions(connection: Connection, city: str) -> list[TimesDecision]:
    """Return the decisions about a city's times, the oldest first."""
    return read(connection, tables.times_decision, TimesDecision, decision.city == city)


def of_key(connection: Connection, city: str, key: str) -> TimesDecision | None:
    """Return the decision that a press made, None where it made none."""
    same = read(
        connection, tables.times_decision, TimesDecision, decision.city == city, decision.key == key
    )
    return same[0] if same else None


def use_times(
    tx: Transaction, city: str, learned: Learned, days: tuple[date, date], key: str
) -> TimesDecision:
    """Let plans keep learned times from now on; the city's length of a visit becomes the learned.

    The same press again does nothing.
    """
    known = of_key(tx.connection, city, key)
    if known is not None:
        return known
    settings = get_city(tx.connection, city)
    before_s = int(settings.service.total_seconds())
    values = {
        "city": city,
        "learned": learned,
        "first": days[0],
        "last": days[1],
        "service_before_s": before_s,
        "decided_by": tx.by.actor,
        "decided_at": tx.by.at,
        "key": key,
    }
    put = insert(tables.times_decision).values(values).returning(decision.id)
    id = tx.connection.execute(put).scalar_one()
    put_city(tx, replace(settings, service=timedelta(seconds=learned.service_s)))
    told = {"paces": to_plain(learned.paces), "service_s": learned.service_s}
    of = {"legs": learned.legs, "visits": learned.visits}
    tx.note("times.used", f"{city} times {id}", city=city, after={**_without_middles(told), **of})
    return _of_id(tx.connection, city, id)


def take_back_times(tx: Transaction, city: str, id: int) -> TimesDecision:
    """Let the decision before this one hold again; taken back already, nothing happens.

    The city's length of a visit becomes what it was, unless somebody has set another since.

    Raises
    ------
    NotFoundError
        Where the city has no such decision.
    ConflictError
        Where a later one holds: that is to be taken back first.
    """
    its = _of_id(tx.connection, city, id)
    if its.taken_back_at is not None:
        return its
    newest = standing(list_decisions(tx.connection, city))
    if newest is not None and newest.id != id:
        raise ConflictError(
            f"times {newest.id} were decided after times {id}: take those back first"
        )
    values = {"taken_back_by": tx.by.actor, "taken_back_at": tx.by.at}
    tx.connection.execute(update(tables.times_decision).where(decision.id == id).values(values))
    settings = get_city(tx.connection, city)
    if settings.service == timedelta(seconds=its.learned.service_s):
        put_city(tx, replace(settings, service=timedelta(seconds=its.service_before_s)))
    tx.note("times.taken_back", f"{city} times {id}", city=city)
    return _of_id(tx.connection, city, id)


def _of_id(connection: Connection, city: str, id: int) -> TimesDecision:
    its = (one for one in list_decisions(connection, city) if one.id == id)
    found = next(its, None)
    if found is None:
        raise NotFoundError(f"{city} has no decision {id} about its times")
    return found


def _without_middles(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out where districts lie: events hold no positions."""
    areas = [{**one, "middle": None} for one in told["paces"]["areas"]]
    return {**told, "paces": {**told["paces"], "areas": areas}}

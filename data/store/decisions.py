"""Who decided what about addresses, and when: texts placed, compounds pinned, texts refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice

from sqlalchemy import Connection, Engine, and_, select

from data import database, tables
from data.store.desk import Agencies, of_agencies
from data.store.overrides import key_of
from data.store.rows import from_row
from routing.gazetteer.own_place import PIN
from routing.gazetteer.private import split_private
from routing.point import Point
from scheduler.ports import AddressOverride

override, own = tables.address_override.c, tables.own_place.c
place, event = tables.place.c, tables.event.c


class DecisionKind(StrEnum):
    """What was decided."""

    ADDRESS = "address"  # where an address text is
    COMPOUND = "compound"  # where a compound or lane is
    WRONG = "wrong"  # that an address is not valid


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, with what became of it.

    `id` is that of the override, of the pin or of the place. `ended_by` undid it, or with
    `is_replaced` put another in its place.
    """

    kind: DecisionKind
    id: str
    text: str
    by: str
    at: datetime
    source: str = ""
    point: Point | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None
    is_replaced: bool = False

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None


class Decisions:
    """Reads a city's decisions for those who may see `agencies`; None is all of them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def newest(self, city: str, agencies: Agencies, first: int, most: int) -> list[Decision]:
        """Return `most` decisions from the `first` on, the newest first."""
        with database.reading(self.engine) as connection:
            return list(islice(_all(connection, city, agencies), first, first + most))

    def last_of(self, city: str, agencies: Agencies, actor: str) -> Decision | None:
        """Return the newest decision of somebody that is in force."""
        with database.reading(self.engine) as connection:
            found = _all(connection, city, agencies)
            return next((one for one in found if one.by == actor and one.is_in_force), None)

    def find(self, city: str, agencies: Agencies, kind: str, id: str) -> Decision | None:
        """Return a decision, None where there is none to be seen."""
        with database.reading(self.engine) as connection:
            found = _all(connection, city, agencies)
            return next((one for one in found if (one.kind, one.id) == (kind, id)), None)


def _all(connection: Connection, city: str, agencies: Agencies) -> Iterator[Decision]:
    """Yield the decisions of all kinds, the newest first."""
    kinds = (_of_texts, _of_compounds, _of_wrong)
    found = (kind(connection, city, agencies) for kind in kinds)
    return merge(*found, key=lambda one: one.at, reverse=True)


def _of_texts(connection: Connection, city: str, agencies: Agencies) -> Iterator[Decision]:
    """Yield the decisions about texts of which she sees a place."""
    query = select(tables.address_override).where(override.city == city)
    rows = connection.execute(query.order_by(override.id.desc())).mappings()
    found = [from_row(AddressOverride, row) for row in rows]
    replacing = {one.replaces: one for one in found if one.replaces}
    seen = None if agencies is None else _keys_seen(connection, city, agencies)
    for one in found:
        if seen is None or one.address_key in seen:
            yield _of_text(one, replacing.get(one.id))


def _keys_seen(connection: Connection, city: str, agencies: Agencies) -> frozenset[str]:
    query = select(place.address).where(place.city == city, of_agencies(place.agency, agencies))
    return frozenset(key_of(address) for address in connection.scalars(query))


def _of_text(one: AddressOverride, newer: AddressOverride | None) -> Decision:
    ended = (one.undone_by, one.undone_at)
    return Decision(
        DecisionKind.ADDRESS, str(one.id), one.address, one.decided_by, one.decided_at,
        one.source, one.point, *ended,
        is_replaced=newer is not None and ended == (newer.decided_by, newer.decided_at),
    )  # fmt: skip


def _of_compounds(connection: Connection, city: str, _: Agencies) -> Iterator[Decision]:
    """Yield the pins: they hold for whoever lives there, and name nobody."""
    pins = select(tables.own_place).where(own.city == city, own.source == PIN)
    for row in connection.execute(pins.order_by(own.id.desc())).mappings():
        text = " ".join(filter(None, (row["district"], row["name"])))
        point = Point(row["point_lat"], row["point_lon"])
        yield Decision(
            DecisionKind.COMPOUND, str(row["id"]), text, row["made_by"], row["made_at"],
            "dispatcher", point, row["removed_by"], row["removed_at"],
        )  # fmt: skip


def _of_wrong(connection: Connection, city: str, agencies: Agencies) -> Iterator[Decision]:
    """Yield the places that are marked as not valid, by whoever said so last."""
    is_its = and_(event.subject == place.id, event.city == city, event.kind == "place.invalid")
    hers = (place.city == city, of_agencies(place.agency, agencies))
    query = (
        select(place.id, place.address, event.actor, event.at, event.after)
        .join_from(tables.place, tables.event, is_its)
        .where(*hers, ~place.is_valid, place.closed_at.is_(None))
        .order_by(event.id.desc())
    )
    told: set[str] = set()
    for row in connection.execute(query):
        if row.id not in told:
            told.add(row.id)
            text, reason = split_private(row.address).address, (row.after or {}).get("reason", "")
            yield Decision(DecisionKind.WRONG, row.id, text, row.actor, row.at, reason)

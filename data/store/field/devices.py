"""Phones that may bring records: what is kept of each is a digest, and until when."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, bindparam, insert, select, update

from data import database, tables
from data.store.accounts import writing
from data.store.rows import from_row, to_row
from data.store.tokens import digest
from scheduler.errors import NotFoundError
from scheduler.ports import By

OUTLIVES = timedelta(days=14)
"""For how long after its day a phone may bring what it still holds."""

device = tables.field_device.c

# Made once: to make it takes longer than to answer it, and a phone asks whenever it brings.
_OF_SECRET = select(tables.field_device).where(
    device.digest == bindparam("digest"), device.deposits_until > bindparam("at")
)


@dataclass(frozen=True, slots=True)
class Device:
    """A phone as it shows one collector one day; `actor` is who its records are told to be by.

    `link` is the id of the link that its collector came in by, None where she has logged in.
    """

    id: str
    city: str
    on: date
    collector_id: str
    actor: str
    made_at: datetime
    deposits_until: datetime
    ended_at: datetime | None = None
    link: str | None = None


class Devices:
    """The phones of a book. Their making and their end are events."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(
        self,
        city: str,
        on: date,
        collector_id: str,
        ends_at: datetime,
        by: By,
        link: str | None = None,
    ) -> Deposit:
        """Make a phone known for a day whose shift ends at `ends_at`; return what it brings with.

        The secret is told only now, and opens nothing that can be read.
        """
        made = Device(
            id=secrets.token_urlsafe(9),
            city=city,
            on=on,
            collector_id=collector_id,
            actor=by.actor,
            made_at=by.at,
            deposits_until=max(ends_at, by.at) + OUTLIVES,
            link=link,
        )
        secret = secrets.token_urlsafe(32)
        row = to_row(made, digest=digest(secret))
        with writing(self.engine, by) as tx:
            tx.connection.execute(insert(tables.field_device).values(row))
            after = {"on": on.isoformat(), "device": made.id}
            tx.note("device.added", collector_id, city=city, after=after)
        return Deposit(made, secret)

    def of_secret(self, secret: str, at: datetime) -> Device | None:
        """Return the phone that brings with `secret`, None where it may not any more."""
        told = {"digest": digest(secret), "at": at}
        with database.reading(self.engine) as connection:
            found = connection.execute(_OF_SECRET, told).mappings().one_or_none()
        return None if found is None else from_row(Device, found)

    def by_id(self, ids: Iterable[str]) -> dict[str, Device]:
        """Return phones by their ids."""
        query = select(tables.field_device).where(device.id.in_(sorted(set(ids))))
        with database.reading(self.engine) as connection:
            rows = connection.execute(query).mappings()
            return {row["id"]: from_row(Device, row) for row in rows}

    def end(self, id: str, by: By) -> None:
        """Let a phone read nothing any more; what it still holds may be brought.

        Raises
        ------
        NotFoundError
            Where there is none of that id.
        """
        with writing(self.engine, by) as tx:
            its = update(tables.field_device).where(device.id == id, device.ended_at.is_(None))
            ended = its.values(ended_at=by.at).returning(device.city, device.collector_id)
            row = tx.connection.execute(ended).one_or_none()
            if row is not None:
                tx.note("device.ended", row.collector_id, city=row.city, after={"device": id})
            elif tx.connection.scalar(select(device.id).where(device.id == id)) is None:
                raise NotFoundError(f"there is no phone {id!r}")


@dataclass(frozen=True, slots=True)
class Deposit:
    """A phone, and the secret with which it brings records."""

    device: Device
    secret: str

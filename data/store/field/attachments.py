"""Attachments of visits: kept locked, opened for who may see them, and deleted in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, func, select, update

from data import database, tables
from data.at_rest import AtRestKey
from data.attached.content import Attached
from data.errors import SealError
from data.store.events import Transaction
from data.store.rows import chunks, from_row
from data.store.sight import Agencies, of_agencies
from scheduler.errors import NotFoundError
from scheduler.field.attachments import MOST_OF_A_VISIT, Attachment, AttachmentKind
from scheduler.field.records import FieldRecord

attachment, place = tables.attachment.c, tables.place.c
TOLD = [column for column in tables.attachment.columns if column is not attachment.content]
"""All columns but the content, which a list does not need."""


@dataclass(frozen=True, slots=True)
class Whose:
    """At whose door it was, and which visit of a day."""

    borrower_id: str
    place_id: str


class Attachments:
    """Reads attachments; `agencies` are those whose work may be seen, None is all of them."""

    def __init__(self, engine: Engine, key: AtRestKey) -> None:
        self.engine = engine
        self.key = key

    def of_borrower(self, city: str, borrower_id: str, agencies: Agencies) -> list[Attachment]:
        """Return what was attached to the visits to a borrower, the newest first."""
        hers = _seen(city, agencies).where(attachment.borrower_id == borrower_id)
        newest = hers.order_by(attachment.at.desc(), attachment.key)
        with database.reading(self.engine) as connection:
            return [from_row(Attachment, row) for row in connection.execute(newest).mappings()]

    def one(self, city: str, key: str, agencies: Agencies) -> Attachment | None:
        """Return an attachment, None where there is none that may be seen."""
        with database.reading(self.engine) as connection:
            row = connection.execute(_seen(city, agencies).where(attachment.key == key)).mappings()
            found = row.one_or_none()
        return None if found is None else from_row(Attachment, found)

    def has_older(self, city: str, what: AttachmentKind, before: datetime) -> bool:
        """Tell whether one of a kind that holds something is older than an instant."""
        with database.reading(self.engine) as connection:
            return connection.scalar(_older(city, what, before).limit(1)) is not None

    def content(self, city: str, key: str) -> bytes | None:
        """Return what an attachment holds, None where it was deleted.

        Raises
        ------
        SealError
            Where it was locked by a key that this home does not have.
        """
        query = select(attachment.content, attachment.locked_for)
        with database.reading(self.engine) as connection:
            row = connection.execute(query.where(_is(city, key))).one_or_none()
        if row is None or row.content is None:
            return None
        if row.locked_for != self.key.id:
            raise SealError(f"attachment {key!r} is locked by the key {row.locked_for} of a home")
        return self.key.opened(bytes(row.content), whose(city, key))


def counts_by_key(engine: Engine) -> dict[str, int]:
    """Return how many attachments each key has locked, by its id."""
    held = select(attachment.locked_for, func.count()).where(attachment.content.is_not(None))
    with database.reading(engine) as connection:
        rows = connection.execute(held.group_by(attachment.locked_for)).all()
    return {row[0]: row[1] for row in rows}


def whose(city: str, key: str) -> str:
    """Return what an attachment is locked as: none can take another's place."""
    return f"attachment|{city}|{key}"


def locked_row(
    record: FieldRecord, city: str, actor: str, attached: Attached, key: AtRestKey
) -> dict[str, Any]:
    """Return the row of what a record has brought; whose it is nobody knows yet."""
    told = attached.told
    return {
        "key": record.key,
        "city": city,
        "on": record.on,
        "visit_id": record.visit_id,
        "borrower_id": "",
        "place_id": "",
        **told,
        "what": attached.what,
        "at": record.at,
        "actor": actor,
        "locked_for": key.id,
        "content": key.locked(attached.content, whose(city, record.key)),
        "deleted_at": None,
        "deleted_by": "",
        "reason": "",
    }


def attach(tx: Transaction, city: str, key: str, to: Whose, at: datetime) -> bool:
    """Say at whose door it was; False, and it is not kept, where the visit has too many."""
    row = tx.connection.execute(select(*TOLD).where(_is(city, key))).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"record {key!r} brought no attachment")
    if row["deleted_at"] is not None:  # taken in on a second try
        return False
    if _count(tx, row) >= MOST_OF_A_VISIT[row["what"]]:
        _empty(tx, [key], "", "many")
        return False
    hers = {"borrower_id": to.borrower_id, "place_id": to.place_id, "at": at}
    tx.connection.execute(update(tables.attachment).where(_is(city, key)).values(hers))
    return True


def delete(tx: Transaction, city: str, key: str, reason: str) -> None:
    """Delete what an attachment holds, for a reason that stays with its line.

    Raises
    ------
    NotFoundError
        Where there is none of that key, or it has been deleted.
    """
    query = select(attachment.borrower_id, attachment.what)
    kept = query.where(_is(city, key), attachment.content.is_not(None))
    row = tx.connection.execute(kept.with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError(f"there is no attachment {key!r} any more")
    _empty(tx, [key], tx.by.actor, reason)
    after = {"key": key, "what": row.what.value}
    tx.note("attachment.deleted", row.borrower_id, city=city, after=after)


def delete_older(tx: Transaction, city: str, what: AttachmentKind, before: datetime) -> int:
    """Delete what attachments of a kind hold that are older than an instant; return how many."""
    keys = list(tx.connection.scalars(_older(city, what, before)))
    if keys:
        _empty(tx, keys, "", "age")
        after = {"what": what.value, "count": len(keys), "before": before.isoformat()}
        tx.note("attachment.expired", city, city=city, after=after)
    return len(keys)


def _older(city: str, what: AttachmentKind, before: datetime) -> Select[str]:
    """Return the question for the keys of a kind that hold something and are older."""
    is_kind = (attachment.city == city, attachment.what == what)
    is_old = (attachment.at < before, attachment.content.is_not(None))
    return select(attachment.key).where(*is_kind, *is_old).order_by(attachment.key)


def _count(tx: Transaction, row: Any) -> int:
    """Return how many of its kind a visit has."""
    of_visit = (
        attachment.city == row["city"],
        attachment.on == row["on"],
        attachment.visit_id == row["visit_id"],
        attachment.what == row["what"],
    )
    taken_in = (attachment.borrower_id != "", attachment.content.is_not(None))
    query = select(func.count()).select_from(tables.attachment).where(*of_visit, *taken_in)
    return int(tx.connection.scalar(query) or 0)


def _empty(tx: Transaction, keys: Sequence[str], by: str, reason: str) -> None:
    gone = {"content": None, "deleted_at": tx.by.at, "deleted_by": by, "reason": reason}
    for some in chunks(keys):
        its = update(tables.attachment).where(attachment.key.in_(some))
        tx.connection.execute(its.values(gone))


def _is(city: str, key: str) -> Any:
    return (attachment.city == city) & (attachment.key == key)


def _seen(city: str, agencies: Agencies) -> Select[Any]:
    """Return the attachments of a city at places of agencies whose work may be seen."""
    at_place = (place.city == attachment.city) & (place.id == attachment.place_id)
    query = select(*TOLD).join(tables.place, at_place)
    return query.where(attachment.city == city, of_agencies(place.agency, agencies))

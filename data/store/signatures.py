"""Who has signed which doubtful values of a profile, for which city."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from data import tables
from data.store.events import Transaction
from data.store.rows import from_row
from scheduler.errors import ConflictError
from scheduler.signing import Signature

signature = tables.profile_signature.c


def list_signatures(connection: Connection, city: str) -> list[Signature]:
    """Return what was signed for a city, the oldest first."""
    query = select(tables.profile_signature).where(signature.city == city)
    rows = connection.execute(query.order_by(signature.id)).mappings()
    return [from_row(Signature, row) for row in rows]


def sign_profile(
    tx: Transaction, city: str, profile: str, version: str, digest: str, rules: Sequence[str]
) -> None:
    """Keep that the actor signed the values of a digest; signed twice, the first stays.

    Raises
    ------
    ConflictError
        Where there is nothing to sign.
    """
    if not digest:
        raise ConflictError(f"the rules {profile} hold nothing that needs a signature")
    known = list_signatures(tx.connection, city)
    if any((one.profile, one.digest) == (profile, digest) for one in known):
        return
    what = {"profile": profile, "version": version, "digest": digest, "rules": tuple(rules)}
    row = {"city": city, **what, "signed_by": tx.by.actor, "signed_at": tx.by.at}
    tx.connection.execute(insert(tables.profile_signature), row)
    told = {"version": version, "digest": digest, "rules": list(rules)}
    tx.note("profile.signed", profile, city=city, after=told)

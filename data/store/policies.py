"""The versions of a city's policy: put by one person, approved by another, never rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, insert, select, update

from data import tables
from data.policy import digest, house_policy, policy_text, read_policy
from data.store.cities import local_day
from data.store.events import Transaction
from data.store.rows import Row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.policy import Policy, next_number
from scheduler.ports import By, PolicyVersion

version = tables.policy_version.c


def in_force(connection: Connection, city: str, on: date) -> Policy:
    """Return the policy that holds in a city on a day; the house's default where none does yet."""
    holding = (version.city == city, version.approved_at.is_not(None), version.valid_from <= on)
    found = _versions(connection, *holding)
    newest = max(found, key=lambda each: (each.valid_from, each.number), default=None)
    return newest.policy if newest else house_policy()


def list_versions(connection: Connection, city: str) -> list[PolicyVersion]:
    """Return all versions of a city's policy, the oldest first."""
    return _versions(connection, version.city == city)


def get_version(connection: Connection, city: str, number: int) -> PolicyVersion:
    """Return one version; NotFoundError where the city has none of that number."""
    found = _versions(connection, version.city == city, version.number == number)
    if not found:
        raise NotFoundError(f"{city} has no version {number} of its policy")
    return found[0]


def put_policy(
    tx: Transaction, city: str, policy: Policy, valid_from: date, note: str
) -> PolicyVersion:
    """Keep a policy as the next version of its city, which waits to be approved.

    Raises
    ------
    ConflictError
        Where the newest version says the same, from the same day.
    """
    last = max(list_versions(tx.connection, city), key=lambda each: each.number, default=None)
    mark = digest(policy)
    if last and (last.digest, last.valid_from) == (mark, valid_from):
        raise ConflictError(f"version {last.number} of {city}'s policy says the same already")
    number = next_number([last.number] if last else [])
    row = {
        "city": city,
        "number": number,
        "valid_from": valid_from,
        "content": policy_text(policy),
        "digest": mark,
        "note": note,
        "made_by": tx.by.actor,
        "made_at": tx.by.at,
    }
    tx.connection.execute(insert(tables.policy_version).values(row))
    after = {"valid_from": valid_from.isoformat(), "digest": mark}
    tx.note("policy.put", f"{city} policy {number}", city=city, after=after)
    return get_version(tx.connection, city, number)


def approve_policy(tx: Transaction, city: str, number: int) -> PolicyVersion:
    """Let a version hold from its day on; whoever made it cannot.

    Raises
    ------
    NotFoundError
        Where the city has no such version.
    ConflictError
        Where it is approved already, by its maker, or its day is past: what held on a day that
        was planned is not rewritten.
    """
    kept = get_version(tx.connection, city, number)
    name = f"version {number} of {city}'s policy"
    if kept.approved:
        raise ConflictError(f"{name} was approved by {kept.approved.actor} already")
    if kept.made.actor == tx.by.actor:
        raise ConflictError(f"{name} was made by {tx.by.actor}: somebody else must approve it")
    today = local_day(tx, city, tx.by.at)
    if kept.valid_from < today:
        raise ConflictError(
            f"{name} was to hold from {kept.valid_from}, which is past: "
            "put it again with a later day"
        )
    its_row = update(tables.policy_version).where(version.city == city, version.number == number)
    values = {"approved_by": tx.by.actor, "approved_at": tx.by.at}
    tx.connection.execute(its_row.where(version.approved_at.is_(None)).values(values))
    after = {"valid_from": kept.valid_from.isoformat(), "made_by": kept.made.actor}
    tx.note("policy.approved", f"{city} policy {number}", city=city, after=after)
    return replace(kept, approved=tx.by)


def _versions(connection: Connection, *where: ColumnElement[bool]) -> list[PolicyVersion]:
    query = select(tables.policy_version).where(*where).order_by(version.number)
    return [_version(row) for row in connection.execute(query).mappings()]


def _version(row: Row) -> PolicyVersion:
    number = row["number"]
    policy = read_policy(row["content"], f"{row['city']}'s policy {number}")
    approved = By(row["approved_by"], row["approved_at"]) if row["approved_at"] else None
    return PolicyVersion(
        number=number,
        valid_from=row["valid_from"],
        policy=replace(policy, number=number),
        note=row["note"],
        digest=row["digest"],
        made=By(row["made_by"], row["made_at"]),
        approved=approved,
    )

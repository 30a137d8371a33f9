"""Pairs that the supervisor sends together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, or_

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.people import agency_of
from data.store.rows import by_id, read, to_row
from scheduler.model import Pair
from scheduler.ports import BookChange

table = tables.pair


def put_pairs(tx: Transaction, city: str, pairs: Sequence[Pair]) -> BookChange:
    """Add pairs. A collector has one partner a day: her new pair ends an older of the same `on`."""
    new = by_id(pairs, key)
    known = {key(pair): pair for pair in read(tx.connection, table, Pair, table.c.city == city)}
    agencies = agency_of(tx.connection, city, {id for pair in pairs for id in members(pair)})
    taken = {(pair.on, id) for pair in pairs for id in members(pair)}
    gone = tuple(
        name
        for name, pair in known.items()
        if name not in new and any((pair.on, id) in taken for id in members(pair))
    )
    for name in gone:
        end(tx, city, known[name])
    added = tuple(name for name in new if name not in known)
    for name in added:
        pair = new[name]
        tx.connection.execute(insert(table), to_row(pair, city=city))
        agency = agencies[pair.first]
        tx.note("pair.added", name, city=city, agency=agency, after=to_plain(pair))
    return BookChange(new=added, unchanged=tuple(name for name in new if name in known), gone=gone)


def end(tx: Transaction, city: str, pair: Pair) -> None:
    """Take a pair out of the book."""
    of_pair = (table.c.first == pair.first, table.c.second == pair.second)
    same_days = table.c.on.is_not_distinct_from(pair.on)
    tx.connection.execute(delete(table).where(table.c.city == city, *of_pair, same_days))
    tx.note("pair.ended", key(pair), city=city, before=to_plain(pair))


def members(pair: Pair) -> tuple[str, str]:
    """Return the two of a pair, whichever stands first."""
    first, second = sorted((pair.first, pair.second))
    return first, second


def key(pair: Pair) -> str:
    """Return how a pair is told from another."""
    return f"{' + '.join(members(pair))} {pair.on or 'every day'}"


def pairs_on(connection: Connection, city: str, on: date) -> list[Pair]:
    """Return the day's pairs; a pair of that one day goes before its members' standing ones."""
    fits = or_(table.c.on == on, table.c.on.is_(None))
    found = read(connection, table, Pair, table.c.city == city, fits)
    taken = {id for pair in found if pair.on for id in members(pair)}
    return [pair for pair in found if pair.on or taken.isdisjoint(members(pair))]

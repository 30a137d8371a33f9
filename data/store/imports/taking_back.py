"""A list taken back: what it changed is as before, what it added is closed or taken out.

Whatever something else stands on stays, and is told with the reason. What is somebody's is taken
back together or not at all: half a borrower helps nobody.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update

from data import tables
from data.store.cases import close
from data.store.events import Transaction
from data.store.imports.batches import Batch, get_batch
from data.store.imports.images import plain_row, row_from, table_named
from data.store.imports.retention import KEPT_FOR, is_kept
from data.store.imports.scope import Scope, rows_in
from data.store.imports.standing import (
    Current,
    KeptRow,
    Standing,
    by_person,
    key_text,
    what_stands,
)
from data.store.rows import chunks
from scheduler.errors import ConflictError
from scheduler.promises import PromiseStatus

row, batch = tables.import_row.c, tables.import_batch.c

CLOSED = frozenset({"loan_case", "place"})
"""What was added here is closed, and stays in the book."""

STAYING = frozenset({"borrower"})
"""What was added here stays: without an open contract it is nobody's work."""


@dataclass(frozen=True)
class TakeBack:
    """What taking a list back does, or did.

    `free` and `held` are whose rows are taken back and whose are not; `counts` are rows by what
    happens to them: 'restored', 'closed', 'removed'. `contracts` names by person those concerned.
    `back` are whose rows were taken back before.
    """

    batch: Batch
    free: Mapping[str, Sequence[KeptRow]]
    held: Mapping[str, Standing]
    contracts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    back: Mapping[str, Sequence[KeptRow]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        rows = (one for some in self.free.values() for one in some)
        return dict(Counter(what_happens(one) for one in rows if one.table not in STAYING))


def what_happens(one: KeptRow) -> str:
    """Return what taking back does to a row: 'restored', 'closed' or 'removed'."""
    if one.before is not None:
        return "restored"
    return "closed" if one.table in CLOSED or one.table in ENDED else "removed"


def told_before(connection: Connection, city: str, id: int) -> TakeBack:
    """Return what taking a list back would do, doing nothing.

    Raises
    ------
    NotFoundError
        Where the city has no such list.
    """
    return _looked_at(connection, get_batch(connection, city, id))[0]


def take_back(tx: Transaction, city: str, id: int) -> TakeBack:
    """Take a list back as far as nothing stands on it; what is back already is passed over.

    Raises
    ------
    ConflictError
        Where it is so old that what was before it is not kept any more.
    """
    its = get_batch(tx.connection, city, id)
    if not is_kept(its.made_at, tx.by.at):
        raise ConflictError(
            f"import {id} is too old: it could be taken back for {KEPT_FOR.days} days"
        )
    told, now = _looked_at(tx.connection, its)
    rows = [one for some in told.free.values() for one in some]
    by_table: dict[str, list[KeptRow]] = defaultdict(list)
    for one in rows:
        by_table[one.table].append(one)
    for name in sorted(by_table, key=_order):
        _put_back(tx, city, table_named(name), by_table[name], now)
    _mark(tx, id, rows, now)
    if told.batch.taken_back_at is None and (rows or not told.held):
        values = {"taken_back_by": tx.by.actor, "taken_back_at": tx.by.at}
        tx.connection.execute(update(tables.import_batch).where(batch.id == id).values(values))
    if rows:
        _note(tx, city, id, told, now)
    return told


def _looked_at(connection: Connection, its: Batch) -> tuple[TakeBack, Current]:
    """Return what would be done with a list, and the rows of the book that it changed."""
    rows = kept_rows(connection, its.id)
    found = rows_in(connection, its.city, _scope(rows))
    now = {(name, key_text(*key)): current for (name, key), current in found.items()}
    held = what_stands(connection, its.city, its.id, its.made_at, rows, now)
    groups = by_person(rows)
    free = {whose: some for whose, some in groups.items() if whose not in held}
    back = by_person(kept_rows(connection, its.id, are_back=True))
    contracts = _contracts(back) | _contracts(groups)
    return TakeBack(its, free, held, contracts, back), now


def kept_rows(connection: Connection, id: int, *, are_back: bool = False) -> list[KeptRow]:
    """Return the rows that a list changed and that are not taken back, or those that are."""
    query = (
        select(row.position, row.of_table, row.row_key, row.whose, row.before, row.after)
        .where(row.batch_id == id, row.taken_back_at.is_not(None) == are_back)
        .order_by(row.position)
    )
    return [KeptRow(*found) for found in connection.execute(query)]


def _contracts(groups: Mapping[str, Sequence[KeptRow]]) -> dict[str, list[str]]:
    """Return by person the contracts that rows name, for the eyes of a dispatcher."""
    named = {"loan_case", "balance", "case_score"}
    return {
        whose: sorted({json.loads(one.key)[0] for one in some if one.table in named})
        for whose, some in groups.items()
    }


def _scope(rows: Iterable[KeptRow]) -> Scope:
    """Return where rows stand in the book."""
    ids: dict[str, set[str]] = defaultdict(set)
    for one in rows:
        where, is_key = WHERE[one.table]
        ids[where].add(json.loads(one.key)[0] if is_key else one.whose)
    return Scope(**{where: frozenset(found) for where, found in ids.items()})


WHERE: Mapping[str, tuple[str, bool]] = {
    "borrower": ("borrowers", False),
    "loan_case": ("cases", True),
    "place": ("borrowers", False),
    "balance": ("cases", True),
    "case_score": ("cases", True),
    "payment": ("payments", True),
    "contact": ("contacts", True),
    "wish": ("borrowers", False),
    "promise": ("borrowers", False),
    "collector": ("collectors", False),
    "shift": ("collectors", False),
    "pair": ("collectors", False),
}
"""Which ids of a scope find a table's rows, and whether they are the rows' keys."""

ENDED: Mapping[str, Any] = {
    "wish": lambda tx: {"ended_by": tx.by.actor, "ended_at": tx.by.at},
    "promise": lambda tx: {"status": PromiseStatus.WITHDRAWN, "judged_at": tx.by.at},
}
"""What was added here is ended, by these values."""


def _order(name: str) -> int:
    """Return when a table's turn is: those that others refer to come last."""
    return -list(WHERE).index(name) if name != "collector" else 1


def _put_back(
    tx: Transaction, city: str, table: Table, rows: Sequence[KeptRow], now: Current
) -> None:
    added = [one for one in rows if one.before is None and (table.name, one.key) in now]
    gone = [one for one in rows if one.after is None and one.before is not None]
    changed = [one for one in rows if one.before is not None and one.after is not None]
    if table.name in CLOSED:
        close(tx, table, city, [json.loads(one.key)[0] for one in added])
    elif table.name in ENDED:
        _end(tx, table, added, now)
    elif table.name not in STAYING:
        _remove(tx, table, added, now)
    _restore(tx, table, changed, now)
    if gone:
        told = [row_from(table, one.before) for one in gone if one.before is not None]
        tx.connection.execute(insert(table), told)


def _end(tx: Transaction, table: Table, added: Sequence[KeptRow], now: Current) -> None:
    is_open = now_open(table)
    for some in chunks([now[table.name, one.key]["id"] for one in added]):
        ending = update(table).where(table.c.id.in_(some), is_open)
        tx.connection.execute(ending.values(ENDED[table.name](tx)))


def now_open(table: Table) -> ColumnElement[bool]:
    """Return the condition that a wish or a promise holds still."""
    if table is tables.wish:
        return table.c.ended_at.is_(None)
    return table.c.status != PromiseStatus.WITHDRAWN


def _remove(tx: Transaction, table: Table, added: Sequence[KeptRow], now: Current) -> None:
    """Take rows out of the book; `_mark` keeps them with the list."""
    if not added:
        return
    keys = [column.name for column in table.primary_key]
    statement = delete(table).where(
        *(table.c[name] == bindparam(f"its_{name}", type_=table.c[name].type) for name in keys)
    )
    its = [{f"its_{name}": now[table.name, one.key][name] for name in keys} for one in added]
    tx.connection.execute(statement, its)


def _restore(tx: Transaction, table: Table, changed: Sequence[KeptRow], now: Current) -> None:
    """Give rows the values that they had in the columns that the list changed."""
    keys = [column.name for column in table.primary_key]
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for one in changed:
        assert one.before is not None, "it was changed"
        was = row_from(table, one.before)
        current = now[table.name, one.key]
        told = {f"its_{name}": current[name] for name in keys}
        alike[tuple(sorted(was))].append(told | {f"was_{name}": was[name] for name in was})
    for names, rows in alike.items():
        where = [
            table.c[name] == bindparam(f"its_{name}", type_=table.c[name].type) for name in keys
        ]
        values = {name: bindparam(f"was_{name}", type_=table.c[name].type) for name in names}
        tx.connection.execute(update(table).where(*where).values(values), rows)


def _mark(tx: Transaction, id: int, rows: Sequence[KeptRow], now: Current) -> None:
    """Keep that rows are back; with those that were taken out, the row itself."""
    if not rows:
        return
    statement = (
        update(tables.import_row)
        .where(row.batch_id == id, row.position == bindparam("its_position"))
        .values(taken_back_at=tx.by.at, removed=bindparam("out", type_=row.removed.type))
    )
    marked = [{"its_position": one.position, "out": _out(one, now)} for one in rows]
    tx.connection.execute(statement, marked)


def _out(one: KeptRow, now: Current) -> dict[str, Any] | None:
    current = now.get((one.table, one.key))
    is_out = one.table not in STAYING and what_happens(one) == "removed"
    return plain_row(current) if is_out and current is not None else None


def _note(tx: Transaction, city: str, id: int, told: TakeBack, now: Current) -> None:
    """Add the events: one of the list, one of each whom it was about, one of each closed case."""
    after = {**told.counts, "held": len(told.held)}
    tx.note("import.taken_back", str(id), city=city, after=after)
    for whose, rows in told.free.items():
        agency = next((a for a in (_agency(one, now) for one in rows) if a), "")
        names = sorted({name for one in rows if one.before and one.after for name in one.after})
        what = {"import": id, "fields": names, "contracts": list(told.contracts[whose])}
        tx.note("import.row_taken_back", whose, city=city, agency=agency, after=what)
        for one in rows:
            if one.table == "loan_case" and one.was_added:
                case_id = json.loads(one.key)[0]
                tx.note("case.closed", case_id, city=city, agency=_agency(one, now))


def _agency(one: KeptRow, now: Current) -> str:
    return str(now.get((one.table, one.key), {}).get("agency") or "")

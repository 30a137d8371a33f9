"""What is overdue on cases: told by lists and feeds, lowered by payments, paid off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.rows import chunks, from_row, rows_of, to_row, upsert
from scheduler.model import Case, City, StopFlag
from scheduler.payments import Balance, Payment, is_paid_off, newer, still_overdue
from scheduler.ports import CaseRecord

payment, case, balance = tables.payment.c, tables.loan_case.c, tables.balance.c


@dataclass(frozen=True, slots=True)
class Kept:
    """The balance of a case in the book, and whether the case was stopped as paid by it."""

    told: Balance
    is_paid: bool


def list_balances(
    tx: Transaction, city: City, records: Sequence[CaseRecord], known: frozenset[str]
) -> None:
    """Take what a case list says is overdue as of the day's beginning; later payments count.

    Systems write their lists at night: what comes in on the day of the import is not in them.
    """
    if "case.overdue" not in known:
        return
    here = tx.by.at.astimezone(ZoneInfo(city.zone))
    midnight = datetime.combine(here.date(), time(), here.tzinfo).astimezone(UTC)
    cases = (record.case for record in records)
    told = [Balance(one.id, one.overdue, None, midnight, is_listed=True) for one in cases]
    keep_balances(tx, city.name, told)
    settle(tx, city.name, [one.case_id for one in told])


def take_present(tx: Transaction, city: City, case_ids: Iterable[str]) -> None:
    """Take what the book says is overdue on cases that no balance was kept of, as of today."""
    ids = sorted(set(case_ids))
    known = kept_balances(tx.connection, city.name, ids).keys()
    rows = rows_of(tx.connection, tables.loan_case, city.name, [i for i in ids if i not in known])
    here = tx.by.at.astimezone(ZoneInfo(city.zone))
    midnight = datetime.combine(here.date(), time(), here.tzinfo).astimezone(UTC)
    told = (Balance(row["id"], row["overdue"], None, midnight, is_listed=True) for row in rows)
    keep_balances(tx, city.name, list(told))


def keep_balances(tx: Transaction, city: str, told: Sequence[Balance]) -> frozenset[Balance]:
    """Keep of each case the balance that holds; return which of those told do now, and did not."""
    known = kept_balances(tx.connection, city, sorted({one.case_id for one in told}))
    becomes: dict[str, Balance] = {}
    for one in told:
        # What is true now cannot be of a time to come: payments until then would not count.
        now = replace(one, at=min(one.at, tx.by.at))
        before = known.get(one.case_id)
        becomes[one.case_id] = newer(becomes.get(one.case_id, before.told if before else None), now)
    held = {id: kept.told for id, kept in known.items()}
    changed = [one for id, one in becomes.items() if held.get(id) != one]
    rows = [
        to_row(one, city=city, is_paid=one.case_id in known and known[one.case_id].is_paid)
        for one in changed
    ]
    upsert(tx.connection, tables.balance, rows)
    return frozenset(changed)


def kept_balances(connection: Connection, city: str, case_ids: Sequence[str]) -> dict[str, Kept]:
    """Return the balances of cases, by case."""
    rows = rows_of(connection, tables.balance, city, case_ids, by="case_id")
    return {row["case_id"]: Kept(from_row(Balance, row), row["is_paid"]) for row in rows}


def settle(tx: Transaction, city: str, case_ids: Sequence[str]) -> None:
    """Bring what is overdue on cases, and whether they are paid, in line with their payments."""
    kept = kept_balances(tx.connection, city, case_ids)
    if not kept:
        return
    paid = payments_after(tx.connection, city, kept)
    rows = rows_of(tx.connection, tables.loan_case, city, sorted(kept))
    flags, changed = [], []
    for row in rows:
        held = kept[row["id"]]
        overdue = still_overdue(held.told, paid.get(row["id"], ()))
        is_paid = is_paid_off(held.told, overdue, was_paid=held.is_paid)
        if is_paid != held.is_paid:
            flags.append({"its_id": row["id"], "paid": is_paid})
        told = standing(from_row(Case, row), held, overdue, is_paid=is_paid)
        if told != from_row(Case, row):
            changed.append((row, told))
    write_flags(tx, city, flags)
    write_standings(tx, city, changed)


def standing(of: Case, held: Kept, overdue: Any, *, is_paid: bool) -> Case:
    """Return a case as its balance makes it; a stop as paid goes only where that has set it."""
    stops = of.stops
    if is_paid:
        stops |= {StopFlag.PAID}
    elif held.is_paid:
        stops -= {StopFlag.PAID}
    days = held.told.days_past_due
    days_past_due = of.days_past_due if days is None else days
    return replace(of, overdue=overdue, stops=stops, days_past_due=days_past_due)


def payments_after(
    connection: Connection, city: str, kept: Mapping[str, Kept]
) -> dict[str, list[Payment]]:
    """Return the payments that came in after the oldest of the balances, by case."""
    oldest = min(held.told.at for held in kept.values())
    query = select(tables.payment).where(payment.city == city, payment.at > oldest)
    found: dict[str, list[Payment]] = {}
    for some in chunks(sorted(kept)):
        for row in connection.execute(query.where(payment.case_id.in_(some))).mappings():
            found.setdefault(row["case_id"], []).append(from_row(Payment, row))
    return found


def write_flags(tx: Transaction, city: str, flags: Sequence[Mapping[str, Any]]) -> None:
    """Keep which cases were stopped as paid."""
    if flags:
        where = (balance.city == city, balance.case_id == bindparam("its_id"))
        rows = update(tables.balance).where(*where).values(is_paid=bindparam("paid"))
        tx.connection.execute(rows, list(flags))


def write_standings(tx: Transaction, city: str, changed: Sequence[tuple[RowMapping, Case]]) -> None:
    """Write what payments made of cases, each with its event."""
    if not changed:
        return
    where = (case.city == city, case.id == bindparam("its_id"))
    rows = [
        {"its_id": c.id, "owed": c.overdue, "days": c.days_past_due, "flags": c.stops}
        for _, c in changed
    ]
    becomes = {
        "overdue": bindparam("owed", type_=case.overdue.type),
        "days_past_due": bindparam("days"),
        "stops": bindparam("flags", type_=case.stops.type),
    }
    tx.connection.execute(update(tables.loan_case).where(*where).values(becomes), rows)
    for row, told in changed:
        note(tx, city, row, told)


def note(tx: Transaction, city: str, row: RowMapping, told: Case) -> None:
    """Add the event of a case whose balance changed, was paid off, or is owed again."""
    kind = "case.balance"
    if StopFlag.PAID in told.stops ^ row["stops"]:
        kind = "case.paid" if StopFlag.PAID in told.stops else "case.unpaid"
    names = ("overdue", "days_past_due", "stops")
    after = {name: to_plain(getattr(told, name)) for name in names}
    before = {name: to_plain(row[name]) for name in names}
    tx.note(
        kind, told.id, city=city, agency=told.agency,
        before={name: value for name, value in before.items() if value != after[name]},
        after={name: value for name, value in after.items() if value != before[name]},
    )  # fmt: skip

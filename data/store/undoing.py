"""How the steps of an outcome that was corrected are taken back.

Each undoes what it did, and nothing that somebody has changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select, update

from data import tables
from data.plain import reader
from data.store.applying import NO_CONFIDENCE
from data.store.balances import kept_balances
from data.store.events import Transaction
from data.store.places import put_validity, write_places
from data.store.restraints import end
from data.store.rows import Row, from_row, rows_of
from scheduler.following import StepKind
from scheduler.model import Case, StopFlag, Window
from scheduler.restraints import Pause

case, borrower, consequence = tables.loan_case.c, tables.borrower.c, tables.consequence.c
as_window = reader(Window)


def appointment(tx: Transaction, row: Row) -> None:
    """Give the contract the appointment that it had, unless it has another one by now."""
    now = _case(tx, row)
    if now is None or now.appointment != as_window(row["detail"]["window"]):
        return
    plain = row["before"]["appointment"]
    was = as_window(plain) if plain else None
    start, end = (was.start, was.end) if was else (None, None)
    _write_case(tx, row, {"appointment_start": start, "appointment_end": end})
    tx.note("appointment.withdrawn", now.id, **_whose(row), after={"appointment": plain})


def stop_case(tx: Transaction, row: Row) -> None:
    """Take the stop off, unless the lender's list, its balance or another outcome holds it."""
    now, flag = _case(tx, row), StopFlag(row["detail"]["flag"])
    holding = [one for one in _others(tx, row) if one["case_id"] == row["case_id"]]
    if now is None or row["before"]["had"] or _is_held(holding, "flag", flag):
        return
    if flag is StopFlag.PAID and _is_paid_off(tx, now.id, row["city"]):
        return
    if flag in now.stops:
        _write_case(tx, row, {"stops": now.stops - {flag}})
        tx.note("case.released", now.id, **_whose(row), before={"flag": flag})


def stop_person(tx: Transaction, row: Row) -> None:
    """Take the stop off her, unless the lender's list or another outcome holds it."""
    flag = StopFlag(row["detail"]["flag"])
    if row["before"]["had"] or _is_held(_others(tx, row), "flag", flag):
        return
    now = rows_of(tx.connection, tables.borrower, row["city"], [row["borrower_id"]])[0]
    if flag in now["stops"]:
        its_row = (borrower.city == row["city"], borrower.id == row["borrower_id"])
        left = {"stops": now["stops"] - {flag}}
        tx.connection.execute(update(tables.borrower).where(*its_row).values(**left))
        tx.note("borrower.released", now["id"], **_whose(row), before={"flag": flag})


def crew(tx: Transaction, row: Row) -> None:
    """Let as many go as before, or as another outcome asks."""
    now = _case(tx, row)
    if now is None or now.crew_size != row["detail"]["size"]:
        return
    others = [one for one in _others(tx, row) if one["case_id"] == row["case_id"]]
    size = max([row["before"]["crew_size"], *(one["detail"]["size"] for one in others)])
    if size != now.crew_size:
        _write_case(tx, row, {"crew_size": size})
        sizes = {"crew_size": now.crew_size}, {"crew_size": size}
        tx.note("case.crew_size", now.id, **_whose(row), before=sizes[0], after=sizes[1])


def pause(tx: Transaction, row: Row) -> None:
    """End the pause, unless somebody has."""
    end(tx, Pause, row["city"], row["before"]["pause"], row["agency"])


def invalid_place(tx: Transaction, row: Row) -> None:
    """Say that the place is hers after all, unless it was not before, or has another address."""
    now = rows_of(tx.connection, tables.place, row["city"], [row["place_id"]])[0]
    others = [one for one in _others(tx, row) if one["place_id"] == row["place_id"]]
    is_same = now["address"] == row["before"]["address"]
    if row["before"]["is_valid"] and is_same and not others:
        reason = "the outcome was corrected"
        put_validity(tx, row["city"], row["place_id"], is_valid=True, reason=reason)


def doubt_place(tx: Transaction, row: Row) -> None:
    """Trust the position as before, unless it has been looked at since."""
    now = rows_of(tx.connection, tables.place, row["city"], [row["place_id"]])[0]
    others = [one for one in _others(tx, row) if one["place_id"] == row["place_id"]]
    if now["confidence"] == NO_CONFIDENCE and not others:
        was = row["before"]["confidence"]
        write_places(tx, row["city"], [{"its_id": row["place_id"], "confidence": was}])
        tx.note("place.trusted", row["place_id"], **_whose(row), after={"confidence": was})


def _others(tx: Transaction, row: Row) -> Sequence[Row]:
    """Return her other consequences of the kind that hold."""
    query = select(tables.consequence).where(
        consequence.city == row["city"],
        consequence.borrower_id == row["borrower_id"],
        consequence.kind == row["kind"],
        consequence.undone_at.is_(None),
        consequence.id != row["id"],
    )
    return tx.connection.execute(query).mappings().all()


def _is_held(rows: Sequence[Row], key: str, value: object) -> bool:
    return any(row["detail"][key] == value for row in rows)


def _is_paid_off(tx: Transaction, case_id: str, city: str) -> bool:
    kept = kept_balances(tx.connection, city, [case_id])
    return case_id in kept and kept[case_id].is_paid


def _case(tx: Transaction, row: Row) -> Case | None:
    found = rows_of(tx.connection, tables.loan_case, row["city"], [row["case_id"]])
    return from_row(Case, found[0]) if found else None


def _write_case(tx: Transaction, row: Row, values: Row) -> None:
    its_row = (case.city == row["city"], case.id == row["case_id"])
    tx.connection.execute(update(tables.loan_case).where(*its_row).values(**values))


def _whose(row: Row) -> Row:
    return {"city": row["city"], "agency": row["agency"]}


UNDO: Mapping[StepKind, Callable[[Transaction, Row], None]] = {
    StepKind.APPOINTMENT: appointment,
    StepKind.STOP_CASE: stop_case,
    StepKind.STOP_PERSON: stop_person,
    StepKind.CREW: crew,
    StepKind.PAUSE: pause,
    StepKind.INVALID_PLACE: invalid_place,
    StepKind.DOUBT_PLACE: doubt_place,
}
"""Promises, agreements and tasks are withdrawn by the key of their outcome, all at once."""

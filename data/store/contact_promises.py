"""What was promised in contacts, kept as at a door; and contacts that take another's place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, select, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.places import is_open
from data.store.promises import open_promise, withdraw
from data.store.restraints import end
from data.store.rows import from_row
from scheduler.contacts import Contact
from scheduler.following import StepKind
from scheduler.lifecycle import Code
from scheduler.model import Case, Window
from scheduler.promises import Promise, shares
from scheduler.restraints import Wish

contact, case, wish = tables.contact.c, tables.loan_case.c, tables.wish.c


def source_of(key: str) -> str:
    """Return what promises and wishes of a contact name as their source."""
    return f"contact {key}"


def open_promises(tx: Transaction, city: str, told: Sequence[Contact]) -> None:
    """Open the promises of contacts, each sum parted among the open contracts that it is for."""
    for one in told:
        if one.amount is None or one.due is None:
            continue
        for its, part in shares(one.amount, _open_cases(tx, city, one)):
            promise = Promise(
                id=0,
                borrower_id=one.borrower_id,
                case_id=its.id,
                amount=part,
                due=one.due,
                given_at=one.at,
                source=source_of(one.key),
                method=one.method,
                grace_days=_grace(tx, one, its),
            )
            open_promise(tx, {"city": city, "agency": its.agency}, promise)


def _open_cases(tx: Transaction, city: str, one: Contact) -> list[Case]:
    query = select(tables.loan_case).where(*is_open(city), case.borrower_id == one.borrower_id)
    if one.case_id:
        query = query.where(case.id == one.case_id)
    return [from_row(Case, row) for row in tx.connection.execute(query).mappings()]


def _grace(tx: Transaction, one: Contact, its: Case) -> int:
    """Return the grace that was told, else that of a promise at the door."""
    if one.grace_days is not None:
        return one.grace_days
    steps = tx.policy.line(Code.PTP, its.product).steps
    return next((step.days for step in steps if step.kind is StepKind.PROMISE), 0)


def correct(
    tx: Transaction, city: str, told: Sequence[Contact], agencies: Mapping[str, str]
) -> None:
    """Let contacts take the place of those that they correct, and undo what those led to."""
    for one in told:
        if not one.corrects:
            continue
        old = _corrected(tx, city, one)
        its_row = (contact.city == city, contact.key == one.corrects)
        values = {"corrected_by": one.key}
        tx.connection.execute(update(tables.contact).where(*its_row).values(values))
        before, after = ({"key": old.key, "result": old.result}, {"key": one.key})
        whose = {"city": city, "agency": agencies[one.borrower_id]}
        tx.note("contact.corrected", one.borrower_id, **whose, before=before, after=after)
        withdraw(tx, source_of(old.key), city)
        _end_wishes(tx, city, old, agencies[one.borrower_id])
        _unbook(tx, city, old)


def _corrected(tx: Transaction, city: str, one: Contact) -> Contact:
    query = select(tables.contact).where(contact.city == city, contact.key == one.corrects)
    return from_row(Contact, tx.connection.execute(query).mappings().one())


def _end_wishes(tx: Transaction, city: str, old: Contact, agency: str) -> None:
    its = (wish.city == city, wish.source == source_of(old.key), wish.ended_at.is_(None))
    for id in tx.connection.scalars(select(wish.id).where(*its)).all():
        end(tx, Wish, city, id, agency)


def _unbook(tx: Transaction, city: str, old: Contact) -> None:
    """Give open contracts whose appointment the old contact made what was agreed before it."""
    if old.appointment is None:
        return
    start, end_ = old.appointment.start, old.appointment.end
    booked = select(case.id, case.agency).where(
        *is_open(city),
        case.borrower_id == old.borrower_id,
        case.appointment_start == start,
        case.appointment_end == end_,
        case.id == old.case_id if old.case_id else case.id.is_not(None),
    )
    for row in tx.connection.execute(booked).mappings().all():
        _give_back(tx, city, row, old)


def _give_back(tx: Transaction, city: str, row: RowMapping, old: Contact) -> None:
    agreed = (
        select(contact.appointment_start, contact.appointment_end)
        .where(contact.city == city, contact.borrower_id == old.borrower_id)
        .where(contact.case_id.in_(("", row["id"])), contact.corrected_by.is_(None))
        .where(contact.appointment_start.is_not(None))
        .order_by(contact.at.desc(), contact.key.desc())
        .limit(1)
    )
    last = tx.connection.execute(agreed).one_or_none()
    window = Window(*last) if last else None
    values: dict[str, Any] = {
        "appointment_start": window.start if window else None,
        "appointment_end": window.end if window else None,
    }
    its_row = (case.city == city, case.id == row["id"])
    tx.connection.execute(update(tables.loan_case).where(*its_row).values(values))
    whose = {"city": city, "agency": row["agency"]}
    before = {"appointment": to_plain(old.appointment)}
    after = {"appointment": to_plain(window)} if window else {}
    tx.note("appointment.withdrawn", row["id"], **whose, before=before, after=after)

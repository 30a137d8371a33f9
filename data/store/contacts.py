"""The contact log: calls, messages and letters, and what was agreed in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, RowMapping, exists, select, update

from data import tables
from data.plain import to_plain
from data.store.asked_by_id import unindexed
from data.store.contact_promises import correct, open_promises, source_of
from data.store.correctable import sift
from data.store.events import Transaction
from data.store.keyed import keep_new
from data.store.places import is_open
from data.store.restraints import by_borrower, put
from data.store.rows import Only, among, chunks, from_row
from scheduler.contacts import REMEMBERED, Contact, ContactResult, Party
from scheduler.errors import NotFoundError
from scheduler.model import Case, Window
from scheduler.ports import BookChange, CaseRecord
from scheduler.restraints import Wish

contact, case = tables.contact.c, tables.loan_case.c
STANDS = contact.corrected_by.is_(None)
SHOWN = 10
OTHERS = frozenset({Party.HOUSEHOLD, Party.GUARANTOR, Party.EMPLOYER, Party.THIRD})
"""Who speaks for herself or himself, not for the borrower."""


def add_contacts(tx: Transaction, city: str, contacts: Sequence[Contact]) -> BookChange:
    """Keep contacts, each key once; what was agreed and promised in new ones holds.

    One that corrects what it cannot is refused, and named so; the others are kept.

    Raises
    ------
    NotFoundError
        Where the city has no such borrower; it names them.
    """
    agencies = agencies_of(tx.connection, city, contacts)
    knew = knows_contacts(tx.connection, city)
    good, refused = sift(tx, city, contacts)
    new, change = keep_new(tx, city, tables.contact, good)
    if not knew and knows_contacts(tx.connection, city):
        tx.note("contacts.known", city, city=city)  # the gate is asked of everybody from now on
    for one in new:
        after = to_plain(one)
        del after["note"], after["contacted"]  # written by hand: may hold names and numbers
        tx.note(
            "contact.added", one.borrower_id, city=city, agency=agencies[one.borrower_id],
            after={name: value for name, value in after.items() if value},
        )  # fmt: skip
    correct(tx, city, new, agencies)
    wrong = {one.corrects for one in new}
    holding = [one for one in new if one.key not in wrong]
    book_appointments(tx, city, [one for one in holding if one.appointment])
    opted_out = [one for one in holding if one.result is ContactResult.OPT_OUT]
    heed_opt_outs(tx, city, opted_out, agencies)
    open_promises(tx, city, holding)
    return replace(change, refused=refused)


def heed_opt_outs(
    tx: Transaction, city: str, told: Sequence[Contact], agencies: Mapping[str, str]
) -> None:
    """Let who wants no more contact by a channel have none by it, until somebody ends the wish.

    A contact told late is heeded too; what is not wanted already is not written twice.
    """
    if not told:
        return
    known = by_borrower(tx.connection, Wish, city).values()
    held = {replace(wish, id=0, source="") for wishes in known for wish in wishes}
    for one in told:
        wish = Wish(0, one.borrower_id, "", channel=one.channel)
        if one.party not in OTHERS and wish not in held:
            held.add(wish)
            put(tx, city, replace(wish, source=source_of(one.key)), agencies[one.borrower_id])


def add_listed(tx: Transaction, city: str, records: Sequence[CaseRecord]) -> None:
    """Keep the last contacts that a case list tells of; what it told before stays as it was."""
    listed = [one.contact for one in records if one.contact]
    if listed:
        add_contacts(tx, city, listed)


def agencies_of(
    connection: Connection, city: str, contacts: Sequence[Contact]
) -> Mapping[str, str]:
    """Return the agency of each borrower that `contacts` name: of an open case before others."""
    who = sorted({one.borrower_id for one in contacts})
    query = (
        select(case.borrower_id, case.agency, case.closed_at)
        .where(case.city == city)
        .order_by(case.closed_at.is_(None), case.id.desc())
    )
    found: dict[str, str] = {}
    for some in chunks(who):
        for row in connection.execute(query.where(case.borrower_id.in_(some))):
            found[row.borrower_id] = row.agency
    if unknown := [id for id in who if id not in found]:
        more = " …" if len(unknown) > SHOWN else ""
        raise NotFoundError(f"{city} has no borrower {', '.join(unknown[:SHOWN])}{more}")
    return found


def book_appointments(tx: Transaction, city: str, agreed: Sequence[Contact]) -> None:
    """Let what was agreed last be the appointment of the case, or of all her open cases.

    A contact that is told late does not undo what a later one agreed.
    """
    if not agreed:
        return
    cases = open_cases(tx, city, sorted({one.borrower_id for one in agreed}))
    last = last_agreed(tx.connection, city, sorted(cases))
    new = {one.key for one in agreed}
    for row in (row for rows in cases.values() for row in rows):
        told = [one for one in last[row["borrower_id"]] if one.case_id in ("", row["id"])]
        if told and told[-1].key in new:
            put_appointment(tx, city, row, told[-1].appointment)


def open_cases(
    tx: Transaction, city: str, borrower_ids: Sequence[str]
) -> dict[str, list[RowMapping]]:
    """Return the open cases of borrowers, with their appointments."""
    query = select(
        case.id, case.borrower_id, case.agency, case.appointment_start, case.appointment_end
    ).where(*is_open(city))
    found: dict[str, list[RowMapping]] = defaultdict(list)
    for some in chunks(borrower_ids):
        for row in tx.connection.execute(query.where(case.borrower_id.in_(some))).mappings():
            found[row["borrower_id"]].append(row)
    return found


def last_agreed(
    connection: Connection, city: str, borrower_ids: Sequence[str]
) -> dict[str, list[Contact]]:
    """Return the contacts of borrowers in which an appointment was made, in order of time."""
    query = (
        select(tables.contact)
        .where(contact.city == city, contact.appointment_start.is_not(None), STANDS)
        .order_by(contact.at, contact.key)
    )
    found: dict[str, list[Contact]] = defaultdict(list)
    for some in chunks(borrower_ids):
        for row in connection.execute(query.where(contact.borrower_id.in_(some))).mappings():
            found[row["borrower_id"]].append(from_row(Contact, row))
    return found


def put_appointment(
    tx: Transaction,
    city: str,
    row: RowMapping,
    agreed: Window | None,
) -> None:
    """Let a case have the appointment `agreed`, with its event."""
    start, end = row["appointment_start"], row["appointment_end"]
    was = Window(start, end) if start else None
    if agreed is None or was == agreed:
        return
    where = (case.city == city, case.id == row["id"])
    becomes = {"appointment_start": agreed.start, "appointment_end": agreed.end}
    tx.connection.execute(update(tables.loan_case).where(*where).values(becomes))
    before = {"appointment": to_plain(was)} if was else None
    after = {"appointment": to_plain(agreed)}
    tx.note(
        "case.appointed", row["id"], city=city, agency=row["agency"], before=before, after=after
    )


def keep_agreed(
    connection: Connection, city: str, records: Sequence[CaseRecord]
) -> Sequence[CaseRecord]:
    """Give records without an appointment the one that was made on the phone.

    An empty cell of a list does not cancel what was agreed with the borrower.
    """
    query = (
        select(case.id, case.appointment_start, case.appointment_end)
        .join(
            tables.contact,
            (contact.city == case.city)
            & (contact.borrower_id == case.borrower_id)
            & (contact.appointment_start == case.appointment_start)
            & (contact.appointment_end == case.appointment_end)
            & STANDS,
        )
        .where(*is_open(city), case.appointment_start.is_not(None))
    )
    made = {row[0]: Window(row[1], row[2]) for row in connection.execute(query)}

    def kept(told: Case) -> Case:
        return replace(told, appointment=told.appointment or made.get(told.id))

    return [replace(one, case=kept(one.case)) for one in records] if made else records


def contacts_of(
    connection: Connection, city: str, on: date, only: Only = None
) -> dict[str, list[Contact]]:
    """Return the contacts that the day `on` remembers, by borrower, in order of time."""
    since, until = (datetime.combine(day, time(), UTC) for day in (on - REMEMBERED, on + A_DAY * 2))
    at = unindexed(contact.at, only)
    query = (
        select(tables.contact)
        .where(contact.city == city, at >= since, at < until, STANDS)
        .where(among(contact.borrower_id, only))
        .order_by(at, contact.key)
    )
    found: dict[str, list[Contact]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["borrower_id"]].append(from_row(Contact, row))
    return found


A_DAY = timedelta(days=1)


def knows_contacts(connection: Connection, city: str) -> bool:
    """Say whether the book of a city has any contact at all."""
    told = exists().where(contact.city == city, contact.result != ContactResult.NOT_TRIED)
    return bool(connection.scalar(select(told)))


def list_contacts(connection: Connection, city: str, borrower_id: str, limit: int) -> list[Contact]:
    """Return a borrower's contacts, the newest first."""
    query = (
        select(tables.contact)
        .where(contact.city == city, contact.borrower_id == borrower_id, STANDS)
        .order_by(contact.at.desc(), contact.key.desc())
        .limit(limit)
    )
    return [from_row(Contact, row) for row in connection.execute(query).mappings()]

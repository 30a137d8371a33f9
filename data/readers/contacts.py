"""The contact log, as a call centre or a lender's system exports it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, tzinfo

from data.readers.contact_columns import CONTACTS
from data.readers.digest import digest
from data.readers.hours import window
from data.readers.report import Progress, ReadResult
from data.readers.rows import Row, Rows, read_rows
from data.readers.tables import File
from scheduler.contacts import (
    NOT_REACHED,
    Channel,
    Contact,
    ContactResult,
    Direction,
    Party,
    appointment_fault,
    promise_fault,
)
from scheduler.model import Window

NOON = time(12)

NOT_CHECKED = {
    "contact.party": "no party column: who is reached counts as the borrower",
    "contact.direction": "no direction column: every contact counts as ours",
    "contact.key": "no key column: a contact is told apart by what its row says",
}


def read_contacts(
    file: File,
    *,
    zone: tzinfo,
    now: datetime,
    borrowers_by_case: Mapping[str, str],
    progress: Progress | None = None,
) -> ReadResult[Contact]:
    """Read a contact log.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `CONTACTS`; time, channel and result are required, and a
        contract or client id.
    zone
        Of the city, in which the times are. A day alone counts as its noon.
    now
        No contact can be later.
    borrowers_by_case
        Whose each case of the book is.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported.
    """
    rows = read_rows(file, CONTACTS)
    if rows.has("key"):
        rows.refuse_repeated("key", "contact")
    borrowers = frozenset(borrowers_by_case.values())

    def make(row: Row) -> Contact | None:
        whose = borrower_of(row, borrowers_by_case, borrowers)
        at = moment_of(row, "at", zone, now)
        if agreed := _appointment(row, zone):
            refuse_appointment(row, agreed, zone)
        if row.is_bad or at is None:
            return None
        told = _contact(row, whose, at, agreed)
        if fault := promise_fault(told, at.astimezone(zone).date()):
            row.refuse(*fault)
            return None
        return told

    return rows.result(make, progress=progress, not_checked=_not_checked(rows))


def borrower_of(row: Row, by_case: Mapping[str, str], borrowers: frozenset[str]) -> str:
    """Return whom a row is about; where the book does not know her, refuse it."""
    contract, client = row.get("contract"), row.get("client_id")
    if contract is None and client is None:
        if not (row.has_fault("contract") or row.has_fault("client_id")):
            row.refuse("contract", "is empty; write the contract or the client id")
        return ""
    if contract is not None and contract not in by_case:
        row.refuse("contract", "is no contract of the book; import its case first")
    if client is not None and client not in borrowers:
        row.refuse("client_id", "is no borrower of the book; import her case first")
    whose = by_case.get(contract, client or "")
    if client is not None and not row.is_bad and whose != client:
        row.refuse("client_id", f"is not the client of contract {contract}; write the true one")
    return whose


def moment_of(row: Row, name: str, zone: tzinfo, now: datetime | None) -> datetime | None:
    """Return the instant in a row; refuse one to come. A day alone is its noon, or now."""
    told = row.get(name)
    if told is None:
        return None
    at = datetime.combine(told[0], told[1] or NOON, zone)
    if now is None:
        return at
    if told[1] is None and told[0] == now.astimezone(zone).date():
        at = min(at, now)
    if at > now:
        row.refuse(name, "lies in the future; write when it was")
    return at


def last_contact(row: Row, borrower_id: str, zone: tzinfo, now: datetime | None) -> Contact | None:
    """Return the last contact that a row of a case list tells of; None where it tells of none.

    Each list tells it again: its key is made of the case and of when it was, so it is kept once.
    """
    result = row.get("last_contact_result")
    if result is ContactResult.NOT_TRIED:
        at, when = now, "never"
    else:
        at = moment_of(row, "last_contact", zone, now)
        when = f"{at:%Y%m%d%H%M}" if at else ""
    if at is None or row.is_bad:
        return None
    result = result or ContactResult.ANSWERED
    channel = row.get("last_contact_channel", Channel.CALL)
    return Contact(
        key=f"list-{row.get('contract')}-{when}-{channel}",
        borrower_id=borrower_id,
        channel=channel,
        direction=Direction.OUT,
        party=usual_party(result),
        result=result,
        at=at,
        case_id=row.get("contract"),
    )


def usual_party(result: ContactResult) -> Party:
    """Return who counts as reached where nobody is named."""
    return Party.NOBODY if result in NOT_REACHED else Party.BORROWER


def refuse_appointment(row: Row, agreed: Window, zone: tzinfo) -> None:
    """Refuse an appointment that cannot have been made then; a day alone is all of it."""
    if told := row.get("at"):
        fault = appointment_fault(datetime.combine(told[0], told[1] or time(), zone), agreed)
        if fault:
            row.refuse("appointment", fault)


def _contact(row: Row, whose: str, at: datetime, agreed: Window | None) -> Contact:
    result = row.get("result")
    return Contact(
        key=row.get("key") or _key(row, whose, at),
        borrower_id=whose,
        channel=row.get("channel"),
        direction=row.get("direction", Direction.OUT),
        party=row.get("party", usual_party(result)),
        result=result,
        at=at,
        by=row.get("by", ""),
        case_id=row.get("contract", ""),
        contacted=row.get("contacted", ""),
        recording=row.get("recording", ""),
        note=row.get("note", ""),
        appointment=agreed,
        amount=row.get("amount"),
        due=row.get("due"),
        grace_days=row.get("grace_days"),
        method=row.get("promise_method", ""),
        corrects=row.get("corrects", ""),
    )


def _appointment(row: Row, zone: tzinfo) -> Window | None:
    agreed = row.get("appointment")
    return window(agreed[0], agreed[1], zone) if agreed else None


def _key(row: Row, whose: str, at: datetime) -> str:
    """Return a key by what a row says: the same row in two files is one contact."""
    said = (row.get(name) for name in ("contract", "channel", "direction", "contacted", "result"))
    return f"file-{digest('|'.join(map(str, (whose, at.timestamp(), *said))))}"


def _not_checked(rows: Rows) -> dict[str, str]:
    return {
        feed: text
        for feed, text in NOT_CHECKED.items()
        if not rows.has(feed.removeprefix("contact."))
    }

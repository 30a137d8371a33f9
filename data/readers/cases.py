"""The case list: contracts with their borrowers and places."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, time, tzinfo
from decimal import Decimal

from data.readers.borrowers import read_borrower, unify
from data.readers.case_columns import CASES
from data.readers.contacts import last_contact
from data.readers.hours import window
from data.readers.places import Places
from data.readers.report import Progress, ReadResult, lines_text
from data.readers.rows import Row, Rows, read_rows
from data.readers.tables import File
from data.readers.values import unknown_stops
from routing.datum import Datum
from scheduler.model import Case, Window, bucket
from scheduler.ports import CaseRecord

NOT_CHECKED = {
    "case.stops": "no stop column: stops (paid, disputed, deceased, …) are not known, not checked",
    "case.visited_at": "no last-visit column: days between visits count from visits recorded here",
    "case.days_past_due": "no days-past-due column: 0 is taken, buckets are not known",
    "case.overdue": "no overdue column: 0 is taken, what a visit may recover is not known",
    "case.promise_due": "no promise column: promises that fall due are not known",
    "case.appointment": "no appointment column: appointments are not known",
    "case.skills": "no skills column: any collector may be sent, as far as skills go",
    "place.windows": "no availability column: every lawful hour counts as suitable",
    "place.source": "no source column: the source of each address is 'lender's file'",
    "place.lawful_basis": "no lawful-basis column: the basis of each address is 'contract'",
    "borrower.phone": "no phone column: contact before a visit is not possible from here",
    "borrower.id": "no client id or identity number: borrowers are told apart by name and phone, "
    "without a phone by contract, and visits are counted that way",
}
"""What follows where no column feeds a field."""

_NOON = time(12)


def read_cases(
    file: File,
    *,
    zone: tzinfo,
    agency: str = "",
    datum: Datum | None = None,
    known_skills: AbstractSet[str] | None = None,
    key: bytes = b"",
    now: datetime | None = None,
    progress: Progress | None = None,
) -> ReadResult[CaseRecord]:
    """Read a case list.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `CASES`; contract, name and one address or coordinates
        are required.
    zone
        Of the city: appointments and last visits are in it. A last visit without a time of day
        counts as noon.
    agency
        Of rows that name none.
    datum
        Of coordinates in rows that name none.
    known_skills
        Skills that collectors can have; None accepts any.
    key
        Secret under which identity numbers become borrower ids, see `borrower_id`.
    now
        When it is read: that nobody has contacted her holds as of then. No contact can be later.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported: a file of another kind, headers not understood, …
    """
    rows = read_rows(file, CASES)
    places = Places(rows, datum)
    rows.refuse_repeated("contract", "contract")

    def make(row: Row) -> CaseRecord | None:
        check_skills(row, known_skills)
        check_entrustment(row)
        borrower = read_borrower(row, key)
        where = places.of(row, borrower.id)
        contact = last_contact(row, borrower.id, zone, now)
        if row.is_bad:
            return None
        return CaseRecord(_case(row, borrower.id, zone, agency), borrower, where, contact)

    known = frozenset({"case.agency"} if agency else ())
    result = rows.result(make, progress=progress, not_checked=NOT_CHECKED, known=known)
    line_of = dict(zip(rows.values["contract"], rows.lines, strict=True))
    records, differences = unify(result.records, line_of)
    told = [*_unknown_stops(rows), *_other_buckets(rows), *_examples(rows), *differences]
    return replace(result, records=records, notes=(*result.notes, *told))


def check_skills(row: Row, known_skills: AbstractSet[str] | None) -> None:
    """Refuse a row whose skills are not all known."""
    unknown = row.get("skills", frozenset()) - known_skills if known_skills is not None else None
    if unknown:
        row.refuse(
            "skills",
            f"names {', '.join(sorted(unknown))}, which no list of skills has; write some of "
            f"{', '.join(sorted(known_skills or ()))}",
        )


def check_entrustment(row: Row) -> None:
    """Refuse a row that is returned before it is entrusted."""
    first, last = row.get("entrusted_on"), row.get("returns_on")
    if first and last and last < first:
        row.refuse("returns_on", f"is {last}, before the entrusting on {first}; write a later day")


def _case(row: Row, borrower_id: str, zone: tzinfo, agency: str) -> Case:
    return Case(
        id=row.get("contract"),
        borrower_id=borrower_id,
        agency=row.get("agency", agency),
        product=row.get("product", ""),
        principal=row.get("principal", Decimal(0)),
        overdue=row.get("overdue", Decimal(0)),
        days_past_due=row.get("days_past_due", 0),
        stops=row.get("stop", frozenset()),
        is_assigned=row.get("assigned", False),
        owner=row.get("owner"),
        promise_due=row.get("promise_due"),
        appointment=_appointment(row, zone),
        skills=row.get("skills", frozenset()),
        crew_size=row.get("crew_size", 1),
        visited_at=_visited_at(row, zone),
        entrusted_on=row.get("entrusted_on"),
        returns_on=row.get("returns_on"),
        risk=row.get("risk", ""),
        employment=row.get("employment", ""),
    )


def _appointment(row: Row, zone: tzinfo) -> Window | None:
    agreed = row.get("appointment")
    return window(agreed[0], agreed[1], zone) if agreed else None


def _visited_at(row: Row, zone: tzinfo) -> datetime | None:
    visit = row.get("last_visit")
    return datetime.combine(visit[0], visit[1] or _NOON, zone) if visit else None


def _unknown_stops(rows: Rows) -> list[str]:
    texts = rows.texts.get("stop", [])
    unknown = {text: unknown_stops(text) for text in set(texts)}
    lines: dict[str, list[int]] = {}
    for line, text in zip(rows.lines, texts, strict=False):
        for word in unknown[text]:
            lines.setdefault(word, []).append(line)
    return [
        f"{lines_text(where)}: stop {word!r} is not known and stops the case as 'other'; where the "
        "case is not to be stopped, write 否 or no"
        for word, where in sorted(lines.items())
    ]


def _other_buckets(rows: Rows) -> list[str]:
    lines = [
        row.line
        for row in rows
        if None not in (row.get("bucket"), row.get("days_past_due"))
        and row.get("bucket") != bucket(row.get("days_past_due"))
    ]
    return (
        [f"{lines_text(lines)}: the bucket contradicts days past due, which hold"] if lines else []
    )


def _examples(rows: Rows) -> list[str]:
    contracts = zip(rows.lines, rows.values["contract"], strict=True)
    lines = [line for line, contract in contracts if contract == CASES.by_field["contract"].example]
    return (
        [f"{lines_text(lines)}: looks like the template's made-up row; delete it"] if lines else []
    )

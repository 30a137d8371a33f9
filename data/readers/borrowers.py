"""Who owes: telling borrowers apart, and making one of what several rows say of her."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.readers.digest import digest
from data.readers.report import lines_text
from data.readers.rows import Row
from data.readers.words import fold
from scheduler.model import Borrower, Place, StopFlag
from scheduler.ports import CaseRecord
from scheduler.screening import STOPS_OF_ONE_CASE

PERSONAL_STOPS = frozenset(StopFlag) - STOPS_OF_ONE_CASE
"""Stops that are about the person: from one contract they hold for all of hers."""


def borrower_id(row: Row, key: bytes) -> str:
    """Return the id by which contracts of one person come together.

    The lender's client id as it stands; else a digest of the identity number under `key` (the
    number itself is never kept); else a digest of name and phone; else the contract itself, for
    two people may have one name.
    """
    client, number = row.get("client_id"), row.get("id_number")
    if client:
        return str(client)
    if number:
        return f"id-{digest(number.upper(), key)}"
    name, phone = row.get("name", ""), row.get("phone", "")
    if phone:
        return f"np-{digest(f'{fold(name)}|{fold(phone)}', key)}"
    return f"case-{row.get('contract')}"


def read_borrower(row: Row, key: bytes) -> Borrower:
    return Borrower(
        id=borrower_id(row, key),
        name=row.get("name", ""),
        phone=row.get("phone", ""),
        stops=row.get("stop", frozenset()) & PERSONAL_STOPS,
        languages=row.get("languages", frozenset()),
    )


def unify(
    records: Sequence[CaseRecord], line_of: Mapping[str, int]
) -> tuple[tuple[CaseRecord, ...], tuple[str, ...]]:
    """Let all records of a borrower say the same of her, and note where they did not.

    Stops and languages add up; of names, phones and windows the first that is given holds.
    """
    borrowers: dict[str, Borrower] = {}
    places: dict[str, Place] = {}
    for record in records:
        person = record.borrower
        borrowers[person.id] = _both(borrowers.get(person.id, person), person)
        for place in record.places:
            places[place.id] = _both_places(places.get(place.id, place), place)
    unified = tuple(
        replace(
            record,
            borrower=borrowers[record.borrower.id],
            places=tuple(places[place.id] for place in record.places),
        )
        for record in records
    )
    pairs = zip(records, unified, strict=True)
    different = [line_of[told.case.id] for told, one in pairs if _contradicts(told, one)]
    if not different:
        return unified, ()
    return unified, (
        f"{lines_text(different)}: name, phone or windows differ from an earlier row of the same "
        "borrower; the earlier row's are taken",
    )


def _both(a: Borrower, b: Borrower) -> Borrower:
    if a == b:
        return a
    return replace(
        a, phone=a.phone or b.phone, stops=a.stops | b.stops, languages=a.languages | b.languages
    )


def _both_places(a: Place, b: Place) -> Place:
    if a == b:
        return a
    point, precision = (a.point, a.precision) if a.point else (b.point, b.precision)
    return replace(
        a,
        point=point,
        precision=precision,
        windows=a.windows or b.windows,
        is_valid=a.is_valid and b.is_valid,
        access_note=a.access_note or b.access_note,
    )


def _contradicts(told: CaseRecord, one: CaseRecord) -> bool:
    """Tell whether something that a row says was passed over."""
    windows = zip(told.places, one.places, strict=True)
    return (
        told.borrower.name != one.borrower.name
        or told.borrower.phone not in ("", one.borrower.phone)
        or any(mine.windows not in ((), taken.windows) for mine, taken in windows)
    )

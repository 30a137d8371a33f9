"""What outcomes hold on to against the lender's lists: stops, crew sizes, addresses not valid.

A list that was made before the visit does not know of it: what was told at the door stays until
somebody here lifts it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from data import tables
from data.store.rows import chunks
from scheduler.following import StepKind
from scheduler.model import Borrower, Case, Place, StopFlag
from scheduler.ports import CaseRecord

consequence = tables.consequence.c

HOLDING = (StepKind.STOP_CASE, StepKind.STOP_PERSON, StepKind.CREW, StepKind.INVALID_PLACE)


@dataclass(frozen=True, slots=True)
class Touched:
    """What a step was about, and what stood there before; `flag` where it is about a stop."""

    case_id: str = ""
    place_id: str = ""
    before: Mapping[str, Any] | None = None
    flag: str | None = None


@dataclass
class Held:
    """What holds of borrowers, contracts and places, by their ids."""

    of_person: dict[str, set[StopFlag]] = field(default_factory=lambda: defaultdict(set))
    of_case: dict[str, set[StopFlag]] = field(default_factory=lambda: defaultdict(set))
    crew_size: dict[str, int] = field(default_factory=dict)
    not_valid: dict[str, str] = field(default_factory=dict)

    def add(self, row: Any) -> None:
        """Take in a row of the table of consequences."""
        match row.kind:
            case StepKind.STOP_PERSON:
                self.of_person[row.borrower_id].add(StopFlag(row.detail["flag"]))
            case StepKind.STOP_CASE:
                self.of_case[row.case_id].add(StopFlag(row.detail["flag"]))
            case StepKind.CREW:
                size = max(self.crew_size.get(row.borrower_id, 1), row.detail["size"])
                self.crew_size[row.borrower_id] = size
            case StepKind.INVALID_PLACE:
                self.not_valid[row.place_id] = row.before["address"]

    def borrower(self, told: Borrower) -> Borrower:
        return replace(told, stops=told.stops | self.of_person.get(told.id, set()))

    def case(self, told: Case) -> Case:
        size = max(told.crew_size, self.crew_size.get(told.borrower_id, 1))
        return replace(told, stops=told.stops | self.of_case.get(told.id, set()), crew_size=size)

    def place(self, told: Place) -> Place:
        is_same = self.not_valid.get(told.id) == told.address
        return replace(told, is_valid=False) if is_same else told


def held(connection: Connection, city: str, borrower_ids: Iterable[str]) -> Held:
    """Return what outcomes hold of borrowers."""
    found = Held()
    query = select(tables.consequence).where(
        consequence.city == city, consequence.kind.in_(HOLDING), consequence.undone_at.is_(None)
    )
    for some in chunks(sorted(set(borrower_ids))):
        for row in connection.execute(query.where(consequence.borrower_id.in_(some))):
            found.add(row)
    return found


def keep_held(
    connection: Connection, city: str, records: Sequence[CaseRecord]
) -> Sequence[CaseRecord]:
    """Return a file's records with what was told at the door since, whatever the file says."""
    holds = held(connection, city, (record.borrower.id for record in records))
    return [
        replace(
            one,
            case=holds.case(one.case),
            borrower=holds.borrower(one.borrower),
            places=tuple(map(holds.place, one.places)),
        )
        for one in records
    ]


def as_it_was(
    connection: Connection, city: str, borrower_id: str, kind: StepKind, about: Touched
) -> Touched:
    """Return what stood there before the first outcome that still holds it, else `about` itself.

    So the last of several outcomes that is corrected gives back what was there before them all.
    """
    query = (
        select(consequence.before, consequence.detail)
        .where(
            consequence.city == city,
            consequence.borrower_id == borrower_id,
            consequence.kind == kind,
            consequence.case_id == about.case_id,
            consequence.place_id == about.place_id,
            consequence.undone_at.is_(None),
        )
        .order_by(consequence.id)
    )
    same = (row for row in connection.execute(query) if row.detail.get("flag") == about.flag)
    first = next(same, None)
    return about if first is None else replace(about, before=first.before)

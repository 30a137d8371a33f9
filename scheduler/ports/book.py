"""The book from outside: cases, staff, places and decisions about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from routing.gazetteer.own_place import OwnPlace
from routing.geocoding import GeocodeResult
from routing.point import Point
from scheduler.contacts import Contact
from scheduler.doors import Proposal
from scheduler.model import (
    Borrower,
    Case,
    City,
    Collector,
    Pair,
    Place,
    Shift,
)
from scheduler.ports.changes import BookChange, By
from scheduler.standing_in import Gift, Handing, StandIn


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """One contract as a file tells it, with the last contact that it tells of."""

    case: Case
    borrower: Borrower
    places: tuple[Place, ...]
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class AddressOverride:
    """A decision where an address is; it holds for every place of its text until it is undone.

    `address` is the text without telephone numbers and names, `address_key` what its other
    spellings share. `replaces` is the decision that it took the place of. A decision that
    another one replaced counts as undone by whoever made that.
    """

    id: int
    address_key: str
    address: str
    point: Point
    source: str
    decided_by: str
    decided_at: datetime
    undone_by: str | None = None
    undone_at: datetime | None = None
    replaces: int | None = None

    @property
    def is_in_force(self) -> bool:
        return self.undone_at is None


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """A row of the lender's own gazetteer in the book."""

    id: int
    place: OwnPlace
    made: By


class BookWriter(Protocol):
    """Writes the book: cities, cases, staff, and where places are."""

    def put_city(self, city: City) -> None: ...

    def put_cases(
        self, city: str, records: Sequence[CaseRecord], *, known: frozenset[str], complete: bool
    ) -> BookChange:
        """Insert or update contracts with their borrowers and places.

        `known` names the fields that the file has: 'case.stops', 'place.windows', …; the others
        keep what the book holds, or take their default for a new contract. A place whose address
        changed loses its position. With `complete`, contracts of the city that are missing
        from `records` are closed.
        """
        ...

    def put_collectors(self, city: str, collectors: Sequence[Collector]) -> BookChange: ...

    def put_shifts(self, city: str, shifts: Sequence[Shift]) -> BookChange: ...

    def withdraw_shift(self, city: str, collector_id: str, on: date) -> None:
        """Let a collector not work on a day; where she has no shift then, nothing happens."""
        ...

    def put_pairs(self, city: str, pairs: Sequence[Pair]) -> BookChange: ...

    def put_stand_ins(self, city: str, on: date, told: Handing) -> list[StandIn]:
        """Let collectors stand in for the owners of open cases on a day; return what stands.

        The same key again does nothing.

        Raises
        ------
        NotFoundError
            Where there is no such open case or collector.
        ConflictError
            Where the day has passed, nobody owns a case, its owner herself is named, or somebody
            of another agency; or where the key was that of something else. Nothing is kept then.
        """
        ...

    def end_stand_in(self, city: str, id: int) -> StandIn:
        """Take back that somebody stands in; one that was taken back already stays so.

        Raises
        ------
        NotFoundError
            Where the city has none of that number.
        ConflictError
            Where its day has passed, or a plan of it sends her where nobody else may go.
        """
        ...

    def give_cases(self, city: str, told: Handing) -> list[Gift]:
        """Let collectors own open cases for good; return what changed hands.

        Who owned one until now stands in on the days on which a plan sends her crew to it. The
        same key again does nothing.

        Raises
        ------
        NotFoundError
            Where there is no such open case or collector.
        ConflictError
            Where one works for another agency than the case's, or the key was that of something
            else. Nothing is given then.
        """
        ...

    def give_back(self, city: str, id: int) -> Gift:
        """Let a case be whose it was before a gift, by a gift of its own.

        Raises
        ------
        NotFoundError
            Where the city has no such gift, or the case is closed.
        ConflictError
            Where it was given back already, or somebody else owns the case by now.
        """
        ...

    def put_positions(self, city: str, found: Mapping[Place, GeocodeResult]) -> None:
        """Keep where places are, as `Store.unplaced` gave them.

        A place whose address or position changed meanwhile keeps none of it, nor one that was
        placed by a decision which has been undone since.
        """
        ...

    def put_override(
        self, city: str, address: str, point: Point, source: str, *, known: int | None = None
    ) -> AddressOverride:
        """Decide where an address is, for every place of its text, whosever it is.

        `source` is 'dispatcher' or 'check-ins'. `known` is the decision in force of which
        whoever decides knows, None where she knows of none. The same decision again changes
        nothing. Places to which the lender's file gave coordinates keep them.

        Raises
        ------
        DecidedMeanwhileError
            Where another decision is in force than the `known` one.
        """
        ...

    def undo_override(self, city: str, id: int) -> AddressOverride:
        """Take a decision back, and return it; one that is undone already stays so.

        The decision that it replaced stands again: who takes back a slip of her hand does not
        mean to take back a colleague's work with it. Without one, the places of the text have no
        position any more, and wait to be looked up.

        Raises
        ------
        NotFoundError
            Where the city has no such decision.
        DecidedMeanwhileError
            Where another decision has replaced it: that one is to be undone first.
        """
        ...

    def accept_door(self, city: str, door: Proposal, *, known: int | None = None) -> None:
        """Move a place to where its door was learned to be, and so decide about its address.

        Every other place of its text goes there too, as `put_override` says, whose `known` it is.
        This one is moved even where the lender's file gave its coordinates, and the same file
        does not move it back. Its access note stays.

        Raises
        ------
        NotFoundError
            Where there is no such place; DecidedMeanwhileError as `put_override`.
        """
        ...

    def dismiss_door(self, city: str, place_id: str, seen_until: datetime) -> None:
        """Turn down what check-ins up to `seen_until` propose for a place.

        NotFoundError where there is no such place.
        """
        ...

    def put_validity(self, city: str, id: str, *, is_valid: bool, reason: str = "") -> None:
        """Say whether a place's address is hers; NotFoundError where there is no such place."""
        ...

    def put_own_places(self, city: str, places: Sequence[OwnPlace], source: str) -> BookChange:
        """Let `places` be all that the lender's file `source` says; none to take it out.

        Rows of that source that are not among them are removed.
        """
        ...

    def put_pin(self, city: str, name: str, district: str, at: Point, radius_m: float) -> OwnRecord:
        """Place a compound or lane by hand, for every address that names it.

        An earlier pin of that name and district is removed. '' is no district.
        """
        ...

    def remove_own_place(self, city: str, id: int) -> OwnRecord:
        """Take a pin or a row out of the lender's gazetteer, and return it.

        Raises
        ------
        NotFoundError
            Where the city has none of that number, or has it no more.
        """
        ...

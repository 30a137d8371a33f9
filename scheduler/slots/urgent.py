"""An urgent case: into the book and placed at once, so that it can be put into a running day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.errors import ConflictError
from scheduler.ports import CaseRecord
from scheduler.service import Ports, geocoder_of

CHOSEN = "dispatcher"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a place of the case is: as it was found, or chosen by a person."""

    found: GeocodeResult

    @property
    def is_sure(self) -> bool:
        """Whether somebody can be sent there as it is."""
        return self.found.is_plannable


def look_up_urgent(ports: Ports, city: str, record: CaseRecord) -> Placed:
    """Return where the address of an urgent case is, as the city's geocoder finds it.

    What the lender told, or a person chose, is taken as it stands.
    """
    (place, *_) = record.places
    if place.point is not None:
        return Placed(GeocodeResult(place.point, Precision.CONFIRMED, 0.0, CHOSEN))
    return Placed(geocoder_of(ports, city).locate(place.address))


def with_point(record: CaseRecord, point: Point) -> CaseRecord:
    """Return the case with its place where a person put it."""
    (first, *others) = record.places
    here = replace(first, point=point, precision=Precision.CONFIRMED)
    return replace(record, places=(here, *others))


def take_urgent(
    ports: Ports, city: str, record: CaseRecord, known: frozenset[str], placed: Placed, actor: str
) -> bool:
    """Bring an urgent case into the book, placed, in one transaction; answer whether it is new.

    The same case sent again is in the book once.

    Raises
    ------
    ConflictError
        Where the book holds another case of that contract number, or the borrower is another's.
    """
    case = record.case
    whose = ports.store.borrowers_by_case(city).get(case.id)
    if whose not in (None, case.borrower_id):
        raise ConflictError(
            f"contract {case.id} is in the book already, of another borrower: look it up in Cases"
        )
    (place, *_) = record.places
    with ports.store.writing(ports.by(actor)) as writer:
        change = writer.put_cases(city, [record], known=known, complete=False)
        if place.point is None:
            writer.put_positions(city, {place: placed.found})
        if change.new:
            writer.note("case.urgent", case.id, city=city, after={"borrower_id": case.borrower_id})
    return bool(change.new)

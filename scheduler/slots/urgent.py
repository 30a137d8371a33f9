"""An urgent case: where it is, so that it can be put into a running day at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
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

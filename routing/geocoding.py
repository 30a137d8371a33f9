"""From an address to a point: what every geocoder answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from routing.point import Point


class Precision(StrEnum):
    """How closely an address was found, the best first."""

    CONFIRMED = "confirmed"  # a person put it there, or the file brought coordinates
    EXACT = "exact"  # the house number stands in the extract
    INTERPOLATED = "interpolated"  # between two numbers of the same street
    COMPOUND = "compound"  # the named compound, lane or building
    STREET = "street"
    DISTRICT = "district"
    NONE = "none"

    @property
    def is_plannable(self) -> bool:
        """Whether a visit may be planned on it; anything worse waits for a person."""
        return self not in (Precision.DISTRICT, Precision.NONE)


@dataclass(frozen=True, slots=True)
class GeocodeResult:
    """Where an address is, how sure that is and where it comes from.

    Parameters
    ----------
    point
        WGS-84; None where nothing was found.
    radius_m
        The door lies within this distance of `point`, as far as the source can tell.
    source
        The geocoder's name.
    matched, unmatched
        The parts of the address that were found, and the rest, for the person who reviews it.
    """

    point: Point | None
    precision: Precision
    radius_m: float
    source: str
    matched: str = ""
    unmatched: str = ""


class Geocoder(Protocol):
    """The interface of geopy: every geocoder here, the offline one too, is one of its classes."""

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        """Return a `geopy.Location` (a list of them for `exactly_one=False`) or None."""
        ...

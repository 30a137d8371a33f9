"""An address that names both a street and a compound: the one that is certain is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from routing.gazetteer.address import Reading
from routing.gazetteer.areas import AreaName, contradictions
from routing.gazetteer.index import Entry, Gazetteer, Kind
from routing.gazetteer.ladder import SAME_DOOR_M, Found, in_compounds, lowered
from routing.gazetteer.text import is_chinese
from routing.geocoding import GeocodeResult, Precision
from routing.point import distance_m


@dataclass(frozen=True, slots=True)
class Beside:
    """The compounds of a name that an address has beside its street.

    `is_inside`: it stands behind the number, as what is to be found there; else it comes before
    the street, as a neighbourhood does.
    """

    compounds: tuple[Entry, ...] = ()
    is_inside: bool = False

    def places(self, named: Sequence[AreaName]) -> list[Found]:
        """Return where they are, the near ones as one; only those in the named areas, if any."""
        fitting = [each for each in self.compounds if not contradictions(named, each.areas)]
        return in_compounds(fitting or self.compounds, "", named) if self.compounds else []


def beside_street(
    gazetteer: Gazetteer, reading: Reading, entries: Sequence[Entry]
) -> tuple[Reading, Beside]:
    """Look up what a reading names beside its street, and take that name out of the rest."""
    if not any(entry.kind is Kind.STREET for entry in entries):
        return reading, Beside()
    leftover = reading.leftover if is_chinese(reading.leftover) else ""
    before = [leftover[start:] for start in range(len(leftover) - 1)]
    names = [*reading.beside, *(name for name in before if name not in gazetteer.areas)]
    known = gazetteer.entries(set(names))
    for name in names:
        compounds = tuple(each for each in known.get(name, ()) if each.kind is Kind.COMPOUND)
        if compounds and name in reading.beside:
            inside = replace(reading, unused=reading.unused.removeprefix(name))
            return inside, Beside(compounds, is_inside=True)
        if compounds:
            return replace(reading, leftover=leftover.removesuffix(name)), Beside(compounds)
    return reading, Beside()


def with_compound(
    gazetteer: Gazetteer,
    street: GeocodeResult,
    pieces: Sequence[Entry],
    beside: Beside,
    named: Sequence[AreaName],
) -> GeocodeResult:
    """Return where an address on a street is that also names a compound.

    It is the compound where that stands by the street: a number that is reckoned from its
    neighbours says less, and so does the door of a gate. A compound elsewhere is a contradiction.
    But a name that several places have, or a mere point, may be that of one more which the map
    does not know: it counts only where the number leads to it.
    """
    places = beside.places(named)
    by_street = [place for place in places if gazetteer.are_beside(place.entries, pieces)]
    is_sole = len(places) == 1 and all(each.circle.radius_m > 0 for each in places[0].entries)
    if street.precision is Precision.EXACT or not is_sole:
        by_street = [place for place in by_street if _meet(street, place.result)]
    if len(by_street) == 1:
        return _at_compound(street, by_street[0].result, beside.is_inside)
    if is_sole:
        sole = places[0].result
        return lowered([street, sole], f"{sole.matched} is elsewhere")
    return street


def _at_compound(street: GeocodeResult, compound: GeocodeResult, is_inside: bool) -> GeocodeResult:
    """Tell the compound, unless the door itself is known and it is hardly wider, or around it."""
    is_narrow = compound.radius_m <= street.radius_m + SAME_DOOR_M
    if street.precision is Precision.EXACT and (is_narrow or not is_inside):
        return street
    matched = f"{street.matched} {compound.matched}"
    unmatched = street.unmatched if street.precision.is_plannable else ""
    return replace(compound, matched=matched, unmatched=unmatched)


def _meet(one: GeocodeResult, other: GeocodeResult) -> bool:
    """Whether a door may lie in both circles."""
    assert one.point
    assert other.point
    return distance_m(one.point, other.point) <= one.radius_m + other.radius_m

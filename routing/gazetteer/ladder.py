"""One street or compound of the asked name: how high up the ladder its door can be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from routing.gazetteer.areas import AreaName, all_areas, contradictions, map_says
from routing.gazetteer.circle import Circle, cover, spread_m
from routing.gazetteer.estimate import LEAST_RADIUS_M, Estimate, estimate
from routing.gazetteer.index import Door, Entry, Gazetteer
from routing.gazetteer.numbers import HouseNumber
from routing.gazetteer.text import is_chinese
from routing.geocoding import GeocodeResult, Precision

SOURCE = "gazetteer"
SAME_DOOR_M = 50.0
LARGEST_COMPOUND_M = 300.0
LANE_M = 150.0
"""Doors of a lane are so far from its street, most of them."""
BEYOND_CONFIDENCE = 0.92
"""Of a number past a street's last: the map may lack it, or the number be wrong."""
BEYOND_MANY_CONFIDENCE, MANY = 0.5, 20
"""Where so many of the street's numbers are known, it is the number that is wrong: it waits."""
LANE_SIGNS = ("巷", "弄", "衖")


@dataclass(frozen=True, slots=True)
class Found:
    """A result, and on how many of the areas that the address names the map agrees with it.

    `is_here` and `is_elsewhere` are those of `Estimate`.
    """

    result: GeocodeResult
    agreed: int
    entries: tuple[Entry, ...]
    is_here: bool = False
    is_elsewhere: bool = False

    @property
    def has_number(self) -> bool:
        return self.result.precision in (Precision.EXACT, Precision.INTERPOLATED)

    def may_have(self, number: HouseNumber) -> bool:
        """Whether the number lies within those that the map knows of this street."""
        spans = (entry.numbers for entry in self.entries if entry.numbers)
        return any(first <= number.value <= last for first, last in spans)


def on_street(
    gazetteer: Gazetteer,
    pieces: Sequence[Entry],
    number: HouseNumber | None,
    named: Sequence[AreaName],
) -> Found:
    """Tell the door, the span between two doors, or the whole street of `pieces`."""
    own = all_areas(piece.areas for piece in pieces)
    doors = gazetteer.doors(pieces, number) if number else []
    is_western = not is_chinese(pieces[0].name)
    for other in number.others if number and not doors and is_western else ():
        if doors := gazetteer.doors(pieces, other):
            number = other
    if number and doors:
        result, own = _at_doors(pieces, number, doors, named)
    elif number:
        told = estimate(gazetteer, pieces, number)
        result = _at_number(pieces, number, told)
        agreed = agreements(named, own)
        return Found(result, agreed, tuple(pieces), told.is_here, told.is_elsewhere)
    else:
        result = whole_street(pieces, "")
    return Found(result, agreements(named, own), tuple(pieces))


def _at_number(pieces: Sequence[Entry], number: HouseNumber, told: Estimate) -> GeocodeResult:
    """Tell the circle of a number that the street is not known to have."""
    why = f"{number.key} is no known number"
    last = max((piece.numbers[1] for piece in pieces if piece.numbers), default=0)
    is_beyond = told.is_beyond and not told.is_here
    if is_beyond:
        why = f"{number.key} is beyond {last:.0f}, the last number known there"
    if told.precision is Precision.STREET and _is_short_lane(pieces, told.circle):
        told = replace(told, precision=Precision.COMPOUND)
    placed = _at_least(told.circle)
    result = result_at(told.precision, placed, pieces[0].name, why)
    if not is_beyond:
        return result
    sure = BEYOND_MANY_CONFIDENCE if told.known >= MANY else BEYOND_CONFIDENCE
    return replace(result, confidence=sure)


def at_turning(found: Found) -> Found:
    """Tell where a lane turns off that the map lacks: it leads away from its number's door."""
    result = found.result
    sure, radius_m = CONFIDENCE[Precision.STREET], max(LANE_M, result.radius_m)
    told = replace(result, radius_m=radius_m, unmatched="", confidence=sure)
    return replace(found, result=replace(told, precision=Precision.STREET))


def in_compounds(
    compounds: Sequence[Entry], unmatched: str, named: Sequence[AreaName]
) -> list[Found]:
    """Tell near compounds of one name as one, far ones each by itself."""
    together = cover([compound.circle for compound in compounds])
    if together.radius_m <= LARGEST_COMPOUND_M:
        return [_compound(together, compounds, unmatched, named)]
    return [_compound(each.circle, [each], unmatched, named) for each in compounds]


def _compound(
    circle: Circle, entries: Sequence[Entry], unmatched: str, named: Sequence[AreaName]
) -> Found:
    own = all_areas(entry.areas for entry in entries)
    placed = _at_least(circle)
    found = result_at(Precision.COMPOUND, placed, entries[0].name, unmatched)
    return Found(found, agreements(named, own), tuple(entries))


def whole_street(pieces: Sequence[Entry], unmatched: str) -> GeocodeResult:
    """Tell a street, or a lane short enough to be looked through on foot."""
    circle = _at_least(cover([piece.circle for piece in pieces]))
    precision = Precision.COMPOUND if _is_short_lane(pieces, circle) else Precision.STREET
    return result_at(precision, circle, pieces[0].name, unmatched)


def _is_short_lane(pieces: Sequence[Entry], circle: Circle) -> bool:
    return pieces[0].name.endswith(LANE_SIGNS) and circle.radius_m <= LARGEST_COMPOUND_M


def _at_doors(
    pieces: Sequence[Entry], number: HouseNumber, doors: Sequence[Door], named: Sequence[AreaName]
) -> tuple[GeocodeResult, frozenset[AreaName]]:
    """Tell the door of that number, and its areas; far ones only tell the street."""
    fitting = [door for door in doors if not contradictions(named, door.areas)]
    if not fitting:
        told = map_says(named, all_areas(door.areas for door in doors))
        street = whole_street(pieces, f"the map has number {number.key} in {told}")
        return replace(street, precision=Precision.DISTRICT), frozenset()
    most = max(agreements(named, door.areas) for door in fitting)
    fitting = [door for door in fitting if agreements(named, door.areas) == most]
    circles = [door.circle for door in fitting]
    matched, own = f"{pieces[0].name} {number.key}", fitting[0].areas
    spread = spread_m(circles)
    if spread > SAME_DOOR_M:
        told = f"number {number.key} stands {len(fitting)} times"
        return result_at(Precision.STREET, cover(circles), matched, told), own
    radius_m = max(spread, *(circle.radius_m for circle in circles))
    circle = replace(cover(circles), radius_m=radius_m)
    return result_at(Precision.EXACT, circle, matched, ""), own


def agreements(named: Iterable[AreaName], own: Iterable[AreaName]) -> int:
    """Count the named areas that a place is known to lie in."""
    return len({area.key for area in named} & {area.key for area in own})


CONFIDENCE = {
    Precision.EXACT: 0.99,
    Precision.INTERPOLATED: 0.98,
    Precision.COMPOUND: 0.97,
    Precision.STREET: 0.97,
    Precision.DISTRICT: 0.8,
}
"""Of an answer that nothing speaks against: as often as doors lay in the circle that was told
(benchmarks/told_and_true.py), a little less for what maps have wrong."""


def result_at(precision: Precision, circle: Circle, matched: str, unmatched: str) -> GeocodeResult:
    """Return a circle as an answer, as sure as its precision is."""
    radius_m, sure = round(circle.radius_m, 1), CONFIDENCE[precision]
    return GeocodeResult(circle.point, precision, radius_m, SOURCE, matched, unmatched, sure)


def _at_least(circle: Circle) -> Circle:
    return replace(circle, radius_m=max(LEAST_RADIUS_M, circle.radius_m))


def lowered(candidates: Sequence[GeocodeResult], why: str) -> GeocodeResult:
    """Return the circle that holds all candidates, as a district: it waits for a person."""
    circles = [
        Circle(found.point.lat, found.point.lon, found.radius_m)
        for found in candidates
        if found.point
    ]
    return result_at(Precision.DISTRICT, cover(circles), candidates[0].matched, why)

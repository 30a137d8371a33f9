"""One way to read an address, answered: where it is, and what in it speaks against that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from routing.gazetteer.address import Address, Reading
from routing.gazetteer.areas import AreaName, all_areas, contradictions, map_says
from routing.gazetteer.beside import Beside, beside_street, with_compound
from routing.gazetteer.choosing import candidates_of, chosen, with_unmatched
from routing.gazetteer.index import Entry, Gazetteer
from routing.gazetteer.ladder import SOURCE, lowered, result_at
from routing.gazetteer.localities import Localities, localities
from routing.gazetteer.text import is_chinese
from routing.geocoding import GeocodeResult, Precision
from routing.point import distance_m

CITY_LEVELS = frozenset({"city", "province"})
SHORTEST_BEHIND_CUT = 3
"""Of a street behind an area without its sign: 中山 before 北路 begins the name of a road."""
LONGEST_UNREAD = 3
"""Characters between areas that are none, as 民安看 for 民安里; all else outweighs them."""
TOWN_M = 2_000.0
"""From the middle of a town or the doors of a postcode, beyond their circle, to others of it."""
ELSEWHERE_CONFIDENCE = 0.95
DOUBT_CONFIDENCE = 0.97
"""How much surer an answer would be without each part that is not understood."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and the candidates a person may choose from, the best first."""

    result: GeocodeResult
    candidates: tuple[GeocodeResult, ...] = ()


def read(gazetteer: Gazetteer, reading: Reading, entries: Sequence[Entry]) -> Answer | None:
    """Answer by a reading; None where something before its name is no area."""
    reading, beside = beside_street(gazetteer, reading, entries)
    before = localities(reading.leftover, gazetteer.areas)
    if before.is_cut_short and len(reading.name) < SHORTEST_BEHIND_CUT:
        return None
    if not before.rest:
        return _answer(gazetteer, reading, before, entries, beside)
    if before.is_rest_last or len(before.rest) > LONGEST_UNREAD or not is_chinese(before.rest):
        return None
    told = _answer(gazetteer, reading, before, entries, beside)
    return told if told.result.precision is Precision.EXACT else None


def _answer(
    gazetteer: Gazetteer, reading: Reading, before: Localities, entries: Sequence[Entry],
    beside: Beside,
) -> Answer:  # fmt: skip
    """Answer by a reading whose name the gazetteer knows and which leaves nothing unexplained."""
    tail = localities(reading.tail, gazetteer.areas)
    named = before.named + tail.named
    misread = {**before.misread, **tail.misread}
    fitting = _fitting(gazetteer, reading, named, entries)
    found = candidates_of(gazetteer, reading, named, fitting or entries)
    candidates = tuple(each.result for each in (*found, *beside.places(named)))
    outside = _outside(gazetteer, named, misread) or _strange_town(gazetteer, tail)
    if outside:
        return Answer(nothing(outside), candidates)
    if not fitting:
        told = map_says(named, all_areas(entry.areas for entry in entries))
        return Answer(lowered(candidates, f"the map has it in {told}"), candidates)
    result = chosen(found, reading.number)
    result = with_compound(gazetteer, result, fitting, beside, named)
    unknown = [area.key for area in named if area.key not in gazetteer.areas]
    slips = [f"{written} read as {area.key}" for area, written in misread.items()]
    doubts = [*unknown, before.rest, tail.rest, *dict.fromkeys(slips)]
    elsewhere = _elsewhere(gazetteer, named, result)
    sure = result.confidence * DOUBT_CONFIDENCE ** len(list(filter(None, doubts)))
    sure *= ELSEWHERE_CONFIDENCE ** len(elsewhere)
    return Answer(
        replace(with_unmatched(result, [*doubts, *elsewhere]), confidence=sure), candidates
    )


def _elsewhere(gazetteer: Gazetteer, named: Sequence[AreaName], result: GeocodeResult) -> list[str]:
    """Say which of the named areas are not about what was found, though none excludes it.

    A postal town has no border on the map; it reaches farther than its middle.
    """
    told = (gazetteer.areas.get(key) for key in dict.fromkeys(area.key for area in named))
    circles = [(area.name, area.circle) for area in told if area and area.circle]
    return [
        f"{name} is elsewhere"
        for name, circle in circles
        if result.point
        and distance_m(circle.point, result.point) > circle.radius_m + result.radius_m + TOWN_M
    ]


def _fitting(
    gazetteer: Gazetteer, reading: Reading, named: Sequence[AreaName], entries: Sequence[Entry]
) -> list[Entry]:
    """Return the streets and compounds that may lie in the named areas.

    A street lies where it lies, but a house may have the postal town of its neighbours.
    """
    fitting = [entry for entry in entries if not contradictions(named, entry.areas)]
    if fitting or reading.number is None:
        return fitting
    return [
        entry
        for entry in entries
        if any(
            not contradictions(named, door.areas)
            for door in gazetteer.doors([entry], reading.number)
        )
    ]


def in_district(gazetteer: Gazetteer, address: Address) -> Answer:
    """Answer with the smallest area named, where neither street nor compound is known."""
    around = localities(address.localities, gazetteer.areas)
    outside = _outside(gazetteer, around.named, around.misread)
    if outside:
        return Answer(nothing(outside))
    areas = (gazetteer.areas.get(name.key) for name in reversed(around.named))
    placed = [(area.circle, area.name) for area in areas if area and area.circle]
    if not placed:
        return Answer(nothing(f"no street or place known in {address.localities!r}"))
    circle, name = min(placed, key=lambda found: found[0].radius_m)
    return Answer(result_at(Precision.DISTRICT, circle, name, around.rest))


def _outside(
    gazetteer: Gazetteer, named: Sequence[AreaName], misread: Mapping[AreaName, str]
) -> str:
    """Say which named areas the extract does not have, though it has others of their level.

    台南市 is no slip for 台北市, unless a smaller area is named as well.
    """
    strange = [area.key for area in contradictions(named, gazetteer.area_names)]
    if len(misread) == len(named):
        strange += [w for area, w in misread.items() if is_chinese(w) and area.level in CITY_LEVELS]
    names = ", ".join(dict.fromkeys(strange))
    return f"{names} is not in this extract" if names else ""


def _strange_town(gazetteer: Gazetteer, tail: Localities) -> str:
    """Say so where nothing after the street is known, though the extract names its areas."""
    is_strange = tail.rest and not tail.named and gazetteer.areas
    return f"{tail.rest!r} is not in this extract" if is_strange else ""


def nothing(why: str) -> GeocodeResult:
    return GeocodeResult(None, Precision.NONE, 0.0, SOURCE, unmatched=why, confidence=0.0)

"""From an address to a place: the ladder, and what is told where it is not climbed to the top.

Exact number, between two numbers, compound or lane, street, district. Whatever could mean two
places far apart is told as the least precise thing that is still true of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from routing.gazetteer.address import Address, Reading
from routing.gazetteer.areas import AreaName, all_areas, contradictions, map_says
from routing.gazetteer.beside import Beside, beside_street, with_compound
from routing.gazetteer.chinese import read_chinese
from routing.gazetteer.index import Entry, Gazetteer, Kind
from routing.gazetteer.ladder import SOURCE, Found, in_compounds, lowered, on_street, result_at
from routing.gazetteer.localities import Localities, localities
from routing.gazetteer.numbers import HouseNumber
from routing.gazetteer.text import is_chinese
from routing.gazetteer.western import read_western
from routing.geocoding import GeocodeResult, Precision

LONGEST_ADDRESS = 300
BEST_FIRST = tuple(Precision)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and the candidates a person may choose from, the best first."""

    result: GeocodeResult
    candidates: tuple[GeocodeResult, ...] = ()


def find(gazetteer: Gazetteer, text: str) -> Answer:
    """Return where the address `text` is. Nothing is guessed: see the module's first lines."""
    if len(text) > LONGEST_ADDRESS:
        return Answer(_nothing(f"longer than {LONGEST_ADDRESS} characters"))
    address = read_chinese(text) if is_chinese(text) else read_western(text)
    known = gazetteer.entries({reading.name for reading in address.readings})
    for reading in address.readings:
        if reading.name in known:
            entries = known[reading.name]
            reading, beside = beside_street(gazetteer, reading, entries)
            before = localities(reading.leftover, gazetteer.areas)
            if not before.rest:
                return _answer(gazetteer, reading, before, entries, beside)
    return _in_district(gazetteer, address)


def similar(gazetteer: Gazetteer, text: str) -> tuple[GeocodeResult, ...]:
    """Return streets and compounds with names like those in `text`, to choose from."""
    precisions = {Kind.STREET: Precision.STREET, Kind.COMPOUND: Precision.COMPOUND}
    return tuple(
        result_at(precisions[entry.kind], entry.circle, entry.name, f"only like {text!r}")
        for entry in gazetteer.similar(text)
    )


def _answer(
    gazetteer: Gazetteer, reading: Reading, before: Localities, entries: Sequence[Entry],
    beside: Beside,
) -> Answer:  # fmt: skip
    """Answer by a reading whose name the gazetteer knows and which leaves nothing unexplained."""
    tail = localities(reading.tail, gazetteer.areas)
    named = before.named + tail.named
    fitting = [entry for entry in entries if not contradictions(named, entry.areas)]
    found = _candidates(gazetteer, reading, named, fitting or entries)
    candidates = tuple(each.result for each in (*found, *beside.places(named)))
    outside = _outside(gazetteer, named) or _strange_town(gazetteer, tail)
    if outside:
        return Answer(_nothing(outside), candidates)
    if not fitting:
        told = map_says(named, all_areas(entry.areas for entry in entries))
        return Answer(lowered(candidates, f"the map has it in {told}"), candidates)
    result = _chosen(found, reading.number)
    result = with_compound(gazetteer, result, fitting, beside, named)
    unknown = [area.key for area in named if area.key not in gazetteer.areas]
    return Answer(_told(result, [*unknown, tail.rest]), candidates)


def _candidates(
    gazetteer: Gazetteer, reading: Reading, named: Sequence[AreaName], entries: Sequence[Entry]
) -> list[Found]:
    """Return what each street of the name and its compounds would answer, the best first.

    A number belongs to a street: compounds of the same name come in only where there is none.
    """
    streets: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is Kind.STREET:
            streets[entry.component].append(entry)
    found = [on_street(gazetteer, pieces, reading.number, named) for pieces in streets.values()]
    compounds = [entry for entry in entries if entry.kind is Kind.COMPOUND]
    if compounds and not (reading.number and streets):
        number = reading.number.key if reading.number else ""
        found += in_compounds(compounds, number, named)
    found = [replace(each, result=_told(each.result, [reading.unused])) for each in found]
    return sorted(found, key=lambda each: BEST_FIRST.index(each.result.precision))


def _chosen(found: Sequence[Found], number: HouseNumber | None) -> GeocodeResult:
    """Return the candidate that is meant, else the least that is true of all of them.

    Those with the number go before those without, then those on whose areas the map agrees; yet
    not before another street that may well have that number too.
    """
    rivals = (
        [each for each in found if each.has_number]
        or [each for each in found if each.is_here]
        or [each for each in found if not each.is_beyond]
        or found
    )
    most = max(each.agreed for each in rivals)
    meant = [each for each in rivals if each.agreed == most]
    others = [each for each in found if each not in rivals and each.agreed >= most]
    candidates = meant + [each for each in others if number and each.may_have(number)]
    if len(candidates) == 1:
        more = f"{len(others)} more of this name, without the number" if others else ""
        return _told(candidates[0].result, [more])
    results = [each.result for each in candidates]
    return lowered(results, f"{len(results)} places of this name")


def _in_district(gazetteer: Gazetteer, address: Address) -> Answer:
    """Answer with the smallest area named, where neither street nor compound is known."""
    around = localities(address.localities, gazetteer.areas)
    outside = _outside(gazetteer, around.named)
    if outside:
        return Answer(_nothing(outside))
    areas = (gazetteer.areas.get(name.key) for name in reversed(around.named))
    placed = [(area.circle, area.name) for area in areas if area and area.circle]
    if not placed:
        return Answer(_nothing(f"no street or place known in {address.localities!r}"))
    circle, name = min(placed, key=lambda found: found[0].radius_m)
    return Answer(result_at(Precision.DISTRICT, circle, name, around.rest))


def _outside(gazetteer: Gazetteer, named: Sequence[AreaName]) -> str:
    """Say which named areas the extract does not have, though it has others of their level."""
    strange = contradictions(named, gazetteer.area_names)
    names = ", ".join(dict.fromkeys(area.key for area in strange))
    return f"{names} is not in this extract" if names else ""


def _strange_town(gazetteer: Gazetteer, tail: Localities) -> str:
    """Say so where nothing after the street is known, though the extract names its areas."""
    is_strange = tail.rest and not tail.named and gazetteer.areas
    return f"{tail.rest!r} is not in this extract" if is_strange else ""


def _told(result: GeocodeResult, more: Iterable[str]) -> GeocodeResult:
    """Add what else is unmatched."""
    return replace(result, unmatched=", ".join(filter(None, (result.unmatched, *more))))


def _nothing(why: str) -> GeocodeResult:
    return GeocodeResult(None, Precision.NONE, 0.0, SOURCE, unmatched=why)

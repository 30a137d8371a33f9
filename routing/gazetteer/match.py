"""From an address to a place: the ladder, and what is told where it is not climbed to the top.

Exact number, between two numbers, compound or lane, street, district. Whatever could mean two
places far apart is told as the least precise thing that is still true of both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from routing.gazetteer.address import Address, Reading
from routing.gazetteer.areas import AreaName, all_areas, contradictions, map_says
from routing.gazetteer.beside import Beside, beside_street, with_compound
from routing.gazetteer.chinese import read_chinese
from routing.gazetteer.index import Entry, Gazetteer, Kind
from routing.gazetteer.ladder import SOURCE, Found, in_compounds, lowered, on_street, result_at
from routing.gazetteer.localities import Localities, localities
from routing.gazetteer.numbers import HouseNumber
from routing.gazetteer.private import split_private
from routing.gazetteer.text import is_chinese
from routing.gazetteer.western import read_western
from routing.geocoding import GeocodeResult, Precision

LONGEST_ADDRESS = 300
NUMBERED = frozenset({Precision.EXACT, Precision.INTERPOLATED})
PLACED = NUMBERED | {Precision.COMPOUND, Precision.STREET}
CITY_LEVELS = frozenset({"city", "province"})
STREET_WORDS = re.compile(r"[\d路街道巷弄段东西南北中大]")
LONG_NAME = 3
"""Characters that are a name's own, of which one may be wrong and the name be known still."""
LONGEST_UNREAD = 3
"""Characters between areas that are none, as 民安看 for 民安里; all else outweighs them."""
SLIP_CONFIDENCE = 0.95
DOUBT_CONFIDENCE = 0.97
RIVAL_CONFIDENCE = 0.85
"""How much surer an answer would be without a slip, or without each part that is not understood."""

BEST_FIRST = tuple(Precision)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and the candidates a person may choose from, the best first."""

    result: GeocodeResult
    candidates: tuple[GeocodeResult, ...] = ()


def find(gazetteer: Gazetteer, text: str) -> Answer:
    """Return where the address `text` is. Nothing is guessed: see the module's first lines."""
    text = split_private(text).address
    if len(text) > LONGEST_ADDRESS:
        return Answer(_nothing(f"longer than {LONGEST_ADDRESS} characters"))
    address = read_chinese(text) if is_chinese(text) else read_western(text)
    whole = [reading for reading in address.readings if not reading.unused]
    parts = [reading for reading in address.readings if reading.unused]
    attempts = (
        lambda: _by_name(gazetteer, whole),
        lambda: _by_slip(gazetteer, whole, NUMBERED),
        lambda: _by_name(gazetteer, parts),
        lambda: _by_slip(gazetteer, address.readings, PLACED),
    )
    return _first_placed(attempts) or _in_district(gazetteer, address)


def _first_placed(attempts: Iterable[Callable[[], Answer | None]]) -> Answer | None:
    """Return the first answer that is somewhere, else the first that says why it is nowhere."""
    first: Answer | None = None
    for answer in filter(None, (attempt() for attempt in attempts)):
        if answer.result.point:
            return answer
        first = first or answer
    return first


def _by_name(gazetteer: Gazetteer, readings: Sequence[Reading]) -> Answer | None:
    """Answer by the first reading whose name is known, and which leaves nothing unexplained.

    One that leads out of the extract gives way to another that does not.
    """
    known = gazetteer.entries({reading.name for reading in readings})
    return _first_placed(
        partial(_read, gazetteer, each, known[each.name]) for each in readings if each.name in known
    )


def _by_slip(
    gazetteer: Gazetteer, readings: Sequence[Reading], enough: Collection[Precision]
) -> Answer | None:
    """Answer by names that one slip makes of a reading's, where that leads closely `enough`."""
    alike = gazetteer.alike({reading.name for reading in readings})
    known = gazetteer.entries({key for keys in alike.values() for key in keys})
    found: dict[str, Answer] = {}
    for reading in readings:
        for key in alike.get(reading.name, ()):
            told = key not in found and _read(gazetteer, reading, known[key])
            if told and told.result.precision in enough and _is_likely(reading, key, told):
                found[key] = _slipped(told, reading.name, key)
    if len(found) > 1:
        results = [answer.result for answer in found.values()]
        return Answer(lowered(results, f"like {', '.join(found)}"), tuple(results))
    return next(iter(found.values()), None)


def _is_likely(reading: Reading, key: str, told: Answer) -> bool:
    """Whether a slip is likelier than a street that the map lacks.

    Two characters make a name in Chinese: 中正路 is no slip for 中山路, unless that very number
    and the areas speak for it.
    """
    if not is_chinese(key) or len(STREET_WORDS.sub("", key)) >= LONG_NAME:
        return True
    return told.result.precision is Precision.EXACT and bool(reading.leftover or reading.tail)


def _slipped(told: Answer, written: str, key: str) -> Answer:
    """Say that a name was not written as the map has it."""
    sure = told.result.confidence * SLIP_CONFIDENCE
    result = replace(_told(told.result, [f"{written} read as {key}"]), confidence=sure)
    return replace(told, result=result)


def _read(gazetteer: Gazetteer, reading: Reading, entries: Sequence[Entry]) -> Answer | None:
    """Answer by a reading; None where something before its name is no area."""
    reading, beside = beside_street(gazetteer, reading, entries)
    before = localities(reading.leftover, gazetteer.areas)
    if not before.rest:
        return _answer(gazetteer, reading, before, entries, beside)
    if before.is_rest_last or len(before.rest) > LONGEST_UNREAD or not is_chinese(before.rest):
        return None
    told = _answer(gazetteer, reading, before, entries, beside)
    return told if told.result.precision is Precision.EXACT else None


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
    misread = {**before.misread, **tail.misread}
    fitting = _fitting(gazetteer, reading, named, entries)
    found = _candidates(gazetteer, reading, named, fitting or entries)
    candidates = tuple(each.result for each in (*found, *beside.places(named)))
    outside = _outside(gazetteer, named, misread) or _strange_town(gazetteer, tail)
    if outside:
        return Answer(_nothing(outside), candidates)
    if not fitting:
        told = map_says(named, all_areas(entry.areas for entry in entries))
        return Answer(lowered(candidates, f"the map has it in {told}"), candidates)
    result = _chosen(found, reading.number)
    result = with_compound(gazetteer, result, fitting, beside, named)
    unknown = [area.key for area in named if area.key not in gazetteer.areas]
    slips = [f"{written} read as {area.key}" for area, written in misread.items()]
    doubts = [*unknown, before.rest, tail.rest, *dict.fromkeys(slips)]
    sure = result.confidence * DOUBT_CONFIDENCE ** len(list(filter(None, doubts)))
    return Answer(replace(_told(result, doubts), confidence=sure), candidates)


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
        result = candidates[0].result
        if not others:
            return result
        sure = result.confidence * RIVAL_CONFIDENCE
        more = f"{len(others)} more of this name, without the number"
        return replace(_told(result, [more]), confidence=sure)
    results = [each.result for each in candidates]
    return lowered(results, f"{len(results)} places of this name")


def _in_district(gazetteer: Gazetteer, address: Address) -> Answer:
    """Answer with the smallest area named, where neither street nor compound is known."""
    around = localities(address.localities, gazetteer.areas)
    outside = _outside(gazetteer, around.named, around.misread)
    if outside:
        return Answer(_nothing(outside))
    areas = (gazetteer.areas.get(name.key) for name in reversed(around.named))
    placed = [(area.circle, area.name) for area in areas if area and area.circle]
    if not placed:
        return Answer(_nothing(f"no street or place known in {address.localities!r}"))
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


def _told(result: GeocodeResult, more: Iterable[str]) -> GeocodeResult:
    """Add what else is unmatched."""
    return replace(result, unmatched=", ".join(filter(None, (result.unmatched, *more))))


def _nothing(why: str) -> GeocodeResult:
    return GeocodeResult(None, Precision.NONE, 0.0, SOURCE, unmatched=why)

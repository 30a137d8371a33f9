"""From an address to a place: the ladder, and what is told where it is not climbed to the top.

Exact number, between two numbers, compound or lane, street, district. Whatever could mean two
places far apart is told as the least precise thing that is still true of both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import chain

from routing.gazetteer.address import Address, Reading
from routing.gazetteer.answering import Answer, in_district, nothing, read
from routing.gazetteer.chinese import read_chinese
from routing.gazetteer.choosing import with_unmatched
from routing.gazetteer.corner import at_corner
from routing.gazetteer.index import Gazetteer, Kind
from routing.gazetteer.ladder import lowered, result_at
from routing.gazetteer.localities import localities
from routing.gazetteer.private import split_private
from routing.gazetteer.text import is_chinese
from routing.gazetteer.western import read_western
from routing.geocoding import GeocodeResult, Precision

LONGEST_ADDRESS = 300
ROUGHLY = {Kind.STREET: Precision.STREET, Kind.COMPOUND: Precision.COMPOUND}
NUMBERED = frozenset({Precision.EXACT, Precision.INTERPOLATED})
PLACED = NUMBERED | {Precision.COMPOUND, Precision.STREET}
STREET_WORDS = re.compile(r"[\d路街道巷弄段东西南北中大]")
LONGEST_SLIPPED, MOST_SLIPPED = 60, 200
"""Characters of a name in which a slip is looked for, and how many names are: the rest is noise."""
LONG_NAME = 3
"""Characters that are a name's own, of which one may be wrong and the name be known still."""
SIMILAR_CONFIDENCE = 0.3
"""Of a name that only looks like what was written: for a person to choose from, no more."""
SLIP_CONFIDENCE = 0.97
"""How much surer an answer would be if its name were written as the map has it."""


def find(gazetteer: Gazetteer, text: str) -> Answer:
    """Return where the address `text` is. Nothing is guessed: see the module's first lines."""
    text = split_private(text).address
    if len(text) > LONGEST_ADDRESS:
        return Answer(nothing(f"longer than {LONGEST_ADDRESS} characters"))
    address = taken_apart(text)
    whole = [reading for reading in address.readings if not reading.unused]
    parts = [reading for reading in address.readings if reading.unused]
    slips = cache(lambda: _slips(gazetteer, address.readings))
    attempts = (
        lambda: _by_name(gazetteer, whole),
        lambda: _at_corner(gazetteer, text),
        lambda: _by_slip(gazetteer, whole, slips(), NUMBERED | {Precision.COMPOUND}),
        lambda: _by_name(gazetteer, parts),
        lambda: _by_slip(gazetteer, address.readings, slips(), PLACED),
    )
    return _first_placed(attempts) or in_district(gazetteer, address)


def taken_apart(text: str) -> Address:
    """Return the ways to read an address, by the script it is written in."""
    return read_chinese(text) if is_chinese(text) else read_western(text)


def _at_corner(gazetteer: Gazetteer, text: str) -> Answer | None:
    result = at_corner(gazetteer, text)
    return Answer(result) if result else None


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
        partial(read, gazetteer, each, known[each.name]) for each in readings if each.name in known
    )


def _slips(gazetteer: Gazetteer, readings: Sequence[Reading]) -> Mapping[str, Sequence[str]]:
    """Return the known names that one slip makes of each reading's, of the most literal ones."""
    names = dict.fromkeys(each.name for each in readings if len(each.name) <= LONGEST_SLIPPED)
    return gazetteer.alike(list(names)[:MOST_SLIPPED])


def _by_slip(
    gazetteer: Gazetteer,
    readings: Sequence[Reading],
    alike: Mapping[str, Sequence[str]],
    enough: Collection[Precision],
) -> Answer | None:
    """Answer by names that are `alike` a reading's, where that leads closely `enough`."""
    known = gazetteer.entries({key for keys in alike.values() for key in keys})
    found: dict[str, Answer] = {}
    for reading in readings:
        for key in alike.get(reading.name, ()):
            told = key not in found and read(gazetteer, reading, known[key])
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
    if reading.name.replace("巷", "弄") == key.replace("巷", "弄"):
        return True
    return told.result.precision is Precision.EXACT and bool(reading.leftover or reading.tail)


def _slipped(told: Answer, written: str, key: str) -> Answer:
    """Say that a name was not written as the map has it."""
    sure = told.result.confidence * SLIP_CONFIDENCE
    result = replace(with_unmatched(told.result, [f"{written} read as {key}"]), confidence=sure)
    return replace(told, result=result)


def similar(gazetteer: Gazetteer, text: str, most: int = 5) -> tuple[GeocodeResult, ...]:
    """Return streets and compounds with names like one of `text`, to choose from: slips first.

    Of a text that is too long to be an address, nothing.
    """
    text = split_private(text).address
    if len(text) > LONGEST_ADDRESS:
        return ()
    address = taken_apart(text)
    slips = _slips(gazetteer, address.readings)
    entries = gazetteer.entries({key for keys in slips.values() for key in keys})
    asked = localities(address.localities, gazetteer.areas).rest or text
    found = [*chain.from_iterable(entries.values()), *gazetteer.similar(asked, most)]
    streets = {(entry.name, entry.component): entry for entry in reversed(found)}
    chosen = list(streets.values())[::-1][:most]
    told = (
        result_at(ROUGHLY[entry.kind], entry.circle, entry.name, f"only like {asked!r}")
        for entry in chosen
    )
    return tuple(replace(result, confidence=SIMILAR_CONFIDENCE) for result in told)

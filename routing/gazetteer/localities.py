"""Which areas the rest of an address names, and what in it stays unexplained."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from routing.gazetteer.areas import LEVELS, AreaName, Areas, area_name, names_at_levels
from routing.gazetteer.chinese import AREA, POSTCODE
from routing.gazetteer.text import is_chinese

LONGEST_AREA_WORDS = 5
FORMER_NAMES = Path(__file__).with_name("former_names.toml")
POSTCODE_WORD = re.compile(
    r"\d{4,6}(?:-\d{4})?|[a-z]\d[a-z]\d[a-z]\d"
    r"|[a-z]{1,2}\d[a-z\d]?|\d[a-z]\d|\d[a-z]{2}"
)
# 臺北 may stand for 臺北市; 中山 for 中山區 would be found in every 中山路.
DROPPED_SIGNS = ("", "市", "省")
CUT_SIGNS = ("区", "县", "镇")


@dataclass(frozen=True, slots=True)
class Localities:
    """`named` may hold areas that the extract does not know; `rest` is no area at all.

    `is_rest_last`: such a rest stands at the end, and may begin the name that follows;
    `is_cut_short`: so does an area without its last sign, 南苑 for 南苑区. `misread` are those of
    `named` that are written with a slip, as they are written.
    """

    named: tuple[AreaName, ...]
    rest: str
    is_rest_last: bool = False
    is_cut_short: bool = False
    misread: Mapping[AreaName, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the text: the areas that it names, or what is left of it."""

    named: Sequence[AreaName] = ()
    rest: str = ""
    misread: str = ""
    is_cut_short: bool = False


@lru_cache(maxsize=1)
def former_names() -> Mapping[str, Sequence[str]]:
    """Return what districts and counties are called today, by the names that they had."""
    tables = tomllib.loads(FORMER_NAMES.read_text(encoding="utf-8"))
    return {old: now for table in tables.values() for old, now in table.items()}


def localities(text: str, areas: Areas) -> Localities:
    """Find the areas in folded `text`, by the names the extract knows and by 省市區縣."""
    parts = list(_chinese(text, areas) if is_chinese(text) else _western(text.split(), areas))
    joint = "" if is_chinese(text) else " "
    return Localities(
        tuple(area for part in parts for area in part.named),
        joint.join(part.rest for part in parts if part.rest),
        bool(parts and parts[-1].rest),
        bool(parts and parts[-1].is_cut_short),
        {area: part.misread for part in parts if part.misread for area in part.named},
    )


def _western(words: list[str], areas: Areas) -> Iterator[_Part]:
    i = 0
    while i < len(words):
        size, part = _western_part(words[i : i + LONGEST_AREA_WORDS], areas)
        yield part
        i += size


def _western_part(words: list[str], areas: Areas) -> tuple[int, _Part]:
    """Return how many of the words name an area, and which; else the first word as it is."""
    sizes = range(len(words), 0, -1)
    for size in sizes:
        if key := next((key for key in _spellings(words[:size]) if key in areas), None):
            return size, _Part(names_at_levels(key, areas))
    for size in sizes:
        written = " ".join(words[:size])
        if key := areas.alike(written):
            return size, _Part(names_at_levels(key, areas), misread=written)
    return 1, _Part(rest="" if POSTCODE_WORD.fullmatch(words[0]) else words[0])


def _spellings(words: list[str]) -> tuple[str, str]:
    """Return words as a name, and as a postcode in two halves."""
    return " ".join(words), "".join(words) if len(words) == 2 else ""


def _chinese(text: str, areas: Areas) -> Iterator[_Part]:
    text = POSTCODE.sub("", text)
    while text:
        unit = AREA.match(text)
        size = unit.end() if unit else 0
        known = _known_within(text[:size], areas) or _known_start(text, areas)
        if known:
            key, size = known
            yield _Part(names_at_levels(key, areas))
        elif unit:
            written = unit.group()
            key_alike = _alike(written, areas)
            if now := [key for key in former_names().get(written, ()) if key in areas]:
                yield _Part([area for key in now for area in names_at_levels(key, areas)])
            elif key_alike:
                yield _Part(names_at_levels(key_alike, areas), misread=written)
            else:
                yield _Part([area_name(written)])
        elif cut := next((text + sign for sign in CUT_SIGNS if text + sign in areas), None):
            yield _Part(names_at_levels(cut, areas), is_cut_short=True)
            size = len(text)
        else:
            yield _Part(rest=text[0])
            size = 1
        text = text[size:]


def _alike(written: str, areas: Areas) -> str | None:
    """Return the area that a slip makes of a Chinese one: 江南省 is no slip for 江南区."""
    key = areas.alike(written)
    own, other = area_name(written).level, area_name(key).level if key else ""
    return key if own == other or not own else None


def _known_within(unit: str, areas: Areas) -> tuple[str, int] | None:
    """Return the known area that ends `unit`: 中山區 in 臺北中山區; not the short 山區."""
    for start in range(len(unit) - 2 + 1):
        if unit[start:] in areas:
            return unit[start:], len(unit)
    return None


def _known_start(text: str, areas: Areas) -> tuple[str, int] | None:
    """Return the known area that begins `text` without its last word: 臺北 for 臺北市."""
    for size in range(min(len(text), 8), 1, -1):
        for sign in DROPPED_SIGNS:
            if text[:size] + sign in areas and text[size : size + 1] not in LEVELS:
                return text[:size] + sign, size
    return None

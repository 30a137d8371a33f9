"""Which areas the rest of an address names, and what in it stays unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from routing.gazetteer.areas import LEVELS, Area, AreaName, area_name, names_at_levels
from routing.gazetteer.chinese import AREA, POSTCODE
from routing.gazetteer.text import is_chinese

LONGEST_AREA_WORDS = 5
POSTCODE_WORD = re.compile(
    r"\d{4,6}(?:-\d{4})?|[a-z]\d[a-z]\d[a-z]\d"
    r"|[a-z]{1,2}\d[a-z\d]?|\d[a-z]\d|\d[a-z]{2}"
)
# 臺北 may stand for 臺北市; 中山 for 中山區 would be found in every 中山路.
DROPPED_SIGNS = ("", "市", "省")


@dataclass(frozen=True, slots=True)
class Localities:
    """`named` may hold areas that the extract does not know; `rest` is no area at all."""

    named: tuple[AreaName, ...]
    rest: str


def localities(text: str, areas: Mapping[str, Area]) -> Localities:
    """Find the areas in folded `text`, by the names the extract knows and by 省市區縣."""
    parts = list(_chinese(text, areas) if is_chinese(text) else _western(text.split(), areas))
    named = tuple(area for found, _ in parts for area in found)
    joint = "" if is_chinese(text) else " "
    return Localities(named, joint.join(rest for _, rest in parts if rest))


Part = tuple[list[AreaName], str]


def _western(words: list[str], areas: Mapping[str, Area]) -> Iterator[Part]:
    i = 0
    while i < len(words):
        for end in range(min(len(words), i + LONGEST_AREA_WORDS), i, -1):
            key = next((k for k in _spellings(words[i:end]) if k in areas), None)
            if key:
                yield names_at_levels(key, areas), ""
                i = end
                break
        else:
            yield [], "" if POSTCODE_WORD.fullmatch(words[i]) else words[i]
            i += 1


def _spellings(words: list[str]) -> tuple[str, str]:
    """Return words as a name, and as a postcode in two halves."""
    return " ".join(words), "".join(words) if len(words) == 2 else ""


def _chinese(text: str, areas: Mapping[str, Area]) -> Iterator[Part]:
    text = POSTCODE.sub("", text)
    while text:
        unit = AREA.match(text)
        size = unit.end() if unit else 0
        known = _known_within(text[:size], areas) or _known_start(text, areas)
        if known:
            key, size = known
            yield names_at_levels(key, areas), ""
        elif unit:
            yield [area_name(unit.group())], ""
        else:
            yield [], text[0]
            size = 1
        text = text[size:]


def _known_within(unit: str, areas: Mapping[str, Area]) -> tuple[str, int] | None:
    """Return the known area that ends `unit`: 中山區 in 臺北中山區; not the short 山區."""
    for start in range(len(unit) - 2 + 1):
        if unit[start:] in areas:
            return unit[start:], len(unit)
    return None


def _known_start(text: str, areas: Mapping[str, Area]) -> tuple[str, int] | None:
    """Return the known area that begins `text` without its last word: 臺北 for 臺北市."""
    for size in range(min(len(text), 8), 1, -1):
        for sign in DROPPED_SIGNS:
            if text[:size] + sign in areas and text[size : size + 1] not in LEVELS:
                return text[:size] + sign, size
    return None

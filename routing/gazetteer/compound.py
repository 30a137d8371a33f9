"""Which compound or lane an address names, so that one pin can place all of its doors.

Nothing is looked up: this is for names that no gazetteer knows yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from routing.gazetteer.chinese import BARE_DOOR, DOOR, INSIDE, LAST_PART, ON_STREET, POSTCODE
from routing.gazetteer.own_place import LANE_ENDS
from routing.gazetteer.private import split_private
from routing.gazetteer.text import chinese_key, fold, is_chinese, without_brackets
from routing.gazetteer.western import UNIT

# 城市花园, 东方市场 and 东河小区 are no areas; 幸福里 and 马家村 are names of what is asked for.
AREA = re.compile(
    r"(?P<area>\D{1,10}?(?:省|自治[区州县]|行政区|(?<=..)市(?![场政民府])|(?<![小社园])区(?!域)"
    r"|[县旗乡镇]|街道))(?=..)"
)
DISTRICT = re.compile(r"(?:区|县|旗)$")
NO_COMPOUND = re.compile(r"(?:[路街道段省市县旗乡镇]|(?<![小社园])区)$")
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Compound:
    """A compound, named building, village or lane; the district where the address tells it."""

    name: str
    district: str = ""


def compound_in(address: str) -> Compound | None:
    """Return the compound or lane that an address names; a street alone is none.

    >>> compound_in("宁州市城东区东河小区3栋2单元501")
    Compound(name='东河小区', district='城东区')
    >>> compound_in("东河路18弄5号302室"), compound_in("东河路18号")
    (Compound(name='东河路18弄', district=''), None)
    """
    text = split_private(address).address
    return _chinese(text) if is_chinese(text) else _western(text)


def _chinese(text: str) -> Compound | None:
    district, key = _without_areas(POSTCODE.sub("", chinese_key(without_brackets(fold(text)))))
    door = DOOR.search(key) or BARE_DOOR.search(key)
    head = _outside(key[: door.start()] if door else key)
    if head.endswith(LANE_ENDS):
        return Compound(head, district)
    behind = _outside(key[door.end() :]) if door else ""
    on_street = ON_STREET.fullmatch(head)
    names = (behind, on_street["rest"] if on_street else head)
    return next((Compound(name, district) for name in map(_whole, names) if name), None)


def _without_areas(key: str) -> tuple[str, str]:
    """Return the district that a key begins with, if any, and what follows its areas."""
    district = ""
    while found := AREA.match(key):
        area, key = found["area"], key[found.end() :]
        district = area if DISTRICT.search(area) else district
    return district, key


def _outside(key: str) -> str:
    """Return what stands before a building, entrance or room."""
    inside = INSIDE.search(key)
    return key[: inside.start()] if inside else key


def _whole(name: str) -> str:
    """Return the compound without its parts (二期, 东门), '' where it is none."""
    while part := LAST_PART.search(name):
        name = name[: part.start()]
    is_one = len(name) >= SHORTEST and is_chinese(name) and not NO_COMPOUND.search(name)
    return name if is_one else ""


def _western(text: str) -> Compound | None:
    """Return what is named before the part with the number: Rosewood Gardens, 12 Main St."""
    *before, _ = parts = [part.strip() for part in re.split(r"[,;\n]", text)]
    numbered = [bool(re.search(r"\d", UNIT.sub(" ", fold(part)))) for part in parts]
    if not any(numbered):
        return None
    named = [part for part in before[: numbered.index(True)] if UNIT.sub(" ", fold(part)).strip()]
    return Compound(named[-1]) if named else None

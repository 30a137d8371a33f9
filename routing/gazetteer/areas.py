"""Cities, districts and villages: which ones an address names, and whether they contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from routing.gazetteer.circle import Circle
from routing.gazetteer.text import is_chinese, name_key

# Villages and neighbourhoods (里, 村, 街道) are left out: they are redrawn too often to exclude.
LEVELS = {
    "省": "province", "市": "city", "州": "city", "盟": "city",
    "区": "district", "县": "district", "旗": "district", "乡": "town", "镇": "town",
}  # fmt: skip
NO_LEVEL = ""


@dataclass(frozen=True, slots=True)
class AreaName:
    """An area as houses and addresses name it.

    Two areas of one `level` exclude each other; one without a level excludes none. The level is
    told by the last character of a Chinese name (中山區), else by the boundary's admin_level,
    else it is 'city' for a postal town.
    """

    level: str
    key: str
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the extract; `circle` is None where its outline is cut and nothing lies in it."""

    name: str
    levels: frozenset[str]
    circle: Circle | None


def area_name(name: str, level: str = NO_LEVEL) -> AreaName:
    """Return what `name` is called by; a Chinese name tells its own level."""
    key = name_key(name)
    own = LEVELS.get(key[-1:], level) if is_chinese(key) else level
    return AreaName(own, key, name)


def contradictions(named: Iterable[AreaName], own: Iterable[AreaName]) -> list[AreaName]:
    """Return the named areas that exclude `own`: same level, another name.

    Where one of the names of a level agrees, the others do not count: 苏州市昆山市 is in 昆山市.
    """
    keys: dict[str, set[str]] = defaultdict(set)
    for area in own:
        keys[area.level].add(area.key)
    everywhere = set[str]().union(*keys.values())
    agreed = {a.level for a in named if a.key in everywhere or _is_same(a.key, keys[a.level])}
    return [
        area
        for area in named
        if area.level != NO_LEVEL
        and keys[area.level]
        and area.level not in agreed
        and area.key not in everywhere
    ]


def _is_same(key: str, others: Iterable[str]) -> bool:
    """Whether one name holds the other: City of Vancouver, Vancouver BC."""
    return any(key in other or other in key for other in others)


def map_says(named: Iterable[AreaName], own: Iterable[AreaName]) -> str:
    """Say which areas of `own` stand against the contradicting ones."""
    levels = {area.level for area in contradictions(named, own)}
    return ", ".join(sorted({area.key for area in own if area.level in levels}))


def names_at_levels(key: str, areas: Mapping[str, Area]) -> list[AreaName]:
    """Return `key` at each level on which the extract knows it."""
    return [AreaName(level, key) for level in sorted(areas[key].levels)]

"""Cities, districts and villages: which ones an address names, and whether they contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from routing.gazetteer.circle import Circle
from routing.gazetteer.misspelt import SHORTEST, forms, is_alike, kept_forms
from routing.gazetteer.text import is_chinese, name_key

# Villages and neighbourhoods (里, 村, 街道) are left out: they are redrawn too often to exclude.
LEVELS = {
    "省": "province", "市": "city", "州": "city", "盟": "city",
    "区": "district", "县": "district", "旗": "district", "乡": "town", "镇": "town",
}  # fmt: skip
NO_LEVEL = ""
# Neighbourhoods, and zones that lie across districts: 高新区 excludes no 城东区, nor does 市辖区.
NO_DISTRICTS = (
    "小区",
    "社区",
    "园区",
    "校区",
    "辖区",
    "高新区",
    "经开区",
    "开发区",
    "工业区",
    "保税区",
)


@dataclass(frozen=True, slots=True)
class AreaName:
    """An area as houses and addresses name it.

    Two areas of one `level` exclude each other; one without a level excludes none. The level is
    told by the last character of a Chinese name (中山區); for another name it is the boundary's
    admin_level, or 'city' for a postal town.
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


class Areas(dict[str, Area]):
    """The areas of an extract by their keys; one that is misspelt is found, too."""

    def __init__(self, areas: Mapping[str, Area]) -> None:
        super().__init__(areas)
        self._forms: dict[str, set[str]] = defaultdict(set)
        for form, key in kept_forms(areas):
            self._forms[form].add(key)

    def alike(self, key: str) -> str | None:
        """Return the one area that a slip makes of `key`, None where there is none, or several."""
        if len(key) < SHORTEST[is_chinese(key)]:
            return None
        near = {known for form in forms(key) for known in self._forms.get(form, ())}
        found = [known for known in near if is_alike(key, known)]
        return found[0] if len(found) == 1 else None


def area_name(name: str, level: str = NO_LEVEL) -> AreaName:
    """Return what `name` is called by; a Chinese name tells its own level."""
    key = name_key(name)
    if key.endswith(NO_DISTRICTS):
        return AreaName(NO_LEVEL, key, name)
    own = LEVELS.get(key[-1:], NO_LEVEL) if is_chinese(key) else level
    return AreaName(own, key, name)


def contradictions(named: Sequence[AreaName], own: frozenset[AreaName]) -> list[AreaName]:
    """Return the named areas that exclude `own`: same level, another name.

    Where one of the names of a level agrees, the others do not count: 苏州市昆山市 is in 昆山市.
    """
    levels, keys = _sorted_by_level(own)
    strange = [area for area in named if area.level in levels and area.key not in keys]
    agreed = {area.level for area in named if area.key in keys}
    agreed |= {area.level for area in strange if _is_same(area.key, levels[area.level])}
    return [area for area in strange if area.level not in agreed]


@lru_cache(maxsize=4096)
def _sorted_by_level(own: frozenset[AreaName]) -> tuple[dict[str, set[str]], set[str]]:
    """Return the keys of each level, and all keys."""
    levels: dict[str, set[str]] = defaultdict(set)
    for area in own:
        if area.level != NO_LEVEL:
            levels[area.level].add(area.key)
    return dict(levels), {area.key for area in own}


def _is_same(key: str, others: Iterable[str]) -> bool:
    """Whether one name holds the other: City of Vancouver, Vancouver BC."""
    return any(key in other or other in key for other in others)


def map_says(named: Sequence[AreaName], own: frozenset[AreaName]) -> str:
    """Say which areas of `own` stand against the contradicting ones."""
    levels = {area.level for area in contradictions(named, own)}
    return ", ".join(sorted({area.key for area in own if area.level in levels}))


def all_areas(each: Iterable[frozenset[AreaName]]) -> frozenset[AreaName]:
    return frozenset[AreaName]().union(*each)


def names_at_levels(key: str, areas: Mapping[str, Area]) -> list[AreaName]:
    """Return `key` at each level on which the extract knows it."""
    return [AreaName(level, key) for level in sorted(areas[key].levels)]

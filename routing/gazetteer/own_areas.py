"""In which areas the lender's own places lie, as the map around them and their rows say."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from routing.gazetteer.areas import AreaName, all_areas, area_name
from routing.gazetteer.index import areas_from
from routing.gazetteer.near import Surroundings
from routing.gazetteer.own_place import OwnPlace

AROUND_M = 300.0
"""What lies so near, and is so small, is in the same areas; near a border in one of both."""


def areas_around(file: sqlite3.Connection, places: Sequence[OwnPlace]) -> list[frozenset[AreaName]]:
    """Return the areas of each place: its district as told, and those of the map around it.

    A gazetteer keeps no outlines of areas, but of each street and compound which ones it touches.
    """
    query = "SELECT lat, lon, areas FROM entry WHERE radius_m <= ? AND areas != ''"
    rows = file.execute(query, (AROUND_M,)).fetchall()
    if not rows:
        return [_joined(place, frozenset()) for place in places]
    around = Surroundings([[(lat, lon)] for lat, lon, _ in rows])
    near = around.near([(place.point.lat, place.point.lon) for place in places], AROUND_M)
    told = [areas_from(areas) for _, _, areas in rows]
    return [
        _joined(place, all_areas(told[i] for i in found))
        for place, found in zip(places, near, strict=True)
    ]


def _joined(place: OwnPlace, around: frozenset[AreaName]) -> frozenset[AreaName]:
    """Add the district that a row tells; the map's others of its level do not stand against it."""
    if not place.district:
        return around
    own = area_name(place.district)
    return frozenset({own, *(area for area in around if not area.level or area.level != own.level)})

"""The rest of the map: areas of water, parks, compounds, districts; nodes for doors and places."""

from __future__ import annotations

from collections.abc import Mapping

from data.towns.arterials import River
from data.towns.districts import District
from data.towns.lots import Lot, Use
from data.towns.names import CITY, Name
from data.towns.places import Address, Directory
from data.towns.plat import around
from data.towns.sheet import Sheet, dense

MADE_UP = "made-up data / 演示数据"

LOT_TAGS: dict[Use, dict[str, str]] = {
    Use.COMPOUND: {"landuse": "residential"},
    Use.HOUSES: {"landuse": "residential"},
    Use.SHOPS: {"landuse": "commercial"},
    Use.WORKS: {"landuse": "industrial"},
    Use.SCHOOL: {"amenity": "school"},
    Use.PARK: {"leisure": "park"},
    Use.LAKE: {"natural": "water", "water": "lake"},
    Use.FARM: {"landuse": "farmland"},
    Use.WOOD: {"landuse": "forest"},
}
RIVER = Name("沧江", "Cang River")
BEND_M = 120.0  # sides longer than this get points in between
RIVER_STEPS = 160


def draw_river(sheet: Sheet, river: River) -> None:
    """Draw the water between the banks, beyond the town at both ends."""
    half_m = river.width_m / 2 - 12
    reach_m = 1.3 * sheet.ground.radius_m
    along = [reach_m * (2 * step / RIVER_STEPS - 1) for step in range(RIVER_STEPS + 1)]
    right, left = (
        [river.middle + river.direction * complex(m, side * half_m) for m in along]
        for side in (-1, 1)
    )
    sheet.add_areas([right + left[::-1]], [{"natural": "water", "water": "river", **RIVER.tags}])


def draw_lots(sheet: Sheet, lots: list[Lot], directory: Directory, places: AreaTags) -> None:
    """Draw every lot, with its name and address where it has them."""
    outlines, tags = [], []
    for index, lot in enumerate(lots):
        address = directory.lots.get(index)
        is_water = lot.use is Use.LAKE
        outlines.append(shore(lot.outline) if is_water else dense(lot.outline, BEND_M))
        tags.append(LOT_TAGS[lot.use] | (lot_tags(address, places) if address else {}))
    sheet.add_areas(outlines, tags)


def shore(outline: list[complex]) -> list[complex]:
    """Return an outline rounded by cutting its corners, and those that come of it (Chaikin)."""
    for _ in range(3):
        outline = [a + (b - a) * share for a, b in around(outline) for share in (0.25, 0.75)]
    return outline


def lot_tags(address: Address, places: AreaTags) -> dict[str, str]:
    named = address.name.tags if address.name else {}
    return named | (address_tags(address, places) if address.is_mapped else {})


AreaTags = Mapping[int, Mapping[str, str]]
"""What `addr:city` and `addr:district` are in each quarter."""


def draw_doors(sheet: Sheet, directory: Directory, places: AreaTags) -> None:
    """Mark the doors that are on the map."""
    doors = [door for door in directory.doors if door.is_mapped]
    sheet.add_marks([door.at for door in doors], (address_tags(door, places) for door in doors))


def address_tags(address: Address, places: AreaTags) -> dict[str, str]:
    if address.street is None:
        return {}
    return {
        "addr:housenumber": str(address.number),
        "addr:street": address.street.zh,
        **places[address.quarter],
    }


def area_tags(districts: list[District]) -> AreaTags:
    """Return the tags of every quarter."""
    return {
        quarter: {"addr:district": district.name.zh, "addr:city": CITY.zh}
        for district in districts
        for quarter in district.quarters
    }


def draw_districts(sheet: Sheet, districts: list[District]) -> None:
    """Draw the boundaries, a mark in the middle of each, and the city's, which says it is none."""
    for district in districts:
        tags = {"boundary": "administrative", "admin_level": "6", **district.name.tags}
        sheet.add_areas([dense(district.outline, BEND_M)], [tags])
    marks = [{"place": "suburb", **district.name.tags} for district in districts]
    city = {"place": "city", **CITY.tags, "note": MADE_UP}
    sheet.add_marks([*(district.middle for district in districts), 0j], [*marks, city])

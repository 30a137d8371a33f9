"""The map of a made-up town, from the first arterial to the last door."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from data.towns.arterials import choose_bridges, draw_arterials
from data.towns.blocks import cut_blocks
from data.towns.buses import draw_buses, numbered
from data.towns.districts import District, make_districts
from data.towns.ground import Ground, make_ground
from data.towns.landscape import area_tags, draw_districts, draw_doors, draw_lots, draw_river
from data.towns.lots import build_lots
from data.towns.names import NameBook
from data.towns.network import Streets, draw_network
from data.towns.places import Directory, make_directory
from data.towns.plat import Plat
from data.towns.roads import make_roads
from data.towns.sections import lift_one_ways, open_sections
from data.towns.sheet import Sheet

FEWEST_NODES = 1_000
MOST_NODES = 300_000
NODES_PER_M2 = 1 / 1000  # of the radius squared: two fifths of them give streets their bend


@dataclass(frozen=True, slots=True)
class Map:
    """A town without its people; `book` knows which names are taken."""

    sheet: Sheet
    ground: Ground
    districts: list[District]
    directory: Directory
    book: NameBook


def make_map(seed: int, nodes: int) -> Map:
    """Draw the town of `seed`, with about `nodes` nodes on drivable streets.

    Raises
    ------
    ValueError
        Where `nodes` are too few or too many for a town.
    """
    if not FEWEST_NODES <= nodes <= MOST_NODES:
        raise ValueError(f"a town has {FEWEST_NODES} to {MOST_NODES} nodes, not {nodes}")
    rng = Random(f"{seed}:map")
    ground = make_ground(rng, (nodes / NODES_PER_M2) ** 0.5)
    plat, book = Plat(), NameBook(rng)
    arterials = draw_arterials(rng, plat, ground.radius_m)
    river = arterials.river
    districts = make_districts(plat, arterials)
    built = build_lots(rng, plat, cut_blocks(rng, plat, arterials.quarters, ground))
    road_map = make_roads(rng, plat, built.lanes, book)
    sections = open_sections(plat, river, choose_bridges(plat, river, ground.radius_m))
    lift_one_ways(sections, plat, road_map)
    directory = make_directory(rng, plat, road_map, built, river, book)
    sheet = Sheet(ground)
    streets = Streets(plat, road_map, built, directory.lanes)
    number_of = draw_network(sheet, streets, sections, nodes)
    # Names of its own, so that a town is the same with its buses as without them.
    stop_book = NameBook(Random(f"{seed}:buses"), set(book.given))
    draw_buses(sheet, numbered(arterials.corners, number_of), stop_book)
    draw_river(sheet, river)
    draw_lots(sheet, built.lots, directory, area_tags(districts))
    draw_doors(sheet, directory, area_tags(districts))
    draw_districts(sheet, districts)
    return Map(sheet, ground, districts, directory, book)

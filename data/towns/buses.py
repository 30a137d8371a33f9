"""Bus lines of a made-up town: across it along the radials, and round it along the rings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from data.towns.main_streets import MainStreets
from data.towns.names import STOP_ENDINGS, Name, NameBook
from data.towns.plat import around
from data.towns.sheet import Relation, Sheet

APART_M = 500.0  # from stop to stop, about
NEAREST_M = 350.0  # a stop of another line that is nearer than this to the last one is passed
ROUNDABOUT = 1.4  # of the straight line: where a ring's way to the next radial is longer, it ends
FEWEST_STOPS = 4

Web = Sequence[Sequence[int]]
"""Nodes of the sheet [sector][ring] where radials and rings meet; 0 where nothing was built."""


def numbered(corners: Sequence[Sequence[int]], number_of: Mapping[int, int]) -> Web:
    """Return corners of the plat by their numbers on the sheet."""
    return [[number_of.get(node, 0) for node in radial] for radial in corners]


def draw_buses(sheet: Sheet, web: Web, book: NameBook) -> None:
    """Mark the stops, with names out of `book`, and draw each line there and back."""
    streets = MainStreets(sheet)
    named: dict[int, Name] = {}
    for way in [*ways_across(streets, web), *ways_round(streets, web)]:
        stops = choose_stops(streets, way, named)
        if len(stops) < FEWEST_STOPS:
            continue
        named |= {stop: book.take(STOP_ENDINGS) for stop in stops if stop not in named}
        number = len(sheet.relations) // 2 + 1
        for ride in (stops, stops[::-1]):
            tags = line_tags(number, named[ride[0]], named[ride[-1]])
            sheet.relations.append(Relation(tuple(ride), "platform", tags))
    sheet.node_tags.update({stop: stop_tags(name) for stop, name in named.items()})


def ways_across(streets: MainStreets, web: Web) -> Iterator[list[int]]:
    """Yield the ways from the end of each radial to that on the other side of the town."""
    ends = [radial[-1] for radial in web if radial[-1]]
    half = len(ends) // 2
    for start, end in zip(ends, ends[half:], strict=False):
        yield streets.way(start, end)


def ways_round(streets: MainStreets, web: Web) -> Iterator[list[int]]:
    """Yield the ways along the rings between the old town and the edge, as far as each leads."""
    for ring in list(zip(*web, strict=True))[1:-1]:
        chords = [streets.way(here, there) for here, there in around(list(filter(None, ring)))]
        yield from joined([way if is_direct(streets, way) else [] for way in chords])


def is_direct(streets: MainStreets, way: list[int]) -> bool:
    """Whether a way is none, or about straight: not by a bridge elsewhere."""
    return not way or streets.along_m(way)[-1] <= ROUNDABOUT * streets.straight_m(way[0], way[-1])


def joined(chords: list[list[int]]) -> Iterator[list[int]]:
    """Join the ways from radial to radial that follow each other round a ring."""
    gap = next((i for i, way in enumerate(chords) if not way), 0)
    for is_open, run in groupby([*chords[gap:], *chords[:gap]], key=bool):
        if is_open:
            ways = list(run)
            yield [*(node for way in ways for node in way[:-1]), ways[-1][-1]]


def choose_stops(streets: MainStreets, way: list[int], others: Collection[int]) -> list[int]:
    """Return where a line stops: at its ends, with `others` on its way, and evenly between."""
    can_stop = np.array([streets.is_free(node) for node in way], bool)
    if can_stop.sum() < FEWEST_STOPS:
        return []
    nodes, at_m = np.array(way)[can_stop], streets.along_m(way)[can_stop]
    fixed_m = shared_m(at_m[[0, -1]].tolist(), at_m[np.isin(nodes, list(others))].tolist())
    parts_m = [evenly(*gap_m) for gap_m in pairwise(fixed_m)]
    wanted_m = np.append(np.concatenate(parts_m), at_m[-1])
    stops: list[int] = nodes[np.abs(at_m[:, None] - wanted_m).argmin(axis=0)].tolist()
    return stops


def shared_m(ends_m: list[float], others_m: list[float]) -> list[float]:
    """Return the ends of a line, and between them the stops of others that are not too near."""
    chosen_m, end_m = [ends_m[0]], ends_m[1]
    for other_m in others_m:
        if chosen_m[-1] + NEAREST_M <= other_m <= end_m - NEAREST_M:
            chosen_m.append(other_m)
    return [*chosen_m, end_m]


def evenly(begin_m: float, end_m: float) -> NDArray[np.float64]:
    """Return `begin_m` and what parts the way to `end_m` into steps of about `APART_M`."""
    steps = max(1, round((end_m - begin_m) / APART_M))
    return np.linspace(begin_m, end_m, steps, endpoint=False)


def stop_tags(name: Name) -> dict[str, str]:
    return {"highway": "bus_stop", "public_transport": "platform", "bus": "yes", **name.tags}


def line_tags(number: int, start: Name, end: Name) -> dict[str, str]:
    """Return the tags of a line one way, as the newer scheme of OpenStreetMap has them."""
    return {
        "type": "route",
        "route": "bus",
        "public_transport:version": "2",
        "ref": f"{number}路",
        "name": f"{number}路: {start.zh} => {end.zh}",
        "name:en": f"Bus {number}: {start.en} => {end.en}",
        "from": start.zh,
        "to": end.zh,
    }

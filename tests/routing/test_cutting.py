"""A cut holds what lies within, streets up to the edge, and the roads that the whole has there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import osmium
import pytest

from data.maps.scenery import read_scenery
from routing.boundaries import find_outline
from routing.cutting import cut
from routing.errors import ExtractError
from routing.extent import Box, Extent, read_box
from routing.reading import read_roads
from routing.roads import TRANSIT_CLASS, RoadNetwork
from tests.routing.little_places import ExtractText
from tests.slowly import slowly

BOX = Box(west=0, south=0, east=0.01, north=0.01)
INSIDE, ALSO_INSIDE, EDGE = (0.005, 0.005), (0.006, 0.005), (0.01, 0.01)
BEYOND, FARTHER, FAR = (0.005, 0.02), (0.005, 0.03), (0.005, 0.04)
Content = tuple[set[int], set[int], set[int]]


def silent(_: int) -> None:
    return None


def cut_out(text: ExtractText, tmp_path: Path, extent: Extent = BOX) -> Path:
    target = tmp_path / "cut.osm.pbf"
    cut(text.write(tmp_path / "whole.osm"), extent, target, silent)
    return target


def content(file: Path) -> Content:
    """Return the ids of nodes, ways and relations of a file."""
    found: Content = (set(), set(), set())
    for item in osmium.FileProcessor(file):
        found["nwr".index(item.type_str())].add(item.id)
    return found


def tags_of_ways(file: Path) -> dict[int, dict[str, str]]:
    ways = osmium.FileProcessor(file, osmium.osm.WAY)
    return {way.id: {tag.k: tag.v for tag in way.tags} for way in ways}


def test_nodes_inside_and_on_the_edge_are_kept(tmp_path: Path) -> None:
    text = ExtractText()
    inside, edge = text.node(INSIDE, shop="bakery"), text.node(EDGE)
    text.node(BEYOND, shop="far bakery")
    assert content(cut_out(text, tmp_path)) == ({inside, edge}, set(), set())


def test_a_way_over_the_edge_is_kept_whole_and_one_beyond_is_not(tmp_path: Path) -> None:
    text = ExtractText()
    inside, gate, farther = text.node(INSIDE), text.node(BEYOND, barrier="gate"), text.node(FARTHER)
    over = text.way(inside, gate, farther, highway="residential")
    text.way(gate, farther, FAR, highway="residential")  # shares nodes with it, none of them inside
    file = cut_out(text, tmp_path)
    assert content(file) == ({inside, gate, farther}, {over}, set())
    tagged = osmium.FileProcessor(file).with_filter(osmium.filter.KeyFilter("barrier"))
    assert [item.id for item in tagged] == [gate]


def test_a_turn_restriction_goes_with_its_ways(tmp_path: Path) -> None:
    text = ExtractText()
    via, outer_via = text.node(INSIDE), text.node(BEYOND)
    there, away = text.way(ALSO_INSIDE, via, highway="road"), text.way(via, outer_via, highway="x")
    beyond = text.way(outer_via, FARTHER, highway="road")
    no_turn = {"type": "restriction", "restriction": "no_left_turn"}
    kept = text.relation_of(
        ("way", there, "from"), ("node", via, "via"), ("way", away, "to"), **no_turn
    )
    text.relation_of(
        ("way", away, "from"), ("node", outer_via, "via"), ("way", beyond, "to"), **no_turn
    )
    _, ways, relations = content(cut_out(text, tmp_path))
    assert (ways, relations) == ({there, away}, {kept})


def test_a_lake_over_the_edge_is_drawn_whole_by_outlines_without_tags(tmp_path: Path) -> None:
    """Half of its outline is inside; the other, a street beyond, must not become a street here."""
    text = ExtractText()
    south, north = text.node((0.002, 0.02)), text.node((0.008, 0.02))
    shore = text.way(south, (0.002, 0.005), (0.008, 0.005), north)
    street = text.way(north, (0.008, 0.04), (0.002, 0.04), south, highway="residential")
    lake = text.relation(shore, street, type="multipolygon", natural="water")
    text.relation(street, type="multipolygon", natural="water")  # no way of it is inside
    file = cut_out(text, tmp_path)
    assert tags_of_ways(file) == {shore: {}, street: {}}
    assert content(file)[2] == {lake}
    (area,) = read_scenery(file).features
    assert area.shape.bounds[2] == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("tags", "is_kept"),
    [
        ({"type": "boundary", "boundary": "administrative", "admin_level": "6"}, True),
        ({"type": "multipolygon", "boundary": "administrative", "admin_level": "8"}, True),
        ({"type": "boundary", "boundary": "administrative", "admin_level": "2"}, False),
        ({"type": "route", "route": "bicycle"}, False),
    ],
)
def test_of_other_relations_districts_are_kept(
    tmp_path: Path, tags: dict[str, str], is_kept: bool
) -> None:
    text = ExtractText()
    text.relation(text.square(INSIDE, 0.02), text.way(BEYOND, FARTHER), **tags)
    _, ways, relations = content(cut_out(text, tmp_path))
    assert (len(ways), len(relations)) == ((2, 1) if is_kept else (1, 0))


def test_a_line_is_kept_without_its_streets_beyond(tmp_path: Path) -> None:
    text = ExtractText()
    street, beyond = text.square(INSIDE, 0.02), text.way(BEYOND, FARTHER)
    bus = text.relation(street, beyond, type="route", route="bus")
    text.relation(beyond, type="route", route="bus")
    _, ways, relations = content(cut_out(text, tmp_path))
    assert (ways, relations) == ({street}, {bus})


def test_the_cut_says_what_it_spans(tmp_path: Path) -> None:
    text = ExtractText()
    text.node(INSIDE)
    spanned = osmium.FileProcessor(cut_out(text, tmp_path)).header.box()
    assert (spanned.bottom_left.lon, spanned.top_right.lat) == (0, 0.01)


def test_progress_tells_of_three_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routing.streaming.LOOKED_AT", 1)
    monkeypatch.setattr("routing.streaming.TOLD_EVERY_S", 0)
    text = ExtractText()
    shore, beyond = text.way(INSIDE, BEYOND), text.way(FARTHER, FAR)
    text.relation(shore, beyond, type="multipolygon")
    told: list[int] = []
    cut(text.write(tmp_path / "whole.osm"), BOX, tmp_path / "cut.osm.pbf", told.append)
    # Chosen from 4 nodes, a way and a relation that touch; 1 outline; 4 + 2 + 1 written.
    assert told == list(range(1, 6 + 1 + 7 + 1))


def test_a_stop_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routing.streaming.LOOKED_AT", 1)
    monkeypatch.setattr("routing.streaming.TOLD_EVERY_S", 0)
    text, target = ExtractText(), tmp_path / "cut.osm.pbf"
    text.way(INSIDE, BEYOND)
    whole = text.write(tmp_path / "whole.osm")

    def stop(objects: int) -> None:
        if objects == 5:  # of 3 chosen and 3 written
            assert target.exists()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut(whole, BOX, target, stop)
    assert not target.exists()


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    text = ExtractText()
    text.node(INSIDE)
    there = tmp_path / "cut.osm.pbf"
    there.write_bytes(b"a book")
    with pytest.raises(FileExistsError, match="is there already"):
        cut(text.write(tmp_path / "whole.osm"), BOX, there, silent)
    assert there.read_bytes() == b"a book"


def test_a_box_beside_the_extract_is_told_at_once_or_in_the_end(tmp_path: Path) -> None:
    text, target = ExtractText(), tmp_path / "cut.osm.pbf"
    text.node(FAR)
    whole = text.write(tmp_path / "whole.osm")
    with pytest.raises(ExtractError, match=r"nothing of whole\.osm lies within 0,0,0\.01,0\.01"):
        cut(whole, BOX, target, silent)
    bounds = '<osm version="0.6"><bounds minlat="1" minlon="2" maxlat="3" maxlon="4"/>'
    whole.write_text(whole.read_text().replace('<osm version="0.6">', bounds))
    with pytest.raises(ExtractError, match=r"it spans 2,1,4,3"):
        cut(whole, BOX, target, silent)
    assert not target.exists()


def test_what_is_no_extract_is_named(tmp_path: Path) -> None:
    page = tmp_path / "town.osm"
    page.write_text("<html></html>")
    for file, words in ((page, r"town\.osm cannot be read"), (tmp_path / "none", "is not there")):
        with pytest.raises(ExtractError, match=words):
            cut(file, BOX, tmp_path / "cut.osm.pbf", silent)
        with pytest.raises(ExtractError, match=words):
            find_outline(file, "Town")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0,0,1", "is no box: write west,south,east,north"),
        ("a,b,c,d", "is no box: write west,south,east,north"),
        ("0,2,1,1", "its south, 2, is not below its north, 1"),
        ("1,0,0,1", "its west, 1, is not left of its east, 0"),
        ("179,0,181,1", "longitudes are between -180 and 180"),
        ("0,-91,1,1", "latitudes are between -90 and 90"),
        ("nan,0,1,1", "longitudes are between"),
    ],
)
def test_a_box_that_is_none_says_how_to_write_one(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_box(text)


def test_a_box_is_read_from_text() -> None:
    assert read_box("-123.2, 49.1,-123,49.3") == Box(-123.2, 49.1, -123, 49.3)


Place = tuple[float, float]
Arc = tuple[Place, Place, int, int, tuple[int, ...]]


def arcs(roads: RoadNetwork, extent: Extent | None = None) -> Counter[Arc]:
    """Return ends, way, length and durations of each arc, within an extent if one is given.

    Rides are left out: a stop by the edge may have lost the line that it was on.
    An end is told by where it is: the sides of a gate are numbered anew in each network.
    """
    places = list(zip(roads.lat.tolist(), roads.lon.tolist(), strict=True))
    within = [extent is None or extent.contains(*place) for place in places]
    return Counter(
        (
            places[tail],
            places[head],
            int(roads.way_id[way]),
            int(length_dm),
            tuple(duration_ms.tolist()),
        )
        for tail, head, way, length_dm, duration_ms in zip(
            roads.tail, roads.head, roads.way, roads.length_dm, roads.duration_ms.T, strict=True
        )
        if within[tail] and within[head] and roads.way_class[way] != TRANSIT_CLASS
    )


@pytest.mark.parametrize("where", slowly(["Vaduz", "9.5,47.16,9.53,47.19"], ["Vaduz"]))
def test_a_cut_of_liechtenstein_has_the_roads_of_the_whole(
    extracts: Path, tmp_path: Path, where: str
) -> None:
    file, target = extracts / "osm" / "liechtenstein.osm.pbf", tmp_path / "cut.osm.pbf"
    extent = read_box(where) if "," in where else find_outline(file, where)
    cut(file, extent, target, silent)
    whole, part = read_roads(file), read_roads(target)
    inside = arcs(part, extent)
    assert len(inside) > 1000
    assert inside == arcs(whole, extent)
    assert not arcs(part) - arcs(whole)
    assert not part.is_clipped.any()

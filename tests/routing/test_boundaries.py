"""A boundary is found by its names, and one that cannot be cut by is told with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from routing.boundaries import find_outline
from routing.errors import ExtractError
from tests.routing.little_places import ExtractText

CITY = {"type": "boundary", "boundary": "administrative", "admin_level": "5"}


def walled(text: ExtractText, **tags: str) -> int:
    """Add a square of 0.04° whose outline is two ways, with a hole of 0.01° in its middle."""
    west, east = text.node((0.0, 0.0)), text.node((0.04, 0.04))
    south = text.way(west, (0.0, 0.04), east)
    north = text.way(west, (0.04, 0.0), east)
    hole = text.square((0.015, 0.015), 0.01)
    members = (("way", south, "outer"), ("way", north, "outer"), ("way", hole, "inner"))
    return text.relation_of(*members, **(CITY | tags))


def square(text: ExtractText, at: tuple[float, float], **tags: str) -> int:
    return text.relation(text.square(at, 0.01), **(CITY | tags))


def test_an_outline_of_two_ways_and_a_hole(tmp_path: Path) -> None:
    text = ExtractText()
    walled(text, name="宁波市")
    outline = find_outline(text.write(tmp_path / "whole.osm"), "宁波市")
    assert outline.box.bounds == (0, 0, 0.04, 0.04)
    assert outline.contains(0.005, 0.005)
    assert outline.contains(0, 0.02)  # on the edge
    assert not outline.contains(0.02, 0.02)  # in the hole
    assert not outline.contains(0.02, 0.05)


@pytest.mark.parametrize("name", ["宁波市", "宁波", "Ningbo", "Ningpo", "四明", "Ningbo Shi"])
def test_every_name_of_it_finds_it(tmp_path: Path, name: str) -> None:
    text = ExtractText()
    walled(
        text,
        name="宁波市",
        name__zh="宁波",
        name__en="Ningbo",
        alt_name="Ningpo; 四明",
        official_name="Ningbo Shi",
    )
    square(text, (1, 1), name="余姚市")
    assert find_outline(text.write(tmp_path / "whole.osm"), name).box.east == 0.04


def test_of_several_one_is_chosen_by_level_or_number(tmp_path: Path) -> None:
    text = ExtractText()
    city = walled(text, name="吉林")
    district = square(text, (1, 1), name="吉林", admin_level="6")
    file = text.write(tmp_path / "whole.osm")
    with pytest.raises(ExtractError, match=r"2 boundaries are called '吉林'.*吉林@5.*r1") as told:
        find_outline(file, "吉林")
    assert str(told.value).splitlines()[1:] == [
        f"  吉林@5  r{city}  around 0.020, 0.020",
        f"  吉林@6  r{district}  around 1.005, 1.005",
    ]
    assert find_outline(file, "吉林@6").box.south == 1
    assert find_outline(file, f"r{city}").box.south == 0


def test_of_very_many_the_first_are_listed(tmp_path: Path) -> None:
    text = ExtractText()
    for lat in range(23):
        square(text, (lat, 1), name="城关镇")
    with pytest.raises(ExtractError, match="23 boundaries") as told:
        find_outline(text.write(tmp_path / "whole.osm"), "城关镇")
    assert str(told.value).splitlines()[-1] == "  and 3 more"


@pytest.mark.parametrize(
    ("name", "near"), [("宁波", "near it are 宁波市"), ("Vadus", "near it are Vaduz$")]
)
def test_of_an_unknown_name_the_nearest_are_told(tmp_path: Path, name: str, near: str) -> None:
    text = ExtractText()
    for number, other in enumerate(("宁波市", "Vaduz", "Schaan")):
        square(text, (number, 1), name=other)
    with pytest.raises(ExtractError, match=near):
        find_outline(text.write(tmp_path / "whole.osm"), name)


def test_an_extract_without_boundaries_says_so(tmp_path: Path) -> None:
    text = ExtractText()
    text.node((0, 0), place="city", name="宁波市")
    with pytest.raises(ExtractError, match="no administrative boundary '宁波市', and no other"):
        find_outline(text.write(tmp_path / "whole.osm"), "宁波市")


def test_a_boundary_that_the_extract_clips_says_how_much_is_absent(tmp_path: Path) -> None:
    text = ExtractText()
    there = text.way((0, 0), (0, 1), (1, 1))
    text.relation(there, 98, 99, name="宁波市", **CITY)
    with pytest.raises(ExtractError, match=r"2 of its 3 ways are absent.*cut by --bbox"):
        find_outline(text.write(tmp_path / "whole.osm"), "宁波市")


def test_a_boundary_with_absent_nodes_is_not_cut_by(tmp_path: Path) -> None:
    text = ExtractText()
    text.relation(text.way(98, (0, 1), (1, 1), 98), name="宁波市", **CITY)
    with pytest.raises(ExtractError, match=r"not whole in whole\.osm: it is not closed"):
        find_outline(text.write(tmp_path / "whole.osm"), "宁波市")


def test_a_boundary_that_is_not_closed_says_so(tmp_path: Path) -> None:
    text = ExtractText()
    text.relation(text.way((0, 0), (0, 1), (1, 1)), name="宁波市", **CITY)
    with pytest.raises(ExtractError, match="it is not closed"):
        find_outline(text.write(tmp_path / "whole.osm"), "宁波市")

"""Crews are told apart by colour and line, also by who sees fewer colours, in both themes."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations

import pytest
from coloraide import Color

from tests.conftest import ROOT
from web.map.looks import COLOURS, DASHES, HUES, look_of

SHEETS = ("tokens", "dark")
SIGHTS = ("", "protan", "deutan", "tritan")
APART = 10.0
"""By CIEDE2000; of large areas beside each other 2 is seen at once, lines need more."""

LARGE, IN_USE = 40, 130
"""Crews of a large day, of which any two are told apart; and of the largest that is measured."""


@cache
def crew_colours(sheet: str) -> tuple[str, ...]:
    style = (ROOT / "web" / "static" / "css" / f"{sheet}.css").read_text(encoding="utf-8")
    told = {int(number): hex for number, hex in re.findall(r"--crew-(\d+): (#\w{6});", style)}
    assert sorted(told) == list(range(1, COLOURS + 1))
    return tuple(told[number] for number in sorted(told))


@cache
def seen(colour: str, sight: str) -> Color:
    """The colour as dichromats see it, after Machado, Oliveira and Fernandes (2009)."""
    return Color(colour).filter(sight, 1, method="machado") if sight else Color(colour)


@cache
def least_apart(one: str, other: str) -> float:
    """How far two colours are from each other for whoever tells them apart least."""
    return min(seen(one, by).delta_e(seen(other, by), method="2000") for by in SIGHTS)


def test_the_simulation_is_that_of_the_paper() -> None:
    # Its matrix of protanopia gives pure red 0.152, 0.115, -0.004 of linear light.
    assert seen("red", "protan").convert("srgb-linear").coords() == pytest.approx(
        [0.152286, 0.114503, -0.003882], abs=1e-5
    )


@pytest.mark.parametrize("sheet", SHEETS)
def test_crews_with_the_same_kind_of_line_differ_in_colour_for_all(sheet: str) -> None:
    colours, looks = crew_colours(sheet), [look_of(place) for place in range(IN_USE)]
    close = [
        (one.number, other.number)
        for one, other in combinations(looks, 2)
        if other.number <= LARGE or other.number - one.number < HUES * (DASHES - 1)
        if one.dash == other.dash
        if least_apart(colours[one.colour - 1], colours[other.colour - 1]) < APART
    ]
    assert close == []


def test_crews_next_to_each_other_differ_in_colour_or_line_and_in_number() -> None:
    looks = [look_of(place) for place in range(IN_USE)]
    for one, other in combinations(looks, 2):
        assert one.number != other.number
        if other.number - one.number < COLOURS * DASHES:
            assert (one.colour, one.dash) != (other.colour, other.dash)


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_line_stands_out_from_the_streets_or_from_its_casing(sheet: str) -> None:
    name = {"tokens": "day_map", "dark": "day_map_dark"}[sheet]
    style = (ROOT / "web" / "map" / "static" / f"{name}.css").read_text(encoding="utf-8")
    grounds = [re.search(rf"--map-{what}: (#\w+);", style) for what in ("ground", "casing")]
    below = [Color(found[1]) for found in grounds if found]
    assert len(below) == 2
    for colour in crew_colours(sheet):
        assert max(Color(colour).delta_e(one, method="2000") for one in below) > 2 * APART

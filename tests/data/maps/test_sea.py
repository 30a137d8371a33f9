"""The sea lies right of the coast, also where an extract ends a little before its own edge."""

from __future__ import annotations

import pytest
import shapely  # type: ignore[import-untyped]

from data.maps.sea import sea_within

BOX = (0.0, 0.0, 10.0, 10.0)


def areas(*coast: list[tuple[float, float]]) -> list[float]:
    lines = [shapely.LineString(line) for line in coast]
    return sorted(round(sea.shape.area, 3) for sea in sea_within(lines, BOX))


def test_it_lies_right_of_the_coast() -> None:
    assert areas([(4, -1), (4, 11)]) == [60]  # northwards: the east is water
    assert areas([(4, 11), (4, -1)]) == [40]


def test_islands_are_left_dry_in_it() -> None:
    # Round an island against the clock, its land is on the left.
    island = [(6.0, 4.0), (8.0, 4.0), (8.0, 6.0), (6.0, 6.0), (6.0, 4.0)]
    assert areas([(4, -1), (4, 11)], island) == [56]


def test_a_coast_that_ends_just_before_the_edge_goes_on_to_it() -> None:
    assert areas([(4, 0.1), (4, 9.9)]) == [60]


@pytest.mark.parametrize(
    "coast",
    [
        [(4, 5), (4, 6)],  # leads from nowhere to nowhere
        [(-4, 0), (-4, 10)],  # is beyond the box
    ],
)
def test_what_parts_nothing_makes_no_sea(coast: list[tuple[float, float]]) -> None:
    assert areas(coast) == []


def test_coasts_that_contradict_each_other_make_no_sea() -> None:
    # Between them both say land; left of the first and right of the second both say water.
    assert areas([(4, 11), (4, -1)], [(6, -1), (6, 11)]) == [40, 40]
    # Two that run the same way: what lies between is right of one and left of the other.
    assert areas([(4, -1), (4, 11)], [(6, -1), (6, 11)]) == [40]

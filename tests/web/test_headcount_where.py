"""Which districts are told of a team, and how: none with so few cases that it tells somebody."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.headcount.districts import FEWEST
from scheduler.headcount.figures import DistrictFigures
from scheduler.staffing.intervals import MeanOf
from tests.web.pages import World
from tests.web.test_headcount_page import team
from web.headcount.where import Level, drawn, level_of, lines_of, parted

ENOUGH = 0.8


def district(number: int, asked: int, share: float = 0.5, hired: int = 0) -> DistrictFigures:
    """A district of Town; its middle is made up."""
    about = MeanOf(share, 0.02, 200)
    return DistrictFigures(number, f"D{number}", 25.0, 121.5, 1500, asked, 0, about, 1, hired)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 12), max_size=9))
def test_nothing_is_told_of_fewer_cases_than_may_be(sizes: list[int]) -> None:
    """Each that is told alone has enough, and so have all others together, or nobody is there."""
    some = [district(number, asked) for number, asked in enumerate(sizes)]
    alone, small = parted(some)
    assert sorted(one.number for one in (*alone, *small)) == list(range(len(sizes)))
    assert all(one.asked >= FEWEST for one in alone)
    together = sum(one.asked for one in small)
    assert together == 0 or together >= FEWEST or not alone


def test_small_districts_are_one_line_of_their_cases_and_their_share(world: World) -> None:
    """Three of four in one and none of two in another: three of six, which is a half."""
    some = (district(1, 20, 0.9, hired=2), district(2, 4, 0.75), district(3, 2, 0.0))
    shown = replace(team(4), districts=some)
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        together, largest = sorted(lines_of(shown, ENOUGH), key=lambda one: one.asked)
        circles = drawn(shown, ENOUGH)
    assert (together.asked, together.coverage, together.collectors) == (
        6,
        MeanOf(0.5, 0.02, 200),
        2,
    )
    assert (largest.asked, largest.hired, largest.level) == (20, 2, Level.ENOUGH)
    assert [one["level"] for one in circles] == ["enough", "few", "few"]
    assert [one["share"] for one in circles] == ["90%", "", ""]
    assert [one["hire"] for one in circles] == ["hire 2", "", ""]


def test_starving_is_less_than_half_of_what_is_enough() -> None:
    levels = [level_of(share, ENOUGH) for share in (0.8, 0.79, 0.4, 0.39)]
    assert levels == [Level.ENOUGH, Level.SHORT, Level.SHORT, Level.STARVING]

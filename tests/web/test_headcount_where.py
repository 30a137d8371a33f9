"""Which districts are told of a team, and how: none with so few cases that it tells somebody."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scheduler.headcount.figures import DistrictFigures
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.small_districts import joined, told_of
from scheduler.staffing.intervals import MeanOf
from tests.web.pages import World
from tests.web.test_headcount_page import team
from web.cli.simulate_told import tell_teams
from web.headcount.where import Level, drawn, level_of, lines_of

ENOUGH = 0.8


def district(number: int, asked: int, share: float = 0.5, hired: int = 0) -> DistrictFigures:
    """A district of Town; its middle is made up."""
    about = MeanOf(share, 0.02, 200)
    return DistrictFigures(number, f"D{number}", 25.0, 121.5, 1500, asked, 0, about, 1, hired)


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


@pytest.mark.parametrize("as_json", [False, True])
def test_the_terminal_tells_small_districts_together_too(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    some = (district(1, 20, 0.9, hired=2), district(2, 4, 0.75), district(3, 2, 0.0))
    tell_teams([replace(team(4), districts=some)], Scenario(4), "", as_json=as_json)
    printed = capsys.readouterr().out
    if as_json:
        [told] = json.loads(printed)["teams"]
        assert [(one["name"], one["asked"]) for one in told["districts"]] == [("D1", 20), ("", 6)]
        assert told["districts"][1]["coverage"]["mean"] == 0.5
    else:
        assert "together" in printed  # a narrow terminal breaks the line before it
    assert "D2" not in printed
    assert "D3" not in printed


def test_nothing_is_told_of_districts_that_are_too_few_even_together() -> None:
    assert told_of((district(1, 2), district(2, 2))) == ()
    assert joined(()).asked == 0


def test_starving_is_less_than_half_of_what_is_enough() -> None:
    levels = [level_of(share, ENOUGH) for share in (0.8, 0.79, 0.4, 0.39)]
    assert levels == [Level.ENOUGH, Level.SHORT, Level.SHORT, Level.STARVING]

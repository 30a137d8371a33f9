"""Times of small groups: told together on the page, at the terminal and to programs alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.access import Role
from data.times import Times, TimesBook
from routing.travel import Mode
from scheduler.figures import Span
from scheduler.forecast import Recorded, learn, trial
from tests.scheduler.forecast.driven import EAST, leg, length
from tests.web.conftest import json_of
from tests.web.pages import World
from tests.web.programs import program
from tests.web.test_figures import with_role
from tests.web.test_figures_commands import call

USUAL_S = 1200
LATE = 7.77
"""So many times as long the one way of eight in the evening took: 77.7 minutes for ten."""


def known_of(recorded: Recorded) -> Times:
    span = Span(recorded.days[0], recorded.days[-1])
    learned = learn(recorded, USUAL_S)
    return Times(span, recorded, learned, trial(recorded, USUAL_S), ())


@pytest.fixture
def small(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Eight ways at nine, four at eleven, one at eight in the evening, to the east and on foot."""
    legs = [
        *(leg(number, 1.0, hour=9) for number in range(8)),
        *(leg(number, 2.0, hour=11) for number in range(4)),
        leg(7, LATE, hour=20, district="东区", to=EAST, mode=Mode.WALK),
    ]
    lengths = (length(6, 77.7), length(7, 20, was_met=False))
    known = known_of(Recorded(tuple(legs), lengths))
    monkeypatch.setattr(TimesBook, "times", lambda *_: known)
    return world


def test_a_program_is_told_of_small_hours_districts_and_modes_together(small: World) -> None:
    told = program(small, Role.PLANNER).get("/api/v1/cities/Town/times").get_json()
    # Neither four ways nor one are enough; together they are five.
    by_hour = {one["name"]: one["off"]["of"] for one in told["by_hour"]}
    assert by_hour == {"9": 8, None: 5}
    # One way to the east tells itself, if all but it are told: the west is told with it.
    assert [(one["name"], one["off"]["of"]) for one in told["by_district"]] == [(None, 13)]
    assert [one["name"] for one in told["by_mode"]] == [None]
    last = told["by_hour"][-1]
    assert last["took_s"] == pytest.approx(4 * 1200 + 600 * LATE)
    # What is learned of one visit is what was assumed; the trial's two days are too few.
    assert told["learned"]["service_s"] == USUAL_S
    assert told["learned"]["areas"] == []
    tried = told["trial"]["as_told"]
    assert (tried["visits"], tried["in_p90"]) == (
        {"of": 2, "mae_s": None, "mape": None, "bias_s": None},
        None,
    )


def test_the_page_tells_planners_no_hour_of_one_way(small: World) -> None:
    page = with_role(small, Role.PLANNER).page("/Town/figures/times")
    assert "09:00" in page
    assert "small ones, together" in page
    assert "No time is told of fewer than 5 ways" in page
    for alone in ("20:00", "11:00", "东区", "77.7"):
        assert alone not in page


def test_the_terminal_tells_the_same(small: World) -> None:
    program_told = program(small, Role.PLANNER).get("/api/v1/cities/Town/times").get_json()
    assert json_of(call(small, "times", "--json")) == program_told
    printed = call(small, "times").stdout
    assert "together" in printed  # a narrow terminal breaks the line before it
    for alone in ("│ 20", "│ 11", "东区", "77.7"):
        assert alone not in printed


def test_where_all_ways_are_few_their_number_alone_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = known_of(Recorded((leg(0, LATE), replace(leg(1, 1.0), district="东区"))))
    monkeypatch.setattr(TimesBook, "times", lambda *_: few)
    told = program(world, Role.PLANNER).get("/api/v1/cities/Town/times").get_json()
    assert told["ways"] == 2
    assert told["by_hour"] == told["by_district"] == told["by_mode"] == []
    page = with_role(world, Role.PLANNER).page("/Town/figures/times")
    assert "Ways between doors: 2" in page
    assert "77.7" not in page
    assert "东区" not in page

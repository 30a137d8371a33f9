"""The page that says when people are in: assumed before anything was told, learned after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from data.access import Role
from scheduler.availability import PRIORS
from scheduler.model import PlaceKind
from scheduler.ports import Outcome
from tests.data.world import ALICE, NOON
from tests.web.pages import World
from tests.web.test_figures import english, told, with_role  # noqa: F401 - told is a fixture
from web.figures.people_in import steps

PAGE = "/Town/figures/people-in"


def test_before_any_visit_it_is_assumed_and_says_so(world: World) -> None:
    page = english(world).page(PAGE)
    assert "Assumed, no history yet." in page
    assert "Not judged yet" in page
    assert 'class="course"' not in page
    assert page.count('class="assumed"') == 16, "four kinds of place on four kinds of day"


def test_after_visits_it_is_learned_with_what_stands_behind_it(told: World) -> None:  # noqa: F811
    page = english(told).page(PAGE)
    assert "By 3 visits learned." in page
    assert "3 visits behind it" in page
    assert page.count('class="course"') == 16
    for name in ("Name B1", "B1-home", "Made-up Road"):
        assert name not in page


def test_the_question_of_headcount_says_before_it_is_asked_what_is_learned(
    told: World,  # noqa: F811
) -> None:
    page = with_role(told, Role.PLANNER).page("/Town/figures/headcount")
    assert "When people are in is learned from 3 visits; all else is assumed as below." in page
    assert "Assumed, no history yet." not in page


def test_learned_odds_are_judged_on_the_last_days(told: World) -> None:  # noqa: F811
    with told.wired.store.writing(ALICE) as writer:
        for n in range(30):
            at = NOON - timedelta(days=n + 1)
            one = Outcome(f"j{n}", "B1", "B1-home", at, "NOT_HOME", ("alice",), was_met=n % 3 == 0)
            writer.record_outcome("Town", one)
    page = english(told).page(PAGE)
    assert "Brier score" in page
    assert "Nothing shows that it has become worse" in page or "otherwise than said" in page
    weeks = page.split('id="weekly"')[1].split("</section>")[0]
    assert weeks.count("<tr>") == 5, "a head, and the weeks that have days before them"
    # One on each of four days, and the three of the fixture on the fifth, which was yesterday.
    assert "there are 7 visits: below 60, they cannot tell" in weeks


@pytest.mark.parametrize("more_lately", [True, False])
def test_which_way_odds_were_wrong_lately_is_said(told: World, more_lately: bool) -> None:  # noqa: F811
    """Nobody was met for weeks, and everybody on the last seven days; or the other way round."""
    with told.wired.store.writing(ALICE) as writer:
        for n in range(90):
            at = NOON - timedelta(days=n // 3 + 1, minutes=n % 3)
            met = (n // 3 < 7) == more_lately
            one = Outcome(f"j{n}", "B1", "B1-home", at, "NOT_HOME", ("alice",), was_met=met)
            writer.record_outcome("Town", one)
    page = english(told).page(PAGE)
    assert ("fewer were said to be met than were" in page) == more_lately
    assert ("more were said to be met than were" in page) != more_lately


def test_a_city_that_learns_nothing_says_so(told: World) -> None:  # noqa: F811
    with told.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(told.wired.store.city("Town"), learns_availability=False))
    page = english(told).page(PAGE)
    assert "by the house's assumptions alone" in page.replace("&#39;", "'")
    question = with_role(told, Role.PLANNER).page("/Town/figures/headcount")
    assert "by the house's assumptions alone" in question.replace("&#39;", "'")
    assert "no history yet" not in question
    assert 'class="course" points' not in page


@pytest.mark.parametrize("role", [Role.DISPATCHER, Role.COMPLIANCE, Role.PLANNER])
def test_who_may_see_it(told: World, role: Role) -> None:  # noqa: F811
    assert "何时能见到人" in told.visitor("dora", **{"Accept-Language": "zh"}).page(PAGE)
    assert with_role(told, role).get(PAGE).status_code == 200
    assert told.visitor("alice").get(PAGE).status_code == 403


def test_steps_go_from_left_to_right_and_stay_within_the_chart() -> None:
    assert set(PRIORS.kinds) == set(PlaceKind)
    points = [tuple(map(float, one.split(","))) for one in steps([0.25] * 48).split()]
    assert points[0] == (0.0, 75.0)
    assert points[-1] == (100.0, 75.0)
    assert [x for x, _ in points] == sorted(x for x, _ in points)

"""A plan asks the day's odds: its options, what its visits come to, and what is told of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.sources.straight_line import StraightLineTimes
from scheduler.availability import Asked, LearnedOdds, learned_odds
from scheduler.build import build_problem
from scheduler.calendar import DayKind, day_info
from scheduler.model import PlaceKind
from scheduler.value.of_plan import PlannedVisit, plan_worth
from tests.scheduler.availability.worlds import TODAY, World, turned_round
from tests.scheduler.little_book import ON, case, day, rules_of

BOOK = day([case("k1"), case("k2", "b2", employment="retired")])


def learned() -> LearnedOdds:
    odds = learned_odds(World(turned_round).attempts(30), TODAY)
    assert isinstance(odds, LearnedOdds)
    return odds


def test_a_visit_has_an_option_for_each_level_that_was_learned() -> None:
    odds = learned()
    problem = build_problem(replace(BOOK, odds=odds), rules_of(), StraightLineTimes())
    for visit in problem.visits:
        # Both were visited before: their own curves differ.
        curve = odds.curve(Asked(PlaceKind.HOME, day_info("CN", ON).kind, visit.id))
        assert 1 < len(visit.options) <= 9
        for option in visit.options:
            for first, last in option.starts:
                assert {curve[first // 1800], curve[last // 1800]} == {option.p_met}
    best = max(problem.visits[0].options, key=lambda option: option.value)
    assert best.starts[0][0] < 16 * 3600, "in by day here, whatever the priors say of evenings"


def test_what_a_plan_comes_to_rests_on_the_same_odds() -> None:
    book = replace(BOOK, odds=learned())
    problem = build_problem(book, rules_of(), StraightLineTimes())
    for visit in problem.visits:
        for option in visit.options:
            starts = problem.at(option.starts[0][0])
            planned = PlannedVisit(visit.case_ids, PlaceKind.HOME, starts, option.place_id)
            told = plan_worth(book, [planned], kind=DayKind.WORKING)
            assert told.met == pytest.approx(option.p_met)

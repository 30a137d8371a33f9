"""An urgent visit: the best gap, few others moved, and none dropped where there is a gap."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.check import Fault, check_plan
from scheduler.cost import cost
from scheduler.editing.applying import applied
from scheduler.editing.edits import Move
from scheduler.editing.inserting import inserted
from scheduler.editing.obstacles import ForbiddenEditError
from scheduler.plan import LeftOut, Reason
from scheduler.problem import Lock
from tests.problems import crew, option, random_problem, visit
from tests.scheduler.editing.test_applying import EIGHT, MINUTE, a_day, order, sheet_of, three
from tests.scheduler.editing.test_quotes import a_sheet


def test_it_goes_into_the_gap_that_costs_least() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    found = inserted(problem, sheet, "two", most_moves=0)
    assert found.edit == Move("two", "b", "three"), "on b's way, and on a's beyond its turn"
    assert found.price == -50_000, "no driving, and all that it is worth"
    assert (found.moved, found.dropped) == ((), ())
    assert applied(problem, sheet, found.edit) == found.sheet


def test_few_others_may_change_hands_for_it() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    found = inserted(problem, sheet, "two", most_moves=1)
    # b passes by the first door, too: a stays at home and saves its way of 20 minutes.
    assert (found.moved, found.price) == (("one",), -50_000 - 20 * MINUTE)
    assert applied(problem, sheet, found.edit) == found.sheet


def test_where_no_gap_is_left_what_is_worth_least_gives_way() -> None:
    """A has an hour: for one visit at minute 10, or at 20."""
    crews = (crew("a", end_s=EIGHT + 60 * MINUTE),)
    poor, rich = visit("poor", option(1, value=1_000)), visit("rich", option(2, value=30_000))
    problem = a_day(poor, rich, crews=crews)
    found = inserted(problem, sheet_of(problem, {"a": ["poor"]}), "rich")
    assert order(found.sheet) == {"a": ["rich"]}
    assert found.dropped == ("poor",)
    assert check_plan(problem, found.sheet.plan) == []


def test_a_locked_visit_gives_way_to_nobody() -> None:
    crews = (crew("a", end_s=EIGHT + 60 * MINUTE),)
    poor, rich = visit("poor", option(1, value=1_000)), visit("rich", option(2, value=30_000))
    problem = a_day(poor, rich, crews=crews)
    sheet = sheet_of(problem, {"a": ["poor"]}, [Lock("poor", "a")])
    with pytest.raises(ForbiddenEditError) as caught:
        inserted(problem, sheet, "rich")
    assert {one.kind for one in caught.value.violations} == {Fault.OVERTIME}


def test_what_a_person_took_off_stays_off() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"]})
    off = LeftOut("three", Reason.TAKEN_OFF)
    left = tuple(off if e.visit_id == "three" else e for e in sheet.plan.left_out)
    sheet = replace(sheet, plan=replace(sheet.plan, left_out=left))
    found = inserted(problem, sheet, "two")
    assert off in found.sheet.plan.left_out
    assert found.sheet.plan.served == {"one", "two"}


@pytest.mark.parametrize("seed", range(4))
def test_few_change_hands_none_is_dropped_and_it_is_no_dearer_than_the_best_gap(seed: int) -> None:
    problem = random_problem(seed, 24, 4, crew_size=False)
    sheet = a_sheet(problem, Random(seed), is_locked=False)
    for entry in sheet.plan.left_out[:2]:
        try:
            found = inserted(problem, sheet, entry.visit_id, most_moves=2)
        except ForbiddenEditError:
            continue
        assert entry.visit_id in found.sheet.plan.served
        assert len(found.moved) + len(found.dropped) <= 2
        assert check_plan(problem, found.sheet.plan) == []
        assert found.price == (
            cost(problem, found.sheet.plan).total - cost(problem, sheet.plan).total
        )

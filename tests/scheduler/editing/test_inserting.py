"""An urgent visit: the best gap, few others moved, and none dropped where there is a gap."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.check import Fault, check_plan
from scheduler.cost import cost
from scheduler.editing.applying import applied
from scheduler.editing.edits import Move, Retake
from scheduler.editing.inserting import inserted, ways_in
from scheduler.editing.nearby import nearby, part_of, put_back
from scheduler.editing.obstacles import ForbiddenEditError
from scheduler.editing.quotes import quotes
from scheduler.plan import LeftOut, Reason
from scheduler.problem import Lock
from tests.problems import HOUR_S, crew, option, random_problem, visit
from tests.scheduler.editing.test_applying import EIGHT, MINUTE, a_day, order, sheet_of, three
from tests.scheduler.editing.test_quotes import FEATURES, a_sheet


def test_it_goes_into_the_gap_that_costs_least() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    found = inserted(problem, sheet, "two", most_moves=0)
    assert found.edit == Move("two", "b", None, "p2"), "on b's way home; a would turn later"
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
    sheet = a_sheet(problem, Random(seed), is_locked=True)
    for entry in sheet.plan.left_out[:2]:
        try:
            found = inserted(problem, sheet, entry.visit_id, most_moves=2)
        except ForbiddenEditError:
            continue
        gaps = [one.price for one in quotes(problem, sheet, entry.visit_id) if one.is_allowed]
        assert entry.visit_id in found.sheet.plan.served
        assert found.price <= min(gaps, default=found.price)
        assert not (gaps and found.dropped), "nobody gives way where there is a gap"
        assert len(found.moved) + len(found.dropped) <= 2
        assert check_plan(problem, found.sheet.plan, sheet.locks) == []
        assert found.price == (
            cost(problem, found.sheet.plan).total - cost(problem, sheet.plan).total
        )


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), features=st.sets(st.sampled_from(FEATURES), max_size=3))
def test_each_way_is_what_the_edit_makes_and_tells_what_it_does(
    seed: int, features: set[str]
) -> None:
    rng = Random(seed)
    problem = random_problem(seed, 12, 4, **dict.fromkeys(features, True))
    sheet = a_sheet(problem, rng, is_locked=True)
    for entry in sheet.plan.left_out[:1]:
        try:
            ways = ways_in(problem, sheet, entry.visit_id)
        except ForbiddenEditError:
            continue
        assert ways == ways_in(problem, sheet, entry.visit_id), "asked again it is the same"
        assert [way.price for way in ways] == sorted(way.price for way in ways)
        for way in ways:
            after = applied(problem, sheet, way.edit)
            assert after == way.sheet
            assert check_plan(problem, after.plan, sheet.locks) == []
            assert way.price == cost(problem, after.plan).total - cost(problem, sheet.plan).total
            was = {t.crew_id: t for t in sheet.plan.itineraries}
            now = {t.crew_id: t for t in after.plan.itineraries}
            differ = {id for id in was | now if was.get(id) != now.get(id)}
            assert differ == set(way.effect.changed)
            assert set(way.effect.crew_ids) <= differ


def test_the_ways_are_each_crews_best_gap_and_the_search_if_that_is_better() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    ways = ways_in(problem, sheet, "two", most_moves=1)
    assert [(type(way.edit), way.effect.crew_ids) for way in ways] == [
        (Retake, ("b",)),
        (Move, ("b",)),
        (Move, ("a",)),
    ]
    # a turns at minute 20 now, not 10: 20 minutes of driving more, and as many at the door.
    told = ways[-1].effect
    assert (told.driving_s, told.working_s) == (20 * MINUTE, 40 * MINUTE)
    assert (told.start_s, told.shifted) == (EIGHT + 40 * MINUTE, ())


def test_who_has_to_wait_for_it_is_told() -> None:
    """B is at her door at minute 20 of its way out, and 20 minutes later at the next."""
    early = visit("two", option(2, (EIGHT, EIGHT + 25 * MINUTE)))
    problem = a_day(early, visit("three", option(3)), crews=(crew("b"),))
    (way,) = ways_in(problem, sheet_of(problem, {"b": ["three"]}), "two")
    assert way.effect.shifted == (("three", 20 * MINUTE),)


def test_far_crews_are_not_searched_and_who_meets_one_of_them_is() -> None:
    """C and d meet at the far door; the nearest of four crews is a, which the visit lies by."""
    her = visit("her", option(4, (9 * HOUR_S, 10 * HOUR_S)), crew_size=2, may_meet=True)
    crews = tuple(crew(id) for id in "abcd")
    problem = a_day(her, visit("one", option(1)), visit("two", option(2)), crews=crews)
    sheet = sheet_of(problem, {"a": ["one"]})
    sheet = applied(problem, sheet, Move("her", "c", partner_id="d"))
    found = quotes(problem, sheet, "two")
    assert nearby(problem, sheet, "two", found, most=0) == {"c", "d"}, "on the way to the far door"
    part, stands = part_of(problem, sheet, {"a"})
    assert [one.id for one in part.visits] == ["one"]
    assert put_back(sheet.plan, {"a"}, stands.plan) == sheet.plan

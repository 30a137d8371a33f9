"""Several edits as one: what they come to, what forbids them, and that one by one is the same."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.check import Fault, check_plan
from scheduler.cost import cost
from scheduler.editing.applying import applied
from scheduler.editing.edits import Hold, Move, Release, Sheet, Step, Swap, TakeOff, Together
from scheduler.editing.moving_together import moved_together
from scheduler.editing.obstacles import ForbiddenEditError, GoneError, Ground
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import DayroundError
from scheduler.plan import LeftOut, Reason
from scheduler.problem import Lock, Problem
from tests.problems import crew, option, random_problem, visit
from tests.scheduler.editing.test_applying import (
    EIGHT,
    MINUTE,
    a_day,
    order,
    refused,
    sheet_of,
    three,
)


def test_room_is_made_and_taken_in_one() -> None:
    """Crew a may make one visit only: alone, neither the move nor a swap of the two is allowed."""
    problem = a_day(
        visit("one", option(1)), visit("two", option(2)), crews=(crew("a", max_visits=1),)
    )
    before = sheet_of(problem, {"a": ["one"]})
    move = Move("two", "a", before="one")
    assert refused(problem, before, move) == [(Fault.TOO_MANY_VISITS, "a", Ground.CREW)]
    # What is too much on the way is not judged, only what stands in the end.
    both = applied(problem, before, Together((move, TakeOff("one"))))
    assert order(both) == {"a": ["two"]}
    assert [(one.visit_id, one.reason) for one in both.plan.left_out] == [("one", Reason.TAKEN_OFF)]


def test_one_fault_forbids_all_of_it() -> None:
    due = visit("due", option(1, (EIGHT, EIGHT + 15 * MINUTE)))
    problem = a_day(due, visit("two", option(2)), visit("three", option(3)))
    before = sheet_of(problem, {"a": ["due"], "b": ["three"]})
    steps = (TakeOff("three"), Move("two", "a", before="due"))
    with pytest.raises(ForbiddenEditError) as caught:
        applied(problem, before, Together(steps))
    assert [(one.id, one.late_s) for one in caught.value.violations] == [("due", 35 * MINUTE)]


def test_a_moved_visit_may_not_go_where_it_may_not_even_if_that_stood_before() -> None:
    """Her hours have changed under the plan: whoever moves her has to heed them."""
    sheet = sheet_of(three(), {"a": ["two"]})
    before = applied(three(), sheet, Move("one", "b"))
    known = a_day(visit("one", option(1, (EIGHT, EIGHT + MINUTE))), visit("two", option(2)))
    steps = (TakeOff("two"), Move("one", "b"))
    assert (Fault.WINDOW_MISSED, "one", Ground.HERS) in refused(known, before, Together(steps))
    assert order(applied(known, before, Together((TakeOff("two"),)))) == {"b": ["one"]}


def test_what_went_along_with_another_is_off_already() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one", "two", "three"]})
    gone = (LeftOut("one", Reason.RULE, "paid"), LeftOut("two", Reason.RULE, "paid"))
    now = replace(problem, visits=problem.visits[2:], refused=gone)
    after = applied(now, sheet, Together((TakeOff("two"), TakeOff("one"))))
    assert order(after) == {"a": ["three"]}
    with pytest.raises(GoneError):
        applied(problem, sheet, Together((TakeOff("nobody"),)))


def test_many_go_to_one_crew_each_where_it_is_cheapest() -> None:
    early, late = (EIGHT, EIGHT + 15 * MINUTE), (EIGHT + 180 * MINUTE, EIGHT + 200 * MINUTE)
    problem = a_day(
        visit("one", option(1, early)), visit("two", option(2)), visit("three", option(3, late))
    )
    before = sheet_of(problem, {"a": ["two"], "b": ["one", "three"]})
    edit = moved_together(problem, before, ["three", "one"], "a")
    # She is met until 08:15, he from 11:00 on; after 11:20 nobody is back from minute 20 by 12:00.
    assert order(applied(problem, before, edit)) == {"a": ["one", "two", "three"]}


def test_many_for_whom_one_has_no_place_stay_where_they_are() -> None:
    problem = a_day(
        visit("one", option(1)), visit("two", option(2)),
        crews=(crew("a", max_visits=1), crew("b")),
    )  # fmt: skip
    before = sheet_of(problem, {"b": ["one", "two"]})
    with pytest.raises(ForbiddenEditError, match="1 are the most"):
        moved_together(problem, before, ["one", "two"], "a")


FEATURES = ("setup", "slots", "meet", "begun", "crew_options", "unpaid")


def random_sheet(rng: Random, seed: int) -> tuple[Problem, Sheet]:
    problem = random_problem(
        seed, visits=8, crews=3, **{name: rng.random() < 0.3 for name in FEATURES}
    )
    result = engine("search").solve(problem, Iterations(1))
    return problem, Sheet(result.plan, ())


def random_step(rng: Random, problem: Problem) -> Step:
    ids, crews = [one.id for one in problem.visits], [one.id for one in problem.crews]
    who, with_whom = rng.choice(ids), rng.choice(crews)
    return rng.choice(
        (
            Move(who, with_whom, rng.choice([None, *ids])),
            TakeOff(who),
            Hold((Lock(who, with_whom),)),
            Release((who,)),
            Swap(*rng.sample(crews, 2)),
        )
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_what_may_be_done_one_by_one_may_be_done_as_one(seed: int) -> None:
    """The same steps, judged after each or once at the end: the same sheet, at the same price."""
    rng = Random(seed)
    problem, sheet = random_sheet(rng, seed)
    one_by_one, steps = sheet, []
    for _ in range(12):
        step = random_step(rng, problem)
        try:
            one_by_one = applied(problem, one_by_one, step)
        except DayroundError:
            continue
        steps.append(step)
    if steps:
        at_once = applied(problem, sheet, Together(tuple(steps)))
        assert at_once == one_by_one
        assert cost(problem, at_once.plan) == cost(problem, one_by_one.plan)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_done_as_one_is_lawful(seed: int) -> None:
    """Whatever the steps pass through, what stands in the end has no fault that was not there."""
    rng = Random(seed)
    problem, sheet = random_sheet(rng, seed)
    stood = {(one.kind, one.id) for one in check_plan(problem, sheet.plan, sheet.locks)}
    steps = tuple(random_step(rng, problem) for _ in range(3))
    try:
        after = applied(problem, sheet, Together(steps))
    except DayroundError:
        return
    found = {(one.kind, one.id) for one in check_plan(problem, after.plan, after.locks)}
    assert found <= stood

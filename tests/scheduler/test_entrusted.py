"""Crews are bound to their agency: whom they visit, and for which of her cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.check import Fault, check_plan
from scheduler.cost import cost
from scheduler.day import Day
from scheduler.engines.registry import ENGINES, engine
from scheduler.engines.stop_rules import Iterations
from scheduler.entrusted import Teams
from scheduler.insertion import best_insertions
from scheduler.locks import LockError, apply_locks
from scheduler.model import Case, Crew, OwnerPolicy, Shift, StopFlag
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.problem import Lock, Problem
from scheduler.remedies import remedies
from scheduler.screening import Screened, screen
from tests.brute import is_feasible
from tests.scheduler.little_book import (
    TOWN,
    case,
    collector,
    crew,
    day,
    place,
    rules_of,
    window,
)

ALONE = "US"
"""A profile under which one may go alone."""

PEOPLE = {"ann": "North", "ben": "North", "cat": "South", "dan": "South"}
NORTH, SOUTH = crew("ann", "ben"), crew("cat", "dan")


def book(*cases: Case, crews: Sequence[Crew] = (NORTH, SOUTH)) -> Day:
    """Return a day on which two agencies have a pair each."""
    return day(
        cases,
        collectors=[collector(id_, agency=agency) for id_, agency in PEOPLE.items()],
        shifts=[Shift(id_, window("09:00-18:00")) for id_ in PEOPLE],
        crews=crews,
    )


def north(id_: str, **changes: Any) -> Case:
    return case(id_, agency="North", **changes)


def south(id_: str, **changes: Any) -> Case:
    return case(id_, agency="South", **changes)


def screened(*cases: Case, crews: Sequence[Crew] = (NORTH, SOUTH)) -> Screened:
    return screen(book(*cases, crews=crews), rules_of())


def told(found: Screened) -> dict[str, tuple[Reason, tuple[str, ...]]]:
    return {entry.visit_id: (entry.reason, entry.case_ids) for entry in found.left_out}


# --- which of her cases a visit is for


def test_a_borrower_of_two_agencies_is_visited_for_what_is_worth_more() -> None:
    found = screened(north("k1", overdue=Decimal(500)), south("k2"), south("k3"))
    assert [one.case_ids for one in found.candidates] == [("k2", "k3")]
    assert told(found) == {"b1/k1": (Reason.OTHER_AGENCY, ("k1",))}


def test_a_must_visit_comes_before_any_sum() -> None:
    found = screened(
        north("k1", overdue=Decimal(5), appointment=window("10:00-12:00")),
        south("k2", overdue=Decimal(90_000)),
    )
    assert [one.case_ids for one in found.candidates] == [("k1",)]


@pytest.mark.parametrize("turned", [False, True])
def test_of_what_is_alike_the_first_agency_by_name_goes(turned: bool) -> None:
    cases = [north("k1"), south("k2")]
    (found,) = screened(*(reversed(cases) if turned else cases)).candidates
    assert found.case_ids == ("k1",)


def test_an_agency_without_a_crew_gives_way_to_one_that_has() -> None:
    found = screened(north("k1", overdue=Decimal(5)), south("k2"), crews=[NORTH])
    assert [one.case_ids for one in found.candidates] == [("k1",)]
    assert told(found) == {"b1/k2": (Reason.NO_CREW_OF_AGENCY, ("k2",))}


def test_a_stop_of_one_agencys_case_lets_the_others_go() -> None:
    found = screened(north("k1"), south("k2", stops=frozenset({StopFlag.DISPUTED})))
    assert [one.case_ids for one in found.candidates] == [("k1",)]
    assert told(found) == {"b1/k2": (Reason.RULE, ("k2",))}


def test_a_death_that_one_agency_noted_stops_them_all() -> None:
    found = screened(north("k1"), south("k2", stops=frozenset({StopFlag.DECEASED})))
    assert not found.candidates


def test_where_nobody_goes_each_case_is_told_once() -> None:
    paid = frozenset({StopFlag.PAID})
    found = screened(north("k1", stops=paid), south("k2", stops=paid), south("k3", stops=paid))
    assert not found.candidates
    assert set(told(found)) == {"b1", "b1/k2", "b1/k3"}
    assert len(found.left_out) == 3


def test_who_has_no_crew_is_named_with_what_to_do() -> None:
    (entry,) = screened(south("k1"), crews=[NORTH]).left_out
    assert (entry.visit_id, entry.reason) == ("b1", Reason.NO_CREW_OF_AGENCY)
    assert entry.detail.startswith("no crew of South is on the road today: put its collectors")
    (own,) = screened(case("k1", agency="")).left_out
    assert own.detail.startswith("no crew of our own staff is on the road today")


def test_before_crews_are_formed_nobody_lacks_one() -> None:
    assert len(screened(south("k1"), crews=[]).candidates) == 1


def test_a_crew_of_two_agencies_is_nobodys() -> None:
    mixed = book(north("k1"), crews=[crew("ann", "cat")])
    assert Teams.of(mixed).crews == {}
    (entry,) = screen(mixed, rules_of()).left_out
    assert entry.reason is Reason.NO_CREW_OF_AGENCY


def test_who_is_sent_already_goes_for_her_own_agency() -> None:
    cases = north("k1", overdue=Decimal(5)), south("k2")
    found = screen(book(*cases), rules_of(), {"b1": "North"})
    assert [one.case_ids for one in found.candidates] == [("k1",)]
    gone = screen(book(south("k1"), south("k2")), rules_of(), {"b1": "North"})
    assert not gone.candidates
    assert told(gone) == {"b1": (Reason.OTHER_AGENCY, ("k1", "k2"))}
    assert gone.left_out[0].detail == "no open case of hers is with North, whose crew was to go"


# --- who may go


def problem_of(told_day: Day, profile: str = "CN") -> Problem:
    return build_problem(told_day, rules_of(profile), StraightLineTimes())


def test_only_crews_of_its_agency_are_allowed() -> None:
    visits = problem_of(book(north("k1"), south("k2", borrower="b2"))).visit_by_id
    assert visits["b1"].allowed_crews == frozenset({"ann+ben"})
    assert visits["b2"].allowed_crews == frozenset({"cat+dan"})


@pytest.mark.parametrize(
    ("policy", "owner", "allowed", "prices"),
    [
        (OwnerPolicy.IGNORED, "cat", {"ann+ben"}, set()),
        (OwnerPolicy.FIXED, "ann", {"ann+ben"}, set()),
        (OwnerPolicy.FIXED, "cat", set(), set()),  # an owner of South goes for no case of North
        (OwnerPolicy.PREFERRED, "ann", {"ann+ben"}, {"cat+dan"}),
        (OwnerPolicy.PREFERRED, "cat", {"ann+ben"}, set()),  # nor is she passed over
        (OwnerPolicy.PREFERRED, "eve", {"ann+ben"}, {"ann+ben", "cat+dan"}),
    ],
)
def test_an_owner_of_another_agency_is_not_passed_over(
    policy: OwnerPolicy, owner: str, allowed: set[str], prices: set[str]
) -> None:
    city = replace(TOWN, owner_policy=policy)
    (visit,) = problem_of(replace(book(north("k1", owner=owner)), city=city)).visits
    assert visit.allowed_crews == frozenset(allowed)
    assert set(visit.crew_prices) == prices


def test_no_lock_and_no_remedy_sends_another_agencys_crew() -> None:
    """North's pair is full, and South's has nothing to do."""
    full = replace(NORTH, max_visits=0)
    problem = problem_of(book(north("k1"), south("k2", borrower="b2"), crews=[full, SOUTH]))
    plan = engine("greedy").solve(problem, Iterations(3)).plan
    assert plan.served == {"b2"}
    with pytest.raises(LockError, match="only ann\\+ben may go"):
        apply_locks(problem, [Lock("b1", "cat+dan")])
    assert {one.crew_id for one in best_insertions(problem, plan, "b1", most=9)} <= {"ann+ben"}
    found = remedies(problem, plan, "b1")
    assert found
    assert {one.crew_id for one in found} == {"ann+ben"}


# --- no engine sends another agency's crew

AGENCIES = ("", "North", "South")
some_agency = st.sampled_from(AGENCIES)


@st.composite
def days(draw: st.DrawFn, most: int = 5) -> Day:
    """Return a day of up to four collectors and some borrowers with one or two cases each."""
    people = [collector(id_, agency=draw(some_agency)) for id_ in ("ann", "ben", "cat", "dan")]
    cases = [
        case(
            f"k{n}", f"b{draw(st.integers(1, 3))}", agency=draw(some_agency), overdue=Decimal(sum_)
        )
        for n, sum_ in enumerate(draw(st.lists(st.sampled_from([900, 5000]), max_size=most)))
    ]
    return day(
        cases,
        [place(f"b{n}", step=4 * n) for n in (1, 2, 3)],
        collectors=people,
        shifts=[Shift(one.id, window("09:00-18:00")) for one in people],
        crews=[crew(one.id) for one in people[: draw(st.integers(1, 4))]],
    )


def agencies_at_doors(problem: Problem, plan: Plan) -> set[tuple[str, str]]:
    """Return (of a case, of who comes for it) for all that a plan visits for."""
    assert problem.day is not None
    employer = {one.id: one.agency for one in problem.day.collectors}
    agency = {one.id: one.agency for one in problem.day.cases}
    members = {one.id: one.members for one in problem.day.crews}
    return {
        (agency[case_id], employer[member])
        for trip in plan.itineraries
        for stop in trip.visits
        for case_id in problem.visit_by_id[stop.id].case_ids
        for member in members[trip.crew_id]
    }


@pytest.mark.parametrize("name", sorted(ENGINES))
@settings(deadline=None, max_examples=15, derandomize=True)
@given(told_day=days())
def test_in_no_plan_does_a_crew_come_for_another_agencys_case(name: str, told_day: Day) -> None:
    problem = problem_of(told_day, ALONE)
    plan = engine(name).solve(problem, Iterations(5), seed=1).plan
    assert check_plan(problem, plan) == []
    assert is_feasible(problem, plan, profiles=[ALONE])
    assert all(whose == employer for whose, employer in agencies_at_doors(problem, plan))
    told_ids = [id_ for entry in plan.left_out for id_ in entry.case_ids]
    told_ids += [id_ for v in problem.visits if v.id in plan.served for id_ in v.case_ids]
    assert sorted(told_ids) == sorted(one.id for one in told_day.cases)


@settings(deadline=None, max_examples=15, derandomize=True)
@given(told_day=days(most=3))
def test_the_search_finds_the_best_day_that_brute_force_finds(told_day: Day) -> None:
    problem = problem_of(told_day, ALONE)
    plan = engine("search").solve(problem, Iterations(60), seed=1).plan
    assert cost(problem, plan).key == min(cost(problem, one).key for one in all_plans(problem))


def all_plans(problem: Problem) -> list[Plan]:
    """Return the best plan of each way to give visits to crews, as the second judge allows it.

    Crews start alike and the road is straight, so each goes out along it and comes back.
    """
    crews = [crew.id for crew in problem.crews]
    found = []
    for choice in product([*crews, None], repeat=len(problem.visits)):
        free = problem.visits
        open_to_all = tuple(replace(visit, allowed_crews=None) for visit in free)
        locks = [
            Lock(visit.id, who) for visit, who in zip(free, choice, strict=True) if who is not None
        ]
        wanted = {lock.visit_id for lock in locks}
        freed = replace(problem, visits=tuple(visit for visit in open_to_all if visit.id in wanted))
        plan = engine("greedy").solve(freed, Iterations(5), locks=locks).plan
        left_out = [LeftOut(v.id, Reason.NOT_WORTH) for v in free if v.id not in plan.served]
        whole = Plan(plan.itineraries, (*left_out, *problem.refused))
        if is_feasible(problem, whole, profiles=[ALONE]):
            found.append(whole)
    return found


def test_a_plan_that_sends_another_agencys_crew_is_named() -> None:
    """The numbers alone would let cat and dan go: the judge asks whose case it is."""
    problem = problem_of(book(north("k1"), crews=[NORTH, SOUTH]))
    open_to_all = replace(
        problem, visits=tuple(replace(one, allowed_crews=None) for one in problem.visits)
    )
    plan = engine("greedy").solve(open_to_all, Iterations(3), locks=[Lock("b1", "cat+dan")]).plan
    assert {one.kind for one in check_plan(open_to_all, plan)} == {Fault.WRONG_AGENCY}
    assert not is_feasible(open_to_all, plan, profiles=["CN"])

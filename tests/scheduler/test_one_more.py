"""One crew more: whom it would visit of all who are left out, and what that is worth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.left_out import why_left_out
from scheduler.model import OwnerPolicy, Shift
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.problem import Lock, Problem
from scheduler.remedies import Kind, one_more, told_one_more
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, visit
from tests.scheduler import little_book
from tests.scheduler.little_book import TOWN, case, collector, place, rules_of, window

VALUE = 50_000
THERE_AND_BACK = 20 * MINUTE_S


def a_road() -> tuple[Problem, Plan]:
    """Return a day on which nobody is sent to three doors, each of an hour, ten minutes away.

    The crew works for four hours: it has time for three visits and the way.
    """
    visits = [visit(name, option(1, service_min=60)) for name in ("u", "v", "w")]
    problem = on_a_line([0, 10], visits, [crew("a")])
    left = tuple(LeftOut(one.id, Reason.CREWS_FULL) for one in visits)
    return problem, Plan((), left)


def test_it_visits_all_for_whom_there_is_time_and_is_worth_that_less_its_way() -> None:
    problem, plan = a_road()
    found = one_more(problem, plan, "v")
    assert found is not None
    assert {stop.id for stop in found.itinerary.visits} == {"u", "v", "w"}
    assert found.cost == THERE_AND_BACK - 3 * VALUE
    told = told_one_more(found)
    assert (told.kind, told.crew_id, told.visits) == (Kind.ONE_MORE, "a", 3)
    assert told.what == "One crew more, like crew a, for 3 of the left out"
    assert told.text.endswith("the day would cost 148.80 less")


def test_she_whom_it_is_asked_for_is_visited_though_others_are_worth_more() -> None:
    """There is time for one visit of three hours: that of least worth is asked for."""
    visits = [visit(name, option(1, service_min=180, value=v)) for name, v in
              (("dear", 90_000), ("poor", 9_000))]  # fmt: skip
    problem = on_a_line([0, 10], visits, [crew("a")])
    found = one_more(problem, Plan((), ()), "poor")
    assert found is not None
    assert [stop.id for stop in found.itinerary.visits] == ["poor"]


@pytest.mark.parametrize(
    "lacks", [{"skills": frozenset({"hakka"})}, {"crew_size": 2}, {"allowed_crews": frozenset()}]
)
def test_nobody_like_those_on_the_road_could_go(lacks: dict[str, object]) -> None:
    hers = visit("v", option(1), **lacks)
    problem = on_a_line([0, 10], [hers], [crew("a")])
    assert one_more(problem, Plan((), ()), "v") is None


def test_who_is_locked_to_a_crew_waits_for_that() -> None:
    problem, plan = a_road()
    assert one_more(problem, plan, "v", [Lock("v", "a")]) is None
    other = one_more(problem, plan, "v", [Lock("u", "a")])
    assert other is not None
    assert {stop.id for stop in other.itinerary.visits} == {"v", "w"}


def test_the_one_that_gains_most_is_told() -> None:
    """The crew "b" begins at the door, and pays for no way."""
    problem, plan = a_road()
    both = replace(problem, crews=(crew("a"), crew("b", 1)))
    found = one_more(both, plan, "v")
    assert found is not None
    assert (found.like, found.cost) == ("b", -3 * VALUE)


def test_of_a_day_that_runs_it_sets_off_no_earlier_than_the_crew_is_free() -> None:
    problem, plan = a_road()
    late = replace(problem.crews[0], start_s=10 * HOUR_S)
    found = one_more(replace(problem, crews=(late,)), plan, "v")
    assert found is not None
    assert found.itinerary.start_s >= 10 * HOUR_S
    assert len(found.itinerary.visits) == 1  # two hours: an hour each, and the way


def lenders_day(policy: OwnerPolicy, owner: str | None) -> tuple[Problem, Plan]:
    cases = [case("k1", "b1"), case("k2", "b2", owner=owner)]
    people = [collector(id_) for id_ in ("ann", "ben")]
    made = little_book.day(
        cases,
        [place("b1"), place("b2", step=6)],
        crews=[little_book.crew("ann", "ben")],
        collectors=people,
        shifts=[Shift(id_, window("09:00-18:00")) for id_ in ("ann", "ben")],
    )
    made = replace(made, city=replace(TOWN, owner_policy=policy))
    problem = build_problem(made, rules_of(), StraightLineTimes())
    return problem, Plan((), why_left_out(problem, Plan((), ())))


def test_on_a_lenders_day_it_is_judged_by_the_law_as_every_crew_is() -> None:
    problem, plan = lenders_day(OwnerPolicy.FIXED, None)
    found = one_more(problem, plan, "b1")
    assert found is not None
    trip = Plan((found.itinerary,), ())
    assert trip.served == {"b1", "b2"}
    assert check_plan(found.problem, trip) == []
    assert found.problem.rules is problem.rules


def test_it_goes_to_no_case_to_which_its_owner_alone_may_go() -> None:
    problem, plan = lenders_day(OwnerPolicy.FIXED, "ann")
    assert one_more(problem, plan, "b2") is None
    found = one_more(problem, plan, "b1")
    assert found is not None
    assert {stop.id for stop in found.itinerary.visits} == {"b1"}
    preferred, plan = lenders_day(OwnerPolicy.PREFERRED, "ann")
    assert one_more(preferred, plan, "b2") is not None

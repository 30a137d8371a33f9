"""With all chance switched off the driven day equals the plan to the second."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Iterations
from scheduler.plan import Itinerary, Plan, Stop
from scheduler.problem import Problem
from scheduler.staffing.driving import drive_plan
from scheduler.staffing.policy import Policy, WhenLate
from scheduler.staffing.world import Certain
from scheduler.timesheet import travelled_s, worked_s
from tests.problems import random_problem
from tests.scheduler.little_book import crew as pair
from tests.scheduler.little_book import rules_of
from tests.scheduler.little_plan import book
from tests.slowly import slowly

FEATURES = (
    ("unreachable", "setup", "shared_doors", "load"),
    ("slots", "working_price", "unpaid", "pace"),
    ("slots", "max_travel", "max_working", "setup"),
    ("working_price", "max_working", "unpaid", "begun", "crew_options"),
    ("meet", "working_price", "pace"),
    ("meet", "setup", "begun"),
)


def is_equal(problem: Problem, plan: Plan, policy: Policy) -> None:
    drive = drive_plan(problem, plan, Certain(problem), [0, 7], policy)
    for trip in plan.itineraries:
        crew = problem.crew_by_id[trip.crew_id]
        number = problem.crews.index(crew)
        if not trip.stops:
            assert not drive.is_out[number].any()
            continue
        for replication in (0, 7):
            assert _in_time(drive.itinerary(trip.crew_id, replication)) == _in_time(trip)
        assert drive.travel_s[number].tolist() == [travelled_s(crew, trip)] * 2
        assert drive.working_s[number].tolist() == [worked_s(crew, trip)] * 2
    new = {stop.id for trip in plan.itineraries for stop in trip.visits[_begun(problem, trip) :]}
    assert drive.visits_met.tolist() == [len(new)] * 2
    assert drive.undone() == {}
    assert all(holds.all() for holds in drive.is_on_time(0).values())


def _begun(problem: Problem, trip: Itinerary) -> int:
    begun = problem.crew_by_id[trip.crew_id].begun
    return sum(stop in begun for stop in trip.visits)


def _in_time(trip: Itinerary | None) -> tuple[int, int, list[Stop]] | None:
    return None if trip is None else (trip.start_s, trip.end_s, list(trip.stops))


@pytest.mark.parametrize("examples", slowly([60, 2000], rest=[2000]))
def test_a_certain_day_equals_its_plan_to_the_second(examples: int) -> None:
    @given(
        st.integers(0, 10**6),
        st.integers(2, 14),
        st.integers(1, 4),
        st.sampled_from(FEATURES),
        st.sampled_from(WhenLate),
    )
    @settings(max_examples=examples, deadline=None)
    def holds(
        seed: int, visits: int, crews: int, features: tuple[str, ...], late: WhenLate
    ) -> None:
        problem = random_problem(seed, visits, crews, **dict.fromkeys(features, True))
        plan = engine("search").solve(problem, Iterations(5), seed=seed).plan
        is_equal(problem, plan, Policy(late=late))

    holds()


def test_a_lenders_day_equals_its_plan_to_the_second() -> None:
    made = book()
    made = replace(made, crews=(pair("ann", "ben"),))
    problem = build_problem(made, rules_of(), StraightLineTimes())
    plan = engine("search").solve(problem, Iterations(50)).plan
    assert plan.served
    is_equal(problem, plan, Policy())

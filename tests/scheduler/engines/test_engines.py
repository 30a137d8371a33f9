"""One test body for all engines: whatever the day asks for, the plan keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.drive import calls_of
from scheduler.engines import LARGEST_SEED
from scheduler.engines.base import Engine, Progress, Result, Status
from scheduler.engines.registry import ENGINES, engine
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import NotFoundError, UnsupportedError
from scheduler.left_out import why_left_out
from scheduler.locks import LockError, apply_locks
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import CrewBreak, Lock, Problem
from tests.problems import HOUR_S, crew, on_a_line, option, random_problem, visit
from tests.scheduler.simulation import best_key, cheapest, follow, may_go
from tests.slowly import slowly

FEATURES: tuple[dict[str, bool], ...] = (
    {},
    {"breaks": False},
    {"overtime": False},
    {"windows": False, "places": False},
    {"required": False, "max_visits": False},
    {"skills": False, "crew_size": False, "allowed": False, "prices": False},
    {"unlike": False},
    {"unreachable": True},
    {"load": True, "max_travel": True},
    {"setup": True, "shared_doors": True},
    {"pace": True, "max_travel": True},
)
"""Every feature at once, each group of them switched off, and those that few days have."""

LACKING: dict[str, dict[str, bool]] = {
    "ortools": {"setup": False},
    "pyvrp": {"setup": False, "breaks": False, "prices": False},
}
"""The features that an engine cannot honour."""

NOTHING = Plan((), ())


@pytest.fixture(params=ENGINES)
def solver(request: pytest.FixtureRequest) -> Engine:
    return engine(request.param)


Days = Callable[..., Problem]


@pytest.fixture
def a_day(solver: Engine) -> Days:
    """Make random days with all that the engine can honour."""
    lacking = LACKING.get(solver.name, {})
    return lambda seed, visits, crews, **more: random_problem(
        seed, visits, crews, **(more | lacking)
    )


def assert_lawful(problem: Problem, result: Result, locks: tuple[Lock, ...] = ()) -> None:
    """Judge a plan by `check_plan`, and drive it again by trying every placing of breaks."""
    plan = result.plan
    told = Counter([*plan.served, *(left.visit_id for left in plan.left_out)])
    assert told == Counter(visit.id for visit in problem.visits)
    narrowed = apply_locks(problem, locks).problem
    for trip in plan.itineraries:
        assert_driven(narrowed, trip)
    assert check_plan(problem, plan, locks) == []
    assert result.cost == cost(narrowed, plan)
    assert plan.left_out == why_left_out(problem, plan, locks)


def assert_driven(problem: Problem, trip: Itinerary) -> None:
    who = problem.crew_by_id[trip.crew_id]
    calls = calls_of(problem, trip)
    assert calls, "a crew without visits has no itinerary"
    assert may_go(who, [call.visit for call in calls])
    best = cheapest(problem, who, calls)
    assert best is not None
    breaks, due = {rest.id: rest for rest in who.breaks}, iter(calls)
    day = [breaks.get(stop.id) or next(due) for stop in trip.stops]
    told = follow(problem, who, day, trip.start_s)
    assert told is not None
    assert told.order(who) == best.order(who)
    assert told.times == [(stop.arrival_s, stop.start_s, stop.end_s) for stop in trip.stops]


@pytest.mark.parametrize("features", FEATURES, ids=str)
@pytest.mark.parametrize("seed", slowly(range(3), [1, 2]))
def test_a_random_day_is_lawful(
    solver: Engine, a_day: Days, features: dict[str, bool], seed: int
) -> None:
    problem = a_day(seed, visits=24, crews=4, **features)
    result = solver.solve(problem, Iterations(60), seed=seed)
    assert_lawful(problem, result)
    assert result.plan.itineraries
    assert result.engine == solver.name


def test_the_largest_seed_is_taken(solver: Engine, a_day: Days) -> None:
    problem = a_day(0, visits=4, crews=2)
    assert_lawful(problem, solver.solve(problem, Iterations(3), seed=LARGEST_SEED))


@pytest.mark.parametrize("seed", slowly(range(12), range(6, 12)))
def test_a_tiny_day_is_never_better_than_the_best(solver: Engine, a_day: Days, seed: int) -> None:
    problem = a_day(seed, visits=1 + seed % 5, crews=1 + seed % 2)
    result = solver.solve(problem, Iterations(60))
    assert_lawful(problem, result)
    assert result.cost.key >= best_key(problem)


@pytest.mark.parametrize("seed", slowly(range(4), [2, 3]))
def test_the_same_seed_makes_the_same_plan(solver: Engine, a_day: Days, seed: int) -> None:
    problem = a_day(seed, visits=20, crews=3)
    first, second = (solver.solve(problem, Iterations(80), seed=seed) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", slowly(range(4), [2, 3]))
def test_a_warm_start_is_never_made_worse(solver: Engine, a_day: Days, seed: int) -> None:
    problem = a_day(seed, visits=24, crews=4)
    start = engine("greedy").solve(problem, Iterations(200), seed=seed)
    result = solver.solve(problem, Iterations(10), warm_start=start.plan)
    assert_lawful(problem, result)
    assert result.cost.key <= start.cost.key
    is_better = result.cost.key < start.cost.key
    assert is_better or result.status is Status.STARTED_WITH


@pytest.mark.parametrize("seed", range(4))
def test_what_no_longer_fits_leaves_a_warm_start(solver: Engine, a_day: Days, seed: int) -> None:
    before = a_day(seed, visits=24, crews=4, max_visits=False)
    start = solver.solve(before, Iterations(1)).plan
    crews = tuple(replace(one, end_s=one.end_s - HOUR_S) for one in before.crews[:3])
    problem = replace(before, visits=before.visits[4:], crews=crews)
    assert_lawful(problem, solver.solve(problem, Iterations(5), warm_start=start))


@pytest.mark.parametrize("seed", slowly(range(6), [3, 4, 5]))
def test_locks_are_kept(solver: Engine, a_day: Days, seed: int) -> None:
    problem = a_day(seed, visits=20, crews=3, max_visits=False)
    start = engine("greedy").solve(problem, Iterations(1), seed=seed).plan
    trip = max(start.itineraries, key=lambda trip: len(trip.visits))
    first, *_, last = trip.visits
    after = None if solver.name == "pyvrp" else first.id
    locks = (
        Lock(first.id, trip.crew_id, start_s=first.start_s),
        Lock(last.id, trip.crew_id, start_s=last.start_s, after=after),
    )
    assert_lawful(problem, solver.solve(problem, Iterations(60), locks=locks, seed=seed), locks)
    warm = solver.solve(problem, Iterations(60), locks=locks, warm_start=start, seed=seed)
    assert_lawful(problem, warm, locks)


def test_locks_that_cannot_be_kept_are_refused(solver: Engine, a_day: Days) -> None:
    problem = a_day(1, visits=4, crews=1)
    with pytest.raises(LockError, match="no crew 'z'"):
        solver.solve(problem, Iterations(1), locks=[Lock("v0", "z")])


@pytest.mark.parametrize(("visits", "crews"), [(0, 0), (0, 2), (3, 0)])
def test_a_day_without_visits_or_crews(
    solver: Engine, a_day: Days, visits: int, crews: int
) -> None:
    problem = a_day(1, visits=visits, crews=crews)
    result = solver.solve(problem, Iterations(10))
    assert_lawful(problem, result)
    assert result.plan.itineraries == ()
    assert result.status is Status.STARTED_WITH


def test_stopped_at_once_it_answers_what_it_began_with(solver: Engine, a_day: Days) -> None:
    problem = a_day(1, visits=10, crews=2)
    nothing = solver.solve(problem, Iterations(0))
    assert_lawful(problem, nothing)
    assert nothing.plan.itineraries == ()
    start = solver.solve(problem, Iterations(10)).plan
    kept = solver.solve(problem, Iterations(0), warm_start=start)
    assert (kept.plan, kept.status) == (start, Status.STARTED_WITH)


def test_an_impossible_must_visit_leaves_the_others_their_day(solver: Engine) -> None:
    far = visit("far", option(2, value=9_000_000), is_required=True)
    problem = on_a_line([0, 10, 900], [far, visit("near", option(1))], [crew()])
    result = solver.solve(problem, Iterations(20))
    assert result.plan.served == {"near"}
    assert [left.reason for left in result.plan.left_out] == [Reason.NO_CREW_IN_TIME]
    assert result.cost.missed_must_visits == 1


def test_a_must_visit_takes_the_room_of_a_dearer_one(solver: Engine) -> None:
    # A crew of one visit, already full of what is worth a thousand times as much.
    must = visit("must", option(1, value=1), is_required=True)
    dear = visit("dear", option(1, value=1_000_000))
    problem = on_a_line([0, 10], [must, dear], [crew(max_visits=1)])
    before = replace(problem, visits=(dear,))
    start = solver.solve(before, Iterations(5)).plan
    assert start.served == {"dear"}
    assert solver.solve(problem, Iterations(5), warm_start=start).plan.served == {"must"}


def test_the_refused_stand_in_the_list(solver: Engine, a_day: Days) -> None:
    refused = LeftOut("gone", Reason.RULE, "Paid.", rule="stop")
    problem = replace(a_day(1, visits=4, crews=1), refused=(refused,))
    assert solver.solve(problem, Iterations(5)).plan.left_out[-1] == refused


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "pyvrp"])
def test_a_crew_that_only_has_its_break_left_takes_it(name: str) -> None:
    # The visit ends at 08:30; the break may begin from 11:00, before the way home alone.
    rest = CrewBreak("rest", (11 * HOUR_S, 11 * HOUR_S + 600), 900)
    problem = on_a_line([0, 10], [visit("v", option(1))], [crew(breaks=(rest,))])
    (trip,) = engine(name).solve(problem, Iterations(5)).plan.itineraries
    assert [(stop.id, stop.start_s) for stop in trip.stops] == [
        ("v", 8 * HOUR_S + 600),
        ("rest", 11 * HOUR_S),
    ]


def test_progress_only_grows_and_ends_at_one(solver: Engine, a_day: Days) -> None:
    heard: list[Progress] = []
    problem = a_day(1, visits=20, crews=3)
    result = solver.solve(problem, Iterations(50), on_progress=heard.append)
    shares = [progress.share for progress in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    last = heard[-1]
    assert (last.missed_must_visits, last.cost) == result.cost.key
    assert last.visits == len(result.plan.served)


def test_it_says_what_it_can_do(solver: Engine, a_day: Days) -> None:
    assert solver.supports(a_day(1, visits=5, crews=2)) == []


ONLY_OUR_SEARCH = {
    "meet": "two at one door",
    "slots": "travel that differs by the hour",
    "working_price": "a price for working time",
    "max_working": "a limit of working time",
    "crew_options": "options for some crews alone",
    "fair": "a fair share of visits",
    "begun": "stops that were begun",
}
"""What the other engines cannot honour, and how they say it."""


@pytest.mark.parametrize("feature", ONLY_OUR_SEARCH)
@pytest.mark.parametrize("name", [name for name in ENGINES if name != "search"])
def test_what_only_our_search_honours_is_refused_by_name(name: str, feature: str) -> None:
    without = {"breaks": False, "prices": False}
    problem = random_problem(3, visits=12, crews=4, **without, **{feature: True})
    said = ONLY_OUR_SEARCH[feature]
    assert engine(name).supports(problem) == [said]
    with pytest.raises(UnsupportedError, match=f"{name!r} cannot honour {said}"):
        engine(name).solve(problem, Iterations(1))


@pytest.mark.parametrize("name", ["greedy", "ortools"])
def test_breaks_that_are_not_paid_matter_where_work_counts(name: str) -> None:
    unpaid = crew(breaks=(CrewBreak("rest", (9 * HOUR_S, 10 * HOUR_S), 900, is_paid=False),))
    problem = on_a_line([0, 10], [visit("v", option(1))], [unpaid])
    assert engine(name).supports(problem) == []
    counted = replace(unpaid, max_working_s=HOUR_S)
    assert engine(name).supports(replace(problem, crews=(counted,))) == [
        "a limit of working time",
        "breaks that are not paid",
    ]


@pytest.mark.parametrize("feature", ["setup", "breaks", "prices"])
def test_what_it_cannot_honour_is_refused_by_name(solver: Engine, feature: str) -> None:
    asked = {"breaks": False, "prices": False, "setup": False} | {feature: True}
    problem = random_problem(1, visits=5, crews=2, **asked)
    if feature not in LACKING.get(solver.name, {}):
        assert solver.supports(problem) == []
        return
    (name,) = solver.supports(problem)
    assert feature in name
    with pytest.raises(UnsupportedError, match=f"{solver.name!r} cannot honour {name}"):
        solver.solve(problem, Iterations(1))


def test_an_unknown_engine_is_refused_with_the_names() -> None:
    with pytest.raises(
        NotFoundError, match="no engine 'magic'; choose from search, greedy, ortools, pyvrp"
    ):
        engine("magic")

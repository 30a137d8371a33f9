"""The search honours what few days ask for, and its price of a plan is the plan's cost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from routing.travel import UNREACHABLE
from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.draft import Draft
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.layout import most_loss, tables_of
from scheduler.engines.search.running import Search
from scheduler.engines.stop_rules import Iterations
from scheduler.engines.watch import Watch
from scheduler.errors import UnsupportedError
from scheduler.locks import apply_locks
from scheduler.plan import Plan, StopKind
from scheduler.problem import Lock, Problem
from scheduler.replan import frozen, known_plan
from tests.problems import HOUR_S, crew, on_a_line, option, random_problem, visit
from tests.scheduler.simulation import best_key
from tests.slowly import slowly

OFF = {"breaks": False, "overtime": False, "setup": False}
MORE: tuple[dict[str, bool], ...] = (
    {"slots": True},
    {"slots": True, "working_price": True, "max_travel": True},
    {"pace": True},
    {"working_price": True},
    {"max_working": True},
    {"breaks": True, "working_price": True, "unpaid": True},
    {"fair": True},
    {"crew_options": True},
    {"meet": True},
    {"meet": True, "setup": True, "overtime": True, "breaks": True},
)
ALL = {name: True for features in MORE for name in features if name != "slots"}
ENGINE = SearchEngine()


def day(seed: int, features: dict[str, bool], visits: int = 20, crews: int = 4) -> Problem:
    return random_problem(seed, visits=visits, crews=crews, **{**OFF, **features})


@pytest.mark.parametrize("features", [*MORE, ALL], ids=str)
@pytest.mark.parametrize("seed", slowly(range(3), [2]))
def test_its_price_is_the_cost_of_the_plan(features: dict[str, bool], seed: int) -> None:
    problem = day(seed, features)
    draft = Draft(apply_locks(problem, ()))
    search = Search(draft, seed)
    search.run(Watch(Iterations(20), None))
    must = most_loss(problem) * draft.cost.missed_must_visits
    assert search.price == draft.cost.total + must
    assert draft.cost == cost(problem, Plan(draft.itineraries(), ()))


@pytest.mark.parametrize("features", [*MORE, ALL, {**ALL, "begun": True}], ids=str)
@pytest.mark.parametrize("seed", slowly(range(3), [1, 2]))
def test_a_day_is_lawful(features: dict[str, bool], seed: int) -> None:
    problem = day(seed, features)
    result = ENGINE.solve(problem, Iterations(20), seed=seed)
    assert check_plan(problem, result.plan) == []
    assert result.cost == cost(problem, result.plan)
    assert result.plan.itineraries
    assert result == ENGINE.solve(problem, Iterations(20), seed=seed)


@pytest.mark.parametrize("features", [*MORE[:8], ALL], ids=str)
@pytest.mark.parametrize("seed", slowly(range(6), [3, 4, 5]))
def test_a_tiny_day_is_solved_best(features: dict[str, bool], seed: int) -> None:
    # Trying every plan takes nobody to meet and every stop unbegun: `meet` is left out.
    problem = day(seed, {**features, "meet": False}, visits=4, crews=2)
    assert ENGINE.solve(problem, Iterations(30)).cost.key == best_key(problem)


@pytest.mark.parametrize("seed", range(3))
def test_a_promise_is_by_the_fastest_slot_whichever_it_is(seed: int) -> None:
    # A glance that took the first slot for all would refuse what fits in a faster one.
    problem = day(seed, {"slots": True})
    slower = problem.travel.seconds[:1].copy()
    slower[:, 0] = np.minimum(3 * slower[:, 0].astype(np.int64), UNREACHABLE)
    travel = replace(problem.travel, modes=problem.travel.modes[:1], seconds=slower, metres=slower)
    problem = replace(problem, travel=travel, crews=(replace(problem.crews[0], mode=0),))
    laid = tables_of(Draft(apply_locks(problem, ())))
    for one, hers in zip(problem.crews, laid.crew, strict=True):
        least_s = problem.ways(one).min(axis=0)
        assert (laid.travel[hers.mode] == least_s).all()
        assert (laid.back[hers.mode] == least_s.T).all()


def a_meeting(*opens: tuple[int, int]) -> Problem:
    """Two collectors an hour to each side of a door that both must come to."""
    both = visit("both", option(1, *opens, service_min=30), crew_size=2)
    crews = [crew("c0", home=0), crew("c1", home=2)]
    return on_a_line([0, 60, 120], [replace(both, may_meet=True)], crews)


def test_two_meet_at_the_first_second_at_which_both_are_there() -> None:
    # From eight on, an hour's way for both: the door is open from half past eight, both are there
    # at nine, and no grid of quarters of an hour can keep them from beginning then.
    problem = a_meeting((8 * HOUR_S + 1807, 12 * HOUR_S))
    result = ENGINE.solve(problem, Iterations(2))
    starts = [(t.crew_id, stop.start_s) for t in result.plan.itineraries for stop in t.visits]
    assert starts == [("c0", 9 * HOUR_S), ("c1", 9 * HOUR_S)]
    assert check_plan(problem, result.plan) == []


def test_one_alone_does_not_go_where_two_must() -> None:
    problem = a_meeting((8 * HOUR_S, 12 * HOUR_S))
    alone = replace(problem, crews=problem.crews[:1])
    result = ENGINE.solve(alone, Iterations(2))
    assert not result.plan.served
    assert result.plan.left_out[0].visit_id == "both"


def test_a_lock_of_a_visit_that_two_meet_for_is_refused() -> None:
    with pytest.raises(UnsupportedError, match="two meet"):
        ENGINE.solve(
            a_meeting((8 * HOUR_S, 12 * HOUR_S)), Iterations(1), locks=[Lock("both", "c0")]
        )


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_that_people_know_is_moved_as_little_as_asked(seed: int) -> None:
    problem = day(seed, {})
    before = ENGINE.solve(problem, Iterations(20), seed=seed).plan
    shorter = replace(problem, crews=problem.crews[1:])  # one crew has fallen ill
    ill = {s.id for t in before.itineraries if t.crew_id == problem.crews[0].id for s in t.visits}
    for most in (len(ill), len(ill) + 2):
        asked = replace(shorter, reference=known_plan(before, most_moves=most))
        result = ENGINE.solve(asked, Iterations(20), warm_start=before, seed=seed)
        assert check_plan(asked, result.plan) == []
        assert set(result.dropped) == ill
    dear = replace(shorter, reference=known_plan(before, price_per_move=10**9))
    result = ENGINE.solve(dear, Iterations(20), warm_start=before, seed=seed)
    # Where a move is dearer than any visit is worth, nobody moves but those who must.
    crews = {s.id: t.crew_id for t in result.plan.itineraries for s in t.visits}
    kept = {s.id: t.crew_id for t in before.itineraries for s in t.visits if s.id not in ill}
    assert kept.items() <= crews.items()
    assert result.cost.moves == 10**9 * len(ill)


@pytest.mark.parametrize("seed", range(4))
def test_what_has_begun_stays_as_it_was(seed: int) -> None:
    problem = day(seed, {"breaks": True})
    before = ENGINE.solve(problem, Iterations(20), seed=seed).plan
    noon = frozen(problem, before, 11 * HOUR_S)
    after = ENGINE.solve(noon, Iterations(20), warm_start=before, seed=seed).plan
    assert check_plan(noon, after) == []
    begun = {crew.id: crew.begun for crew in noon.crews if crew.begun}
    assert begun
    trips = {trip.crew_id: trip for trip in after.itineraries}
    assert all(trips[name].stops[: len(stops)] == stops for name, stops in begun.items())
    for trip in after.itineraries:
        new = trip.stops[len(begun.get(trip.crew_id, ())) :]
        left_s = new[0].arrival_s if new and new[0].kind is StopKind.BREAK else trip.end_s
        assert not new or left_s >= 11 * HOUR_S or new[0].arrival_s >= 11 * HOUR_S

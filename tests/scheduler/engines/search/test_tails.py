"""Routes of crews of one kind exchange their tails."""

from __future__ import annotations

import pytest

from scheduler.draft import Draft
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.search.kernels.anneal import search
from scheduler.engines.search.kernels.tables import FAR, GO
from scheduler.engines.search.layout import most_loss
from scheduler.engines.search.running import Search
from scheduler.engines.search.tuning import FIRST, USUAL
from scheduler.engines.stop_rules import Iterations
from scheduler.locks import apply_locks
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.problem import Problem
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, random_problem, visit

ALIKE = {
    "skills": False,
    "crew_size": False,
    "allowed": False,
    "prices": False,
    "unlike": False,
    "max_visits": False,
}
PLAIN = {**ALIKE, "breaks": False, "overtime": False}
FULL = {**ALIKE, "setup": True, "shared_doors": True}

ONLY_TAILS = USUAL._replace(tails=1.0)
HOT, COLD = 1e9, 0.0
"""Any exchange that can be driven stays; only one that saves stays."""


def exchanged(problem: Problem, plan: Plan, steps: int, temperature: float) -> Search:
    """Return a search that began with `plan` and made so many exchanges, and nothing else."""
    draft = Draft.exactly(apply_locks(problem, ()), plan)
    made = Search(draft, seed=1)
    search(made._tables, made._state, FIRST, COLD, 0, GO)
    search(made._tables, made._state, ONLY_TAILS, temperature, steps, GO)
    return made


def day_of(crew_id: str, *visit_ids: str) -> Itinerary:
    stops = [Stop(StopKind.VISIT, one, 0, 0, 0, place_id="") for one in visit_ids]
    return Itinerary(crew_id, 0, 0, tuple(stops))


def test_two_days_that_cross_are_untangled() -> None:
    # Home lies in the middle of a straight road. Before, each crew goes 10 minutes to one side, 30
    # to the far end of the other, and 20 home; with tails exchanged each stays on its own side.
    early, late = (8 * HOUR_S, 9 * HOUR_S), (10 * HOUR_S, 11 * HOUR_S)
    visits = [
        visit("left", option(1, early)),
        visit("far left", option(2, late)),
        visit("right", option(3, early)),
        visit("far right", option(4, late)),
    ]
    problem = on_a_line([30, 20, 10, 40, 50], visits, [crew("a"), crew("b")])
    crossed = Plan((day_of("a", "left", "far right"), day_of("b", "right", "far left")), ())
    made = exchanged(problem, crossed, 200, COLD)
    made._end(made._state, FIRST)
    draft = made._draft
    days = {tuple(stop.id for stop in day.visits) for day in draft.itineraries()}
    assert days == {("left", "far left"), ("right", "far right")}
    minutes = 2 * (10 + 10 + 20)
    assert draft.cost.travel == minutes * MINUTE_S * problem.crews[0].travel_price_per_s


def test_crews_that_cannot_do_each_others_day_keep_theirs() -> None:
    # The same two days, but one of the crews must be home a minute earlier than the other.
    visits = [visit("near", option(1)), visit("far", option(2))]
    crews = [crew("a"), crew("b", end_s=12 * HOUR_S - MINUTE_S)]
    problem = on_a_line([0, 10, 20], visits, crews)
    plan = Plan((day_of("a", "near"), day_of("b", "far")), ())
    assert exchanged(problem, plan, 200, HOT)._state.route.length[:2].tolist() == [1, 1]


@pytest.mark.parametrize("features", [PLAIN, FULL], ids=["plain", "full"])
@pytest.mark.parametrize("temperature", [COLD, 1e5, HOT])
@pytest.mark.parametrize("seed", range(4))
def test_exchanges_keep_every_visit(
    features: dict[str, bool], temperature: float, seed: int
) -> None:
    # Nothing is taken out or put in, so whoever was visited still is, and the first plan of the
    # search has put in whom it could; each route that stays can be driven, carried and reached.
    problem = random_problem(seed, visits=30, crews=5, load=True, max_travel=True, **features)
    before = GreedyEngine().solve(problem, Iterations(20), seed=seed).plan
    made = exchanged(problem, before, 300, temperature)
    laid, state = made._tables, made._state
    route, carried = state.route[:5], state.carried[:5]  # the rest are copies
    served = {
        visit.id for visit, at in zip(problem.visits, state.spot, strict=True) if at.crew >= 0
    }
    assert served >= before.served
    assert int(route.length.sum()) == len(served)
    assert (carried <= laid.capacity).all()
    assert (route.travel_s <= laid.crew.most_travel_s).all()
    assert (route.tail < FAR).all()
    draft = made._draft
    made._end(made._state, FIRST)
    must = most_loss(problem)
    assert made.price == draft.cost.total + must * draft.cost.missed_must_visits

"""What an insertion adds is exact: every one is driven, and none is missed."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.draft import Draft
from scheduler.locks import apply_locks
from scheduler.problem import Lock
from scheduler.route import Route
from tests.problems import crew, on_a_line, option, random_problem, visit
from tests.scheduler.simulation import cheapest, day_price, may_go


def a_route(draft: Draft, length: int) -> Route:
    """Return a route of the first crew through the first visits that can be driven in a row."""
    route = draft.routes[0]
    for row in range(len(draft.table.visit)):
        longer = route.with_row(row, len(route.rows))
        is_new = draft.table.visit[row] not in route.visits
        if len(route.rows) < length and is_new and longer.is_drivable:
            route = longer
    return route


@given(st.integers(0, 10**6), st.integers(0, 4), st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_insertions_are_those_that_every_placing_of_breaks_allows(
    seed: int, length: int, unreachable: bool, limits: bool
) -> None:
    problem = random_problem(
        seed, 12, 1, max_visits=False, allowed=False, skills=False, crew_size=False,
        unreachable=unreachable, load=limits, setup=limits, max_travel=limits, shared_doors=limits,
    )  # fmt: skip
    draft = Draft(apply_locks(problem, ()))
    route = a_route(draft, length)
    rows = draft.table.rows_of(~np.isin(np.arange(len(problem.visits)), route.visits))
    added = route.added_prices(rows)
    for i, gap in np.ndindex(added.shape):
        calls = route.with_row(int(rows[i]), gap).calls
        day = cheapest(problem, route.crew, calls)
        if day is None or not may_go(route.crew, [call.visit for call in calls]):
            assert np.isinf(added[i, gap])
        else:
            assert added[i, gap] == day_price(route.crew, calls, day) - route.price


def test_a_crew_that_does_not_fit_or_is_full_takes_nothing() -> None:
    problem = on_a_line(
        [0, 10],
        [visit("v", option(1)), visit("two", option(1), crew_size=2)],
        [crew(max_visits=1)],
    )
    draft = Draft(apply_locks(problem, ()))
    empty = draft.routes[0]
    # 20 minutes there and back at a thousandth a second.
    assert empty.added_prices(np.array([0, 1])).tolist() == [[1200], [np.inf]]
    assert np.isinf(empty.with_row(0, 0).added_prices(np.array([0]))).all()


def test_a_visit_locked_after_another_has_only_the_gaps_behind_it() -> None:
    visits = [visit("v", option(1)), visit("w", option(1)), visit("x", option(1))]
    problem = on_a_line([0, 10], visits, [crew()])
    draft = Draft(apply_locks(problem, [Lock("v", "a", after="w")]))
    v = np.array([0])
    assert np.isinf(draft.routes[0].added_prices(v)).all()
    route = draft.routes[0].with_row(2, 0).with_row(1, 1)
    assert np.isfinite(route.added_prices(v)).tolist() == [[False, False, True]]


def test_a_draft_costs_what_its_plan_costs_and_gives_visits_back() -> None:
    problem = on_a_line([0, 10], [visit("v", option(1))], [crew("a"), crew("b")])
    draft = Draft(apply_locks(problem, ()))
    a, b = draft.routes
    draft.put([a.with_row(0, 0)])
    assert draft.cost.key == (0, 1200)
    draft.put([b.with_row(0, 0), a])  # changes hands at once, in whatever order
    assert draft.is_served.tolist() == [True]
    assert [trip.crew_id for trip in draft.itineraries()] == ["b"]
    draft.attempt([b])  # worse: 50,000 lost instead of 1,200
    assert draft.cost.key == (0, 1200)

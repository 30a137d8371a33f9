"""Where a visit would fit best: ranked, and each one driven."""

from __future__ import annotations

import pytest

from scheduler.drive import Call, drive
from scheduler.insertion import best_insertions
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem
from tests.problems import crew, on_a_line, option, visit


def a_plan() -> tuple[Problem, Plan]:
    """Crew a goes to the 30th minute of the road; b, who costs twice, has nothing to do."""
    there = visit("there", option(2))
    new = visit("new", option(1, value=9_000), option(3, value=10_000), crew_prices={"b": 500})
    crews = [crew("a"), crew("b", travel_price_per_s=2)]
    problem = on_a_line([0, 10, 30, 31], [there, new], crews)
    trip = drive(problem, crews[0], [Call(there, 0)])
    assert trip is not None
    return problem, Plan((trip,), ())


def test_they_are_ranked_by_what_is_gained() -> None:
    problem, plan = a_plan()
    found = best_insertions(problem, plan, "new", most=99)
    # a: location 3 lies a minute beyond its turning point, location 1 on its way and is worth less.
    # b: there and back at double price, and 500 for not being the owner's crew; 3 is too far.
    assert [(one.crew_id, one.option, one.position, one.extra_cost, one.gain) for one in found] == [
        ("a", 1, 0, 120, 9_880),
        ("b", 0, 0, 2_900, 6_100),
    ]
    assert [stop.id for stop in found[0].itinerary.visits] == ["new", "there"]


def test_no_more_than_asked_for_and_only_what_locks_allow() -> None:
    problem, plan = a_plan()
    assert len(best_insertions(problem, plan, "new", most=2)) == 2
    locked = best_insertions(problem, plan, "new", locks=[Lock("new", "b")])
    assert [one.crew_id for one in locked] == ["b"]


@pytest.mark.parametrize("visit_id", ["there", "unknown"])
def test_only_a_visit_that_is_left_out_can_be_inserted(visit_id: str) -> None:
    with pytest.raises(ValueError, match=f"{visit_id!r} is not one that the plan leaves out"):
        best_insertions(*a_plan(), visit_id)

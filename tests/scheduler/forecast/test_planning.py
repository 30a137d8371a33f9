"""A day planned at learned paces is lawful by the same judge, and its ways take as long."""

from __future__ import annotations

from routing.paces import Area, ModePaces, Paces
from routing.sources.paced import PacedTimes
from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Iterations
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.timesheet import travelled_s
from tests.scheduler.little_book import case, collector, crew, day, place, rules_of, spot

SLOW = Paces(
    (0, 12 * 3600),
    tuple(ModePaces(mode, (1.5, 2.0)) for mode in (Mode.CAR, Mode.EBIKE)),
    (Area("near", spot(0), 1.0), Area("far", spot(10), 1.2)),
)
WHO = [f"b{number}" for number in range(1, 7)]


def planned(paces: Paces) -> tuple[Problem, Plan]:
    """Plan six visits along a road for one pair, at some paces."""
    book = day(
        cases=[case(f"c{who}", who) for who in WHO],
        places=[place(who, step=3 * number) for number, who in enumerate(WHO, 1)],
        collectors=[collector("ann"), collector("ben")],
        crews=[crew("ann", "ben")],
    )
    problem = build_problem(book, rules_of(), PacedTimes(StraightLineTimes(), paces))
    return problem, engine("search").solve(problem, Iterations(20), seed=1).plan


def test_a_plan_at_learned_paces_holds_before_the_same_judge() -> None:
    slow, plan = planned(SLOW)
    assert slow.has_slots
    assert plan.served
    assert check_plan(slow, plan) == []


def test_the_same_day_takes_longer_on_the_road_where_crews_were_seen_to_be_slower() -> None:
    seconds = []
    for paces in (Paces(), SLOW):
        problem, plan = planned(paces)
        (trip,) = plan.itineraries
        assert plan.served == set(WHO)
        seconds.append(travelled_s(problem.crews[0], trip))
    # Half as long again at least, and at most twice and a fifth.
    assert 1.5 <= seconds[1] / seconds[0] <= 2.41

"""A day that runs is planned again: what may not move does not, and the judge finds no fault."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.check import Fault, check_plan
from scheduler.cost import crews_of
from scheduler.drive import Call, drive
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.plan import LeftOut, Plan, Reason, StopKind
from scheduler.problem import Lock, Problem
from scheduler.replanning import Asked, Terms, asked_anew, to_judge
from scheduler.running import Running
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, random_problem, visit
from tests.scheduler.running_days import mark, running, told_of
from tests.scheduler.test_running import ARRIVE, EIGHT, LEAVE, at, marks_of


def planned(problem: Problem) -> Plan:
    return GreedyEngine(improves=False).solve(problem, lambda: 0.0).plan


def solved(asked: Asked) -> tuple[Problem, Plan]:
    """Let a search answer, and return what is to be judged."""
    result = SearchEngine(threads=1).solve(
        asked.problem, Iterations(3), warm_start=asked.first, locks=asked.locks
    )
    return to_judge(asked, result.plan)


def two_crews() -> tuple[Problem, Plan]:
    """Return a road on which a makes v1, v2, v3 at 8:10, 8:40, 9:10, and b is at home, idle."""
    visits = [visit(f"v{k}", option(k)) for k in (1, 2, 3)]
    problem = on_a_line([0, 10, 20, 30], visits, [crew("a"), crew("b")])
    trip = drive(problem, problem.crews[0], [Call(one, 0) for one in visits])
    assert trip is not None
    return problem, Plan((trip,), ())


def stuck(minutes: int) -> Running:
    """Return that day as a stands at the first door still, so many minutes after eight."""
    problem, plan = two_crews()
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"))
    return running(problem, plan, told, at(minutes))


def test_what_a_crew_sets_off_for_within_the_horizon_is_frozen() -> None:
    # At 8:25 it is expected to leave v1 at 8:30, v2 at 9:00, v3 at 9:30.
    for freeze_min, kept in ((0, ["v1"]), (10, ["v1", "v2"]), (36, ["v1", "v2", "v3"])):
        asked = asked_anew(stuck(25), Terms(freeze_min * MINUTE_S))
        a = asked.problem.crew_by_id["a"]
        assert [stop.id for stop in a.begun] == kept
        # b has not left, and does not before it can have heard of it.
        assert asked.problem.crew_by_id["b"].start_s == at(25 + freeze_min)


def test_who_waits_for_a_planned_hour_may_be_sent_elsewhere_until_it_has_to_leave() -> None:
    # v2 may be made from eight on, and is planned for ten, when she is met more likely.
    visits = [
        visit("v1", option(1)),
        visit("v2", option(2, (at(0), at(90))), option(2, (at(120), at(180)))),
    ]
    problem = on_a_line([0, 10, 20], visits, [crew("a")])
    trip = drive(problem, problem.crews[0], [Call(visits[0], 0), Call(visits[1], 1)])
    assert trip is not None
    plan = Plan((trip,), ())
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1"))
    for minute, kept in ((35, ["v1"]), (111, ["v1", "v2"])):  # ten minutes of way
        found = running(problem, plan, told, at(minute))
        assert found.crews["a"].trip.visits[1].start_s == at(120)
        asked = asked_anew(found, Terms(0))
        assert [stop.id for stop in asked.problem.crew_by_id["a"].begun] == kept


def test_who_stands_idle_goes_on_when_it_can_have_heard_of_it() -> None:
    problem, plan = two_crews()
    done = [mark("a", kind, at(10 + 30 * k + m), f"v{k + 1}")
            for k in range(3) for kind, m in ((ARRIVE, 0), (LEAVE, 20))]  # fmt: skip
    found = running(problem, plan, told_of(plan, *done), at(100))
    a = asked_anew(found, Terms(20 * MINUTE_S)).problem.crew_by_id["a"]
    assert a.free_s == at(120)
    judged, after = to_judge(asked_anew(found, Terms()), found.plan)
    assert after == found.plan  # nothing was added: it goes home as it is
    assert check_plan(judged, after) == []


def test_a_crew_that_is_gone_gives_up_all_but_what_it_has_made() -> None:
    problem, plan = two_crews()
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1"))
    found = running(problem, plan, told, at(35))
    asked = asked_anew(found, Terms(most_moves=0), gone={"a"})
    assert asked.given_up == {"v2", "v3"}
    judged, after = solved(asked)
    assert check_plan(judged, after) == []
    # No visit may change hands, and these do all the same: nobody of their crew is there.
    assert crews_of(after) == {"v1": {"a"}, "v2": {"b"}, "v3": {"b"}}
    unused = asked_anew(running(problem, plan, told_of(plan), EIGHT), Terms(), gone={"a"})
    assert [one.id for one in unused.problem.crews] == ["b"]


def test_a_visit_whose_hours_are_missed_goes_to_who_can_keep_them() -> None:
    visits = [visit("v1", option(1)), visit("v2", option(2, (at(0), at(60))))]
    problem = on_a_line([0, 10, 20], visits, [crew("a"), crew("b")])
    trip = drive(problem, problem.crews[0], [Call(one, 0) for one in visits])
    assert trip is not None
    plan = Plan((trip,), ())
    found = running(problem, plan, told_of(plan, mark("a", ARRIVE, at(35), "v1")), at(36))
    # a leaves v1 at 8:55 and is at v2 at 9:05, five minutes too late; b can be there from 8:56 on.
    asked = asked_anew(found, Terms(0, most_moves=0))
    assert asked.given_up == {"v2"}
    judged, after = solved(asked)
    assert check_plan(judged, after) == []
    assert crews_of(after)["v2"] == {"b"}


def test_what_its_crew_told_that_it_did_not_make_is_not_tried_again() -> None:
    problem, _ = two_crews()
    trip = drive(problem, problem.crews[0], [Call(one, 0) for one in problem.visits[:2]])
    assert trip is not None
    plan = Plan((trip,), ())
    gone = running(problem, plan, told_of(plan), EIGHT)
    entry = LeftOut("v3", Reason.NOT_TODAY, "its crew told CANCELLED_PAID")
    judged, after = solved(asked_anew(gone, Terms(), shut={"v3": entry}))
    assert entry in after.left_out
    assert check_plan(judged, after) == []


def test_locks_that_still_can_be_kept_are_and_the_others_are_named() -> None:
    locks = (Lock("v1", "a"), Lock("v2", "a", at(40)), Lock("v3", "a"), Lock("v3", "nobody"))
    asked = asked_anew(stuck(35), Terms(0), locks=locks)
    # v1 is begun: nothing to lock. v2 was to start at 8:40, and cannot before 8:45 any more.
    assert asked.locks == (Lock("v3", "a"),)
    assert asked.loosened == (Lock("v2", "a", at(40)), Lock("v3", "nobody"))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(8, 16), st.integers(0, 3), st.sampled_from((0, 30, 90)))
def test_no_more_moves_than_may_and_no_fault_is_found(
    seed: int, hour: int, most: int, freeze_min: int
) -> None:
    problem = random_problem(seed, visits=9, crews=3, crew_size=False)
    plan = planned(problem)
    rng, now_s = Random(seed), hour * HOUR_S
    delay = [rng.randrange(HOUR_S) for _ in plan.itineraries]
    found = running(problem, plan, told_of(plan, *marks_of(plan, now_s, delay)), now_s)
    asked = asked_anew(found, Terms(freeze_min * MINUTE_S, most))
    judged, after = solved(asked)
    # A crew that cannot come home in time by what it has begun is no new plan's fault.
    late = {Fault.OVERTIME, Fault.BREAK_DROPPED, Fault.BREAK_MOVED}
    assert [one for one in check_plan(judged, after) if one.kind not in late] == []
    before, now = crews_of(found.plan), crews_of(after)
    moved = {id_ for id_, crews in before.items() if now.get(id_) != crews}
    assert len(moved - asked.given_up) <= most
    for crew_ in asked.problem.crews:
        trip = next((one for one in after.itineraries if one.crew_id == crew_.id), None)
        kept = trip.stops[: len(crew_.begun)] if trip else ()
        assert kept == crew_.begun
    frozen_s = now_s + freeze_min * MINUTE_S
    stays = {stop.id for trip in found.plan.itineraries for stop in trip.stops
             if stop.kind is StopKind.VISIT and stop.end_s < frozen_s}  # fmt: skip
    assert not moved & stays - asked.given_up - _after_missed(found)


def _after_missed(found: Running) -> set[str]:
    """Return the stops that come after one that cannot be made: these are not frozen."""
    ids: set[str] = set()
    for now in found.crews.values():
        states = [one.state.value for one in now.stops]
        if "missed" in states:
            ids |= {one.stop.id for one in now.stops[states.index("missed") :]}
    return ids

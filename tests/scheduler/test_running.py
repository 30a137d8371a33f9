"""A running day: what is done stays as it was; the rest is expected from where crews stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.check import Fault, check_plan
from scheduler.drive import Call, drive
from scheduler.engines.greedy import GreedyEngine
from scheduler.plan import Itinerary, Plan, StopKind
from scheduler.ports import Mark, MarkKind
from scheduler.problem import CrewBreak, Problem, Span
from scheduler.running import Running, State
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, random_problem, visit
from tests.scheduler.running_days import mark, running, told_of

EIGHT = 8 * HOUR_S
BEGIN, ARRIVE, LEAVE = MarkKind.BEGIN, MarkKind.ARRIVE, MarkKind.LEAVE


def at(minute: float) -> int:
    """Return a second, told in minutes after eight."""
    return EIGHT + round(minute * MINUTE_S)


def line(*hours: Span | None, **of_crew: Any) -> tuple[Problem, Plan]:
    """Return a day on one road: visit k is 10·k minutes out and lasts 20.

    `hours` are when each may start, in minutes after eight. Planned is k at 30·k − 20 minutes.
    """
    visits = [
        visit(f"v{k}", option(k, *([(at(span[0]), at(span[1]))] if span else [])))
        for k, span in enumerate(hours, start=1)
    ]
    problem = on_a_line([10 * k for k in range(len(visits) + 1)], visits, [crew("a", **of_crew)])
    trip = drive(problem, problem.crews[0], [Call(one, 0) for one in visits])
    assert trip is not None
    return problem, Plan((trip,), ())


def expected(found: Running, crew_id: str = "a") -> dict[str, tuple[float, State]]:
    """Return by stop when it begins, in minutes after eight, and how it stands."""
    stops = found.crews[crew_id].stops
    return {one.stop.id: ((one.stop.start_s - EIGHT) / 60, one.state) for one in stops}


def asked_after_s(found: Running) -> int | None:
    """Return for how long something is awaited of the crew, None where nothing is."""
    overdue = found.crews["a"].overdue
    return overdue.for_s if overdue else None


def test_a_day_of_which_nobody_told_runs_as_planned_until_somebody_is_awaited() -> None:
    problem, plan = line(None, None)
    early = running(problem, plan, told_of(plan), at(9))
    assert early.plan == plan
    assert expected(early) == {"v1": (10, State.ON_TIME), "v2": (40, State.ON_TIME)}
    # At 8:30 she is not at the first door yet, where she was to be at 8:10: she comes now at best.
    late = running(problem, plan, told_of(plan), at(30))
    assert expected(late) == {"v1": (30, State.LATE), "v2": (60, State.LATE)}
    assert late.crews["a"].late_s == 20 * MINUTE_S
    # She was to leave home at eight, and has not told that she did.
    assert asked_after_s(late) == 30 * MINUTE_S


def test_what_is_made_has_its_true_times_and_shifts_the_rest() -> None:
    problem, plan = line(None, None, None)
    told = told_of(
        plan,
        mark("a", BEGIN, at(5)),
        mark("a", ARRIVE, at(20), "v1"),
        mark("a", LEAVE, at(52), "v1"),
    )
    found = running(problem, plan, told, at(55))
    # Left v1 at 8:52; ten minutes of way, twenty of visit, ten of way.
    assert expected(found) == {
        "v1": (20, State.DONE),
        "v2": (62, State.LATE),
        "v3": (92, State.LATE),
    }
    now = found.crews["a"]
    assert now.done == 1
    assert now.free_s == at(52)
    assert now.heard_s == at(52)
    assert now.late_s == 22 * MINUTE_S
    assert now.trip.end_s == at(92 + 20 + 30)
    assert check_plan(found.problem, found.plan) == []


def test_at_the_door_a_visit_lasts_as_planned_and_until_now_at_least() -> None:
    problem, plan = line(None, None)
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"))
    short, long = (running(problem, plan, told, at(now)) for now in (15, 45))
    assert expected(short) == {"v1": (10, State.AT_DOOR), "v2": (40, State.ON_TIME)}
    assert expected(long) == {"v1": (10, State.AT_DOOR), "v2": (55, State.LATE)}
    assert [asked_after_s(one) for one in (short, long)] == [None, None]
    # 45 minutes longer than planned, and somebody asks after her.
    assert asked_after_s(running(problem, plan, told, at(75))) == 45 * MINUTE_S


def test_a_window_that_is_nearly_over_warns_and_one_that_is_missed_is_told() -> None:
    # v2 may start until 9:05, and is planned at 8:40; so 25 minutes are to spare.
    problem, plan = line(None, (0, 65))
    for left, told_state, spare in ((30, State.ON_TIME, 25), (42, State.TIGHT, 13)):
        told = told_of(plan, mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(left), "v1"))
        found = running(problem, plan, told, at(left))
        v2 = found.crews["a"].stops[1]
        assert (v2.state, v2.spare_s) == (told_state, spare * MINUTE_S)
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(56), "v1"))
    found = running(problem, plan, told, at(56))
    (v2,) = found.crews["a"].threatened
    assert (v2.state, v2.spare_s) == (State.MISSED, -MINUTE_S)  # at 9:06, and 9:05 was the last
    assert [fault.kind for fault in check_plan(found.problem, found.plan)] == [Fault.WINDOW_MISSED]


def test_a_tight_window_that_is_on_time_alarms_nobody() -> None:
    problem, plan = line((10, 12))
    assert expected(running(problem, plan, told_of(plan), EIGHT)) == {"v1": (10, State.ON_TIME)}


def test_a_visit_made_before_its_turn_stands_where_it_was_made() -> None:
    problem, plan = line(None, None, None)
    first = plan.itineraries[0].visits[0].id
    last = plan.itineraries[0].visits[-1].id
    told = told_of(plan, mark("a", ARRIVE, at(30), last), mark("a", LEAVE, at(50), last))
    found = running(problem, plan, told, at(50))
    order = [one.id for one in found.plan.itineraries[0].visits]
    assert order[0] == last
    assert order[1] == first
    assert check_plan(found.problem, found.plan) == []


def test_a_break_is_taken_where_there_was_time_for_it_and_missed_after_its_hours() -> None:
    rest = CrewBreak("tea", (at(20), at(70)), 15 * MINUTE_S)
    problem, plan = line(None, None, breaks=(rest,))
    came = mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1")
    gap = told_of(plan, *came, mark("a", ARRIVE, at(55), "v2"))  # 25 minutes for a way of ten
    found = running(problem, plan, gap, at(56))
    assert [one.id for one in found.crews["a"].crew.begun] == ["v1", "tea", "v2"]
    none = told_of(plan, *came, mark("a", ARRIVE, at(41), "v2"), mark("a", LEAVE, at(90), "v2"))
    late = running(problem, plan, none, at(91))
    assert late.crews["a"].missed_breaks == ("tea",)
    assert check_plan(late.problem, late.plan) == []


def test_who_cannot_be_home_in_time_is_expected_later_and_that_is_no_fault() -> None:
    problem, plan = line(None, end_s=at(60))
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"))
    now = running(problem, plan, told, at(80))
    assert now.crews["a"].overtime_s == (80 + 10 - 60) * MINUTE_S
    assert check_plan(now.problem, now.plan) == []


def marks_of(plan: Plan, until_s: int, delay: Sequence[int]) -> list[Mark]:
    """Return what crews tell who come and go as planned, each `delay` s later, until a second."""
    marks = []
    for trip, late_s in zip(plan.itineraries, delay, strict=False):
        for stop in trip.visits:
            for kind, when_s in ((ARRIVE, stop.arrival_s), (LEAVE, stop.end_s)):
                if when_s + late_s <= until_s:
                    marks.append(mark(trip.crew_id, kind, when_s + late_s, stop.id))
    return marks


def times(trip: Itinerary) -> list[tuple[str, int]]:
    return [(stop.id, stop.end_s) for stop in trip.stops if stop.kind is StopKind.VISIT]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(8, 18), st.booleans())
def test_a_judge_finds_in_a_running_day_what_is_told_as_missed_alone(
    seed: int, hour: int, is_late: bool
) -> None:
    problem = random_problem(seed, visits=8, crews=2, crew_size=False)
    plan = GreedyEngine(improves=False).solve(problem, lambda: 0.0).plan
    rng, now_s = Random(seed), hour * HOUR_S
    delay = [rng.randrange(2 * HOUR_S) * is_late for _ in plan.itineraries]
    told = told_of(plan, *marks_of(plan, now_s, delay))
    found = running(problem, plan, told, now_s)
    missed = {one.stop.id for now in found.crews.values() for one in now.threatened
              if one.state is State.MISSED}  # fmt: skip
    of_crews = {Fault.OVERTIME, Fault.BREAK_MOVED, Fault.BREAK_DROPPED}
    for fault in check_plan(found.problem, found.plan):
        assert fault.id in missed or fault.kind in of_crews, fault
    if not is_late:  # who is on time leaves each door when it was planned
        for trip in plan.itineraries:
            assert times(found.crews[trip.crew_id].trip) == times(trip)


def test_every_stop_of_a_plan_is_still_there_as_it_runs() -> None:
    problem = random_problem(5, visits=12, crews=3, crew_size=False)
    plan = GreedyEngine(improves=False).solve(problem, lambda: 0.0).plan
    told = told_of(plan, *marks_of(plan, 12 * HOUR_S, [1800, 0, 7200]))
    found = running(problem, plan, told, 12 * HOUR_S)
    assert found.plan.served == plan.served
    assert found.plan.left_out == plan.left_out


def test_a_visit_that_nobody_may_make_by_now_stays_for_the_judge_to_name() -> None:
    """A list took v2's case away, and nothing has suspended it yet: v3 comes as if she were not."""
    problem, plan = line(None, None, None)
    told = told_of(plan, mark("a", BEGIN, EIGHT), mark("a", ARRIVE, at(10), "v1"))
    without = replace(problem, visits=tuple(v for v in problem.visits if v.id != "v2"))
    found = running(without, plan, told, at(20))
    assert expected(found) == {
        "v1": (10, State.AT_DOOR),
        "v2": (40, State.GONE),
        "v3": (50, State.ON_TIME),  # 20 minutes on from v1's end at 8:30
    }
    assert found.crews["a"].threatened[0].stop.id == "v2"
    named = {(fault.kind, fault.id) for fault in check_plan(found.problem, found.plan)}
    assert (Fault.UNKNOWN_VISIT, "v2") in named

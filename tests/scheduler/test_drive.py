"""How a day is driven: argued on a straight road, and against trying every placing of breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.travel import UNREACHABLE
from scheduler.check import check_plan
from scheduler.drive import Call, calls_of, drive
from scheduler.plan import LeftOut, Plan, Reason, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Problem, Span
from scheduler.timesheet import travelled_s, worked_s
from tests.fuller import in_ticks
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, random_problem, visit
from tests.scheduler.simulation import cheapest, every_leaving, follow


def clock(text: str) -> int:
    """Return the second of the day of '08:30'."""
    hours, minutes = text.split(":")
    return int(hours) * HOUR_S + int(minutes) * MINUTE_S


def span(first: str, last: str) -> Span:
    return clock(first), clock(last)


def test_a_crew_waits_for_the_first_window_it_can_still_meet() -> None:
    # 30 minutes away: it is there at 08:30, too late for the first window and before the second.
    one = visit("v", option(1, span("08:00", "08:29"), span("09:00", "09:10")))
    day = drive(on_a_line([0, 30], [one], [crew()]), crew(), [Call(one, 0)])
    assert day is not None
    visited = Stop(StopKind.VISIT, "v", clock("08:30"), clock("09:00"), clock("09:20"), 0, "p1")
    assert day.stops == (visited,)
    assert (day.start_s, day.end_s) == (clock("08:00"), clock("09:50"))


def test_no_window_left_is_no_day() -> None:
    one = visit("v", option(1, span("08:00", "08:29")))
    assert drive(on_a_line([0, 30], [one], [crew()]), crew(), [Call(one, 0)]) is None


def test_overtime_is_driven_up_to_its_limit() -> None:
    # Waiting until 11:20, 20 minutes of service and 30 back: home at 12:10.
    one = visit("v", option(1, span("11:20", "11:30")))
    problem = on_a_line([0, 30], [one], [crew()])
    assert drive(problem, crew(), [Call(one, 0)]) is None
    assert drive(problem, crew(max_overtime_s=599), [Call(one, 0)]) is None
    day = drive(problem, crew(max_overtime_s=600), [Call(one, 0)])
    assert day is not None
    assert day.end_s == clock("12:10")


@pytest.mark.parametrize(
    ("break_starts", "expected"),
    [
        # Before leaving the start: home until 08:15, and there at 08:45.
        (span("08:00", "08:10"), [("rest", "08:00"), ("v", "08:45"), ("w", "10:00")]),
        # It may begin while the crew waits for w; it is taken at v before the leg to w.
        (span("09:00", "09:30"), [("v", "08:30"), ("rest", "09:00"), ("w", "10:00")]),
        # After the last visit, before the way home.
        (span("10:10", "10:30"), [("v", "08:30"), ("w", "10:00"), ("rest", "10:20")]),
    ],
)
def test_a_break_is_taken_at_a_stop(break_starts: Span, expected: list[tuple[str, str]]) -> None:
    v = visit("v", option(1, span("08:20", "09:00")))
    w = visit("w", option(2, span("10:00", "10:05")))
    who = crew(breaks=(CrewBreak("rest", break_starts, 15 * MINUTE_S),))
    day = drive(on_a_line([0, 30, 40], [v, w], [who]), who, [Call(v, 0), Call(w, 0)])
    assert day is not None
    assert [(stop.id, stop.start_s) for stop in day.stops] == [
        (name, clock(when)) for name, when in expected
    ]


def test_a_break_that_would_fall_inside_a_visit_leaves_no_day() -> None:
    # Service 08:30 to 08:50 leaves no moment between 08:31 and 08:49, nor does the leg before.
    one = visit("v", option(1, span("08:30", "08:30")))
    who = crew(breaks=(CrewBreak("rest", span("08:31", "08:49"), 60),))
    assert drive(on_a_line([0, 30], [one], [who]), who, [Call(one, 0)]) is None


def test_who_has_no_visit_stays_at_home() -> None:
    who = crew(breaks=(CrewBreak("rest", span("08:31", "08:49"), 60),))
    day = drive(on_a_line([0], [], [who]), who, [])
    assert day is not None
    assert (day.stops, day.end_s) == ((), day.start_s)


@pytest.mark.parametrize("leg", [(0, 1), (1, 0)])
def test_no_road_is_no_day(leg: tuple[int, int]) -> None:
    one = visit("v", option(1))
    problem = on_a_line([0, 30], [one], [crew()])
    assert drive(problem, crew(), [Call(one, 0)]) is not None
    problem.travel.seconds[(0, 0, *leg)] = UNREACHABLE
    assert drive(problem, crew(), [Call(one, 0)]) is None


def test_a_setup_is_made_once_for_a_door() -> None:
    # v and w at one door, x at the next one: five minutes of setup at v and at x, none at w.
    doors = (replace(option(1), setup_s=300), replace(option(1), setup_s=300))
    v, w = (visit(name, one) for name, one in zip("vw", doors, strict=True))
    x = visit("x", replace(option(2), setup_s=300))
    day = drive(
        on_a_line([0, 30, 40], [v, w, x], [crew()]), crew(), [Call(one, 0) for one in (v, w, x)]
    )
    assert day is not None
    assert [(stop.id, stop.start_s, stop.end_s) for stop in day.stops] == [
        ("v", clock("08:30"), clock("08:55")),
        ("w", clock("08:55"), clock("09:15")),
        ("x", clock("09:25"), clock("09:50")),
    ]


@given(st.integers(0, 10**6), st.integers(1, 5), st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None)
def test_it_is_back_as_early_as_any_placing_of_breaks_allows(
    seed: int, length: int, unreachable: bool, setup: bool
) -> None:
    problem = random_problem(
        seed, length, 1, unreachable=unreachable, setup=setup, shared_doors=setup
    )
    who = replace(problem.crews[0], end_s=20 * HOUR_S)
    pick = Random(seed)
    calls = [Call(v, pick.randrange(len(v.options))) for v in problem.visits]
    day, best = drive(problem, who, calls), cheapest(problem, who, calls)
    assert (day.end_s if day else None) == (best.back_s if best else None)
    if day is not None:
        assert calls_of(problem, day) == tuple(calls)
        breaks = {rest.id: rest for rest in who.breaks}
        due = iter(calls)
        told = follow(problem, who, [breaks.get(s.id) or next(due) for s in day.stops])
        assert told is not None
        assert told.times == [(s.arrival_s, s.start_s, s.end_s) for s in day.stops]


def test_where_work_has_a_price_a_crew_sets_out_late_enough_to_wait_nowhere() -> None:
    # v may begin at 10:00; half an hour away, the crew leaves at 09:30 instead of waiting there.
    v = visit("v", option(1, span("10:00", "11:00")))
    who = crew(working_price_per_s=1)
    day = drive(on_a_line([0, 30], [v], [who]), who, [Call(v, 0)])
    assert day is not None
    assert (day.start_s, day.end_s) == (clock("09:30"), clock("10:50"))


def test_a_later_window_is_waited_for_at_home_where_that_saves_work() -> None:
    # v may begin 08:30-08:40 or 10:00-10:10, w from 10:40 alone, ten minutes on. After the first
    # the crew waits at w until 10:40; after the second it goes straight on.
    v = visit("v", option(1, span("08:30", "08:40"), span("10:00", "10:10")))
    w = visit("w", option(2, span("10:40", "12:00")))
    who = crew(working_price_per_s=1)
    day = drive(on_a_line([0, 30, 40], [v, w], [who]), who, [Call(v, 0), Call(w, 0)])
    assert day is not None
    assert [stop.start_s for stop in day.stops] == [clock("10:10"), clock("10:40")]
    assert day.start_s == clock("09:40")


def test_a_break_that_is_not_paid_is_saved_for_when_the_crew_would_wait() -> None:
    # Both calls have their hour: v at 08:30, w at 10:00, ten minutes on. The break at the start
    # would be as early; taken after v it fills half of the 70 minutes that the crew waits through.
    v = visit("v", option(1, span("08:30", "08:30")))
    w = visit("w", option(2, span("10:00", "10:00")))
    rest = CrewBreak("rest", span("07:00", "09:30"), 35 * MINUTE_S, is_paid=False)
    who = crew(start_s=clock("07:00"), working_price_per_s=1, breaks=(rest,))
    day = drive(on_a_line([0, 30, 40], [v, w], [who]), who, [Call(v, 0), Call(w, 0)])
    assert day is not None
    assert [stop.id for stop in day.stops] == ["v", "rest", "w"]
    assert day.start_s == clock("08:00")
    assert worked_s(who, day) == (60 * 3 - 35) * MINUTE_S  # 08:00 to 11:00, home from w at 10:20


def test_a_crew_that_has_begun_goes_on_when_it_is_free() -> None:
    # It is done with v at 08:50 and free at 09:00; w at the same door needs no setup again.
    v, w = (visit(name, replace(option(1), setup_s=300)) for name in "vw")
    done = Stop(StopKind.VISIT, "v", clock("08:30"), clock("08:30"), clock("08:50"), 0, "p1")
    who = crew(begun=(done,), free_s=clock("09:00"))
    day = drive(on_a_line([0, 30], [v, w], [who]), who, [Call(w, 0)])
    assert day is not None
    next_stop = Stop(StopKind.VISIT, "w", clock("09:00"), clock("09:00"), clock("09:20"), 0, "p1")
    assert day.stops == (done, next_stop)
    assert day.end_s == clock("09:50")
    assert calls_of(on_a_line([0, 30], [v, w], [who]), day) == (Call(w, 0),)


TICK_S = 600
"""The cases below live in ticks of ten minutes, so that every second of leaving can be tried."""

ALONE = ("slots", "pace", "working_price", "max_working", "unpaid", "begun", "max_travel")
NOBODY_REFUSED = dict.fromkeys(("skills", "crew_size", "allowed", "max_visits", "required"), False)


def judged(problem: Problem, who: CrewShift, calls: Sequence[Call]) -> bool:
    """Compare a drive with all ways to leave and to rest; return whether there is one."""
    best, day = cheapest(problem, who, calls, every_leaving), drive(problem, who, calls)
    assert (day is None) == (best is None)
    if day is None or best is None:
        return False
    rests, due = {rest.id: rest for rest in who.breaks}, iter(calls)
    planned = day.stops[len(who.begun) :]
    told = follow(problem, who, [rests.get(s.id) or next(due) for s in planned], day.start_s)
    assert told is not None
    assert told.order(who) == best.order(who)
    assert (told.back_s, told.working_s) == (day.end_s, worked_s(who, day))
    assert told.travel_s == travelled_s(who, day)
    assert told.times == [(s.arrival_s, s.start_s, s.end_s) for s in planned]
    assert day.stops[: len(who.begun)] == who.begun
    served = {stop.id for stop in day.visits}
    others = (LeftOut(v.id, Reason.NOT_CHOSEN) for v in problem.visits if v.id not in served)
    assert check_plan(problem, Plan((day,), tuple(others))) == []
    return True


def some_calls(pick: Random, problem: Problem, who: CrewShift, most: int) -> list[Call]:
    """Return calls of visits that are not begun; a few at a second that is fixed."""
    begun = {stop.id for stop in who.begun}
    left = [v for v in problem.visits if v.id not in begun]
    calls = [Call(v, pick.randrange(len(v.options))) for v in left[:most]]
    return [
        call._replace(start_s=pick.choice(pick.choice(call.starts)))
        if pick.random() < 0.1
        else call
        for call in calls
    ]


def a_case(seed: int, length: int, **features: bool) -> tuple[Problem, CrewShift, list[Call]]:
    made = random_problem(seed, length + 2, 1, **NOBODY_REFUSED, **features)
    problem = in_ticks(made, TICK_S)
    if seed % 2:  # half of them with more time than most need
        problem = replace(problem, crews=(replace(problem.crews[0], end_s=120),))
    who = problem.crews[0]
    return problem, who, some_calls(Random(seed), problem, who, length)


@pytest.mark.parametrize("feature", ALONE)
def test_each_feature_is_driven_best(feature: str) -> None:
    more = {"working_price": True} if feature == "unpaid" else {}
    cases = (a_case(seed, 1 + seed % 3, **{feature: True}, **more) for seed in range(150))
    assert sum(judged(*case) for case in cases) > 20, "too few can be driven to say much"


@given(
    st.integers(0, 10**6),
    st.integers(1, 3),
    st.fixed_dictionaries({name: st.booleans() for name in (*ALONE, "setup", "shared_doors")}),
)
@settings(max_examples=300, deadline=None)
def test_all_features_together_are_driven_best(
    seed: int, length: int, features: dict[str, bool]
) -> None:
    judged(*a_case(seed, length, **features))

"""`check_plan` and the second-by-second judge agree, whatever is done to a plan that holds."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler.check
from scheduler.check import check_plan
from scheduler.drive import Call, calls_of, drive
from scheduler.model import DailyWindow, PastVisit, PlaceKind, StopFlag, Window
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.problem import CrewShift, Lock, Problem, Visit
from tests.brute import is_feasible
from tests.problems import random_problem
from tests.scheduler.valid_day import MIDNIGHT, ON, Judged, valid_day

Edit = Callable[[Random, Judged], Judged]
SECONDS = (-3600, -60, -1, 1, 60, 3600)


def random_day(seed: int) -> Judged:
    """Return a random problem with a plan that holds, and a lock that it keeps."""
    problem = random_problem(seed, visits=8, crews=3)
    plan = driven_plan(Random(seed), problem, fits)
    return Judged(problem, plan, _kept_locks(Random(seed), plan))


def driven_plan(
    rng: Random, problem: Problem, may_go: Callable[[CrewShift, Visit, int], bool]
) -> Plan:
    """Send each crew to as many visits as it can drive to, in random order, if it may go."""
    left = rng.sample(problem.visits, len(problem.visits))
    trips = []
    for crew in problem.crews:
        trip = Itinerary(crew.id, crew.start_s, crew.start_s, ())
        for visit in list(left):
            calls = [*calls_of(problem, trip), Call(visit, rng.randrange(len(visit.options)))]
            longer = drive(problem, crew, calls) if may_go(crew, visit, len(calls)) else None
            if longer is not None:
                trip = longer
                left.remove(visit)
        trips.append(trip)
    not_chosen = (LeftOut(visit.id, Reason.NOT_CHOSEN) for visit in left)
    return Plan(tuple(trips), (*not_chosen, *problem.refused))


def fits(crew: CrewShift, visit: Visit, count: int) -> bool:
    return (
        visit.crew_size <= crew.size
        and visit.skills <= crew.skills
        and (visit.allowed_crews is None or crew.id in visit.allowed_crews)
        and (crew.max_visits is None or count <= crew.max_visits)
    )


def _kept_locks(rng: Random, plan: Plan) -> tuple[Lock, ...]:
    trip = rng.choice(plan.itineraries)
    if not trip.visits:
        return ()
    first, last = trip.visits[0], trip.visits[-1]
    after = first.id if first is not last else None
    return (Lock(last.id, trip.crew_id, rng.choice((None, last.start_s)), after),)


# --- edits of a plan: what a faulty engine might do


def shift_time(rng: Random, day: Judged) -> Judged:
    """Move one of a stop's times, or both ends of it."""

    def edit(stop: Stop) -> Stop:
        names = rng.choice((["arrival_s"], ["start_s"], ["end_s"], ["start_s", "end_s"]))
        by = rng.choice(SECONDS)
        times: dict[str, Any] = {name: getattr(stop, name) + by for name in names}
        return replace(stop, **times)

    return _edit_stop(rng, day, edit)


def shift_trip(rng: Random, day: Judged) -> Judged:
    trip = rng.choice(day.plan.itineraries)
    name = rng.choice(("start_s", "end_s"))
    return day.with_trip(trip.crew_id, **{name: getattr(trip, name) + rng.choice(SECONDS)})


def rename(rng: Random, day: Judged) -> Judged:
    ids = [visit.id for visit in day.problem.visits] + ["b0", "b1", "nobody"]
    return _edit_stop(rng, day, lambda stop: replace(stop, id=rng.choice(ids)))


def change_option(rng: Random, day: Judged) -> Judged:
    return _edit_stop(rng, day, lambda stop: replace(stop, option=rng.choice((-1, 0, 1, 2))))


def change_kind(rng: Random, day: Judged) -> Judged:
    return _edit_stop(rng, day, lambda stop: replace(stop, kind=rng.choice(list(StopKind))))


def _edit_stop(rng: Random, day: Judged, edit: Callable[[Stop], Stop]) -> Judged:
    def edit_one(stops: list[Stop]) -> list[Stop]:
        chosen = rng.randrange(len(stops)) if stops else -1
        return [edit(stop) if i == chosen else stop for i, stop in enumerate(stops)]

    return day.with_stops(rng.choice(day.plan.itineraries).crew_id, edit_one)


def drop(rng: Random, day: Judged) -> Judged:
    return day.with_stops(rng.choice(day.plan.itineraries).crew_id, lambda stops: stops[1:])


def double(rng: Random, day: Judged) -> Judged:
    return day.with_stops(
        rng.choice(day.plan.itineraries).crew_id, lambda stops: [*stops, *stops[:1]]
    )


def turn_round(rng: Random, day: Judged) -> Judged:
    return day.with_stops(rng.choice(day.plan.itineraries).crew_id, lambda stops: stops[::-1])


def redrive(rng: Random, day: Judged) -> Judged:
    """Drive another day properly; half the time skill, size and allowed crew are ignored."""
    is_lax = rng.random() < 0.5
    plan = driven_plan(
        rng, day.problem, lambda *call: fits(*call) or (is_lax and rng.random() < 0.3)
    )
    return replace(day, plan=plan, locks=rng.choice((day.locks, ())))


def forget(_: Random, day: Judged) -> Judged:
    return replace(day, plan=replace(day.plan, left_out=day.plan.left_out[1:]))


def leave_out(rng: Random, day: Judged) -> Judged:
    more = LeftOut(rng.choice(day.problem.visits).id, Reason.NOT_CHOSEN)
    return replace(day, plan=replace(day.plan, left_out=(*day.plan.left_out, more)))


PLAN_EDITS: list[Edit] = [
    shift_time,
    shift_trip,
    rename,
    change_option,
    change_kind,
    drop,
    double,
    turn_round,
    redrive,
    redrive,
    forget,
    leave_out,
]


# --- edits of the facts: what the book may say, with everybody's plan unchanged


def move_the_day(rng: Random, day: Judged) -> Judged:
    """Let all happen earlier or later, shifts too, so that only hours may speak against it."""
    by = timedelta(minutes=rng.choice((-71, -70, -11, -10, 300, 494, 495, 496, 600)))
    shifts = [
        replace(shift, window=Window(shift.window.start + by, shift.window.end + by))
        for shift in day.day.shifts
    ]
    return day.with_problem(origin=day.problem.origin + by).with_day(shifts=shifts)


def add_past(rng: Random, day: Judged) -> Judged:
    made = PastVisit(
        rng.choice(("b1", "b2", "b3")),
        MIDNIGHT + timedelta(days=rng.randrange(-31, 32), minutes=rng.choice((0, 1439))),
        rng.choice((True, False, None)),
        place_kind=rng.choice((*PlaceKind, None)),
    )
    return day.with_day(past=[*day.day.past, made])


def tell_of_a_visit(rng: Random, day: Judged) -> Judged:
    visited_at = MIDNIGHT - timedelta(days=rng.randrange(1, 8))
    return day.with_fact("cases", rng.choice(("k1", "k3")), visited_at=visited_at)


def add_stop_flag(rng: Random, day: Judged) -> Judged:
    flag = frozenset({rng.choice(list(StopFlag))})
    kind, id_ = rng.choice((("borrowers", "b3"), ("cases", "k3"), ("cases", "k5")))
    return day.with_fact(kind, id_, stops=flag)


def give_a_case(rng: Random, day: Judged) -> Judged:
    return day.with_fact("cases", "k5", borrower_id=rng.choice(("b1", "b3", "b5")))


def change_place(rng: Random, day: Judged) -> Judged:
    hours = DailyWindow(
        (MIDNIGHT + timedelta(minutes=rng.choice((579, 580, 581)))).time(),
        (MIDNIGHT + timedelta(minutes=rng.choice((599, 600, 601)))).time(),
        frozenset({rng.choice((0, 0, 0, 1))}),
    )
    changes: list[dict[str, Any]] = [
        {"is_valid": False},
        {"kind": PlaceKind.WORK},
        {"source": "internet"},
        {"windows": (hours,)},
    ]
    return day.with_fact("places", rng.choice(("w2", "h3")), **rng.choice(changes))


def change_people(rng: Random, day: Judged) -> Judged:
    member = rng.choice(("ann", "cat", "dan"))
    expires = ON + timedelta(days=rng.choice((-1, 0, 1)))
    edits: list[Callable[[], Judged]] = [
        lambda: day.with_fact("collectors", member, certificate_expires=expires),
        lambda: day.with_fact("collectors", member, skills=frozenset({"vehicles"})),
        lambda: day.with_fact("collectors", member, skills=frozenset()),
        lambda: day.with_fact("crews", "B", members=(member, "dan")),
        lambda: day.with_day(shifts=[s for s in day.day.shifts if s.collector_id != member]),
    ]
    return rng.choice(edits)()


FACT_EDITS: list[Edit] = [
    move_the_day,
    add_past,
    add_past,
    tell_of_a_visit,
    add_stop_flag,
    give_a_case,
    change_place,
    change_people,
]


def judge_both(seed: int, day: Judged, edits: list[Edit]) -> tuple[bool, bool]:
    rng = Random(seed)
    for edit in edits:
        day = edit(rng, day)
    return check_plan(*day.parts()) == [], is_feasible(*day.parts(), ("CN", "US"))


@given(seed=st.integers(0, 10_000), edits=st.lists(st.sampled_from(PLAN_EDITS), max_size=2))
@settings(max_examples=150, deadline=None)
def test_the_judges_agree_on_edited_plans(seed: int, edits: list[Edit]) -> None:
    checked, lived = judge_both(seed, random_day(seed), edits)
    assert checked == lived
    assert checked or edits, "a driven plan holds"


@given(
    seed=st.integers(0, 10_000),
    edits=st.lists(st.sampled_from(PLAN_EDITS + FACT_EDITS * 3), max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_the_judges_agree_on_a_lenders_day(seed: int, edits: list[Edit]) -> None:
    checked, lived = judge_both(seed, valid_day(), edits)
    assert checked == lived
    assert checked or edits


@pytest.mark.parametrize("edit", [redrive, change_option, move_the_day, change_place])
def test_edits_leave_some_plans_valid_and_break_others(edit: Edit) -> None:
    """Otherwise the agreement above would say little."""
    days = (
        judge_both(seed, random_day(seed) if edit is redrive else valid_day(), [edit])
        for seed in range(40)
    )
    assert {checked for checked, _ in days} == {True, False}


def test_the_judge_knows_no_engine_and_not_how_plans_are_made() -> None:
    made_by = {"scheduler.drive", "scheduler.cost", "scheduler.build", "scheduler.engines"}
    for file in Path(scheduler.check.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert not any((node.module or "").startswith(name) for name in made_by)

"""`check_plan` and the second-by-second judge agree, whatever is done to a plan that holds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product
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


SELDOM = (
    *("slots", "pace", "working_price", "max_working", "unpaid", "crew_options", "meet", "begun"),
    *("load", "setup", "max_travel"),
)


def random_day(seed: int) -> Judged:
    """Return a random problem with a plan that holds, and a lock that it keeps."""
    asked = {name: Random(f"{seed} {name}").random() < 0.4 for name in SELDOM}
    problem = random_problem(seed, visits=10, crews=3, **asked)
    plan = driven_plan(Random(seed), problem, fits)
    return Judged(problem, plan, _kept_locks(Random(seed), plan))


def driven_plan(
    rng: Random, problem: Problem, may_go: Callable[[CrewShift, Visit, int], bool]
) -> Plan:
    """Send each crew to as many visits as it can drive to, in random order, if it may go."""
    trips = {crew.id: drive(problem, crew, ()) for crew in problem.crews}
    begun = {stop.id for crew in problem.crews for stop in crew.begun}
    left = [v for v in rng.sample(problem.visits, len(problem.visits)) if v.id not in begun]
    for crew, visit in product(problem.crews, tuple(left)):
        trip = longer(rng, problem, trips[crew.id], visit) if visit in left else None
        if trip and may_go(crew, visit, len(trip.visits)) and can_load(problem, crew, trip):
            trips[crew.id] = trip
            left.remove(visit)
    for visit, two in product(tuple(left), combinations(problem.crews, 2)):
        met = meeting(problem, trips, visit, two) if visit in left else []
        alone = replace(visit, crew_size=1)
        if met and all(
            may_go(crew, alone, len(trip.visits)) and can_load(problem, crew, trip)
            for crew, trip in zip(two, met, strict=True)
        ):
            trips |= {trip.crew_id: trip for trip in met}
            left.remove(visit)
    not_chosen = (LeftOut(visit.id, Reason.NOT_CHOSEN) for visit in left)
    days = tuple(trip for trip in trips.values() if trip is not None)
    return Plan(days, (*not_chosen, *problem.refused))


def longer(rng: Random, problem: Problem, trip: Itinerary | None, visit: Visit) -> Itinerary | None:
    """Return `trip` with a visit at its end, in some way that is open to its crew."""
    assert trip is not None
    crew = problem.crew_by_id[trip.crew_id]
    ways = [n for n, way in enumerate(visit.options) if way.crews is None or crew.id in way.crews]
    calls = [*calls_of(problem, trip), *(Call(visit, n) for n in rng.sample(ways, len(ways))[:1])]
    return drive(problem, crew, calls) if ways else None


def meeting(
    problem: Problem,
    trips: dict[str, Itinerary | None],
    visit: Visit,
    two: Sequence[CrewShift],
) -> list[Itinerary]:
    """Return the days of two crews that need each other, and meet at the end of both; or none."""
    sizes = [crew.size for crew in two]
    if not visit.may_meet or not max(sizes) < visit.crew_size <= sum(sizes):
        return []
    if visit.options[0].crews is not None:
        return []
    days = [(crew, calls_of(problem, trip)) for crew in two if (trip := trips[crew.id])]
    alone = [drive(problem, crew, [*calls, Call(visit, 0)]) for crew, calls in days]
    start_s = max((trip.visits[-1].start_s for trip in alone if trip), default=0)
    together = [drive(problem, crew, [*calls, Call(visit, 0, start_s)]) for crew, calls in days]
    met = [trip for trip in together if trip is not None]
    return met if len(met) == 2 else []


def can_load(problem: Problem, crew: CrewShift, trip: Itinerary) -> bool:
    loads = [problem.visit_by_id[stop.id].load for stop in trip.visits]
    return all(sum(load[kind] for load in loads) <= r for kind, r in enumerate(crew.capacity))


def fits(crew: CrewShift, visit: Visit, count: int) -> bool:
    return (
        visit.crew_size <= crew.size
        and visit.skills <= crew.skills
        and (visit.allowed_crews is None or crew.id in visit.allowed_crews)
        and (crew.max_visits is None or count <= crew.max_visits)
    )


def _kept_locks(rng: Random, plan: Plan) -> tuple[Lock, ...]:
    trip = rng.choice(plan.itineraries)
    made = [stop.id for trip in plan.itineraries for stop in trip.visits]
    if not trip.visits or made.count(trip.visits[-1].id) > 1:
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
@settings(max_examples=80, deadline=None)
def test_the_judges_agree_on_edited_plans(seed: int, edits: list[Edit]) -> None:
    checked, lived = judge_both(seed, random_day(seed), edits)
    assert checked == lived
    assert checked or edits, "a driven plan holds"


@given(
    seed=st.integers(0, 10_000),
    edits=st.lists(st.sampled_from(PLAN_EDITS + FACT_EDITS * 3), max_size=3),
)
@settings(max_examples=80, deadline=None)
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


def test_random_days_ask_for_all_that_is_seldom() -> None:
    """Otherwise the agreement above would say nothing of it."""
    days = [random_day(seed) for seed in range(60)]
    problems = [day.problem for day in days]
    crews = [crew for problem in problems for crew in problem.crews]
    assert any(
        len(trip.visits) > len(crew.begun) > 0
        for day in days
        for crew in day.problem.crews
        for trip in day.plan.itineraries
        if trip.crew_id == crew.id
    )
    made = [[s.id for trip in day.plan.itineraries for s in trip.visits] for day in days]
    assert any(len(ids) > len(set(ids)) for ids in made), "two meet"
    assert any(problem.has_slots for problem in problems)
    late = [
        trip
        for day in days
        for trip in day.plan.itineraries
        if trip.visits and trip.start_s > day.problem.crew_by_id[trip.crew_id].start_s
    ]
    assert late, "somebody leaves later"
    assert any(crew.max_working_s for crew in crews)

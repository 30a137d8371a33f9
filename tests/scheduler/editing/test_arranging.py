"""What is agreed with a crew for one who is left out: each remedy, done, is what it promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.day import Day
from scheduler.editing.agreement import AGREED, Agreement
from scheduler.editing.applying import applied
from scheduler.editing.arranging import arranged, refuse_other_shifts
from scheduler.editing.edits import Sheet
from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import ConflictError, NotFoundError
from scheduler.left_out import why_left_out
from scheduler.model import OwnerPolicy, Shift
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.remedies import Edge, Kind, Remedy, changed, remedied, remedies, told
from tests.scheduler.little_book import (
    TOWN,
    case,
    collector,
    crew,
    daily,
    day,
    place,
    rules_of,
    window,
)

PEOPLE = ("ann", "ben", "cat", "dan", "eve")
HOURS = ("09:00-18:00", "09:00-09:30", "10:00-10:20", "12:00-12:40", "17:00-18:30")
SHIFTS = ("09:00-11:00", "10:00-12:00", "09:00-18:00")


def a_day(hours: list[str], shifts: list[str], most: int | None = None, owners: str = "") -> Day:
    """Return a day of one borrower for each of `hours`, and pairs ann and ben, cat and dan."""
    cases = [
        case(f"k{n}", f"b{n}", owner=owners if owners and n == 1 else None)
        for n in range(1, len(hours) + 1)
    ]
    places = [place(f"b{n}", step=4 * n, windows=(daily(told),)) for n, told in enumerate(hours, 1)]
    pairs = (PEOPLE[:2], PEOPLE[2:4])
    return day(
        cases,
        places,
        city=replace(TOWN, owner_policy=OwnerPolicy.FIXED),
        collectors=[collector(one) for one in PEOPLE],
        crews=[
            crew(*two, hours=span, max_visits=most) for two, span in zip(pairs, shifts, strict=True)
        ],
        shifts=[
            Shift(one, window(span)) for two, span in zip(pairs, shifts, strict=True) for one in two
        ],
    )


def opened(made: Day) -> tuple[Problem, Sheet]:
    problem = build_problem(made, rules_of(), StraightLineTimes())
    found = engine("greedy").solve(problem, Iterations(3), seed=1).plan
    plan = Plan(found.itineraries, why_left_out(problem, found))
    return problem, Sheet(plan, tuple(made.crews))


def agreements(problem: Problem, sheet: Sheet) -> Iterator[tuple[Remedy, Agreement]]:
    """Yield every remedy that is agreed with a crew, and how a page asks for it."""
    for entry in sheet.plan.left_out:
        if entry.visit_id not in problem.visit_by_id:
            continue
        for remedy in remedies(problem, sheet.plan, entry.visit_id):
            if remedy.change.kind in AGREED:
                words = told(problem, remedy)
                yield remedy, Agreement(
                    words.kind, entry.visit_id, words.crew_id, remedy.change.edge,
                    words.seconds, words.before, words.place_id,
                )  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(
    hours=st.lists(st.sampled_from(HOURS), min_size=2, max_size=5),
    shifts=st.lists(st.sampled_from(SHIFTS), min_size=2, max_size=2),
    most=st.sampled_from((None, 1, 2)),
    owners=st.sampled_from(("", "eve")),
)
def test_each_remedy_that_is_done_places_the_visit_as_it_was_tried(
    hours: list[str], shifts: list[str], most: int | None, owners: str
) -> None:
    made = a_day(hours, shifts, most, owners)
    problem, sheet = opened(made)
    for remedy, agreed in agreements(problem, sheet):
        edit = agreed.edit(problem, sheet)
        then = arranged(problem, edit)
        after = applied(then, sheet, edit)
        assert check_plan(then, after.plan) == []
        promised = remedied(sheet.plan, remedy)
        by_crew = {trip.crew_id: trip for trip in promised.itineraries}
        for trip in after.plan.itineraries:
            wanted = [stop.id for stop in by_crew[trip.crew_id].visits]
            assert [stop.id for stop in trip.visits] == wanted
        assert after.plan.served == sheet.plan.served | {agreed.visit_id}
        # Driven once more, the day may become cheaper than it was tried, never dearer.
        tried = changed(problem, remedy.change)
        assert cost(then, after.plan).total <= cost(tried, promised).total
        # The numbers are those that the facts would give, were they read anew.
        assert then.day is not None
        facts = then.day
        anew = build_problem(
            replace(made, crews=facts.crews, shifts=facts.shifts, stand_ins=facts.stand_ins),
            rules_of(),
            StraightLineTimes(),
        )
        assert then.crews == anew.crews
        assert {v.id: v.allowed_crews for v in then.visits} == {
            v.id: v.allowed_crews for v in anew.visits
        }


def test_all_three_kinds_are_agreed() -> None:
    """The property above would hold of nothing, too."""
    days = {
        Kind.SHIFT: a_day(["09:00-18:00", "12:00-12:40"], ["09:00-11:00", "09:00-11:00"]),
        Kind.VISITS: a_day(["09:00-18:00"] * 3, ["09:00-18:00"] * 2, most=1),
        Kind.CREW: a_day(["09:00-18:00"], ["09:00-18:00"] * 2, owners="eve"),
    }
    for kind, made in days.items():
        kinds = {agreed.what for _, agreed in agreements(*opened(made))}
        assert kind in kinds


def a_shift_to_agree() -> tuple[Problem, Sheet, Agreement]:
    problem, sheet = opened(a_day(["12:00-12:40"], ["09:00-11:00"] * 2))
    agreed = next(one for _, one in agreements(problem, sheet) if one.what is Kind.SHIFT)
    return problem, sheet, agreed


def test_a_longer_shift_is_that_of_each_member_and_says_what_it_was() -> None:
    problem, sheet, agreed = a_shift_to_agree()
    edit = agreed.edit(problem, sheet)
    members = set(agreed.crew_id.split("+"))
    assert {one.collector_id for one in edit.shifts} == members
    assert [one.max_overtime for one in edit.had] == [timedelta(0)] * 2
    assert [one.max_overtime for one in edit.shifts] == [timedelta(seconds=agreed.seconds)] * 2


def test_less_than_what_was_worked_out_is_refused_and_changes_nothing() -> None:
    """The least that works is told: with a second less the crew is back a second too late."""
    problem, sheet, agreed = a_shift_to_agree()
    edit = replace(agreed, seconds=agreed.seconds - 1).edit(problem, sheet)
    with pytest.raises(ForbiddenEditError):
        applied(arranged(problem, edit), sheet, edit)


def test_what_is_planned_by_now_or_known_to_nobody_is_refused() -> None:
    problem, sheet, agreed = a_shift_to_agree()
    edit = agreed.edit(problem, sheet)
    after = applied(arranged(problem, edit), sheet, edit)
    with pytest.raises(GoneError, match="planned by now"):
        agreed.edit(problem, after)
    with pytest.raises(GoneError, match="planned by now"):
        applied(arranged(problem, edit), after, edit)
    for wrong in (replace(agreed, crew_id="x"), replace(agreed, visit_id="x")):
        with pytest.raises(NotFoundError):
            wrong.edit(problem, sheet)


def test_who_may_make_any_number_of_visits_is_not_bound_by_one_more() -> None:
    problem, sheet, agreed = a_shift_to_agree()
    edit = replace(agreed, what=Kind.VISITS, seconds=0).edit(problem, sheet)
    assert edit.crew.max_visits is None
    assert edit.shifts == ()


def test_a_shift_that_somebody_else_has_changed_is_not_overwritten() -> None:
    problem, sheet, agreed = a_shift_to_agree()
    edit = agreed.edit(problem, sheet)
    facts = problem.day
    assert facts is not None
    refuse_other_shifts(facts, edit.had)
    longer = replace(facts, shifts=edit.shifts)
    refuse_other_shifts(longer, edit.had, also=edit.shifts)
    with pytest.raises(ConflictError, match="works otherwise by now"):
        refuse_other_shifts(longer, edit.had)


def test_only_what_is_asked_of_a_crew_can_be_agreed_with_it() -> None:
    fine = Agreement(Kind.SHIFT, "b1", "ann+ben", Edge.END, 600)
    assert fine.faults() == []
    assert len(replace(fine, what=Kind.WINDOW).faults()) == 1
    assert len(replace(fine, seconds=0).faults()) == 1
    assert len(replace(fine, seconds=4 * 3600 + 1).faults()) == 1
    assert replace(fine, what=Kind.VISITS, seconds=0).faults() == []

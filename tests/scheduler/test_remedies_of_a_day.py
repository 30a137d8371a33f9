"""Remedies on a lender's day: the facts change with the numbers, and no law ever does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.day import Day
from scheduler.left_out import why_left_out
from scheduler.model import OwnerPolicy, Shift, StopFlag
from scheduler.plan import Plan, Reason
from scheduler.problem import Problem
from scheduler.remedies import (
    NOTHING_WORKS,
    PLANNED,
    UNTRIED,
    Edge,
    Kind,
    Remedy,
    changed,
    remedied,
    remedies,
)
from scheduler.service import explain_case, remedies_for
from tests.scheduler.little_book import (
    ON,
    TOWN,
    case,
    collector,
    crew,
    daily,
    day,
    place,
    rules_of,
    second,
    window,
)
from tests.scheduler.little_plan import Edit, book, planned, with_fact

SERVICE_S = 20 * 60


def a_day(hours: str, shift: str = "09:00-18:00", **facts: Any) -> Day:
    """Return a day on which b1 can be met at home in `hours`, and a pair works on `shift`."""
    return day(
        [case("k1", **facts)],
        [place(windows=(daily(hours),))],
        crews=[crew("ann", "ben", hours=shift)],
        shifts=[Shift(id_, window(shift)) for id_ in ("ann", "ben")],
    )


def tried(made: Day) -> tuple[Problem, list[Remedy]]:
    """Return the remedies of b1, whom nobody visits, each of them judged by the whole day."""
    problem = build_problem(made, rules_of(), StraightLineTimes())
    nobody_goes = Plan((), why_left_out(problem, Plan((), ())))
    found = remedies(problem, nobody_goes, "b1")
    for one in found:
        assert check_plan(changed(problem, one.change), remedied(nobody_goes, one)) == []
    return problem, found


def way_s(problem: Problem) -> int:
    """Return the seconds from the pair's start to b1's home."""
    pair, option = problem.crews[0], problem.visits[0].options[0]
    return problem.travel_s(pair, pair.start_location, option.location)


def changes(found: list[Remedy]) -> set[tuple[Kind, Edge, int]]:
    return {(one.change.kind, one.change.edge, one.change.seconds) for one in found}


def test_her_hours_or_the_shift_are_longer_by_what_is_missing() -> None:
    """A visit may start until 09:00:00; the pair leaves at 09:00 and is on its way then."""
    problem, found = tried(a_day("09:00-09:20"))
    missing_s = way_s(problem)
    assert changes(found) == {
        (Kind.WINDOW, Edge.END, missing_s),
        (Kind.SHIFT, Edge.START, missing_s),
    }


def test_the_hours_of_the_law_and_the_house_are_never_widened() -> None:
    """By the house a visit ends by 20:20: hers may end later, and it would not help."""
    problem, found = tried(a_day("19:50-20:15", shift="20:10-23:00"))
    earlier_s = second("20:10") + way_s(problem) - (second("20:15") - SERVICE_S)
    assert changes(found) == {(Kind.SHIFT, Edge.START, earlier_s)}


def test_hours_that_end_late_are_begun_earlier() -> None:
    """Leaving her at 20:10 is too late for a pair that works until 18:00, by the way and more."""
    problem, found = tried(a_day("19:50-20:15"))
    begin_s = second("18:00") - way_s(problem) - SERVICE_S
    assert changes(found) == {
        (Kind.WINDOW, Edge.START, second("19:50") - begin_s),
        (Kind.SHIFT, Edge.END, second("20:10") + way_s(problem) - second("18:00")),
    }


def test_an_appointment_is_widened_in_the_place_of_her_hours() -> None:
    made = a_day("09:00-18:00", appointment=window("09:00-09:20"))
    problem, found = tried(made)
    assert (Kind.WINDOW, Edge.END, way_s(problem)) in changes(found)
    (wider,) = (changed(problem, o.change).day for o in found if o.change.kind is Kind.WINDOW)
    assert wider is not None
    assert wider.places == made.places
    assert wider.cases != made.cases


def test_a_case_that_is_its_owners_alone_can_be_handed_over() -> None:
    """Collector cat is not on shift, and nobody else may go while owners are fixed."""
    made = a_day("09:00-18:00", owner="cat")
    people = [collector(id_) for id_ in ("ann", "ben", "cat")]
    fixed = replace(TOWN, owner_policy=OwnerPolicy.FIXED)
    problem, (only,) = tried(replace(made, collectors=people, city=fixed))
    assert (only.change.kind, only.change.crew_id) == (Kind.CREW, "ann+ben")
    facts = changed(problem, only.change).day
    assert facts is not None
    assert [one.owner for one in facts.cases] == ["cat"], "she owns it as before"
    assert facts.stand_ins == {one.id: {"ann"} for one in facts.cases}


# --- on request


def a_tight_book() -> Day:
    """The book in which b3 can only be met too early for the pair."""
    return with_fact("places", "b3-home", windows=(daily("09:00-09:20"),))(book())


def test_remedies_are_told_on_request_alone_and_the_cheapest_stands_with_the_reason() -> None:
    ports = planned(a_tight_book())
    plain = explain_case(ports, "Town", ON, "k4")
    assert plain.left_out is not None
    assert (plain.left_out.remedy, plain.remedies) == ("", ())
    told = explain_case(ports, "Town", ON, "k4", with_remedies=True)
    assert told.left_out is not None
    assert told.left_out.remedy == told.remedies[0].text
    assert told.remedies == remedies_for(ports, "Town", ON, "k4")
    assert [one.cost for one in told.remedies] == sorted(one.cost for one in told.remedies)
    assert "Her hours at the home address end" in " ".join(one.text for one in told.remedies)


def test_a_visit_that_is_given_up_is_named_by_its_cases() -> None:
    """The pair makes two visits and no more: one of them for b3, who is worth as much."""
    made = replace(book(), collectors=[collector(id_, max_visits=2) for id_ in ("ann", "ben")])
    ports = planned(made)
    (left,) = (e for e in ports.store.plan("Town", ON).content.plan.left_out if not e.rule)
    texts = [one.text for one in remedies_for(ports, "Town", ON, left.case_ids[0])]
    assert any(text.startswith("The visit for k") for text in texts)
    assert any("The crew may make one visit more" in text for text in texts)


def test_what_nothing_helps_says_so() -> None:
    """Nobody on shift has the skill that it asks for, however long the shift."""
    made = with_fact("cases", "k4", skills=frozenset({"vehicles"}))(book())
    told = explain_case(planned(made), "Town", ON, "k4", with_remedies=True)
    assert told.left_out is not None
    assert (told.left_out.remedy, told.remedies) == (NOTHING_WORKS, ())


@pytest.mark.parametrize("case_id", ["k3", "k5"])
def test_a_planned_case_and_one_that_a_rule_refuses_have_none(case_id: str) -> None:
    told = explain_case(planned(), "Town", ON, case_id, with_remedies=True)
    assert told.remedies == ()
    assert told.left_out is None or told.left_out.remedy == ""


def test_hours_outside_the_lawful_ones_are_moved_into_them() -> None:
    """She is in from 20:30 to 22:00; by law and house a visit of 20 minutes ends by 20:20."""
    late = with_fact("places", "b3-home", windows=(daily("20:30-22:00"),))
    made = replace(book(), shifts=[Shift(id_, window("09:00-22:00")) for id_ in ("ann", "ben")])
    ports = planned(late(made))
    told = explain_case(ports, "Town", ON, "k4", with_remedies=True)
    assert told.left_out is not None
    assert told.left_out.reason is Reason.NO_LAWFUL_WINDOW
    assert told.untried == ""
    (moved,) = told.remedies
    # Inside from 20:00 at the latest: half an hour earlier.
    assert (moved.kind, moved.edge, moved.seconds) == (Kind.WINDOW, Edge.START, 30 * 60)
    assert f"{moved.starts:%H:%M}" == "20:00"
    assert moved.text.startswith("Her hours at the home address begin 30 min earlier: crew ann+ben")
    assert told.left_out.remedy == moved.text
    assert told.remedies == remedies_for(ports, "Town", ON, "k4")


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (lambda day: day, PLANNED),
        (with_fact("places", "b3-home", point=None), UNTRIED[Reason.NOT_PLACED]),
        (with_fact("cases", "k4", stops=frozenset({StopFlag.PAID})), UNTRIED[Reason.RULE]),
        (with_fact("cases", "k4", appointment=window("10:00-11:00", ON + timedelta(days=1))),
         UNTRIED[Reason.NOT_TODAY]),
        # At home on Sundays alone; the day is a Monday.
        (with_fact("places", "b3-home", windows=(daily("10:00-11:00", 6),)),
         UNTRIED[Reason.NO_LAWFUL_WINDOW]),
    ],
)  # fmt: skip
def test_where_nothing_is_tried_it_is_said_why(edit: Edit, why: str) -> None:
    told = explain_case(planned(edit(book())), "Town", ON, "k4", with_remedies=True)
    assert (told.untried, told.remedies) == (why, ())

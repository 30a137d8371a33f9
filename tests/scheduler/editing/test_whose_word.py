"""Of a lender's day: whether the law, the house, the borrower or the crew forbids an edit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.check import Fault, rule_kind
from scheduler.day import Day
from scheduler.drive import Call, drive
from scheduler.editing.applying import applied
from scheduler.editing.edits import Move, Sheet
from scheduler.editing.obstacles import ForbiddenEditError, Ground, Obstacle
from scheduler.editing.quotes import quotes
from scheduler.model import OwnerPolicy, Shift
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import Problem
from tests.scheduler.little_book import (
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

LATE = "09:00-23:00"


def a_book(**more: Any) -> Day:
    """Two borrowers a step from each other; ann and ben go as a pair, cat goes alone."""
    people = ("ann", "ben", "cat")
    book = day(
        [case("k1", "b1"), case("k2", "b2")],
        collectors=[collector(id_) for id_ in people],
        shifts=[Shift(id_, window(LATE)) for id_ in people],
        crews=[crew("ann", "ben", hours=LATE), crew("cat", hours=LATE)],
    )
    return replace(book, **more)


def opened(book: Day, profile: str = "CN") -> tuple[Problem, Sheet]:
    """Return the day with b1 visited by the pair, and b2 left out."""
    problem = build_problem(book, rules_of(profile), StraightLineTimes())
    trip = drive(problem, problem.crews[0], [_first(problem, "b1")])
    assert isinstance(trip, Itinerary)
    left = (LeftOut("b2", Reason.NOT_CHOSEN, case_ids=("k2",)), *problem.refused)
    return problem, Sheet(Plan((trip,), left), tuple(book.crews))


def _first(problem: Problem, visit_id: str) -> Call:
    """Return a visit at the first level of its hours that a crew from nine on can keep."""
    visit = problem.visit_by_id[visit_id]
    able = [n for n, way in enumerate(visit.options) if way.starts[-1][1] > second("09:10")]
    return Call(visit, min(able, key=lambda n: visit.options[n].starts[0]))


def why(problem: Problem, sheet: Sheet, crew_id: str, before: str | None) -> list[Obstacle]:
    with pytest.raises(ForbiddenEditError) as caught:
        applied(problem, sheet, Move("b2", crew_id, before))
    return list(caught.value.violations)


def quoted(problem: Problem, sheet: Sheet, crew_id: str, before: str | None) -> Obstacle | None:
    found = quotes(problem, sheet, "b2")
    return next(q.forbidden for q in found if (q.crew_id, q.before) == (crew_id, before))


def test_one_alone_is_forbidden_by_the_law_where_it_wants_two_and_the_pair_is_not() -> None:
    problem, sheet = opened(a_book())
    assert quoted(problem, sheet, "ann+ben", None) is None
    first, *_ = why(problem, sheet, "cat", None)
    assert (first.kind, first.id, first.ground) == (rule_kind("crew_size"), "b2", Ground.LAW)
    assert first.is_law
    assert quoted(problem, sheet, "cat", None) == first


def test_where_the_law_wants_one_she_may_go() -> None:
    problem, sheet = opened(a_book(), "US")
    assert quoted(problem, sheet, "cat", None) is None
    assert applied(problem, sheet, Move("b2", "cat")).plan.served == {"b1", "b2"}


def hours(span: str, step: float = 2) -> Day:
    """b2 suits at these hours alone; so b1 comes after her only when they are over."""
    later = [place("b1", step=1), place("b2", step=step, windows=(daily(span),))]
    return a_book(places=later)


def test_too_late_for_her_own_hours_is_hers_to_say() -> None:
    """b1 at work from nine to ten, b2 only before 09:30: no room for b2 after b1."""
    problem, sheet = opened(hours("09:00-09:35"))
    no = quoted(problem, sheet, "ann+ben", None)
    assert no is not None
    assert (no.kind, no.id, no.ground, no.rule) == (Fault.WINDOW_MISSED, "b2", Ground.HERS, "")
    kinds = {(one.kind, one.ground) for one in why(problem, sheet, "ann+ben", None)}
    assert (Fault.WINDOW_MISSED, Ground.HERS) in kinds
    assert (Fault.OUTSIDE_BORROWERS_HOURS, Ground.HERS) in kinds


def test_past_the_hours_of_the_house_it_is_the_house_that_forbids() -> None:
    """b1 can be met from 20:00 alone: b2 after her would end after 20:20."""
    places = [place("b1", step=1, windows=(daily("20:00-21:00"),)), place("b2", step=2)]
    problem, sheet = opened(a_book(places=places))
    no = quoted(problem, sheet, "ann+ben", None)
    assert no is not None
    assert (no.kind, no.ground) == (Fault.WINDOW_MISSED, Ground.HOUSE)
    assert no.rule in ("house_hours", "closing_margin_min")
    assert quoted(problem, sheet, "ann+ben", "b1") is None, "before her there is room"
    found = why(problem, sheet, "ann+ben", None)
    assert not any(one.is_law for one in found)
    assert {one.rule for one in found} >= {no.rule}


def test_a_fixed_owner_who_is_not_there_is_a_matter_of_the_crew() -> None:
    book = a_book(
        city=replace(TOWN, owner_policy=OwnerPolicy.FIXED),
        cases=[case("k1", "b1"), case("k2", "b2", owner="cat")],
    )
    problem, sheet = opened(book, "US")
    no = quoted(problem, sheet, "ann+ben", None)
    assert no is not None
    assert (no.kind, no.ground) == (Fault.CREW_NOT_ALLOWED, Ground.CREW)
    assert quoted(problem, sheet, "cat", None) is None
    assert Fault.OWNER_ABSENT in {one.kind for one in why(problem, sheet, "ann+ben", None)}

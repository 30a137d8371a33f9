"""Quotes: what each gap costs or what forbids it, and that the move agrees."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduler.check import Fault, check_plan
from scheduler.cost import cost
from scheduler.editing.applying import applied
from scheduler.editing.edits import Move, Sheet
from scheduler.editing.obstacles import ForbiddenEditError, Ground, ground_of
from scheduler.editing.quotes import Quote, quotes
from scheduler.engines.registry import engine
from scheduler.engines.stop_rules import Iterations
from scheduler.errors import NotFoundError
from scheduler.plan import LeftOut, Reason, Violation
from scheduler.problem import Lock, Problem
from tests.problems import HOUR_S, crew, option, random_problem, visit
from tests.scheduler.editing.agreeing import disagreements
from tests.scheduler.editing.test_applying import EIGHT, MINUTE, a_day, sheet_of, three

FEATURES = (
    "setup",
    "max_travel",
    "shared_doors",
    "slots",
    "pace",
    "working_price",
    "max_working",
    "unpaid",
    "fair",
    "crew_options",
    "meet",
    "begun",
    "unreachable",
)


def told(found: list[Quote]) -> dict[tuple[str, str | None], Quote]:
    return {(one.crew_id, one.before): one for one in found}


def test_every_gap_of_every_crew_has_its_price() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    found = told(quotes(problem, sheet, "two"))
    assert set(found) == {("a", "one"), ("a", None), ("b", "three"), ("b", None)}
    # a turns at minute 20 now, not 10: 20 min of driving more, at a mill a second; worth 50,000.
    assert found["a", None].price == 20 * MINUTE - 50_000
    assert found["a", None].driving_s == 20 * MINUTE
    assert found["a", None].working_s == 40 * MINUTE
    assert found["a", None].start_s == EIGHT + 40 * MINUTE
    assert found["b", "three"].driving_s == 0, "it lies on b's way"


def test_a_visit_that_is_planned_is_quoted_against_where_it_stands() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one", "two"], "b": ["three"]})
    found = told(quotes(problem, sheet, "two"))
    assert set(found) == {("a", "one"), ("a", None), ("b", "three"), ("b", None)}
    assert found["a", None].price == 0, "where it is"
    assert found["b", "three"].price == -20 * MINUTE, "a need not go beyond minute 10"


def test_a_tight_gap_says_who_would_be_late_and_by_how_much() -> None:
    due = visit("due", option(1, (EIGHT, EIGHT + 15 * MINUTE)))
    problem = a_day(due, visit("two", option(2)))
    found = told(quotes(problem, sheet_of(problem, {"a": ["due"]}), "two"))
    no = found["a", "due"].forbidden
    assert no is not None
    assert (no.kind, no.id, no.late_s, no.ground) == (
        Fault.WINDOW_MISSED,
        "due",
        35 * MINUTE,
        Ground.HERS,
    )
    assert no.text == "would begin 35 min too late"


@pytest.mark.parametrize(
    ("more", "kind", "ground"),
    [
        ({"skills": frozenset({"deaf"})}, Fault.SKILL_MISSING, Ground.CREW),
        ({"crew_size": 2}, Fault.CREW_TOO_SMALL, Ground.CREW),
        ({"allowed_crews": frozenset({"b"})}, Fault.CREW_NOT_ALLOWED, Ground.CREW),
    ],
)
def test_who_may_not_go_is_told_by_what_the_judge_says(
    more: dict[str, object], kind: Fault, ground: Ground
) -> None:
    problem = a_day(visit("one", option(1)), visit("two", option(2), **more))
    found = told(quotes(problem, sheet_of(problem, {"a": ["one"]}), "two"))
    no = found["a", None].forbidden
    assert no is not None
    assert (no.kind, no.ground) == (kind, ground)


def test_a_full_crew_a_long_day_and_a_lost_road_are_told() -> None:
    crews = (crew("a", max_visits=1), crew("b", end_s=EIGHT + 70 * MINUTE))
    problem = a_day(visit("one", option(1)), visit("three", option(3)), crews=crews)
    found = told(quotes(problem, sheet_of(problem, {"a": ["one"]}), "three"))
    full, long = found["a", None].forbidden, found["b", None].forbidden
    assert full is not None
    assert long is not None
    assert full.kind == Fault.TOO_MANY_VISITS
    # 30 minutes there, 20 of service, 30 back: ten more than b has.
    assert (long.kind, long.id, long.late_s) == (Fault.OVERTIME, "b", 10 * MINUTE)


def test_locks_forbid_other_crews_and_other_orders() -> None:
    problem = three()
    locks = [Lock("two", "a", after="one")]
    sheet = sheet_of(problem, {"a": ["one", "two"], "b": ["three"]}, locks)
    found = told(quotes(problem, sheet, "two"))
    kinds = {where: one.forbidden and one.forbidden.kind for where, one in found.items()}
    assert kinds == {
        ("a", "one"): Fault.LOCK_ORDER,
        ("a", None): None,
        ("b", "three"): Fault.LOCK_CREW,
        ("b", None): Fault.LOCK_CREW,
    }


def test_a_stop_that_is_locked_in_time_says_that_it_is_the_lock() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"]}, [Lock("one", "a", EIGHT + 10 * MINUTE)])
    no = told(quotes(problem, sheet, "two"))["a", "one"].forbidden
    assert no is not None
    assert (no.kind, no.ground, no.late_s) == (Fault.LOCK_TIME, Ground.LOCK, 40 * MINUTE)


def test_who_is_kept_out_is_so_everywhere_and_nobody_knows_strangers() -> None:
    problem = replace(three(), refused=(LeftOut("paid", Reason.RULE, "It is paid.", "stops"),))
    sheet = sheet_of(problem, {"a": ["one"]})
    found = quotes(problem, sheet, "paid")
    assert {one.forbidden.rule for one in found if one.forbidden} == {"stops"}
    assert len(found) == 3
    with pytest.raises(NotFoundError):
        quotes(problem, sheet, "stranger")


def two_small() -> Problem:
    """Her door asks for two people; a and b are alone, and may meet there."""
    her = visit("her", option(2, (9 * HOUR_S, 10 * HOUR_S)), crew_size=2, may_meet=True)
    return a_day(visit("one", option(1)), her, visit("three", option(3)))


def test_two_crews_are_sent_where_one_is_too_small() -> None:
    problem = two_small()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    quote = told(quotes(problem, sheet, "her"))["a", None]
    assert quote.partner_id == "b"
    after = applied(problem, sheet, Move("her", "a"))
    assert check_plan(problem, after.plan) == []
    starts = {s.start_s for t in after.plan.itineraries for s in t.visits if s.id == "her"}
    assert starts == {quote.start_s}
    assert quote.price == cost(problem, after.plan).total - cost(problem, sheet.plan).total
    back = applied(problem, after, Move("her", "a", "one"))
    assert check_plan(problem, back.plan) == []
    assert {t.crew_id for t in back.plan.itineraries if "her" in {s.id for s in t.visits}} == {
        "a",
        "b",
    }


def test_alone_nobody_is_sent_where_two_must_meet() -> None:
    problem = two_small()
    problem = replace(problem, crews=problem.crews[:1])
    quote = quotes(problem, sheet_of(problem, {"a": ["one"]}), "her")[0]
    assert quote.forbidden is not None
    assert (quote.forbidden.kind, quote.forbidden.id) == (Fault.CREW_TOO_SMALL, "her")


def three_small() -> tuple[Problem, Sheet]:
    """C lives by her door and would come at the least price; b may come too."""
    problem = two_small()
    near = replace(crew("c"), start_location=2, end_location=2)
    problem = replace(problem, crews=(*problem.crews, near))
    return problem, sheet_of(problem, {"a": ["one"]})


def going_to(sheet: Sheet, visit_id: str) -> set[str]:
    return {t.crew_id for t in sheet.plan.itineraries if visit_id in {s.id for s in t.visits}}


def test_who_comes_too_can_be_said_and_is_the_cheapest_where_it_is_not() -> None:
    problem, sheet = three_small()
    assert going_to(applied(problem, sheet, Move("her", "a")), "her") == {"a", "c"}
    named = applied(problem, sheet, Move("her", "a", partner_id="b"))
    assert going_to(named, "her") == {"a", "b"}
    assert check_plan(problem, named.plan) == []


def test_a_partner_who_cannot_come_is_refused_and_no_other_is_sent() -> None:
    problem, sheet = three_small()
    blocked = replace(problem.crew_by_id["b"], end_s=8 * HOUR_S + 60 * MINUTE)
    crews = tuple(blocked if one.id == "b" else one for one in problem.crews)
    problem = replace(problem, crews=crews)
    with pytest.raises(ForbiddenEditError) as caught:
        applied(problem, sheet, Move("her", "a", partner_id="b"))
    assert Fault.CREW_TOO_SMALL in {one.kind for one in caught.value.violations}
    assert going_to(applied(problem, sheet, Move("her", "a")), "her") == {"a", "c"}


def test_whom_a_dispatcher_holds_back_is_held_by_her_own_word() -> None:
    held = Violation(Fault.HELD_BACK, "two", "dora decided that she is not visited today")
    assert ground_of(held) is Ground.LOCK
    assert ground_of(replace(held, kind=Fault.NO_ROAD)) is Ground.DAY


def a_sheet(problem: Problem, rng: Random, *, is_locked: bool) -> Sheet:
    """Return a first plan of a search, one of its visits locked to its crew, or its second too."""
    plan = engine("search").solve(problem, Iterations(1)).plan
    stops = [
        Lock(stop.id, trip.crew_id, rng.choice((None, stop.start_s)))
        for trip in plan.itineraries
        for stop in trip.visits
        if not problem.visit_by_id[stop.id].may_meet
        and stop not in problem.crew_by_id[trip.crew_id].begun
    ]
    return Sheet(plan, (), (rng.choice(stops),) if stops and is_locked else ())


@settings(max_examples=20, deadline=None)
@example(seed=1494, features=set(), is_locked=False)  # two breaks, before a visit or after it
@given(
    seed=st.integers(0, 10**6),
    features=st.sets(st.sampled_from(FEATURES), max_size=5),
    is_locked=st.booleans(),
)
def test_a_gap_is_allowed_exactly_where_the_move_is_and_at_its_price(
    seed: int, features: set[str], is_locked: bool
) -> None:
    rng = Random(seed)
    visits, crews = rng.choice((4, 8)), rng.choice((1, 2, 3))
    problem = random_problem(seed, visits, crews, **dict.fromkeys(features, True))
    sheet = a_sheet(problem, rng, is_locked=is_locked)
    assert list(disagreements(problem, sheet, [one.id for one in problem.visits])) == []

"""Remedies: each is tried here again, on the whole problem, and one second less does not do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.engines.greedy import GreedyEngine
from scheduler.insertion import best_insertions
from scheduler.left_out import why_left_out
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.problem import CrewShift, Lock, Problem, Visit
from scheduler.remedies import Change, Edge, Kind, Remedy, changed, remedied, remedies, told
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, random_problem, visit

VALUE = 50_000
"""Of each option that is not told another."""

THERE_AND_BACK = 20 * MINUTE_S
"""What the way to location 1 costs, at a thousandth a second."""


def a_day(crews: list[CrewShift], *visits: Visit) -> Problem:
    """Home at 0; locations 1, 2 and 3 at 10, 20 and 30 minutes up the road."""
    return on_a_line([0, 10, 20, 30], visits, crews)


def planned(problem: Problem) -> Plan:
    return GreedyEngine(improves=False).solve(problem, lambda: 0.0).plan


def nobody_goes(problem: Problem) -> Plan:
    return Plan((), why_left_out(problem, Plan((), ())))


def of_kind(found: list[Remedy], kind: Kind) -> list[Change]:
    return [one.change for one in found if one.change.kind is kind]


# --- each kind


def test_her_hours_are_widened_or_the_shift_by_what_is_missing() -> None:
    """She may be met until 08:05, and a crew that leaves at 08:00 is there at 08:10."""
    early = visit("v", option(1, (8 * HOUR_S, 8 * HOUR_S + 5 * MINUTE_S)))
    problem = a_day([crew("a", overtime_price_per_s=3)], early)
    hours, shift = remedies(problem, nobody_goes(problem), "v")
    assert hours.change == Change(Kind.WINDOW, "v", edge=Edge.END, seconds=5 * MINUTE_S)
    assert (hours.cost, hours.overtime) == (THERE_AND_BACK - VALUE, 0)
    assert hours.itinerary.visits[0].start_s == 8 * HOUR_S + 10 * MINUTE_S
    # To leave five minutes earlier does it as well; they are paid as overtime, three a second.
    assert shift.change == Change(Kind.SHIFT, "v", "a", Edge.START, 5 * MINUTE_S)
    assert (shift.overtime, shift.cost) == (900, THERE_AND_BACK + 900 - VALUE)
    assert shift.itinerary.start_s == 8 * HOUR_S - 5 * MINUTE_S


def test_a_crew_may_be_back_later_or_be_let_in_earlier() -> None:
    """From 11:45 on, with 20 minutes at the door and 10 home, a crew is back at 12:15."""
    late = visit("v", option(1, (11 * HOUR_S + 45 * MINUTE_S, 15 * HOUR_S)))
    problem = a_day([crew("a", overtime_price_per_s=2)], late)
    hours, shift = remedies(problem, nobody_goes(problem), "v")
    assert hours.change == Change(Kind.WINDOW, "v", edge=Edge.START, seconds=15 * MINUTE_S)
    assert shift.change == Change(Kind.SHIFT, "v", "a", Edge.END, 15 * MINUTE_S)
    assert (shift.overtime, shift.cost) == (1_800, THERE_AND_BACK + 1_800 - VALUE)


def test_one_visit_more_for_a_crew_at_its_most() -> None:
    """Both are at the same door: the second costs no way."""
    problem = a_day([crew("a", max_visits=1)], visit("v", option(1)), visit("w", option(1)))
    plan = planned(problem)
    (left,) = plan.left_out
    first, *others = remedies(problem, plan, left.visit_id)
    assert first.change == Change(Kind.VISITS, left.visit_id, "a")
    assert first.cost == -VALUE
    assert of_kind(others, Kind.GIVE_UP)


def test_a_crew_that_may_not_go_is_told_as_such() -> None:
    hers = visit("v", option(1), allowed_crews=frozenset({"z"}), skills=frozenset({"min"}))
    problem = a_day([crew("a", skills=frozenset({"min"})), crew("b")], hers)
    (only,) = remedies(problem, nobody_goes(problem), "v")
    assert only.change == Change(Kind.CREW, "v", "a")


def test_the_visits_of_least_value_are_given_up() -> None:
    """Each takes 100 of 240 minutes, the way 20: two fit, and a third does not."""
    cheap, mid = (option(1, service_min=100, value=v) for v in (30_000, 40_000))
    problem = a_day([crew("a", overtime_price_per_s=9)], visit("cheap", cheap), visit("mid", mid))
    plan = planned(problem)
    assert len(plan.served) == 2
    dear = visit("dear", option(1, service_min=100, value=60_000))
    more = replace(problem, visits=(*problem.visits, dear))
    plan = replace(plan, left_out=(LeftOut("dear", Reason.CREWS_FULL),))
    # All three take 320 minutes: 80 of overtime cost 43.20, more than `cheap` is worth.
    found = remedies(more, plan, "dear")
    assert [one.change.given_up for one in found if one.change.given_up] == [("cheap",), ("mid",)]
    assert found[0].change.given_up == ("cheap",)
    assert found[0].cost == 30_000 - 60_000
    assert [c.seconds for c in of_kind(found, Kind.SHIFT)] == [80 * MINUTE_S]


def test_two_neighbours_are_given_up_where_one_is_not_enough() -> None:
    """Three of an hour each, and one that needs two of them."""
    small = [visit(f"s{i}", option(1, service_min=60, value=9_000 + i)) for i in range(3)]
    problem = a_day([crew("a")], *small)
    plan = planned(problem)
    assert len(plan.served) == 3
    long = visit("long", option(1, service_min=150))
    found = remedies(
        replace(problem, visits=(*small, long)),
        replace(plan, left_out=(LeftOut("long", Reason.CREWS_FULL),)),
        "long",
    )
    given_up = [change.given_up for change in of_kind(found, Kind.GIVE_UP)]
    assert given_up
    assert all(len(ids) == 2 for ids in given_up)


@pytest.mark.parametrize("why", ["required", "locked", "neither"])
def test_no_must_visit_and_no_locked_one_is_given_up(why: str) -> None:
    there = visit("there", option(1, service_min=210), is_required=why == "required")
    problem = a_day([crew("a")], there)
    plan = planned(problem)
    locks = [Lock("there", "a")] if why == "locked" else []
    more = replace(problem, visits=(there, visit("v", option(1))))
    plan = replace(plan, left_out=(LeftOut("v", Reason.CREWS_FULL),))
    found = remedies(more, plan, "v", locks)
    # Both take 10 + 210 + 20 + 10 of the shift's 240 minutes: it is longer at either end.
    assert [change.seconds for change in of_kind(found, Kind.SHIFT)] == [10 * MINUTE_S] * 2
    assert bool(of_kind(found, Kind.GIVE_UP)) == (why == "neither")


def test_what_fits_as_things_are_is_told_alone_with_its_price() -> None:
    """60 minutes of way at two thousandths a second, and a worth of 7: a loss of .20."""
    poor = visit("v", option(3, value=7_000))
    problem = a_day([crew("a", travel_price_per_s=2)], poor)
    (only,) = remedies(problem, nobody_goes(problem), "v")
    assert only.change == Change(Kind.INSERT, "v")
    assert only.cost == 7_200 - 7_000


@pytest.mark.parametrize("lacks", [{"skills": frozenset({"hakka"})}, {"crew_size": 2}])
def test_who_is_missing_is_not_made_up(lacks: dict[str, object]) -> None:
    problem = a_day([crew("a")], visit("v", option(1), **lacks))
    assert remedies(problem, nobody_goes(problem), "v") == []


def test_a_lock_is_never_broken_for_a_remedy() -> None:
    """The visit is locked to b, which would be back latest; a is not offered."""
    late = option(1, (11 * HOUR_S + 45 * MINUTE_S, 15 * HOUR_S))
    crews = [crew("a"), crew("b", end_s=11 * HOUR_S)]
    problem = a_day(crews, visit("v", late))
    found = remedies(problem, nobody_goes(problem), "v", [Lock("v", "b")])
    assert {one.crew_id for one in found} == {"b"}


@pytest.mark.parametrize(
    ("visit_id", "words"),
    [
        ("there", "'there' is not one that the plan leaves out"),
        ("nobody", "'nobody' is not one that the plan leaves out"),
        ("paid", r"'paid' is kept out \(rule\): Paid."),
    ],
)
def test_only_what_the_search_left_out_has_remedies(visit_id: str, words: str) -> None:
    problem = a_day([crew("a")], visit("there", option(1)))
    problem = replace(problem, refused=(LeftOut("paid", Reason.RULE, "Paid.", "stop"),))
    with pytest.raises(ValueError, match=words):
        remedies(problem, planned(problem), visit_id)


def test_a_remedy_is_said_in_words() -> None:
    early = visit("v", option(1, (8 * HOUR_S, 8 * HOUR_S + 5 * MINUTE_S)))
    problem = a_day([crew("a", overtime_price_per_s=3)], early)
    hours, shift = (told(problem, one) for one in remedies(problem, nobody_goes(problem), "v"))
    assert hours.text == (
        "Her hours at p1 end 5 min later: crew a could begin at 08:10, and the day would cost "
        "48.80 less"
    )
    assert shift.text == (
        "The crew sets off 5 min earlier: crew a could begin at 08:05, and the day would cost "
        "47.90 less, 0.90 of overtime included"
    )
    assert (shift.cost, shift.overtime, shift.edge) == (-47.9, 0.9, Edge.START)
    assert f"{shift.starts:%H:%M}" == "08:05"


# --- on random days


FEATURES = ("load", "setup", "max_travel", "shared_doors", "unreachable")
random_days = st.builds(
    lambda seed, on: random_problem(seed, 11, 3, **dict.fromkeys(on, True)),
    st.integers(0, 10_000),
    st.sets(st.sampled_from(FEATURES)),
)


def left_out_with_remedies(problem: Problem) -> Iterator[tuple[Plan, str, list[Remedy]]]:
    plan = planned(problem)
    for entry in plan.left_out[:2]:
        yield plan, entry.visit_id, remedies(problem, plan, entry.visit_id, most=3)


@settings(max_examples=25, deadline=None)
@given(random_days)
def test_every_remedy_works_on_the_whole_problem_and_costs_what_is_told(problem: Problem) -> None:
    for plan, visit_id, found in left_out_with_remedies(problem):
        assert [one.cost for one in found] == sorted(one.cost for one in found)
        for one in found:
            wider, after = changed(problem, one.change), remedied(plan, one)
            assert check_plan(wider, after) == []
            assert visit_id in after.served
            rate = problem.crew_by_id[one.crew_id].overtime_price_per_s
            change = one.change
            is_earlier = change.kind is Kind.SHIFT and change.edge is Edge.START
            paid = rate * change.seconds if is_earlier else 0
            assert one.cost == cost(wider, after).total - cost(problem, plan).total + paid


@settings(max_examples=20, deadline=None)
@given(random_days)
def test_one_second_less_does_not_do(problem: Problem) -> None:
    for plan, visit_id, found in left_out_with_remedies(problem):
        for one in found:
            change = one.change
            if change.kind not in (Kind.WINDOW, Kind.SHIFT):
                continue
            assert change.seconds > 0
            less = changed(problem, replace(change, seconds=change.seconds - 1))
            ways = best_insertions(less, plan, visit_id, most=999)
            assert change.kind is Kind.SHIFT or ways == []
            assert change.crew_id not in {way.crew_id for way in ways}


@settings(max_examples=10, deadline=None)
@given(random_days)
def test_no_other_longer_shift_is_cheaper(problem: Problem) -> None:
    """No crew that begins earlier by its least, within an hour, is cheaper than the one told."""
    for plan, visit_id, found in left_out_with_remedies(problem):
        if any(other.change.kind is Kind.INSERT for other in found):
            continue
        told_cost = min((o.cost for o in found if o.change.kind is Kind.SHIFT), default=None)
        for one in problem.crews:
            gain_by = partial(gain_of_beginning_earlier, problem, plan, visit_id, one)
            least_s = bisect_left(range(HOUR_S), True, key=lambda s: gain_by(s) is not None)
            gain = gain_by(least_s)
            if gain is not None:
                assert told_cost is not None
                assert told_cost <= -gain + least_s * one.overtime_price_per_s


def gain_of_beginning_earlier(
    problem: Problem, plan: Plan, visit_id: str, crew: CrewShift, seconds: int
) -> int | None:
    wider = changed(problem, Change(Kind.SHIFT, visit_id, crew.id, Edge.START, seconds))
    ways = best_insertions(wider, plan, visit_id, most=999)
    return max((way.gain for way in ways if way.crew_id == crew.id), default=None)

"""What differs between two plans of a day: each expected value is argued from the two days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.difference import TELLING_S, Kind, Sums, difference
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.ports import NewPlan
from tests.data.world import TODAY, crew, new_plan

NINE_S, MINUTE_S = 32_400, 60


def stop(visit_id: str, at_min: int, place: str = "") -> Stop:
    """Return a visit of 20 minutes, `at_min` minutes after nine, to which one drives for ten."""
    start_s = NINE_S + at_min * MINUTE_S
    place_id = place or f"{visit_id}-home"
    return Stop(StopKind.VISIT, visit_id, start_s, start_s, start_s + 1200, place_id=place_id)


def trip(crew_id: str, *stops: Stop, end_min: int = 300) -> Itinerary:
    return Itinerary(crew_id, NINE_S, NINE_S + end_min * MINUTE_S, stops)


def day(*trips: Itinerary) -> NewPlan:
    crews = tuple(crew(*one.crew_id.split("+")) for one in trips)
    return new_plan(plan=Plan(trips, ()), crews=crews)


MORNING = day(
    trip("ann", stop("B1", 10), stop("B2", 60), stop("B3", 120)), trip("bea", stop("B4", 30))
)


def test_a_plan_differs_in_nothing_from_itself() -> None:
    found = difference(MORNING, MORNING)
    assert not found.changes
    assert not found.told
    assert not found.hands
    assert found.after - found.before == Sums()


def test_each_change_is_told_once_by_the_greatest() -> None:
    after = day(
        # B1 stays, B2 is 20 minutes later, B3 is dropped, B5 comes in;
        # B4 goes from bea to ann, later besides, and at another place: told as another crew.
        trip("ann", stop("B1", 10), stop("B2", 80), stop("B4", 140, "B4-work")),
        trip("bea", stop("B5", 30)),
    )
    found = difference(MORNING, after)
    assert [(each.visit_id, each.kind) for each in found.changes] == [
        ("B5", Kind.ADDED),
        ("B3", Kind.DROPPED),
        ("B4", Kind.OTHER_CREW),
        ("B2", Kind.MOVED),
    ]
    assert [each.later_s for each in found.changes] == [None, None, 110 * 60, 20 * 60]
    assert found.hands == 2  # B4 and B3
    assert found.told == {"ann", "bea"}


def test_a_few_minutes_are_not_told_and_nobody_has_to_accept_them() -> None:
    told, untold = stop("B2", 65), replace(stop("B2", 60), start_s=NINE_S + 3600 + TELLING_S - 1)
    bea = trip("bea", stop("B4", 30))
    near = day(trip("ann", stop("B1", 10), untold, stop("B3", 120)), bea)
    far = day(trip("ann", stop("B1", 10), told, stop("B3", 120)), bea)
    assert difference(MORNING, near).told == frozenset()
    assert difference(MORNING, far).told == {"ann"}


def test_the_same_door_elsewhere_is_another_place() -> None:
    after = day(
        trip("ann", stop("B1", 10, "B1-work"), stop("B2", 60), stop("B3", 120)),
        trip("bea", stop("B4", 30)),
    )
    (change,) = difference(MORNING, after).changes
    assert change.kind is Kind.OTHER_PLACE


def test_a_crew_that_is_formed_anew_is_told_even_where_its_visits_stay() -> None:
    before = day(trip("ann", stop("B1", 10)))
    after = replace(before, crews=(replace(crew("ann", "cat"), id="ann"),))
    found = difference(before, after)
    assert found.told == {"ann"}
    assert [each.kind for each in found.changes] == [Kind.OTHER_CREW]


def test_two_crews_at_one_door_are_one_visit() -> None:
    met = day(trip("ann", stop("B1", 10)), trip("bea", stop("B1", 10)))
    alone = day(trip("ann", stop("B1", 10)), trip("bea"))
    (change,) = difference(met, alone).changes
    assert change.before is not None
    assert change.before.crew_ids == ("ann", "bea")
    assert difference(met, alone).told == {"ann", "bea"}


def test_minutes_and_money_are_summed_by_crew() -> None:
    # ann: nine to two, three visits of twenty minutes; the way to the first takes 10 minutes, to
    # the others 30 and 40, and home 160. Her shift ends at six, 540 minutes after nine.
    after = day(
        trip("ann", stop("B1", 10), stop("B2", 60), end_min=550), trip("bea", stop("B4", 30))
    )
    found = difference(MORNING, after)
    ann = next(one for one in found.crews if one.crew_id == "ann")
    assert ann.before == Sums(3, (10 + 30 + 40 + 160) * 60, 300 * 60, 0)
    assert ann.after == Sums(2, (10 + 30 + 470) * 60, 550 * 60, 10 * 60)
    assert found.after - found.before == ann.after - ann.before
    assert found.cost_before == MORNING.cost


def test_days_of_two_cities_or_dates_are_not_compared() -> None:
    other = replace(MORNING, on=TODAY + timedelta(days=1))
    with pytest.raises(ValueError, match="name two versions of one day"):
        difference(MORNING, other)


@st.composite
def days(draw: st.DrawFn) -> NewPlan:
    """Return a day of up to six visits, each made by ann, bea or nobody, at some minute."""
    made = {f"B{n}": draw(st.tuples(st.sampled_from(("ann", "bea", "")), st.integers(0, 400)))
            for n in range(draw(st.integers(0, 6)))}  # fmt: skip
    return day(*(
        trip(who, *(stop(id, at) for id, (whose, at) in made.items() if whose == who))
        for who in ("ann", "bea")
    ))  # fmt: skip


@given(days(), days())
def test_backwards_all_is_the_other_way_round(one: NewPlan, other: NewPlan) -> None:
    there, back = difference(one, other), difference(other, one)
    assert there.told == back.told
    turned = {Kind.ADDED: Kind.DROPPED, Kind.DROPPED: Kind.ADDED}
    assert {(c.visit_id, c.kind) for c in there.changes} == {
        (c.visit_id, turned.get(c.kind, c.kind)) for c in back.changes
    }
    assert there.before == back.after
    assert sum((c.after - c.before for c in there.crews), Sums()) == there.after - there.before

"""A plan that was searched with reserve, at usual times: lawful, no later, and with slack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.check import check_plan
from scheduler.cost import cost
from scheduler.engines.base import Result
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.forecast import HOUSE_SPREADS, SpreadsNow
from scheduler.plan import Itinerary, Reason
from scheduler.problem import Lock, Problem
from scheduler.reserve.as_usual import as_usual
from scheduler.reserve.asked import NO_RESERVE
from scheduler.reserve.most import keeps_locks, keeps_visits, most_reserve
from scheduler.reserve.reserved import with_reserve
from scheduler.staffing.foretelling import foretell
from tests.problems import HOUR_S, crew, on_a_line, option, random_problem, visit

FEATURES: tuple[dict[str, bool], ...] = (
    {},
    {"slots": True, "pace": True},
    {"working_price": True, "max_working": True, "unpaid": True},
    {"begun": True},
    {"meet": True, "fair": True},
)


def searched(problem: Problem, percent: int, *locks: Lock) -> tuple[Result, Result]:
    """Return what is found with a reserve, as it was searched and as it is told."""
    slower = with_reserve(problem, percent, HOUSE_SPREADS)
    found = SearchEngine().solve(slower, Iterations(2), seed=1, locks=locks)
    return found, as_usual(problem, found, locks)


def visits_of(trip: Itinerary) -> list[str]:
    return [stop.id for stop in trip.visits]


@pytest.mark.parametrize("features", FEATURES)
@pytest.mark.parametrize("seed", range(3))
def test_it_holds_at_usual_times_and_begins_nothing_later(
    seed: int, features: dict[str, bool]
) -> None:
    problem = random_problem(seed, visits=12, crews=3, **features)
    found, told = searched(problem, 80)
    assert check_plan(problem, told.plan) == []
    assert told.cost == cost(problem, told.plan)
    assert found.plan.served <= told.plan.served
    known = {trip.crew_id: trip for trip in told.plan.itineraries}
    for trip in found.plan.itineraries:
        usual = known[trip.crew_id]
        if visits_of(usual) != visits_of(trip):
            continue  # a must-visit was put in
        assert usual.start_s == trip.start_s
        assert usual.end_s <= trip.end_s
        starts = zip(usual.visits, trip.visits, strict=True)
        assert all(one.start_s <= other.start_s for one, other in starts)


def an_appointment() -> Problem:
    """Return a day whose appointment is reached at its last second by who calls on v1 before.

    The crew drives ten minutes to v1, is there for twenty and has ten to the appointment, whose
    hour begins at 08:35 and which may begin until 08:40; it ends its day there. The other order
    has the crew turn back, twenty minutes of road more.
    """
    early = (8 * HOUR_S + 35 * 60, 8 * HOUR_S + 40 * 60)
    who = replace(crew(), end_location=2)
    return on_a_line((0, 10, 20), [visit("v1", option(1)), visit("v2", option(2, early))], [who])


def test_an_appointment_that_hangs_by_a_second_is_seen_first_with_reserve() -> None:
    day = an_appointment()
    without = SearchEngine().solve(day, Iterations(2), seed=1).plan
    _, told = searched(day, 80)
    assert visits_of(without.itineraries[0]) == ["v1", "v2"]
    assert visits_of(told.plan.itineraries[0]) == ["v2", "v1"]
    # Ways and a visit that last as planned in the middle make it late in about half of all days;
    # seen first, it is reached a quarter of an hour before its hour, and waits for it.
    assumed = SpreadsNow()
    on_time = [foretell(day, plan, assumed).told.on_time["v2"] for plan in (without, told.plan)]
    assert on_time[0] < 0.7 < 0.95 < on_time[1]


def test_times_that_are_told_are_the_usual_ones() -> None:
    day = on_a_line((0, 10), [visit("v1", option(1))], [crew()])
    found, told = searched(day, 90)
    [stop] = told.plan.itineraries[0].visits
    assert stop.arrival_s == 8 * HOUR_S + 600
    assert told.plan.itineraries[0].end_s == 8 * HOUR_S + 600 + 1200 + 600
    assert found.plan.itineraries[0].end_s > told.plan.itineraries[0].end_s


def two_in(minutes: int, *, is_required: bool = False) -> Problem:
    """Return a shift of so many minutes, and two visits that take eighty of them at usual times.

    With a reserve of 70 % they take 44.8 of road and 2 × 20.2 at the doors, which is 85.1; with
    80 %, 48.4 and 2 × 22.1, which is 92.5.
    """
    who = crew(end_s=8 * HOUR_S + minutes * 60)
    visits = [visit(f"v{n}", option(n), is_required=is_required) for n in (1, 2)]
    return on_a_line((0, 10, 20), visits, [who])


def test_who_would_fit_at_usual_times_is_left_out_for_the_reserve_and_told_so() -> None:
    _, told = searched(two_in(80), 80)
    assert len(told.plan.served) == 1
    [entry] = told.plan.left_out
    assert entry.reason is Reason.RESERVE
    assert "It would fit at usual times" in entry.detail
    full = searched(two_in(79), 80)[1].plan.left_out
    assert [one.reason for one in full] == [Reason.CREWS_FULL]


def test_a_must_visit_takes_the_reserve() -> None:
    found, told = searched(two_in(80, is_required=True), 80)
    assert len(found.plan.served) == 1
    assert told.plan.served == {"v1", "v2"}
    assert told.cost.missed_must_visits == 0


def test_a_start_that_was_fixed_stays() -> None:
    at = 9 * HOUR_S
    _, told = searched(two_in(120), 80, Lock("v2", "a", start_s=at))
    starts = {stop.id: stop.start_s for stop in told.plan.itineraries[0].visits}
    assert starts["v2"] == at


def test_as_much_is_kept_as_leaves_room_for_what_people_have_fixed() -> None:
    locks = [Lock("v1", "a"), Lock("v2", "a")]
    reserves = [
        most_reserve(two_in(minutes), 90, HOUSE_SPREADS, keeps_locks(locks))[0]
        for minutes in (80, 86, 93, 240)
    ]
    assert reserves == [NO_RESERVE, 70, 80, 90]
    assert most_reserve(two_in(80), 85, HOUSE_SPREADS, keeps_locks([]))[0] == 85
    known = SearchEngine().solve(two_in(80), Iterations(1)).plan
    kept, same = most_reserve(two_in(80), 80, HOUSE_SPREADS, keeps_visits(known, []))
    assert (kept, same.crews[0].travel_percent) == (NO_RESERVE, 100)
    assert most_reserve(two_in(93), 80, HOUSE_SPREADS, keeps_visits(known, []))[0] == 80


def test_a_crew_whose_work_counts_leaves_when_it_did_and_not_later_to_wait_less() -> None:
    """A later leaving would wait less at the door, and come there with nothing in reserve."""
    day = an_appointment()
    paid = replace(day, crews=(replace(day.crews[0], working_price_per_s=1, max_working_s=7200),))
    found, told = searched(paid, 80)
    assert told.plan.itineraries[0].start_s == found.plan.itineraries[0].start_s
    assert check_plan(paid, told.plan) == []

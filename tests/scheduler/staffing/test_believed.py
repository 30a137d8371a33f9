"""What the morning tells of a day: by the planner's own chances, times and spreads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scheduler.drive import Call, drive
from scheduler.forecast.spreads import HOUSE_SPREADS, Lognormal, Spreads
from scheduler.plan import Plan
from scheduler.problem import Problem, Visit
from scheduler.staffing.believed import Attendance, Believed
from scheduler.staffing.chance import Chance
from scheduler.staffing.driving import drive_plan
from scheduler.staffing.intervals import mean_of
from scheduler.staffing.told import told_of
from scheduler.staffing.world import Follows
from tests.problems import HOUR_S, crew, on_a_line, option, visit

DAY = 739_577
PUNCTUAL = Attendance()
NO_SPREAD = Spreads(0, 0, Lognormal(1200, 0), Lognormal(1200, 0))


def a_day(*visits: Visit, end_h: int = 12) -> tuple[Problem, Plan]:
    who = crew(end_s=end_h * HOUR_S)
    day = on_a_line(range(0, 10 * len(visits) + 10, 10), visits, [who])
    trip = drive(day, who, [Call(one, 0) for one in visits])
    assert trip is not None
    return day, Plan((trip,), ())


def likely(number: int, p_met: float = 1.0) -> Visit:
    return visit(f"v{number}", replace(option(number), p_met=p_met))


def test_a_visit_is_met_as_often_as_its_hour_says_and_lasts_as_long_as_that() -> None:
    day, plan = a_day(likely(1, 0.3))
    told = drive_plan(day, plan, Believed(day, Chance(1), DAY), range(4000))
    met = told.visits_met
    assert mean_of(met, 0.999).covers(0.3)
    lasts_s = (told.end_s - told.start_s)[0]
    assert mean_of(lasts_s[met == 1], 0.999).covers(HOUSE_SPREADS.met.mean_s)
    assert mean_of(lasts_s[met == 0], 0.999).covers(HOUSE_SPREADS.not_met.mean_s)
    assert mean_of(told.visits_with(Follows.PROMISED), 0.999).covers(0.3 * 0.35)
    # Twenty minutes of road, each leg with a mean as planned.
    assert mean_of(told.travel_s[0], 0.999).covers(1200)


def test_the_chance_is_that_of_the_hour_in_which_a_visit_truly_begins() -> None:
    early, late = (8 * HOUR_S, 9 * HOUR_S - 1), (9 * HOUR_S, 11 * HOUR_S)
    ways = replace(option(1, early), p_met=1.0), replace(option(1, late), p_met=0.0)
    day, plan = a_day(visit("v1", *ways))
    world = Believed(day, Chance(1), DAY, attendance=Attendance(late=1.0, late_mean_s=7200))
    told = drive_plan(day, plan, world, range(300))
    is_early = (told.start_s[0] > 0) & (told.start_s[0] < 9 * HOUR_S)
    assert 0.2 < is_early.mean() < 0.6  # an exponential of two hours is below 50 minutes in 34 %
    assert ((told.visits_met == 1) == is_early).all()


def test_a_way_has_the_same_luck_however_its_problem_numbers_places() -> None:
    """From the first door to the second: they are locations 1 and 2, or 2 and 1."""
    who, reps = crew(), np.arange(50)
    first, second = replace(option(1), location=2), replace(option(2), location=1)
    one = on_a_line((0, 10, 20), [likely(1), likely(2)], [who])
    other = on_a_line((0, 20, 10), [visit("v1", first), visit("v2", second)], [who])
    told = [
        Believed(day, Chance(1), DAY).leg_s(who, np.full(50, here), 3 - here, 0 * reps, reps)
        for day, here in ((one, 1), (other, 2))
    ]
    assert (told[0] == told[1]).all()
    assert len(set(told[0].tolist())) > 10, "and it is luck"


def test_a_day_without_spread_is_told_as_planned_and_leaves_room_for_nothing() -> None:
    day, plan = a_day(likely(1), likely(2))
    told = told_of(day, plan, day=DAY, attendance=PUNCTUAL, spreads=NO_SPREAD)
    assert told.on_time == {"v1": 1.0, "v2": 1.0}
    [who] = told.crews.values()
    assert who.home_p50_s == who.home_p90_s == plan.itineraries[0].end_s
    assert (who.extra_visits, who.p_overtime, told.met) == (0, 0.0, 2.0)


def test_where_nobody_is_met_there_is_time_for_more_visits() -> None:
    day, plan = a_day(*(likely(number, 0.0) for number in range(1, 6)))
    six_min = replace(NO_SPREAD, not_met=Lognormal(360, 0))
    [who] = told_of(day, plan, day=DAY, attendance=PUNCTUAL, spreads=six_min).crews.values()
    # Five times 14 of 20 minutes are left over, 70 in all; a visit takes 6, and 20 of road.
    assert who.extra_visits == 2
    most = replace(day, crews=(replace(day.crews[0], max_visits=6),))
    [who] = told_of(most, plan, day=DAY, attendance=PUNCTUAL, spreads=six_min).crews.values()
    assert who.extra_visits == 1


def test_the_p90_of_the_finish_holds_in_other_days_by_the_same_model() -> None:
    day, plan = a_day(*(likely(number, 0.5) for number in range(1, 6)))
    [who] = told_of(day, plan, day=DAY, attendance=PUNCTUAL, replications=2000).crews.values()
    other = drive_plan(day, plan, Believed(day, Chance(9), DAY + 1), range(2000))
    assert (other.home_s[0] <= who.home_p90_s).mean() == pytest.approx(0.9, abs=0.03)


def test_people_are_as_often_absent_as_is_said_and_the_same_on_any_plan() -> None:
    day, plan = a_day(likely(1), likely(2))
    world = Believed(day, Chance(1), DAY, attendance=Attendance(absent=0.2))
    gone = world.is_absent("a/1", np.arange(4000))
    assert mean_of(gone.astype(int), 0.999).covers(0.2)
    told = drive_plan(day, plan, world, range(300))
    assert (~told.is_out[0] == gone[:300]).all()

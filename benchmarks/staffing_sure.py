"""Whether intervals cover what they should, and whether a certain day is the planned one."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import numpy as np

from benchmarks.day import ON
from benchmarks.measure import Figures
from benchmarks.staffing_known import Ledger
from benchmarks.staffing_towns import daily_plan, town_book, town_desk, weeks_of, worked
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.staffing.arrays import Floats
from scheduler.staffing.chance import Chance
from scheduler.staffing.driving import drive_plan
from scheduler.staffing.intervals import mean_of, mean_of_groups
from scheduler.staffing.world import Certain

CASES, COLLECTORS, DAYS = 50, 4, 7
"""Seven days of the calendar: five are worked."""

MANY, REPEATS, EACH = 5000, 100, 50
DRIVES, BANDS = 50, 50
SEARCH_S = 0.5


def sure(seed: int) -> Figures:
    """Work five days of fifty cases in replications that are as many as are needed."""
    from data.towns.truth import Truth

    truth, planner = Truth(seed), partial(daily_plan, search_s=SEARCH_S)
    with town_book(truth, CASES, COLLECTORS) as town:
        weeks = weeks_of(town, truth, planner, MANY + REPEATS * EACH)
        met, paid_s, off = np.zeros(len(weeks.reps)), np.zeros(len(weeks.reps)), 0
        days = [town.first.on + timedelta(days=ahead) for ahead in range(DAYS)]
        for day, _ in worked(weeks, Ledger(town.first, Chance(seed)), days):
            assert day.drive is not None, "only days that were driven are told"
            assert day.problem is not None, "a day that was driven has a problem"
            met += day.drive.visits_met
            paid_s += day.drive.people_s
            off += stops_off(day.problem, day.drive.plan)
        return {
            "of met": 100 * covered(met),
            "of hours": 100 * covered(paid_s),
            "off the plan": float(off),
        }


def bands(seed: int) -> Figures:
    """Work five days of fifty cases along many paths of the book, as a planner asks for it."""
    from data.towns.truth import Truth
    from scheduler.headcount.paths import PATHS, along_paths
    from scheduler.headcount.scenario import Scenario, Target
    from web.headcount.simulating import Simulation, to_be_worked

    with town_desk(Truth(seed), CASES, COLLECTORS) as desk:
        scenario = Scenario(COLLECTORS, Target(within_days=DAYS))
        home = desk.wired.home.path
        asked = Simulation(home, desk.city.name, ON, scenario, drives=DRIVES, seed=seed)
        weeks, book = to_be_worked(asked, COLLECTORS)
        made = along_paths(weeks, book, PATHS * BANDS).made
    paths, mean = made.reshape(-1, DRIVES), float(made.mean())
    together = [mean_of_groups(part, PATHS) for part in paths.reshape(-1, PATHS * DRIVES)]
    return {
        "of paths": 100 * float(np.mean([one.covers(mean) for one in together])),
        "of one path": 100 * float(np.mean([mean_of(one).covers(mean) for one in paths])),
    }


def covered(values: Floats, many: int = MANY, each: int = EACH) -> float:
    """Return which share of intervals covers the mean of the first `many` values.

    Each is that of `each` further values, none of which is used twice.
    """
    mean = float(values[:many].mean())
    parts = values[many:].reshape(-1, each)
    return float(np.mean([mean_of(part).covers(mean) for part in parts]))


def stops_off(problem: Problem, plan: Plan) -> int:
    """Return how many stops and ends of crews' days differ where all comes as planned."""
    drive = drive_plan(problem, plan, Certain(problem), [0])
    off = 0
    for trip in (one for one in plan.itineraries if one.stops):
        made = drive.itinerary(trip.crew_id, 0)
        if made is None:
            off += 1 + len(trip.stops)
            continue
        off += len(set(trip.stops) ^ set(made.stops))
        off += (made.start_s, made.end_s) != (trip.start_s, trip.end_s)
    return off

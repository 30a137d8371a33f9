"""What the planner can tell of a plan in the morning, by its own model and without any truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduler.forecast.spreads import HOUSE_SPREADS, Spreads
from scheduler.plan import Itinerary, Plan, StopKind
from scheduler.problem import CrewShift, Problem
from scheduler.staffing.arrays import Floats, Ints
from scheduler.staffing.believed import Attendance, Believed
from scheduler.staffing.chance import Chance
from scheduler.staffing.driving import GO_ON, drive_plan
from scheduler.staffing.fates import NOT_THEN
from scheduler.staffing.policy import Policy
from scheduler.staffing.results import GRACE_S, Drive

REPLICATIONS = 200

AT_WORK = Attendance(absent=0.0, late=0.10, late_mean_s=900)
"""Whoever is planned comes, one in ten a quarter of an hour late: a house assumption."""

SURE = 0.9


@dataclass(frozen=True, slots=True)
class CrewTold:
    """A crew's day: when it is home in half and in 90 % of such days, and how likely overtime is.

    `extra_visits` is how many more it could be given for those that will fail: a visit that meets
    nobody is soon over, and in 90 % of such days at least so much time is left by those.
    """

    home_p50_s: int
    home_p90_s: int
    p_overtime: float
    extra_visits: int


@dataclass(frozen=True)
class Told:
    """The chance of each planned visit to begin on time, and each crew's end of day, by ids."""

    on_time: dict[str, float]
    crews: dict[str, CrewTold]
    met: float


def told_of(
    problem: Problem,
    plan: Plan,
    *,
    day: int,
    spreads: Spreads = HOUSE_SPREADS,
    attendance: Attendance = AT_WORK,
    policy: Policy = GO_ON,
    seed: int = 0,
    replications: int = REPLICATIONS,
    grace_s: int = GRACE_S,
) -> Told:
    """Return what is to be expected of `plan`, by the planner's model of its day.

    The same for the same arguments. `day` is the ordinal of the date.
    """
    world = Believed(problem, Chance(seed), day, spreads, attendance)
    drive = drive_plan(problem, plan, world, range(replications), policy)
    on_time = {visit_id: float(h.mean()) for visit_id, h in drive.is_on_time(grace_s).items()}
    trips = [trip for trip in plan.itineraries if trip.stops]
    crews = {trip.crew_id: _crew_told(drive, trip) for trip in trips}
    return Told(on_time, crews, float(drive.visits_met.mean()))


def _crew_told(drive: Drive, trip: Itinerary) -> CrewTold:
    number = [crew.id for crew in drive.problem.crews].index(trip.crew_id)
    home_s = drive.home_s[number]
    p50_s, p90_s = np.quantile(home_s, (0.5, SURE))
    p_overtime = float((drive.overtime_s[number] > 0).mean())
    extra = _extra_visits(drive, drive.problem.crews[number], trip, home_s)
    return CrewTold(round(p50_s), round(p90_s), p_overtime, extra)


def _extra_visits(drive: Drive, crew: CrewShift, trip: Itinerary, home_s: Ints) -> int:
    """Return how many visits fit into the time that is left over in 90 % of the days.

    That is by how much the crew is home sooner than planned, and waits longer at doors. Where it
    leaves something undone, nothing is left over.
    """
    rows = [at for at, row in enumerate(drive.rows) if row.crew_id == crew.id]
    visits = [at for at in rows if drive.rows[at].kind is StopKind.VISIT]
    was = drive.start_s[rows] != NOT_THEN
    waited_s = np.where(was, drive.start_s[rows] - drive.arrival_s[rows], 0).sum(axis=0)
    planned_s = sum(stop.start_s - stop.arrival_s for stop in trip.stops)
    made = drive.made[visits].sum(axis=0)
    left_over_s = np.where(made == len(visits), trip.end_s - home_s + waited_s - planned_s, 0)
    if not made.any():
        return 0
    lasts_s = np.where(was, drive.end_s[rows] - drive.start_s[rows], 0).sum(axis=0)
    travel_s = drive.travel_s[drive.problem.crews.index(crew)]
    each_s: Floats = (lasts_s + travel_s) / np.maximum(1, made)
    fit = int(max(0.0, float(np.quantile(left_over_s, 1 - SURE))) // float(each_s.mean()))
    return fit if crew.max_visits is None else min(fit, max(0, crew.max_visits - len(visits)))

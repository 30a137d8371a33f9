"""Days that run, for tests: a plan with an origin, and what its crews tell of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from routing.geocoding import Precision
from routing.point import Point
from routing.travel import Mode
from scheduler.model import Crew, Place, PlaceKind, Window
from scheduler.plan import Cost, Plan
from scheduler.ports import Mark, MarkKind, NewPlan, Target, Told
from scheduler.problem import Problem
from scheduler.running import Running, as_it_runs, made_visits

ON = date(2026, 11, 23)
ORIGIN = datetime(2026, 11, 23, tzinfo=UTC)
HERE = Point(25.0, 121.5)


def content_of(problem: Problem, plan: Plan) -> NewPlan:
    """Return a plan as it would be kept; each crew is one person who is called as it is."""
    crews = tuple(
        Crew(
            id=one.id,
            members=(one.id,),
            window=Window(problem.at(one.start_s), problem.at(one.end_s)),
            start=HERE,
            end=HERE,
            mode=Mode.CAR,
        )
        for one in problem.crews
    )
    return NewPlan(
        city="Town",
        on=ON,
        agency="",
        origin=ORIGIN,
        plan=plan,
        cost=Cost(0, 0, 0),
        crews=crews,
        engine="greedy",
        status="improved",
        seed=1,
        profile="US",
        rules_version="1",
        targets={id_: Target(id_, (f"C{id_}",)) for id_ in plan.served},
    )


def mark(crew_id: str, kind: MarkKind, at_s: int, visit_id: str = "") -> Mark:
    at = ORIGIN + timedelta(seconds=at_s)
    return Mark(f"{crew_id}-{kind}-{visit_id}", ON, 1, (crew_id,), kind, at, visit_id)


def told_of(plan: Plan, *marks: Mark) -> Told:
    """Return what was told; where the plan's places are does not matter here."""
    ids = {stop.place_id for trip in plan.itineraries for stop in trip.visits}
    return Told(marks, (), {id_: _place(id_) for id_ in ids})


def _place(id_: str) -> Place:
    place = Place(id_, "", PlaceKind.HOME, "", "file", "contract")
    return replace(place, point=HERE, precision=Precision.EXACT)


def running(problem: Problem, plan: Plan, told: Told, now_s: int) -> Running:
    """Return how a plan runs, its made visits pinned to the option that they were planned by."""
    content = content_of(problem, plan)
    made = {one.visit_id: one.planned for one in made_visits(content, told)}
    visits = tuple(
        replace(
            one,
            options=(
                replace(one.options[made[one.id].option], starts=((0, 2 * 86_400),), value=0),
            ),
            is_required=False,
        )
        if one.id in made
        else one
        for one in problem.visits
    )
    return as_it_runs(replace(problem, visits=visits), plan, content, told, now_s)

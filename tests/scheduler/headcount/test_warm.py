"""What of a plan another replication's day of the same date can begin with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scheduler.draft import Draft
from scheduler.headcount.book import Book
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.warm import Known
from scheduler.headcount.weeks import SimulatedDay
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.staffing.chance import Chance
from tests.scheduler.headcount.weeks_of_a_town import owing, weeks


def morning(count: int) -> tuple[Problem, Known]:
    """Return the first morning of a team, and its plan."""
    first = owing(8)
    one = next(weeks(first, Scenario(count, absence=0.0)).execution(Book(first, Chance(1))))
    return problem_of(one), known_of(one)


def problem_of(day: SimulatedDay) -> Problem:
    assert day.problem is not None
    return day.problem


def known_of(day: SimulatedDay) -> Known:
    assert day.drive is not None
    return Known(day.drive.plan, tuple(day.book.crews))


def visits(plan: Plan) -> dict[str, list[str]]:
    return {trip.crew_id: [stop.id for stop in trip.visits] for trip in plan.itineraries}


def with_crews(problem: Problem, members: Sequence[Sequence[str]]) -> Problem:
    """Return a problem whose crews are these people; the first of it lends its shift."""
    assert problem.day is not None
    crew, shift = problem.day.crews[0], problem.crews[0]
    ids = ["+".join(people) for people in members]
    crews = [
        replace(crew, id=id_, members=tuple(people))
        for id_, people in zip(ids, members, strict=True)
    ]
    shifts = tuple(replace(shift, id=id_) for id_ in ids)
    return replace(problem, crews=shifts, day=replace(problem.day, crews=tuple(crews)))


def test_the_same_morning_begins_with_the_whole_plan() -> None:
    problem, known = morning(2)
    held = known.held_by(problem)
    assert visits(held) == visits(known.plan)
    draft = Draft.of(apply_locks(problem, ()), held)
    assert draft.dropped == ()
    assert draft.served == known.plan.served


def test_a_visit_that_is_not_there_any_more_is_left_out() -> None:
    problem, known = morning(2)
    gone = min(known.plan.served)
    left = replace(problem, visits=tuple(one for one in problem.visits if one.id != gone))
    assert known.held_by(left).served == known.plan.served - {gone}


def test_a_pairs_day_goes_to_who_has_most_of_its_people_and_none_of_its_own() -> None:
    """Ann is ill: ben goes with eve today, whose own pair of yesterday is gone, too."""
    problem, known = morning(1)
    [trip] = known.plan.itineraries
    [crew] = known.crews
    pair = replace(crew, id="ann+ben", members=("ann", "ben"))
    other = replace(crew, id="dan+eve", members=("dan", "eve"))
    trips = (replace(trip, crew_id="ann+ben"), replace(trip, crew_id="dan+eve"))
    planned = Known(Plan(trips, ()), (pair, other))
    ids = [stop.id for stop in trip.visits]
    assert visits(planned.held_by(with_crews(problem, [("ben", "eve")]))) == {"ben+eve": ids}
    both = planned.held_by(with_crews(problem, [("ann", "fay"), ("dan", "eve")]))
    assert visits(both) == {"ann+fay": ids, "dan+eve": ids}
    assert visits(planned.held_by(with_crews(problem, [("gil", "hal")]))) == {}


def test_a_visit_goes_into_the_part_of_the_hours_in_which_it_began() -> None:
    """The other replication failed there in the morning, so that its hours are parted."""
    problem, known = morning(1)
    [trip] = known.plan.itineraries
    stop = trip.visits[0]
    visit = problem.visit_by_id[stop.id]
    way = visit.options[stop.option]
    parted = (
        replace(way, starts=((stop.start_s + 60, way.starts[-1][1]),)),
        replace(way, starts=((way.starts[0][0], stop.start_s + 59),)),
    )
    later = replace(visit, options=parted)
    others = tuple(one for one in problem.visits if one.id != visit.id)
    held = known.held_by(replace(problem, visits=(*others, later)))
    assert held.itineraries[0].visits[0].option == 1
    shut = replace(visit, options=(replace(way, place_id="elsewhere"),))
    assert stop.id not in known.held_by(replace(problem, visits=(*others, shut))).served


def test_weeks_begin_each_plan_with_what_is_known_of_its_date() -> None:
    first, begun = owing(8), list[Plan]()

    def begin(problem: Problem, plan: Plan) -> Plan:
        begun.append(plan)
        return made.means.plan(problem)

    made = weeks(first, Scenario(1, absence=0.0), 1)
    book = Book(first, Chance(1))
    days = [day for day in made.execution(book) if day.drive is not None]
    known = {day.on: known_of(day) for day in days[1:]}
    again = replace(made, means=replace(made.means, plan_from=begin), known=known)
    list(replace(again, reps=np.array([0])).execution(book))
    assert [plan.served for plan in begun] == [one.plan.served for one in known.values()]

"""A planned visit with all that a lender's day knows of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.check.lists import option_of
from scheduler.grouped import Grouped
from scheduler.model import Borrower, Case, Crew, Day, PastVisit, Place
from scheduler.plan import Plan, Stop
from scheduler.problem import Problem, Visit


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who meets whom, where and when. None is what the day does not know.

    `cases` are the known ones of the visit; `all_cases` and `past` all of the borrower's.
    """

    visit: Visit
    stop: Stop
    crew: Crew | None
    place: Place | None
    borrower: Borrower | None
    cases: tuple[Case, ...]
    all_cases: tuple[Case, ...]
    past: tuple[PastVisit, ...]


def meetings(problem: Problem, day: Day, plan: Plan) -> Iterator[Meeting]:
    """Yield every planned visit whose visit and option the problem knows."""
    crews = {crew.id: crew for crew in day.crews}
    places = {place.id: place for place in day.places}
    borrowers = {borrower.id: borrower for borrower in day.borrowers}
    cases = {case.id: case for case in day.cases}
    hers, past = Grouped(day.cases), Grouped(day.past)
    for trip in plan.itineraries:
        for stop in trip.visits:
            option = option_of(problem, stop.id, stop.option)
            if option is None:
                continue
            visit, place = problem.visit_by_id[stop.id], places.get(option.place_id)
            borrower = borrowers.get(place.borrower_id) if place else None
            yield Meeting(
                visit,
                stop,
                crews.get(trip.crew_id),
                place,
                borrower,
                tuple(cases[id_] for id_ in visit.case_ids if id_ in cases),
                tuple(hers.of(borrower)) if borrower else (),
                tuple(past.of(borrower)) if borrower else (),
            )

"""A planned visit with all that a lender's day knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.check.lists import option_of
from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.model import Borrower, Case, Crew, PastVisit, Place
from scheduler.plan import Plan, Stop
from scheduler.problem import Problem, Visit


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who meets whom, where and when. None is what the day does not know.

    `start` and `end` bound the whole visit. `crews` are the known ones that start together;
    `cases` the known ones of the visit; `all_cases`, `past` and `places` all of the borrower's.
    """

    visit: Visit
    stop: Stop
    start: datetime
    end: datetime
    crews: tuple[Crew, ...]
    place: Place | None
    borrower: Borrower | None
    cases: tuple[Case, ...]
    all_cases: tuple[Case, ...]
    past: tuple[PastVisit, ...]
    places: tuple[Place, ...] = ()


def meetings(problem: Problem, day: Day, plan: Plan) -> Iterator[Meeting]:
    """Yield every planned visit whose visit and option the problem knows."""
    crews = {crew.id: crew for crew in day.crews}
    places = {place.id: place for place in day.places}
    borrowers = {borrower.id: borrower for borrower in day.borrowers}
    cases = {case.id: case for case in day.cases}
    hers, past, homes = Grouped(day.cases), Grouped(day.past), Grouped(day.places)
    for stop, crew_ids in _at_doors(plan):
        option = option_of(problem, stop.id, stop.option)
        if option is None:
            continue
        visit, place = problem.visit_by_id[stop.id], places.get(option.place_id)
        borrower = borrowers.get(place.borrower_id) if place else None
        yield Meeting(
            visit,
            stop,
            problem.at(stop.start_s),
            problem.at(stop.end_s),
            tuple(crews[id_] for id_ in crew_ids if id_ in crews),
            place,
            borrower,
            tuple(cases[id_] for id_ in visit.case_ids if id_ in cases),
            tuple(hers.of(borrower)) if borrower else (),
            tuple(past.of(borrower)) if borrower else (),
            tuple(homes.of(borrower)) if borrower else (),
        )


def _at_doors(plan: Plan) -> Iterator[tuple[Stop, Sequence[str]]]:
    """Yield every visit with the crews that make it, starting the same option together."""
    together: dict[tuple[str, int, int], dict[str, Stop]] = {}
    for trip in plan.itineraries:
        for stop in trip.visits:
            door = together.setdefault((stop.id, stop.option, stop.start_s), {})
            door[trip.crew_id] = stop
    for door in together.values():
        yield max(door.values(), key=lambda stop: stop.end_s), tuple(door)

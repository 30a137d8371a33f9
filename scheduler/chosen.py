"""Part of a day to be planned: which cases a person wants in it, and which crews drive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from scheduler.day import Day
from scheduler.errors import NotFoundError
from scheduler.model import Case, Place
from scheduler.plan import LeftOut, Reason
from scheduler.problem import Problem

NOT_CHOSEN = "not among the cases that this plan was asked for"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be planned; an empty field asks for nothing in particular.

    A borrower is in where one of her cases is: in one of `buckets`, with one of `agencies`, owned
    by one of `owners`, promised by `due_by`, at an address that tells `district`; or, where
    `cases` are named, among these. Of `crews` the others stay at home.
    """

    buckets: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    due_by: date | None = None
    district: str = ""
    cases: frozenset[str] = frozenset()
    crews: frozenset[str] = frozenset()

    def takes(self, case: Case, places: Iterable[Place]) -> bool:
        """Whether a case is asked for; `places` are its borrower's."""
        due = case.promise_due
        return (
            (not self.buckets or case.bucket in self.buckets)
            and (not self.agencies or case.agency in self.agencies)
            and (not self.owners or case.owner in self.owners)
            and (self.due_by is None or (due is not None and due <= self.due_by))
            and (not self.district or any(self.district in one.address for one in places))
            and (not self.cases or case.id in self.cases)
        )


EVERYTHING = Choice()


def with_crews(day: Day, choice: Choice) -> Day:
    """Return the day with the crews that are to drive.

    Raises
    ------
    NotFoundError
        Where a crew is named that the day has not.
    """
    if not choice.crews:
        return day
    if unknown := sorted(choice.crews - {crew.id for crew in day.crews}):
        raise NotFoundError(f"{day.on} has no crew {', '.join(unknown)}: look at its crews again")
    return replace(day, crews=[crew for crew in day.crews if crew.id in choice.crews])


def narrowed(problem: Problem, day: Day, choice: Choice) -> Problem:
    """Return a problem without the visits that nobody asked for: these are left out and say so.

    Raises
    ------
    NotFoundError
        Where a case is named that is not open.
    """
    if unknown := sorted(choice.cases - {case.id for case in day.cases}):
        raise NotFoundError(f"{day.city.name} has no open case {', '.join(unknown)}")
    asked = _borrowers(day, choice)
    visits = tuple(visit for visit in problem.visits if visit.id in asked)
    others = tuple(
        LeftOut(visit.id, Reason.NOT_ASKED, NOT_CHOSEN, case_ids=visit.case_ids)
        for visit in problem.visits
        if visit.id not in asked
    )
    return replace(problem, visits=visits, refused=(*problem.refused, *others))


def _borrowers(day: Day, choice: Choice) -> set[str]:
    places: dict[str, list[Place]] = {}
    for place in day.places:
        places.setdefault(place.borrower_id, []).append(place)
    return {
        case.borrower_id
        for case in day.cases
        if choice.takes(case, places.get(case.borrower_id, []))
    }

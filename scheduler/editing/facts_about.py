"""What of a lender's day is known of one borrower and one crew, found without reading all of it."""

from __future__ import annotations

from dataclasses import replace

from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.problem import Visit


class FactsAbout:
    """A day laid out by borrower and by crew, to ask of hundreds of gaps who may go there."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._borrowers = {borrower.id: borrower for borrower in day.borrowers}
        self._whose = {case.id: case.borrower_id for case in day.cases}
        self._cases, self._places = Grouped(day.cases), Grouped(day.places)
        self._past = Grouped(day.past)
        self._of_crew: dict[str, Day] = {}

    def of(self, visit: Visit, crew_id: str) -> Day:
        """Return the day as if the visit's borrower and the members of a crew were all people.

        Whatever is asked of a meeting of the two it answers as the whole day does.
        """
        ids = {self._whose[case] for case in visit.case_ids if case in self._whose} | {visit.id}
        return replace(
            self._of(crew_id),
            borrowers=[self._borrowers[id_] for id_ in ids if id_ in self._borrowers],
            cases=[case for id_ in ids for case in self._cases.of_id(id_)],
            places=[place for id_ in ids for place in self._places.of_id(id_)],
            past=[visit for id_ in ids for visit in self._past.of_id(id_)],
        )

    def _of(self, crew_id: str) -> Day:
        """Return the day without borrowers, with the people of one crew alone."""
        if crew_id not in self._of_crew:
            day = self._day
            crews = [crew for crew in day.crews if crew.id == crew_id]
            members = {member for crew in crews for member in crew.members}
            self._of_crew[crew_id] = replace(
                day,
                crews=crews,
                collectors=[one for one in day.collectors if one.id in members],
                shifts=[shift for shift in day.shifts if shift.collector_id in members],
            )
        return self._of_crew[crew_id]

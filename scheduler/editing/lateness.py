"""Why a gap is too tight: who would be late, by how much, and by whose word that matters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from scheduler.check import Fault
from scheduler.check.facts import check_facts
from scheduler.check.meetings import Meeting, meetings
from scheduler.editing.gaps import Gaps
from scheduler.editing.obstacles import RULE, Ground, Obstacle, ground_of, in_order
from scheduler.editing.telling import words
from scheduler.engines.search.kernels.offering import (
    ITSELF,
    RESTLESS,
    ROADLESS,
    TOO_FAR,
    TOO_LONG,
)
from scheduler.kept import only
from scheduler.plan import Itinerary, Plan, Stop, StopKind, Violation
from scheduler.problem import CrewShift, Problem, Visit

STEP_S = 1800
"""Whose word closes a door changes with the hour: it is asked anew for each such step."""

_Word = tuple[Ground, str, str]


@dataclass
class Lateness:
    """Says of gaps of a sheet why they fail; what it has asked the rules once it keeps."""

    gaps: Gaps
    _words: dict[tuple[str, int, int], _Word] = field(default_factory=dict)

    @property
    def problem(self) -> Problem:
        return self.gaps.problem

    def obstacle(self, visit: Visit, place: int, crew: int, fails: int, late_s: int) -> Obstacle:
        """Return why a visit, at one of its places, does not fit into a gap of a crew."""
        shift = self.problem.crews[crew]
        rows = [call.visit.id for call in self.gaps.calls[shift.id]]
        others = [id_ for id_ in rows if id_ != visit.id]
        if ITSELF < fails <= len(others):
            return self._late_at(shift, others[fails - 1], late_s)
        if fails == ITSELF:
            return self._late(shift, visit, self._option(place), late_s)
        return self._of_the_day(shift, visit, fails, late_s)

    def _option(self, place: int) -> int:
        """Return an option at a place of the tables; one that never opens stands for them all."""
        laid = self.gaps.laid
        where = laid.place[place]
        if where.first_level == where.last_level:
            return 0
        return int(self.gaps.draft.table.number[laid.level[where.first_level].row])

    def _of_the_day(self, crew: CrewShift, visit: Visit, fails: int, late_s: int) -> Obstacle:
        match fails:
            case _ if fails > ITSELF:
                kind = Fault.OVERTIME
            case _ if fails == TOO_FAR:
                kind = Fault.TRAVELS_TOO_LONG
            case _ if fails == RESTLESS:
                return Obstacle(
                    Fault.BREAK_DROPPED, crew.id, "has no time for its breaks", Ground.DAY
                )
            case _ if fails == TOO_LONG:
                return _too_long(crew)
            case _:
                assert fails == ROADLESS, f"{fails} is no reason"
                text = f"no road leads crew {crew.id} there"
                return Obstacle(Fault.NO_ROAD, visit.id, text, Ground.DAY)
        text = words(Violation(kind, crew.id, ""), late_s)
        return Obstacle(kind, crew.id, text, Ground.DAY, late_s=late_s)

    def _late_at(self, crew: CrewShift, visit_id: str, late_s: int) -> Obstacle:
        """Return that a visit would be late that the crew makes already."""
        call = next(c for c in self.gaps.calls[crew.id] if c.visit.id == visit_id)
        if call.start_s is not None:
            text = words(Violation(Fault.MEETS_APART, visit_id, ""), late_s)
            return Obstacle(Fault.MEETS_APART, visit_id, text, Ground.DAY, late_s=late_s)
        return self._late(crew, self.problem.visit_by_id[visit_id], call.option, late_s)

    def _late(self, crew: CrewShift, visit: Visit, option: int, late_s: int) -> Obstacle:
        locks = (lock for lock in self.gaps.sheet.locks if lock.visit_id == visit.id)
        if any(lock.start_s is not None for lock in locks):
            text = words(Violation(Fault.LOCK_TIME, visit.id, ""), late_s)
            return Obstacle(Fault.LOCK_TIME, visit.id, text, Ground.LOCK, late_s=late_s)
        door = visit.options[option].location
        lasts = [w.starts[-1][1] for w in visit.options if w.location == door and w.starts]
        if not lasts:
            late_s = 0
        ground, rule, source = self._word(crew, visit, option, max(lasts, default=0) + late_s)
        text = words(Violation(Fault.WINDOW_MISSED, visit.id, ""), late_s)
        return Obstacle(Fault.WINDOW_MISSED, visit.id, text, ground, rule, source, late_s)

    def _word(self, crew: CrewShift, visit: Visit, option: int, start_s: int) -> _Word:
        """Return whose word it is that a visit does not begin at a second."""
        key = visit.id, option, start_s // STEP_S
        if key not in self._words:
            self._words[key] = self._asked(crew, visit, option, start_s)
        return self._words[key]

    def _asked(self, crew: CrewShift, visit: Visit, option: int, start_s: int) -> _Word:
        met = self._meeting(crew, visit, option, start_s)
        hers = Ground.HERS, "", ""
        if met is None or self.problem.day is None:
            return hers
        found = check_facts(self.problem.day, self.problem.rules, [met])
        noes = in_order(
            Obstacle(v.kind, v.id, "", ground_of(v), v.kind.removeprefix(RULE), v.source)
            for v in found
            if v.kind.startswith(RULE)
        )
        return (noes[0].ground, noes[0].rule, noes[0].source) if noes else hers

    def _meeting(self, crew: CrewShift, visit: Visit, option: int, start_s: int) -> Meeting | None:
        day, way = self.problem.day, visit.options[option]
        if day is None:
            return None
        end_s = start_s + way.service_s
        stop = Stop(StopKind.VISIT, visit.id, start_s, start_s, end_s, option, way.place_id)
        plan = Plan((Itinerary(crew.id, start_s, end_s, (stop,)),), ())
        small = replace(self.problem, visits=(visit,))
        return next(iter(meetings(small, only(day, {visit.id}), plan)), None)


def _too_long(crew: CrewShift) -> Obstacle:
    """Return that a crew would work, or where travel has hours travel, longer than it may."""
    if crew.max_working_s is not None:
        text = "would work longer than it may"
        return Obstacle(Fault.WORKS_TOO_LONG, crew.id, text, Ground.DAY)
    return Obstacle(Fault.TRAVELS_TOO_LONG, crew.id, "would travel longer than it may", Ground.DAY)

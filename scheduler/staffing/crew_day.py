"""One crew's day, driven in many replications at once: what it does stop by stop.

Between two visits it takes the breaks that are due there, looks whether the next visit still
fits (deciding.py), goes, and finds what the world has for it. Breaks are taken where they were
planned; earlier where the next visit would last beyond their hours; after the next visit where the
crew is so early that they cannot begin yet, and that visit would begin later for them. A visit ends
with its lawful hours at the latest, however long it would have lasted.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from routing.travel import UNREACHABLE
from scheduler.drive import NEVER
from scheduler.plan import StopKind
from scheduler.problem import Problem
from scheduler.staffing.arrays import Bools, Ints
from scheduler.staffing.deciding import NOTHING, objections, outlook
from scheduler.staffing.fates import Fate, Log, Row, put
from scheduler.staffing.planned import PlannedDay, PlannedVisit
from scheduler.staffing.policy import Policy
from scheduler.staffing.standing import Standing
from scheduler.staffing.team import Team
from scheduler.staffing.world import World


class Asked(NamedTuple):
    """A crew asks when it begins a visit that another crew makes with it.

    It would go in the replications `going`, and be there at `arrival_s`; where it `is_halted` it
    waits for a new plan. It brings so many `people`.
    """

    planned: PlannedVisit
    going: Bools
    is_halted: Bools
    arrival_s: Ints
    people: Ints


class Answered(NamedTuple):
    """Where both begin together at `start_s`; where to wait with it; where it came for nothing."""

    together: Bools
    halted: Bools
    in_vain: Bools
    start_s: Ints


Steps = Generator[Asked, Answered, None]


@dataclass
class CrewDay:
    """Drives `day` from `standing` on, up to the second `until_s`; writes into `log`."""

    problem: Problem
    world: World
    policy: Policy
    day: PlannedDay
    team: Team
    standing: Standing
    reps: Ints
    log: Log
    until_s: int = NEVER

    def steps(self) -> Steps:
        """Drive; whenever another crew has to be met, yield and be told when that is."""
        due: list[int] = []
        for number, planned in enumerate(self.day.visits):
            due += planned.rests
            self._rest(due, planned)
            going = self._going(number)
            if planned.is_met:
                answer = yield self._asks(planned, going)
                self._meet(planned, going, answer)
            else:
                self._go(planned, going, None)
        self._rest([*due, *self.day.rests], None)
        self._go_home()

    def _active(self) -> Bools:
        """Return where the crew is still at work; halt it where its time has come."""
        standing = self.standing
        standing.is_halted |= ~standing.is_home & (standing.ready_s >= self.until_s)
        active: Bools = ~standing.is_halted & ~standing.is_home
        return active

    # breaks

    def _rest(self, due: list[int], ahead: PlannedVisit | None) -> None:
        """Take the breaks that are due before the visit `ahead`, or before going home."""
        for bit in due:
            rest = self.day.crew.breaks[bit]
            wanted = self._active() & ~self._has_had(bit)
            early = wanted & (self.standing.ready_s < rest.starts[0])
            early &= self.standing.ready_s < self.day.rest_s[bit]
            if ahead is not None and early.any():
                early &= self._ends_s(ahead) <= rest.starts[1]
                early &= self._is_held_up(ahead, bit)
            self._take(bit, wanted & ~early)

    def _is_held_up(self, ahead: PlannedVisit, bit: int) -> Bools:
        """Return where a visit begins later after a break than without: not where it would wait."""
        rest, standing, crew = self.day.crew.breaks[bit], self.standing, self.day.crew
        after_s = np.maximum(standing.ready_s, rest.starts[0]) + rest.duration_s
        now = outlook(self.problem, crew, ahead, standing.here, standing.ready_s)
        later = outlook(self.problem, crew, ahead, standing.here, after_s)
        is_later: Bools = later.start_s > now.start_s
        return is_later

    def _rest_before(self, number: int, going: Bools) -> bool:
        """Take the breaks of later on for which it will be too late; say whether there are any."""
        planned, crew = self.day.visits[number], self.day.crew
        later = {bit for one in self.day.visits[number + 1 :] for bit in one.rests}
        later |= set(self.day.rests)
        if not later:
            return False
        ends_s, is_taken = self._ends_s(planned), False
        for bit in sorted(later, key=lambda bit: crew.breaks[bit].starts):
            now = going & ~self._has_had(bit) & (ends_s > crew.breaks[bit].starts[1])
            if now.any():
                self._take(bit, now)
                is_taken = True
        return is_taken

    def _take(self, bit: int, chosen: Bools) -> None:
        if not chosen.any():
            return
        rest, standing = self.day.crew.breaks[bit], self.standing
        arrival_s = standing.ready_s[chosen]
        start_s = np.maximum(arrival_s, rest.starts[0])
        end_s = start_s + rest.duration_s
        cells = self.log.cells(Row(self.day.crew.id, StopKind.BREAK, rest.id))
        put(cells, standing.at[chosen], arrival_s, start_s, end_s, Fate.TAKEN)
        standing.ready_s[chosen] = end_s
        standing.taken[chosen] |= 1 << bit
        if not rest.is_paid:
            standing.unpaid_s[chosen] += rest.duration_s

    def _has_had(self, bit: int) -> Bools:
        had: Bools = (self.standing.taken >> bit & 1) == 1
        return had

    def _ends_s(self, planned: PlannedVisit) -> Ints:
        standing = self.standing
        crew = self.day.crew
        return outlook(self.problem, crew, planned, standing.here, standing.ready_s).end_s

    # visits

    def _going(self, number: int) -> Bools:
        """Return where the crew goes to a visit; elsewhere it is told why not."""
        active, planned = self._active(), self.day.visits[number]
        against = self._objections(number)
        if self._rest_before(number, active & (against == NOTHING)):
            active, against = self._active(), self._objections(number)
        refused = active & (against != NOTHING)
        if refused.any():
            cells = self.log.cells(planned.row(self.day.crew))
            cells.fate[self.standing.at[refused]] = against[refused]
        going: Bools = active & (against == NOTHING)
        return going

    def _objections(self, number: int) -> Ints:
        planned = self.day.visits[number]
        can_make = self.team.can_make(planned.visit, is_met=planned.is_met)
        return objections(self.problem, self.day, number, self.standing, can_make, self.policy)

    def _go(self, planned: PlannedVisit, going: Bools, begins_s: Ints | None) -> None:
        """Drive to a visit and make it; `begins_s` is agreed with another crew."""
        if not going.any():
            return
        standing, way = self.standing, planned.way
        here, arrival_s = standing.here[going], self._arrival_s(planned, going)
        start_s = planned.start_s(arrival_s) if begins_s is None else begins_s[going]
        standing.travel_s[going] += arrival_s - standing.ready_s[going]
        standing.here[going], standing.ready_s[going] = way.location, arrival_s
        standing.is_out[going] = True
        setup_s = way.setup_s * (here != way.location)
        in_vain = start_s >= NEVER
        at = standing.at[going]
        if in_vain.any():
            late_s = arrival_s[in_vain]
            cells = self.log.cells(planned.row(self.day.crew))
            put(cells, at[in_vain], late_s, late_s, late_s, Fate.CAME_LATE)
        chosen = going.copy()
        chosen[going] = ~in_vain
        self._make(planned, chosen, arrival_s[~in_vain], start_s[~in_vain], setup_s[~in_vain])

    def _make(
        self, planned: PlannedVisit, chosen: Bools, arrival_s: Ints, start_s: Ints, setup_s: Ints
    ) -> None:
        crew, stop, way = self.day.crew, planned.stop, planned.way
        found = self.world.at_door(crew, planned.visit, stop.option, start_s, self.reps[chosen])
        lawful_s = planned.last_start_s(start_s) + way.service_s
        end_s = np.minimum(start_s + found.lasts_s, lawful_s) + setup_s
        at, cells = self.standing.at[chosen], self.log.cells(planned.row(crew))
        put(cells, at, arrival_s, start_s, end_s, found.fate)
        cells.follows[at] = found.follows
        self.standing.ready_s[chosen] = end_s

    def _arrival_s(self, planned: PlannedVisit, going: Bools) -> Ints:
        """Return when the crew is truly there."""
        standing, location = self.standing, planned.way.location
        here, leave_s, reps = standing.here[going], standing.ready_s[going], self.reps[going]
        return leave_s + self.world.leg_s(self.day.crew, here, location, leave_s, reps)

    # two crews at one door

    def _asks(self, planned: PlannedVisit, going: Bools) -> Asked:
        arrival_s = np.full(len(going), NEVER, np.int64)
        arrival_s[going] = self._arrival_s(planned, going)
        halted = self.standing.is_halted.copy()
        return Asked(planned, going, halted, arrival_s, self.team.count)

    def _meet(self, planned: PlannedVisit, going: Bools, answer: Answered) -> None:
        """Begin together, or leave: whom the other one rang up stays where it is."""
        standing, crew = self.standing, self.day.crew
        standing.is_halted |= going & answer.halted
        alone = going & ~answer.halted & ~answer.together
        self.log.tell(planned.row(crew), standing.at[alone], Fate.MATE_MISSING)
        in_vain = alone & answer.in_vain
        if in_vain.any():
            arrival_s = self._arrival_s(planned, in_vain)
            standing.travel_s[in_vain] += arrival_s - standing.ready_s[in_vain]
            left_s = np.maximum(arrival_s, answer.start_s[in_vain])
            at, cells = standing.at[in_vain], self.log.cells(planned.row(crew))
            put(cells, at, arrival_s, left_s, left_s, Fate.MATE_MISSING)
            standing.here[in_vain], standing.ready_s[in_vain] = planned.way.location, left_s
            standing.is_out[in_vain] = True
        self._go(planned, going & answer.together, answer.start_s)

    # the end

    def _go_home(self) -> None:
        """Go home; who went nowhere is there, and who finds no way stays where it is."""
        done, standing, crew = self._active(), self.standing, self.day.crew
        away = done & standing.is_out
        if away.any():
            here, leave_s = standing.here[away], standing.ready_s[away]
            leg_s = self.world.leg_s(crew, here, crew.end_location, leave_s, self.reps[away])
            leg_s = np.where(leg_s < UNREACHABLE, leg_s, 0)
            standing.travel_s[away] += leg_s
            standing.ready_s[away] += leg_s
        standing.is_home |= done

"""What the drives of a plan tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.problem import Problem
from scheduler.staffing.arrays import Bools, Floats, Ints
from scheduler.staffing.fates import NOT_THEN, Fate, Log, Row, is_made, stop_at
from scheduler.staffing.groups import Group, Part
from scheduler.staffing.world import Follows

GRACE_S = 900
"""A visit is on time that begins at most so much later than planned."""


@dataclass(frozen=True)
class Drive:
    """A plan, driven: arrays [row, replication], [crew, replication] or [replication].

    Parameters
    ----------
    rows
        Every stop that some crew had in some replication; a visit may have two crews.
    arrival_s, start_s, end_s
        When it truly was, `NOT_THEN` where it was not.
    fate, follows
        What became of it (`Fate`), and what came of the visit (`Follows`).
    left_s, home_s, travel_s, unpaid_s, is_out
        Of each crew of the problem: when it left and was home, how long it was on the road and in
        breaks that are not paid; whether it went out at all.
    people
        How many of each crew came.
    """

    problem: Problem
    plan: Plan
    reps: Ints
    rows: tuple[Row, ...]
    arrival_s: Ints
    start_s: Ints
    end_s: Ints
    fate: NDArray[np.int8]
    follows: NDArray[np.int8]
    left_s: Ints
    home_s: Ints
    travel_s: Ints
    unpaid_s: Ints
    is_out: Bools
    people: Ints

    @cached_property
    def working_s(self) -> Ints:
        """Working time of each crew: all from leaving until being back but unpaid breaks."""
        worked: Ints = np.where(self.is_out, self.home_s - self.left_s - self.unpaid_s, 0)
        return worked

    @cached_property
    def overtime_s(self) -> Ints:
        ends_s = np.array([crew.end_s for crew in self.problem.crews], np.int64)[:, None]
        over: Ints = np.where(self.is_out, np.maximum(0, self.home_s - ends_s), 0)
        return over

    @cached_property
    def people_s(self) -> Ints:
        """Paid time of people, by replication: that of a pair counts twice, whoever came."""
        sizes = np.array([crew.size for crew in self.problem.crews], np.int64)[:, None]
        paid: Ints = (self.working_s * sizes).sum(axis=0)
        return paid

    @cached_property
    def made(self) -> Bools:
        """Where the visit of a row was made, whoever was met."""
        return is_made(self.fate)

    @cached_property
    def visit_ids(self) -> tuple[str, ...]:
        """The visits that stand in some row, each once."""
        ids = (row.id for row in self.rows if row.kind is StopKind.VISIT)
        return tuple(dict.fromkeys(ids))

    def of_visits(self, rows: Bools) -> Bools:
        """Return where a visit has a row for which `rows` holds: shape [visit, replication]."""
        number = {visit_id: at for at, visit_id in enumerate(self.visit_ids)}
        found = np.zeros((len(number), len(self.reps)), bool)
        for row, holds in zip(self.rows, rows, strict=True):
            if row.kind is StopKind.VISIT:
                found[number[row.id]] |= holds
        return found

    @cached_property
    def visits_made(self) -> Ints:
        """How many visits were made, by replication; two crews at one door make one."""
        counted: Ints = self.of_visits(self.made).sum(axis=0)
        return counted

    @cached_property
    def visits_met(self) -> Ints:
        """How many borrowers were met, by replication."""
        counted: Ints = self.of_visits(self.fate == Fate.MET).sum(axis=0)
        return counted

    def visits_with(self, follows: Follows) -> Ints:
        """Return how many visits had that outcome, by replication."""
        counted: Ints = self.of_visits(self.made & (self.follows == follows)).sum(axis=0)
        return counted

    def undone(self) -> dict[Fate, Ints]:
        """Return how many planned visits were not made, by the reason of the planned crew."""
        was_made = dict(zip(self.visit_ids, self.of_visits(self.made), strict=True))
        counts = {fate: np.zeros(len(self.reps), np.int64) for fate in Fate if not fate.is_made}
        del counts[Fate.TAKEN]
        first = {row.id: at for at, row in reversed(list(enumerate(self.rows)))}
        planned = self.plan.served
        for visit_id, at in first.items():
            if visit_id in planned:
                for fate, count in counts.items():
                    count += (self.fate[at] == fate) & ~was_made[visit_id]
        return {fate: count for fate, count in counts.items() if count.any()}

    def is_on_time(self, grace_s: int = GRACE_S) -> dict[str, Bools]:
        """Return whether each planned visit began within its hours and soon enough."""
        told: dict[str, Bools] = {}
        planned_s = {
            (trip.crew_id, stop.id): stop.start_s
            for trip in self.plan.itineraries
            for stop in trip.visits
        }
        for at, row in enumerate(self.rows):
            if row.kind is StopKind.VISIT and (row.crew_id, row.id) in planned_s:
                latest_s = planned_s[row.crew_id, row.id] + grace_s
                holds = self.made[at] & (self.start_s[at] <= latest_s)
                told[row.id] = told[row.id] & holds if row.id in told else holds
        return told

    def itinerary(self, crew_id: str, replication: int) -> Itinerary | None:
        """Return a crew's day as it truly was; None where it did not go out."""
        number = [crew.id for crew in self.problem.crews].index(crew_id)
        at = self.reps.tolist().index(replication)
        if not self.is_out[number, at]:
            return None
        begun = self.problem.crews[number].begun
        stops = (*begun, *self._stops(crew_id, at))
        return Itinerary(crew_id, int(self.left_s[number, at]), int(self.home_s[number, at]), stops)

    def _stops(self, crew_id: str, at: int) -> Sequence[Stop]:
        made = (
            stop_at(row, self.arrival_s[number], self.start_s[number], self.end_s[number], at)
            for number, row in enumerate(self.rows)
            if row.crew_id == crew_id and self.start_s[number, at] != NOT_THEN
        )
        return sorted(made, key=lambda stop: (stop.start_s, stop.end_s))


def share(holds: Bools) -> Floats:
    """Return in which share of the replications something holds, along the last axis."""
    shares: Floats = holds.mean(axis=-1)
    return shares


def results_of(
    problem: Problem, plan: Plan, reps: Ints, log: Log, groups: Sequence[Group]
) -> Drive:
    """Put together what the log has of stops, and how each crew ended its day."""
    rows, cells = tuple(log.rows), list(log.rows.values())
    size = len(reps)
    return Drive(
        problem=problem,
        plan=plan,
        reps=reps,
        rows=rows,
        arrival_s=_table([one.arrival_s for one in cells], size),
        start_s=_table([one.start_s for one in cells], size),
        end_s=_table([one.end_s for one in cells], size),
        fate=_table([one.fate for one in cells], size).astype(np.int8),
        follows=_table([one.follows for one in cells], size).astype(np.int8),
        left_s=_of_crews(problem, groups, size, lambda part: part.standing.left_s),
        home_s=_of_crews(problem, groups, size, lambda part: part.standing.ready_s),
        travel_s=_of_crews(problem, groups, size, lambda part: part.standing.travel_s),
        unpaid_s=_of_crews(problem, groups, size, lambda part: part.standing.unpaid_s),
        is_out=_of_crews(problem, groups, size, lambda part: part.standing.is_out).astype(bool),
        people=_of_crews(problem, groups, size, lambda part: part.team.count),
    )


def _table(rows: Sequence[Ints | NDArray[np.int8]], size: int) -> Ints:
    return np.array(rows, np.int64).reshape(len(rows), size)


def _of_crews(
    problem: Problem, groups: Sequence[Group], size: int, told_by: Callable[[Part], Ints | Bools]
) -> Ints:
    """Return a figure of each crew at the end, 0 of who has no plan: shape [crew, replication]."""
    told = np.zeros((len(problem.crews), size), np.int64)
    number = {crew.id: at for at, crew in enumerate(problem.crews)}
    for group in groups:
        for crew_id, part in group.parts.items():
            told[number[crew_id], part.standing.at] = told_by(part)
    return told

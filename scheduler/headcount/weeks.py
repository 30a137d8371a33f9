"""Days planned and driven one after the other, each beginning where the one before has ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

import numpy as np

from routing.travel import TravelTimes
from scheduler.build import build_problem
from scheduler.crews import form_crews
from scheduler.day import Day
from scheduler.forecast import HOUSE_SPREADS, Spreads
from scheduler.headcount.aiming import aimed, aimed_rank
from scheduler.headcount.book import Book, Made
from scheduler.headcount.employed import Employed
from scheduler.headcount.scenario import Aim, Chances
from scheduler.headcount.warm import Known
from scheduler.headcount.windows_alone import WindowsAlone
from scheduler.model import PastVisit
from scheduler.plan import LeftOut, Plan, Reason
from scheduler.problem import Problem
from scheduler.reserve.as_usual import days_as_usual
from scheduler.reserve.asked import NO_RESERVE
from scheduler.reserve.reserved import with_reserve
from scheduler.rules import RuleSet, crew_size, day_info
from scheduler.screening import screen
from scheduler.service import meetings_by
from scheduler.staffing.arrays import Ints
from scheduler.staffing.driving import GO_ON, drive_plan
from scheduler.staffing.fates import Fate
from scheduler.staffing.policy import Policy
from scheduler.staffing.results import Drive
from scheduler.staffing.world import Follows, World

NOBODY_THERE = frozenset({Reason.NO_CREW_OF_AGENCY, Reason.NO_CREW_FITTING, Reason.NOT_SHORTLISTED})
"""Reasons that a larger team ends."""


@dataclass(frozen=True)
class Means:
    """What the daily plan is made with, and what drives it: the same for all alternatives.

    Parameters
    ----------
    rules
        The profile's.
    travel
        Travel times of a working day (True) or of a day off.
    plan
        Makes a plan of a problem: the search of the daily plan.
    plan_from
        Makes one that begins with what another plan of it has; None makes each anew.
    spreads
        By how much ways and visits are believed to spread: what a reserve is measured by.
    world
        What a day of a problem is driven through.
    policy
        What crews do when a day does not go as planned.
    seed
        Of the crews.
    """

    rules: RuleSet
    travel: Callable[[bool], TravelTimes]
    plan: Callable[[Problem], Plan]
    world: Callable[[Problem], World]
    policy: Policy = GO_ON
    seed: int = 0
    plan_from: Callable[[Problem, Plan], Plan] | None = None
    spreads: Spreads = HOUSE_SPREADS


@dataclass(frozen=True)
class SimulatedDay:
    """One day: its problem, and the drives of its plan; without a drive nobody was on the road.

    `open_cases` are those that somebody could visit, however many are there, and `refused` says why
    others could not. `on_shift` are those who came.
    """

    on: date
    book: Day
    open_cases: frozenset[str] = frozenset()
    refused: tuple[LeftOut, ...] = ()
    on_shift: int = 0
    problem: Problem | None = None
    drive: Drive | None = None

    @property
    def unfit(self) -> int:
        """How many of those who came cannot be sent."""
        came = {shift.collector_id for shift in self.book.shifts}
        return sum(not one.may_be_sent(self.on) for one in self.book.collectors if one.id in came)


@dataclass(frozen=True)
class Weeks:
    """A team works a book from a first morning on.

    Parameters
    ----------
    reps
        The replications in which each day's plan is driven.
    known
        By date what the same team planned in other weeks: where `Means.plan_from` begins.
    """

    means: Means
    team: Employed
    reps: Ints = field(default_factory=lambda: np.arange(200))
    known: Mapping[date, Known] = field(default_factory=dict)

    def execution(self, book: Book) -> Iterator[SimulatedDay]:
        """Yield each day: one plan, driven in all replications.

        The book goes on along one path, that of the first replication: so a day's plan is one, and
        what its drives differ by is that day's luck alone.
        """
        book = replace(book, first=self.team.book(book.first))
        for on in self.team.scenario.days(book.first.on):
            day = self.day(book, on)
            yield day
            if day.drive is not None:
                book = book.after(made_in(day.drive, on, 0))

    def feedback(self, book: Book) -> Iterator[SimulatedDay]:
        """Yield each day of one replication, driven once: the book follows from what came of it."""
        alone = replace(self, reps=np.array([book.replication]))
        return alone.execution(book)

    def day(self, book: Book, on: date) -> SimulatedDay:
        """Plan a morning of the book as the daily plan does, and drive it."""
        info = day_info(self.means.rules, on)
        asked = self._as_asked(book.on(on))
        day = self.team.on(asked, book.chance, book.replication, is_working=info.is_working)
        if not day.shifts:
            return self._idle(day, is_worked=info.is_working or self.team.scenario.weekends)
        travel = self.means.travel(info.is_working)
        size = crew_size(self.means.rules, on)
        formed = form_crews(day, size, meetings_by(travel, day), seed=self.means.seed)
        day = replace(day, crews=formed.crews)
        problem = self._problem(day, book, travel)
        could = open_cases((visit.case_ids for visit in problem.visits), problem.refused)
        drive = self._driven(problem, on)
        return SimulatedDay(on, day, could, problem.refused, len(day.shifts), problem, drive)

    def _problem(self, day: Day, book: Book, travel: TravelTimes) -> Problem:
        """Return a morning's problem; the aim says, too, who is weighed at all."""
        targets = self.team.scenario.targets
        if self.team.scenario.aim is not Aim.TARGET:
            return build_problem(day, self.means.rules, travel)
        rank = aimed_rank(day, book, targets)
        return aimed(build_problem(day, self.means.rules, travel, rank=rank), book, targets)

    def _idle(self, day: Day, *, is_worked: bool) -> SimulatedDay:
        """Return a day on which nobody came; on a day off nobody would have."""
        if not is_worked:
            return SimulatedDay(day.on, day)
        screened = screen(day, self.means.rules)
        could = open_cases((one.case_ids for one in screened.candidates), screened.left_out)
        return SimulatedDay(day.on, day, could, screened.left_out)

    def _driven(self, problem: Problem, on: date) -> Drive:
        plan = self._plan(problem, on)
        return drive_plan(problem, plan, self.means.world(problem), self.reps, self.means.policy)

    def _plan(self, problem: Problem, on: date) -> Plan:
        """Plan a day with as much reserve as is asked for, as the daily plan does."""
        reserve = self.team.scenario.reserve
        if reserve == NO_RESERVE:
            return self._searched(problem, on)
        slower = with_reserve(problem, reserve, self.means.spreads)
        return days_as_usual(problem, self._searched(slower, on))

    def _searched(self, problem: Problem, on: date) -> Plan:
        known = self.known.get(on)
        if known is None or self.means.plan_from is None:
            return self.means.plan(problem)
        return self.means.plan_from(problem, known.held_by(problem))

    def _as_asked(self, day: Day) -> Day:
        """Return a morning on which owners, and what is known of hours, are the scenario's."""
        scenario = self.team.scenario
        owners = scenario.owner_policy(day.city.owner_policy)
        if owners is not day.city.owner_policy:
            day = replace(day, city=replace(day.city, owner_policy=owners))
        if scenario.chances is Chances.WINDOWS:
            day = replace(day, odds=WindowsAlone(day.odds))
        return day


def open_cases(visited: Iterable[Iterable[str]], refused: Iterable[LeftOut]) -> frozenset[str]:
    """Return the cases that nothing but the size of the team keeps from being visited."""
    short = (one.case_ids for one in refused if one.reason in NOBODY_THERE)
    return frozenset(chain.from_iterable([*visited, *short]))


def made_in(drive: Drive, on: date, at: int) -> list[Made]:
    """Return the visits that were made in one replication of a drive, each once."""
    day = drive.problem.day
    kinds = {place.id: place.kind for place in day.places} if day else {}
    members = {crew.id: crew.members for crew in day.crews} if day else {}
    rows = {drive.rows[number].id: number for number in np.flatnonzero(drive.made[:, at]).tolist()}
    found = []
    for id_, number in rows.items():
        row, fate = drive.rows[number], drive.fate[number, at]
        visit = PastVisit(
            id_,
            drive.problem.at(int(drive.start_s[number, at])),
            was_met=bool(fate == Fate.MET),
            crew=members.get(row.crew_id, ()),
            place_kind=kinds.get(row.place_id),
            case_ids=drive.problem.visit_by_id[id_].case_ids,
        )
        wrong = row.place_id if fate == Fate.WRONG_ADDRESS else ""
        found.append(Made(visit, Follows(int(drive.follows[number, at])), on, wrong))
    return found

"""Weeks added up day after day: whom each replication has visited by when, and at what cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import numpy as np

from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.headcount.districts import Districts
from scheduler.headcount.outcome import Outcome
from scheduler.headcount.scenario import Target
from scheduler.headcount.weeks import SimulatedDay
from scheduler.model import Case
from scheduler.plan import LeftOut
from scheduler.problem import Problem
from scheduler.staffing.arrays import Floats, Ints
from scheduler.staffing.fates import Fate
from scheduler.staffing.results import Drive
from scheduler.value.chance import p_paid
from scheduler.value.visit import USUAL


def outcome_of(
    first: Day,
    days: Iterable[SimulatedDay],
    targets: Target | Sequence[Target],
    size: int,
    districts: Districts | None = None,
) -> Outcome:
    """Add up simulated days, in the order of time, of `size` replications.

    Who has the `districts` of `first` already spares finding them again.
    """
    asked = (targets,) if isinstance(targets, Target) else tuple(targets)
    tally = _Tally(first, asked, size, districts or Districts.of(first))
    for day in days:
        tally.add(day)
    return tally.outcome()


class _Tally:
    """Keeps of each day what is asked for at the end: its drives may go."""

    def __init__(
        self, first: Day, targets: Sequence[Target], size: int, districts: Districts
    ) -> None:
        cases = [case for case in first.cases if any(one.asks_for(case.bucket) for one in targets)]
        self.asked = [case.id for case in cases]
        self.first = first.on
        self.due = _due(cases, targets)
        self.in_time = np.zeros((len(self.due), len(cases), size), bool)
        self.districts = districts.all
        self.lies_in = districts.holding(case.borrower_id for case in cases)
        self.number = {id_: at for at, id_ in enumerate(self.asked)}
        self.visited = np.zeros((len(self.asked), size), bool)
        self.could = np.zeros(len(self.asked), bool)
        self.why: dict[str, LeftOut] = {}
        self.days: list[date] = []
        self.reached: list[Ints] = []
        self.made, self.met = np.zeros(size, np.int64), np.zeros(size, np.int64)
        self.people_s, self.crew_s, self.overtime_s, self.travel_s = (
            np.zeros(size, np.int64) for _ in range(4)
        )
        self.recovered = np.zeros(size)
        self.undone: dict[Fate, Ints] = {}
        self.shifts, self.unfit, self.days_worked = 0, 0, 0
        self.out, self.crews = np.zeros(size, np.int64), np.zeros(size, np.int64)

    def add(self, day: SimulatedDay) -> None:
        self.could[self._rows(day.open_cases)] = True
        for entry in day.refused:
            self.why.update(dict.fromkeys(entry.case_ids, entry))
        if day.problem is not None and day.drive is not None:
            self._driven(day, day.problem, day.drive)
        is_time = self.due > (day.on - self.first).days
        self.in_time |= is_time[:, :, None] & self.visited
        self.days.append(day.on)
        self.reached.append(self.visited[self.could].sum(axis=0))

    def _driven(self, day: SimulatedDay, problem: Problem, drive: Drive) -> None:
        made, met = drive.of_visits(drive.made), drive.of_visits(drive.fate == Fate.MET)
        for visit_id, was_made in zip(drive.visit_ids, made, strict=True):
            self.visited[self._rows(problem.visit_by_id[visit_id].case_ids)] |= was_made
        self.made += made.sum(axis=0)
        self.met += met.sum(axis=0)
        self.recovered += worth_if_met(day.book, drive.visit_ids) @ met
        self._times(day, drive)
        for fate, count in drive.undone().items():
            self.undone[fate] = self.undone.get(fate, 0) + count

    def _times(self, day: SimulatedDay, drive: Drive) -> None:
        self.people_s += drive.people_s
        self.crew_s += drive.working_s.sum(axis=0)
        self.overtime_s += drive.overtime_s.sum(axis=0)
        self.travel_s += drive.travel_s.sum(axis=0)
        self.shifts += day.on_shift
        self.unfit += day.unfit
        self.days_worked += 1
        self.out += (drive.is_out * drive.people).sum(axis=0)
        self.crews += drive.is_out.sum(axis=0)

    def _rows(self, case_ids: Iterable[str]) -> list[int]:
        return [self.number[id_] for id_ in case_ids if id_ in self.number]

    def outcome(self) -> Outcome:
        never = [id_ for id_, could in zip(self.asked, self.could, strict=True) if not could]
        why = [self.why[id_] for id_ in never if id_ in self.why]
        same = np.ones_like(self.made)
        return Outcome(
            could=same * self.could.sum(),
            reached=np.array(self.reached).reshape(len(self.days), len(self.made)),
            asked_of=((self.due > 0) & self.could).sum(axis=1)[:, None] * same,
            in_time=(self.in_time & self.could[:, None]).sum(axis=1),
            days=tuple(self.days),
            made=self.made,
            met=self.met,
            recovered=self.recovered,
            people_s=self.people_s,
            crew_s=self.crew_s,
            overtime_s=self.overtime_s,
            travel_s=self.travel_s,
            undone=self.undone,
            unserved=Counter(one.reason for one in why),
            refused_by=Counter(one.rule for one in why if one.rule),
            shifts=same * self.shifts,
            out=self.out,
            crews=self.crews,
            unfit=same * self.unfit,
            days_worked=same * self.days_worked,
            districts=self.districts,
            could_by=self.lies_in @ self.could[:, None] * same,
            reached_by=self.lies_in @ (self.in_time[0] & self.could[:, None]),
            never_by=self.lies_in @ ~self.could[:, None] * same,
        )


def _due(cases: Sequence[Case], targets: Sequence[Target]) -> Ints:
    """Return within how many days each case is to be visited; shape [1 + target, case].

    The first row is of all targets together; 0 where a target does not ask for a case.
    """
    rows = [[one.within_days * one.asks_for(case.bucket) for case in cases] for one in targets]
    each = np.array(rows, np.int64).reshape(len(targets), len(cases))
    none = np.iinfo(np.int64).max
    earliest = np.where(each > 0, each, none).min(axis=0, initial=none)
    due: Ints = np.vstack([earliest, each])
    return due


def worth_if_met(day: Day, borrower_ids: Iterable[str]) -> Floats:
    """Return what meeting each borrower is expected to bring, in money; shape [borrower]."""
    cases = Grouped(day.cases)
    return np.array([_worth(day, cases.of_id(id_)) for id_ in borrower_ids], float)


def _worth(day: Day, cases: Iterable[Case]) -> float:
    prices = day.policy.prices if day.policy else USUAL
    sums = (
        p_paid(case, day.dossier_of(case.borrower_id), day.on, day.zone, prices).p * case.overdue
        for case in cases
    )
    return float(sum(sums, Decimal(0)))

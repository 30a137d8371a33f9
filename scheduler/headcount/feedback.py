"""Weeks in which every replication has a book of its own, and each morning is planned from it.

    reference path ──► its plans ──► each replication: plan, drive once, book.after ──► stacked

Along a reference path a day's plan is one, and what its drives differ by is that day's luck alone.
Here a bad day leaves more to do on the next, in its own replication: so what weeks differ by is
told, too. It takes a plan for each replication and day, each begun with the plan that the
reference path has of the date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

import numpy as np

from routing.units import HOUR_S
from scheduler.headcount.book import Book
from scheduler.headcount.districts import Districts
from scheduler.headcount.outcome import Outcome
from scheduler.headcount.tallying import outcome_of
from scheduler.headcount.warm import Known
from scheduler.headcount.weeks import SimulatedDay, Weeks
from scheduler.staffing.arrays import Ints
from scheduler.staffing.fates import Fate
from scheduler.staffing.intervals import MeanOf, difference

Why = TypeVar("Why", bound=str)


class Mode(StrEnum):
    """How weeks are simulated."""

    EXECUTION = "execution"  # one plan for each day of a reference path, driven many times
    FEEDBACK = "feedback"  # a book and plans for each replication


@dataclass(frozen=True)
class ReferencePath:
    """Weeks in execution mode: what came of them, and the plan of each date that had one."""

    came: Outcome
    known: Mapping[date, Known]


def reference_path(weeks: Weeks, book: Book) -> ReferencePath:
    """Work a book along the path of the first replication, and remember the plans."""
    known: dict[date, Known] = {}
    days = _remembered(weeks.execution(book), known)
    came = outcome_of(book.first, days, weeks.team.scenario.targets, len(weeks.reps))
    return ReferencePath(came, known)


def _remembered(days: Iterable[SimulatedDay], known: dict[date, Known]) -> Iterator[SimulatedDay]:
    for day in days:
        if day.drive is not None:
            known[day.on] = Known(day.drive.plan, tuple(day.book.crews))
        yield day


def replicated(weeks: Weeks, book: Book, replications: Iterable[int]) -> list[Outcome]:
    """Return what comes of the weeks of each replication by itself, in their order."""
    targets = weeks.team.scenario.targets
    districts = Districts.of(book.first)
    books = (replace(book, replication=number) for number in replications)
    return [outcome_of(book.first, weeks.feedback(one), targets, 1, districts) for one in books]


def stacked(outcomes: Sequence[Outcome]) -> Outcome:
    """Put the outcomes of single replications together, in their order.

    What is no figure of a replication, that is who could be visited on no day, is the mean.

    Raises
    ------
    ValueError
        Where there are none, or not all of the same days.
    """
    if len({one.days for one in outcomes}) != 1:
        raise ValueError("there are no outcomes, or not of the same days: nothing to put together")

    def all_of(name: str) -> Ints:
        counts: Ints = np.concatenate([getattr(one, name) for one in outcomes])
        return counts

    def rows_of(name: str) -> Ints:
        counts: Ints = np.concatenate([getattr(one, name) for one in outcomes], axis=1)
        return counts

    return Outcome(
        could=all_of("could"),
        reached=rows_of("reached"),
        asked_of=rows_of("asked_of"),
        in_time=rows_of("in_time"),
        days=outcomes[0].days,
        made=all_of("made"),
        met=all_of("met"),
        recovered=np.concatenate([one.recovered for one in outcomes]),
        people_s=all_of("people_s"),
        crew_s=all_of("crew_s"),
        overtime_s=all_of("overtime_s"),
        travel_s=all_of("travel_s"),
        undone=_undone(outcomes),
        unserved=_means([one.unserved for one in outcomes]),
        refused_by=_means([one.refused_by for one in outcomes]),
        shifts=all_of("shifts"),
        out=all_of("out"),
        crews=all_of("crews"),
        unfit=all_of("unfit"),
        days_worked=all_of("days_worked"),
        districts=outcomes[0].districts,
        could_by=rows_of("could_by"),
        reached_by=rows_of("reached_by"),
        never_by=rows_of("never_by"),
    )


def _undone(outcomes: Sequence[Outcome]) -> dict[Fate, Ints]:
    fates = {fate for one in outcomes for fate in one.undone}
    return {
        fate: np.concatenate([one.undone.get(fate, np.zeros_like(one.made)) for one in outcomes])
        for fate in sorted(fates)
    }


def _means(counts: Sequence[Mapping[Why, int]]) -> dict[Why, int]:
    """Return the mean of each count, rounded; what is none then is left out."""
    names = sorted({name for one in counts for name in one})
    means = {name: round(sum(one.get(name, 0) for one in counts) / len(counts)) for name in names}
    return {name: mean for name, mean in means.items() if mean}


def how_far(feedback: Outcome, execution: Outcome) -> dict[str, MeanOf]:
    """Return by how much feedback is more than execution: the same replications, so paired.

    Raises
    ------
    ValueError
        Where they are not as many.
    """
    return {
        "coverage": difference(feedback.coverage, execution.coverage),
        "made": difference(feedback.made, execution.made),
        "met": difference(feedback.met, execution.met),
        "recovered": difference(feedback.recovered, execution.recovered),
        "overtime_hours": difference(feedback.overtime_s / HOUR_S, execution.overtime_s / HOUR_S),
    }

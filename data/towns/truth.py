"""The hidden truth of a made-up town: who is in, how slow streets are, what visits come to.

It is for the simulator alone. Planning sees the lists of town.py, as a lender would have them, and
nothing of this: tests read the imports, and watch whether a planned day touched it. Facts hang on
the seed and ids, so that whoever is added later has hers already; luck differs by replication.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np

from data.towns.habits import Employment, curve, employment_of
from data.towns.shapes import VALID, Shape, table_of
from scheduler.model import PlaceKind
from scheduler.staffing.arrays import Bools, Floats, Ints
from scheduler.staffing.believed import Attendance, Outcomes
from scheduler.staffing.chance import Chance

LEAST_ANSWERING, MOST_ANSWERING = 0.40, 0.90
"""Between which people open their doors, being in; the mean is that of `shapes.ANSWERS`."""

KNOWN_EMPLOYMENT = 0.6
"""Share of borrowers of whom the lender knows what they do."""

KEPT = 0.5
"""Share of promises that are kept."""


@dataclass(frozen=True, slots=True)
class KeepsWord:
    """How those whose hours are named keep them: agreed ones, and short ones of a list.

    Chances that she is there then, and that she comes to the door; who is likelier there anyhow
    stays so. The same for everybody and in towns of every shape: it is a word, not a habit.
    """

    there: float = 0.9
    opens: float = 0.95


@dataclass(frozen=True)
class Truth:
    """What is true in a town of `seed`.

    Parameters
    ----------
    shape
        Whether people and hours differ as assumed, not at all, otherwise, or otherwise later.
    began, changes_after
        The first day, and how many days later another truth begins, where it is `CHANGING`.
    attendance, outcomes
        How often collectors are absent or late; what comes of visits that meet somebody.
    word
        How hours are kept that the lender's list has of a borrower.
    """

    seed: int
    shape: Shape = Shape.USUAL
    began: date = date.min
    changes_after: int = 15
    attendance: Attendance = field(default_factory=lambda: Attendance(0.03, 0.10, 900))
    outcomes: Outcomes = field(default_factory=Outcomes)
    word: KeepsWord = field(default_factory=KeepsWord)

    def has_changed(self, on: date) -> bool:
        """Whether another truth holds by then."""
        return self.shape is Shape.CHANGING and (on - self.began).days >= self.changes_after

    def shape_on(self, on: date) -> Shape:
        if self.shape is Shape.CHANGING:
            return Shape.CONTRADICTING if self.has_changed(on) else Shape.USUAL
        return self.shape

    def facts_on(self, on: date) -> Chance:
        """Return what the facts of people are drawn from: others after a change."""
        return Chance(self.seed + 1_000_003 * self.has_changed(on))

    @property
    def luck(self) -> Chance:
        """What differs from one replication to the next is drawn from this."""
        return Chance(self.seed + 500_009)

    @property
    def differs(self) -> bool:
        """Whether people differ at all."""
        return self.shape is not Shape.FLAT

    def employment(self, borrower: str) -> Employment:
        return employment_of(Chance(self.seed), borrower)

    def known_employment(self, borrower: str) -> str:
        """Return what the lender's list says of it; '' where she does not know."""
        is_known = Chance(self.seed).one("known employment", borrower) < KNOWN_EMPLOYMENT
        return str(self.employment(borrower)) if is_known and self.differs else ""

    def presence(self, borrower: str, kind: PlaceKind, on: date, *, is_working: bool) -> Floats:
        """Return the chance that she is there, for each half hour of the day."""
        return _presence(self, borrower, kind, on, is_working)

    def answers(self, borrower: str, kind: PlaceKind) -> float:
        """Return the chance that she comes to the door, being there."""
        if kind is PlaceKind.WORK:
            return 1.0
        drawn = Chance(self.seed).one("answers", borrower) if self.differs else 0.5
        return LEAST_ANSWERING + (MOST_ANSWERING - LEAST_ANSWERING) * drawn

    def is_valid(self, place: str, kind: PlaceKind, day: int, reps: Ints) -> Bools:
        """Return whether she is to be found there: a fact, or luck where all are alike."""
        if self.differs:
            return np.full(len(reps), Chance(self.seed).one("valid", place) < VALID[kind])
        valid: Bools = self.luck.uniform("valid", place, day, reps) < VALID[kind]
        return valid

    def keeps_promise(self, borrower: str, day: int, reps: Ints) -> Bools:
        """Return whether what she promised on a day is paid, by replication."""
        kept: Bools = self.luck.uniform("kept", borrower, day, reps) < KEPT
        return kept


@lru_cache(maxsize=20_000)
def _presence(truth: Truth, borrower: str, kind: PlaceKind, on: date, is_working: bool) -> Floats:
    table = table_of(kind, is_working=is_working, shape=truth.shape_on(on))
    facts = truth.facts_on(on)
    return curve(facts, borrower, table, is_working=is_working, has=truth.differs)

"""A lender's book from one simulated morning to the next: older, grown, visited, promised, paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.follow_ups import FollowUp, Task
from scheduler.grouped import Grouped
from scheduler.model import Borrower, Case, PastVisit, Place
from scheduler.staffing.chance import Chance
from scheduler.staffing.world import Follows

NEW = "{}+{}"
"""The ids of borrowers who come new: of whom they are like, and the how many-th they are."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a simulated book is assumed to do; house assumptions (D), shown as such.

    Parameters
    ----------
    days_to_promise
        When a promise that is given at the door falls due.
    p_kept
        The share of promises that are kept: the case is paid on its day.
    again_after_met_days, again_after_failed_days
        When somebody comes again who met the borrower without a result, or met nobody, as the
        city's table of consequences says of REFUSED and NOT_HOME.
    """

    days_to_promise: int = 7
    p_kept: float = 0.5
    again_after_met_days: int = 7
    again_after_failed_days: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.p_kept <= 1:
            raise ValueError(f"the share of promises kept is {self.p_kept!r}, not between 0 and 1")


@dataclass(frozen=True, slots=True)
class Made:
    """A simulated visit, and what came of it.

    `wrong_place` is where somebody opened who told that no such person is to be found there.
    """

    visit: PastVisit
    follows: Follows
    on: date
    wrong_place: str = ""


@dataclass(frozen=True)
class Book:
    """The borrowers of a day, as they stand on later mornings in one replication.

    Lenders go on calling and writing as they did: contacts stay as old as they are, or the rule
    that asks for one before each visit would close every door after some days.
    """

    first: Day
    chance: Chance
    replication: int = 0
    growth: float = 0.0
    assumed: Assumptions = field(default_factory=Assumptions)
    made: tuple[Made, ...] = ()

    def after(self, made: Iterable[Made]) -> Book:
        """Return the book when these visits have been made, too."""
        return replace(self, made=(*self.made, *made))

    def on(self, day: date) -> Day:
        """Return the book on a morning: without what is paid, and what is promised for later."""
        ahead = day - self.first.on
        newcomers = self._newcomers(ahead.days)
        gone = self._kept_off(day)
        due = self._due(day)
        wrong = {one.wrong_place for one in self.made}
        places = (*self.first.places, *(place for one in newcomers for place in one.places))
        cases = (*self.first.cases, *(case for one in newcomers for case in one.cases))
        return replace(
            self.first,
            on=day,
            borrowers=(*self.first.borrowers, *(one.borrower for one in newcomers)),
            cases=tuple(_older(case, ahead, due) for case in cases if case.id not in gone),
            places=tuple(place for place in places if place.id not in wrong),
            past=(*self.first.past, *(one.visit for one in self.made)),
            dossiers=self._dossiers(day, newcomers),
            told_at={id_: at + ahead for id_, at in self.first.told_at.items()},
            crews=(),
            stand_ins={},
        )

    def _kept_off(self, day: date) -> frozenset[str]:
        """Return the cases that nobody visits: they are paid, or promised for a later day."""
        off = (one.visit.case_ids for one in self.made if self._is_kept_off(one, day))
        return frozenset(id_ for ids in off for id_ in ids)

    def _is_kept_off(self, one: Made, day: date) -> bool:
        if one.follows is Follows.PROMISED:
            return self._promised_for(one) > day or self._keeps_word(one)
        return one.follows is Follows.PAID

    def _keeps_word(self, one: Made) -> bool:
        drawn = self.chance.uniform(
            "kept", one.visit.borrower_id, one.on.toordinal(), np.array([self.replication])
        )
        return bool(drawn[0] < self.assumed.p_kept)

    def _promised_for(self, one: Made) -> date:
        return one.on + timedelta(days=self.assumed.days_to_promise)

    def _due(self, day: date) -> dict[str, date]:
        """Return by case the last promise that fell due and was not kept."""
        return {
            id_: self._promised_for(one)
            for one in self.made
            if one.follows is Follows.PROMISED and self._promised_for(one) <= day
            for id_ in one.visit.case_ids
        }

    def _dossiers(self, day: date, newcomers: Iterable[Newcomer]) -> dict[str, Dossier]:
        ahead = day - self.first.on
        told = {**self.first.dossiers, **{one.borrower.id: one.dossier for one in newcomers}}
        later = {id_: _fresh(dossier, ahead) for id_, dossier in told.items()}
        for one in self.made:
            if again := self._comes_again(one):
                id_ = one.visit.borrower_id
                dossier = later.get(id_, Dossier())
                later[id_] = replace(dossier, follow_ups=(*dossier.follow_ups, again))
        return later

    def _comes_again(self, one: Made) -> FollowUp | None:
        """Return before when nobody tries again; None where the case is paid or promised."""
        if one.follows in (Follows.PAID, Follows.PROMISED):
            return None
        met = one.visit.was_met
        days = self.assumed.again_after_met_days if met else self.assumed.again_after_failed_days
        due = one.on + timedelta(days=days)
        return FollowUp(0, one.visit.borrower_id, "", Task.VISIT_AGAIN, due, "")

    def _newcomers(self, days: int) -> Sequence[Newcomer]:
        """Return who has come by then, each like somebody of the first morning."""
        if not self.growth or not self._owing:
            return ()
        count = int(len(self._owing) * self.growth * days / 7)
        like = (self.chance.one("comes", str(number)) for number in range(1, count + 1))
        return [
            self._like(self._owing[int(drawn * len(self._owing))], number)
            for number, drawn in enumerate(like, start=1)
        ]

    def _like(self, one: Newcomer, number: int) -> Newcomer:
        id_ = NEW.format(one.borrower.id, number)
        return Newcomer(
            replace(one.borrower, id=id_),
            tuple(
                replace(case, id=NEW.format(case.id, number), borrower_id=id_, visited_at=None)
                for case in one.cases
            ),
            tuple(
                replace(place, id=NEW.format(place.id, number), borrower_id=id_)
                for place in one.places
            ),
            Dossier(contacts=one.dossier.contacts),
        )

    @cached_property
    def _owing(self) -> list[Newcomer]:
        """Everybody of the first morning, with all that a newcomer like her has."""
        cases, places = Grouped(self.first.cases), Grouped(self.first.places)
        return [
            Newcomer(one, tuple(hers), tuple(places.of(one)), self.first.dossier_of(one.id))
            for one in self.first.borrowers
            if (hers := cases.of(one))
        ]


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A borrower with what is hers."""

    borrower: Borrower
    cases: tuple[Case, ...]
    places: tuple[Place, ...]
    dossier: Dossier


def _older(case: Case, by: timedelta, due: dict[str, date]) -> Case:
    """Return a case some days later; with the promise that was broken since, if one was."""
    older = replace(case, days_past_due=case.days_past_due + by.days)
    return replace(older, promise_due=due[case.id]) if case.id in due else older


def _fresh(dossier: Dossier, by: timedelta) -> Dossier:
    """Return what is known of a borrower to whom the lender spoke as lately as he had."""
    if not by or not dossier.contacts:
        return dossier
    contacts = tuple(replace(one, at=one.at + by) for one in dossier.contacts)
    return replace(dossier, contacts=contacts)

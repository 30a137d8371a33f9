"""The day on which a left-out case is likely to come up, and what that rests on.

What waits for a date is asked of the screening itself: each of the next days is screened by the
facts of now, so that promises, pauses, appointments, the policy's steps and caps that roll off
need no rules of their own here. Of what waits for capacity only an estimate can be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from scheduler.day import Day
from scheduler.grouped import Grouped
from scheduler.kept import only
from scheduler.model import Borrower, Case, PastVisit
from scheduler.plan import LeftOut, Reason
from scheduler.policy_screening import first_visit
from scheduler.rules import RuleSet, day_info
from scheduler.screening import Screening, screening
from scheduler.value.of_day import rank_on

DAYS_ASKED = 31
"""No cap looks back further than a month; what ends later has a date of its own."""

ONE_DAY = timedelta(days=1)


class Basis(StrEnum):
    """What the answer rests on."""

    FACTS = "facts"  # on that day nothing keeps her out any more, as far as is known now
    BACKLOG = "backlog"  # an estimate: how many wait before her, and how many visits a day has
    NEAR = "near"  # no day: once a crew is near, or the visit is worth more
    DECISION = "decision"  # no day: not before somebody decides


WAITING = frozenset(
    {Reason.CREWS_FULL, Reason.RESERVE, Reason.NOT_CHOSEN, Reason.NEW, Reason.NOT_SHORTLISTED}
)
"""Reasons that a day with room would end."""

UNDECIDED = frozenset(
    {Reason.NOT_PLACED, Reason.NO_ROAD, Reason.NO_CREW_OF_AGENCY, Reason.NO_CREW_FITTING,
     Reason.NO_CREW_IN_TIME}
)  # fmt: skip
"""Reasons that no date ends: a place is to be found, or a crew of another kind is to be formed."""


@dataclass(frozen=True, slots=True)
class Likely:
    """When a case is likely to come up; `on` is None where no day can be told.

    Of `Basis.BACKLOG`, `ahead` is how many of those who wait are worth more, and `per_day` how
    many visits a day has.
    """

    on: date | None
    basis: Basis
    ahead: int = 0
    per_day: int = 0


@dataclass(frozen=True)
class Backlog:
    """Who waits for capacity, worth most first, and how many visits a day has."""

    places: Mapping[str, int]
    per_day: int

    @classmethod
    def of(cls, ranked: Iterable[str], per_day: int) -> Backlog:
        """Number the visits of `ranked`, which are told in their order."""
        return cls({id: place for place, id in enumerate(ranked)}, per_day)


def likely_days(
    day: Day,
    rules: RuleSet,
    entries: Sequence[LeftOut],
    backlog: Backlog,
    visited: frozenset[str] = frozenset(),
) -> dict[tuple[str, Reason], Likely]:
    """Return when each of some left-out cases is likely to come up, by its visit and reason.

    Parameters
    ----------
    day, rules
        The facts of the day of the plan, of at least the borrowers of `entries`.
    entries
        As many as a page shows: each costs up to `DAYS_ASKED` screenings of one borrower.
    backlog
        Of all who wait for capacity.
    visited
        Borrowers whom the plan visits, for others of their cases.
    """
    asked = _Coming.of(day, rules, entries, visited)
    return {(one.visit_id, one.reason): _likely(asked, one, backlog) for one in entries}


def _likely(asked: _Coming, entry: LeftOut, backlog: Backlog) -> Likely:
    if entry.reason in UNDECIDED:
        return Likely(None, Basis.DECISION)
    if entry.reason is Reason.NOT_WORTH:
        return Likely(None, Basis.NEAR)
    if entry.reason in WAITING:
        return _by_rank(asked, entry, backlog)
    found = asked.first_day(entry, asked.day.on + ONE_DAY)
    return Likely(found, Basis.FACTS if found else Basis.DECISION)


def _by_rank(asked: _Coming, entry: LeftOut, backlog: Backlog) -> Likely:
    """Let the days ahead take those who wait in their order; nobody knows who comes before them."""
    ahead = backlog.places.get(entry.visit_id, len(backlog.places))
    if backlog.per_day <= 0:
        return Likely(None, Basis.DECISION)
    first = asked.working_day(ahead // backlog.per_day + 1)
    found = asked.first_day(entry, first) if first else None
    return Likely(found, Basis.BACKLOG if found else Basis.DECISION, ahead, backlog.per_day)


@dataclass
class _Coming:
    """The days to come as far as they can be asked, each arranged once for all who are asked."""

    day: Day
    rules: RuleSet
    _screenings: dict[date, Screening | None]

    @classmethod
    def of(
        cls, day: Day, rules: RuleSet, entries: Sequence[LeftOut], visited: frozenset[str]
    ) -> _Coming:
        cases = {case.id: case.borrower_id for case in day.cases}
        told = (id for entry in entries for id in entry.case_ids)
        hers = {cases[id] for id in told if id in cases}
        noon = datetime.combine(day.on, time(12), day.zone)
        made = [PastVisit(id, noon) for id in sorted(visited & hers)]
        past = [*(visit for visit in day.past if visit.borrower_id in hers), *made]
        return cls(replace(only(day, hers), crews=(), past=past), rules, {})

    def first_day(self, entry: LeftOut, first: date) -> date | None:
        """Return the first day from `first` on when nothing keeps all of an entry's cases out."""
        ids = set(entry.case_ids)
        cases = [case for case in self.day.cases if case.id in ids]
        whose = {case.borrower_id for case in cases}
        borrower = next((one for one in self.day.borrowers if one.id in whose), None)
        if borrower is None:
            return None
        days = self._days(borrower, first)
        return next((on for on in days if self._may_be_visited(borrower, ids, on)), None)

    def working_day(self, number: int) -> date | None:
        """Return the day so many working days ahead; where today is none, each day counts."""
        on, left = self.day.on, number
        is_working = self._is_working(self.day.on)
        while left:
            on += ONE_DAY
            if (on - self.day.on).days > 366 or (works := self._is_working(on)) is None:
                return None
            left -= works or not is_working
        return on

    def _is_working(self, on: date) -> bool | None:
        try:
            return day_info(self.rules, on).is_working
        except LookupError:
            return None

    def _days(self, borrower: Borrower, first: date) -> Iterator[date]:
        last = first + DAYS_ASKED * ONE_DAY
        yield from (first + n * ONE_DAY for n in range(DAYS_ASKED))
        yield from sorted({on for on in self._dates(borrower) if on >= last})

    def _dates(self, borrower: Borrower) -> Iterator[date]:
        """Yield days on which something about a borrower ends or begins."""
        known = self.day.dossier_of(borrower.id)
        yield from (one.check_day for one in known.promises)
        yield from (one.on for one in known.directives)
        yield from (one.due for one in known.follow_ups)
        yield from (pause.last + ONE_DAY for pause in known.pauses if pause.last)
        yield from (wish.last + ONE_DAY for wish in known.wishes if wish.last)
        for case in self.day.cases:
            if case.borrower_id == borrower.id:
                yield from self._dates_of_case(case)

    def _dates_of_case(self, case: Case) -> Iterator[date]:
        if case.appointment:
            yield case.appointment.start.astimezone(self.day.zone).date()
        yield from (on for on in (case.promise_due, case.entrusted_on) if on)
        if self.day.policy and (late := first_visit(self.day.policy, case)) is not None:
            yield self.day.on + (late - case.days_past_due) * ONE_DAY

    def _may_be_visited(self, borrower: Borrower, ids: set[str], on: date) -> bool:
        asked = self._screening(on)
        candidate = asked.judge(borrower)[0] if asked else None
        return candidate is not None and ids <= set(candidate.case_ids)

    def _screening(self, on: date) -> Screening | None:
        """Arrange a day to come; None where its holidays are not known."""
        if on not in self._screenings:
            ahead = (on - self.day.on).days
            cases = [replace(c, days_past_due=c.days_past_due + ahead) for c in self.day.cases]
            try:
                found = screening(replace(self.day, on=on, cases=cases), self.rules)
            except LookupError:
                found = None
            self._screenings[on] = found
        return self._screenings[on]


def backlog_of(day: Day, entries: Iterable[LeftOut], per_day: int) -> Backlog:
    """Rank those who wait for capacity as a search would: must-visits first, then by worth."""
    cases, past = {case.id: case for case in day.cases}, Grouped(day.past)
    borrowers = {borrower.id: borrower for borrower in day.borrowers}
    ranks = {}
    for entry in entries:
        hers = [cases[id] for id in entry.case_ids if id in cases]
        if entry.reason in WAITING and hers:
            ranks[entry.visit_id] = rank_on(day, hers, past.of(borrowers[hers[0].borrower_id]))
    return Backlog.of(sorted(ranks, key=lambda id: ranks[id], reverse=True), per_day)

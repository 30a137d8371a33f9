"""May the visit begin now? The rules, asked again at the door by the facts of that minute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.day import Day
from scheduler.entrusted import NOBODY_SENT, sent_by
from scheduler.kept import only
from scheduler.model import Crew, Place, StopFlag, Window
from scheduler.plan import LeftOut
from scheduler.rules import (
    Attempt,
    Refusal,
    RuleSet,
    lawful_windows,
    refusals,
    turning_windows,
)
from scheduler.screening import Candidate, Screened, screen
from scheduler.windows import covers, later

HER_HOURS = "her_hours"
NO_OPEN_CASE = "no_open_case"
UNSIGNED = "unsigned"
"""In the place of a rule's name: her own hours or appointment; every case closed meanwhile; values
of the profile that a compliance officer has to sign first."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a visit may not begin: the rule, or the reason of the screening, and its words.

    `hours` are those in which a whole visit may lie today; `stops` those that stand.
    """

    why: str
    text: str
    source: str = ""
    is_law: bool = False
    hours: tuple[Window, ...] = ()
    stops: tuple[StopFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """A visit of usual length to a place, which may be asked for at any minute of the day.

    `here` is what is known of her at that place alone, `places` are all of hers.
    """

    here: Day
    rules: RuleSet
    borrower_id: str
    crew: Crew
    places: tuple[Place, ...]
    screened: Screened

    def closed(self, at: datetime, *, tells_hours: bool = True) -> Closed | None:
        """Return why the visit may not begin at `at` (aware), None if it may.

        The hours in which it may take as long to find as the reason: who asks for many minutes
        can do without.
        """
        day, rules, info = self.here, self.rules, self.screened.info
        if not self.screened.candidates:
            told = (each for each in self.screened.left_out if each.visit_id == self.borrower_id)
            lawful = lawful_windows(rules, info, day.zone)
            return _screened_out(day, rules, next(told, None), lawful)
        attempt = self._attempt(at)
        if said := refusals(rules, attempt):
            lawful = lawful_windows(rules, info, day.zone, attempt) if tells_hours else ()
            return _refused(said[0], lawful)
        return _outside_her_hours(self.screened.candidates[0], attempt)

    def hours(self, at: datetime) -> tuple[Window, ...]:
        """Return all windows at whose edges the answer may turn, by rules or her own hours."""
        if not self.screened.candidates:
            return ()
        own = self.screened.candidates[0].openings[0].windows
        return (*turning_windows(self.rules, self._attempt(at)), *own)

    def _attempt(self, at: datetime) -> Attempt:
        day, candidate = self.here, self.screened.candidates[0]
        start = at.astimezone(day.zone)
        return Attempt(
            candidate.borrower,
            candidate.cases,
            candidate.openings[0].place,
            start,
            later(start, day.city.service),
            len(self.crew.members),
            candidate.past,
            self.screened.info,
            day.dossier_of(self.borrower_id),
            day.counts_silence,
            self.places,
        )


def closed_door(
    day: Day, rules: RuleSet, borrower_id: str, place_id: str, crew: Crew, at: datetime
) -> Closed | None:
    """Return why a visit of usual length may not begin at a place at `at`, None if it may.

    `day` holds at least what is known of the borrower and the crew at her door; `at` is aware.
    """
    return door(day, rules, borrower_id, place_id, crew).closed(at)


def door(day: Day, rules: RuleSet, borrower_id: str, place_id: str, crew: Crew) -> Door:
    """Return a visit to a place, to be asked for more than one minute; arguments as above."""
    hers = only(_without_tasks(day, borrower_id), {borrower_id})
    places = tuple(hers.places)
    here = replace(hers, places=[place for place in hers.places if place.id == place_id], crews=())
    agency = sent_by(day, [crew])
    screened = screen(here, rules, NOBODY_SENT if agency is None else {borrower_id: agency})
    return Door(here, rules, borrower_id, crew, places, screened)


def _without_tasks(day: Day, borrower_id: str) -> Day:
    """Return the day as if nothing was to be done next: who stands there has been sent.

    How soon somebody tries again is a matter of planning; at the door the rules alone speak.
    """
    told = replace(day.dossier_of(borrower_id), follow_ups=())
    return replace(day, dossiers={**day.dossiers, borrower_id: told})


def _screened_out(
    here: Day, rules: RuleSet, told: LeftOut | None, lawful: tuple[Window, ...]
) -> Closed:
    if told is None:
        return Closed(NO_OPEN_CASE, "no case of hers is open any more")
    fact = next(iter(rules.of(told.rule, here.on)), None)
    return Closed(
        told.rule or told.reason,
        told.detail,
        fact.source if fact else "",
        bool(fact and fact.is_law),
        lawful,
        _standing(here),
    )


def _standing(here: Day) -> tuple[StopFlag, ...]:
    told = (*(one.stops for one in here.borrowers), *(case.stops for case in here.cases))
    return tuple(sorted(frozenset[StopFlag]().union(*told)))


def _refused(no: Refusal, lawful: tuple[Window, ...]) -> Closed:
    return Closed(no.rule, no.text, no.source, no.is_law, lawful)


def _outside_her_hours(candidate: Candidate, attempt: Attempt) -> Closed | None:
    hours = candidate.openings[0].windows
    if any(covers(window, attempt.start, attempt.end) for window in hours):
        return None
    return Closed(HER_HOURS, "the visit does not fit her own hours", hours=hours)

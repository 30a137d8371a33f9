"""May the visit begin now? The rules, asked again at the door by the facts of that minute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.day import Day
from scheduler.entrusted import NOBODY_SENT, sent_by
from scheduler.kept import only
from scheduler.model import Crew, StopFlag, Window
from scheduler.plan import LeftOut
from scheduler.rules import Attempt, Refusal, RuleSet, lawful_windows, refusals
from scheduler.screening import Candidate, screen
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


def closed_door(
    day: Day, rules: RuleSet, borrower_id: str, place_id: str, crew: Crew, at: datetime
) -> Closed | None:
    """Return why a visit of usual length may not begin at a place at `at`, None if it may.

    `day` holds at least what is known of the borrower and the crew at her door; `at` is aware.
    """
    hers = only(_without_tasks(day, borrower_id), {borrower_id})
    places = tuple(hers.places)
    here = replace(hers, places=[place for place in hers.places if place.id == place_id], crews=())
    agency = sent_by(day, [crew])
    screened = screen(here, rules, NOBODY_SENT if agency is None else {borrower_id: agency})
    lawful = lawful_windows(rules, screened.info, day.zone)
    if not screened.candidates:
        told = (each for each in screened.left_out if each.visit_id == borrower_id)
        return _screened_out(here, rules, next(told, None), lawful)
    candidate = screened.candidates[0]
    start = at.astimezone(day.zone)
    attempt = Attempt(
        candidate.borrower,
        candidate.cases,
        candidate.openings[0].place,
        start,
        later(start, day.city.service),
        len(crew.members),
        candidate.past,
        screened.info,
        day.dossier_of(borrower_id),
        day.counts_silence,
        places,
    )
    lawful = lawful_windows(rules, screened.info, day.zone, attempt)
    if said := refusals(rules, attempt):
        return _refused(said[0], lawful)
    return _outside_her_hours(candidate, attempt)


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

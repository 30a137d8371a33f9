"""What the rules of a profile say to a visit that somebody thinks of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.day import Day
from scheduler.errors import NotFoundError
from scheduler.model import Place
from scheduler.rules import RULES, Attempt, Fact, RuleSet, day_info
from scheduler.screening import personal_stops
from scheduler.windows import later


@dataclass(frozen=True, slots=True)
class Said:
    """What one value of a profile says to a visit at a place; `text` is '' where it passes.

    `is_set_aside`: a house value that refuses, and was set aside for her and that day.
    """

    place: Place
    rule: str
    fact: Fact
    text: str
    is_set_aside: bool = False


def try_rules(day: Day, rules: RuleSet, case_id: str, at: datetime, crew_size: int) -> list[Said]:
    """Ask every value in force about a visit for a case at each of her places.

    `day` holds at least what is known of the borrower. The visit begins at `at`, aware, and takes
    the city's usual time.

    Raises
    ------
    NotFoundError
        Where the day has no such case, or its borrower no place.
    """
    attempts = list(_attempts(day, rules, case_id, at, crew_size))
    if not attempts:
        raise NotFoundError(f"no address is known for case {case_id}: import one first")
    return [said for attempt in attempts for said in _answers(rules, attempt)]


def _attempts(
    day: Day, rules: RuleSet, case_id: str, at: datetime, crew_size: int
) -> list[Attempt]:
    case = next((case for case in day.cases if case.id == case_id), None)
    if case is None:
        raise NotFoundError(f"there is no open case {case_id!r} on {day.on}")
    borrower = next(one for one in day.borrowers if one.id == case.borrower_id)
    hers = [one for one in day.cases if one.borrower_id == borrower.id]
    places = tuple(place for place in day.places if place.borrower_id == borrower.id)
    stopped = replace(borrower, stops=personal_stops(borrower, hers))
    past = tuple(visit for visit in day.past if visit.borrower_id == borrower.id)
    return [
        Attempt(
            stopped, (case,), place, at, later(at, day.city.service), crew_size, past,
            day_info(rules, day.on), day.dossier_of(borrower.id), day.counts_silence, places,
        )
        for place in places
    ]  # fmt: skip


def _answers(rules: RuleSet, attempt: Attempt) -> list[Said]:
    aside = attempt.dossier.set_aside(attempt.day.on)
    return [
        Said(
            attempt.place,
            name,
            fact,
            text := RULES[name].says(rules, fact, attempt) or "",
            bool(text) and not fact.is_law and name in aside,
        )
        for name in rules.facts
        for fact in rules.of(name, attempt.day.on)
    ]

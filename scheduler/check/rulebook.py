"""Every rule asked again: at the actual hour, of the collectors who really come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scheduler.check.faults import rule_kind
from scheduler.check.meetings import Meeting
from scheduler.check.people import People
from scheduler.day import Day
from scheduler.plan import Violation
from scheduler.rules import Attempt, DayInfo, RuleSet, day_info, refusals
from scheduler.screening import personal_stops


def check_rules(day: Day, rules: RuleSet, met: Sequence[Meeting]) -> Iterator[Violation]:
    """Name every rule that refuses a planned visit, and its authority."""
    if not met:
        return
    people, today = People(day), day_info(rules, day.on)
    for meeting in met:
        attempt = _attempt(day, people, today, meeting)
        for no in refusals(rules, attempt) if attempt else ():
            text = f"{no.text} [{no.seen}: {no.source}]"
            yield Violation(rule_kind(no.rule), meeting.visit.id, text, no.source, no.seen)


def attempt_of(day: Day, rules: RuleSet, meeting: Meeting) -> Attempt | None:
    """Return a planned visit as the rules see it; None where place or borrower is unknown.

    A stop that concerns the person counts on whichever of her cases it stands.
    """
    return _attempt(day, People(day), day_info(rules, day.on), meeting)


def _attempt(day: Day, people: People, today: DayInfo, meeting: Meeting) -> Attempt | None:
    borrower, place = meeting.borrower, meeting.place
    if borrower is None or place is None:
        return None
    return Attempt(
        borrower=replace(borrower, stops=personal_stops(borrower, meeting.all_cases)),
        cases=meeting.cases,
        place=place,
        start=meeting.start,
        end=meeting.end,
        crew_size=sum(len(people.present(crew)) for crew in meeting.crews),
        past=meeting.past,
        day=today,
        dossier=day.dossier_of(borrower.id),
        knows_contacts=day.counts_silence,
        places=meeting.places,
    )

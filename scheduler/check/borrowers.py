"""The borrowers behind the visits: place, cases, hours, owner and crew belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from scheduler.check.faults import Fault
from scheduler.check.fitness import missing_skills
from scheduler.check.meetings import Meeting
from scheduler.check.people import People
from scheduler.day import Day
from scheduler.directives import held_back
from scheduler.entrusted import name_of
from scheduler.languages import asked_language, can_talk
from scheduler.model import Case, Crew, OwnerPolicy, Place, Window
from scheduler.plan import Violation
from scheduler.windows import covers


def check_borrowers(day: Day, met: Sequence[Meeting]) -> Iterator[Violation]:
    """Name every planned visit whose facts are unknown or do not fit together."""
    people = People(day)
    for meeting in met:
        yield from _identity_faults(meeting)
        if meeting.place is not None:
            yield from _hour_faults(day, meeting, meeting.place)
        if meeting.crews:
            yield from _crew_faults(day, people, meeting)
        yield from _word_faults(day, meeting)
    visited = Counter(meeting.place.borrower_id for meeting in met if meeting.place)
    for borrower_id, count in visited.items():
        if count > 1:
            yield Violation(Fault.BORROWER_TWICE, borrower_id, f"is visited {count} times today")


def _identity_faults(meeting: Meeting) -> Iterator[Violation]:
    visit, place = meeting.visit, meeting.place
    if not visit.case_ids or {case.id for case in meeting.cases} != set(visit.case_ids):
        text = f"is for cases {', '.join(visit.case_ids) or 'none'}; not all of them are known"
        yield Violation(Fault.UNKNOWN_CASE, visit.id, text)
    if place is None:
        place_id = visit.options[meeting.stop.option].place_id
        yield Violation(Fault.UNKNOWN_PLACE, visit.id, f"the day has no place {place_id}")
        return
    if meeting.borrower is None:
        text = f"the day has no borrower {place.borrower_id}"
        yield Violation(Fault.UNKNOWN_BORROWER, visit.id, text)
    for case in meeting.cases:
        if case.borrower_id != place.borrower_id:
            text = f"{place.id} is a place of {place.borrower_id}, {case.id} of {case.borrower_id}"
            yield Violation(Fault.WRONG_BORROWER, visit.id, text)


def _word_faults(day: Day, meeting: Meeting) -> Iterator[Violation]:
    """Name a dispatcher's word that she is not visited: the house's, not the law's."""
    whose = meeting.borrower
    if whose and (said := held_back(day.dossier_of(whose.id).directives, day.on)):
        yield Violation(Fault.HELD_BACK, meeting.visit.id, said.told)


def _hour_faults(day: Day, meeting: Meeting, place: Place) -> Iterator[Violation]:
    hers = _her_windows(day, meeting.cases, place)
    start, end = meeting.start, meeting.end
    if hers is not None and not any(covers(window, start, end) for window in hers):
        text = f"{start:%H:%M:%S}-{end:%H:%M:%S} is outside the hours that suit her"
        yield Violation(Fault.OUTSIDE_BORROWERS_HOURS, meeting.visit.id, text)


def _her_windows(day: Day, cases: Sequence[Case], place: Place) -> list[Window] | None:
    """Return her hours at a place, or None where any hour suits.

    An appointment today is what she agreed to, and takes the place of her usual hours.
    """
    agreed = [case.appointment for case in cases if case.appointment is not None]
    today = [w for w in agreed if w.start.astimezone(day.zone).date() == day.on]
    if today or not place.windows:
        return today or None
    usual = (daily.on(day.on, day.zone) for daily in place.windows)
    return [window for window in usual if window is not None]


def _crew_faults(day: Day, people: People, meeting: Meeting) -> Iterator[Violation]:
    visit, cases = meeting.visit, meeting.cases
    for crew in meeting.crews:
        yield from _skill_faults(people, meeting, crew)
    members = {member for crew in meeting.crews for member in people.present(crew)}
    needed = max([visit.crew_size, *(case.crew_size for case in cases)])
    if len(members) < needed:
        text = f"needs {needed} people, {len(members)} come"
        yield Violation(Fault.CREW_TOO_SMALL, visit.id, text)
    owners = {case.owner for case in cases if case.owner is not None}
    is_fixed = day.city.owner_policy is OwnerPolicy.FIXED
    if is_fixed and owners and not day.owners_of(cases) & members:
        names = " and ".join(crew.id for crew in meeting.crews)
        text = f"belongs to {', '.join(sorted(owners))}, who is not with crew {names}"
        yield Violation(Fault.OWNER_ABSENT, visit.id, text)
    yield from _agency_faults(people, meeting)


def _agency_faults(people: People, meeting: Meeting) -> Iterator[Violation]:
    """Name who comes for a case that is not her agency's; of whom nothing is known, others tell."""
    for collector in people.known(who for crew in meeting.crews for who in crew.members):
        others = [case for case in meeting.cases if case.agency != collector.agency]
        if others:
            whose, employer = name_of(others[0].agency), name_of(collector.agency)
            text = f"{others[0].id} is with {whose}, and {collector.id} works for {employer}"
            yield Violation(Fault.WRONG_AGENCY, meeting.visit.id, text)


def _skill_faults(people: People, meeting: Meeting, crew: Crew) -> Iterator[Violation]:
    """Name what a crew lacks: of two that meet, each must have it all."""
    coming = people.known(people.present(crew))
    offered = frozenset().union(*(collector.skills for collector in coming))
    skills = meeting.visit.skills.union(*(case.skills for case in meeting.cases))
    if meeting.borrower is not None:
        language = asked_language(meeting.borrower)
        skills |= language
        offered |= language if can_talk(meeting.borrower, coming) else frozenset()
    yield from missing_skills(meeting.visit.id, skills, offered)

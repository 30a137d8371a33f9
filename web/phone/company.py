"""Who of a crew is confirmed at a visit, and how many it asks for."""

from __future__ import annotations

from data.store.field.presences import presences_of
from data.store.rounds import RoundStop
from scheduler.field.company import Company, company
from scheduler.rules.book import crew_size
from scheduler.signing import UnsignedProfileError
from scheduler.visit_needs import people_needed
from web.context import wired
from web.phone.room import MyDay, rounds


def company_here(day: MyDay, visit: RoundStop | None) -> Company | None:
    """Return who is confirmed at the door at which the crew stands, None where it stands at none.

    One that goes alone confirms nobody.
    """
    is_crew = len(day.round.crew.members) > 1
    if visit is None or not is_crew or not day.is_today:
        return None
    return company_at(day, visit) if day.states[visit.number].is_at_door else None


def company_at(day: MyDay, visit: RoundStop) -> Company:
    """Return who of the crew is confirmed at a visit."""
    present = presences_of(wired().store.engine, day.city.name, day.on).get(visit.id, ())
    return company(day.round.crew.members, people(day, visit), present)


def people(day: MyDay, visit: RoundStop) -> int:
    """Return how many have to go in together: as rules, policy and her contracts ask."""
    if visit.borrower is None or not visit.cases:
        return 1
    try:
        rules = wired().ports.signed_rules(day.city)
    except UnsignedProfileError:
        return max(case.crew_size for case in visit.cases)
    facts = rounds().day_of(day.city.name, day.on, visit.borrower.id)
    aside = facts.dossier_of(visit.borrower.id).set_aside(day.on)
    return people_needed(facts, visit.cases, crew_size(rules, day.on, aside))

"""How often one borrower is contacted at all, by whatever channel; a visit is a contact."""

from __future__ import annotations

from datetime import date

from scheduler.contacts import Channel
from scheduler.rules.base import Attempt, rule
from scheduler.rules.values import ContactCap, read_contact_cap
from scheduler.rules.visits import debts, full, told_visits


@rule(read_contact_cap)
def contacts_a_day(cap: ContactCap, attempt: Attempt) -> str | None:
    """At most so many contacts a day by all channels, this visit among them."""
    return contacts_over(cap, attempt, 1)


@rule(read_contact_cap)
def contacts_in_7_days(cap: ContactCap, attempt: Attempt) -> str | None:
    """At most so many contacts in any 7 days by all channels, this visit among them."""
    return contacts_over(cap, attempt, 7)


def contacts_over(cap: ContactCap, attempt: Attempt, days: int) -> str | None:
    """Say in words that days around the attempt hold as many contacts as they may."""
    for debt in debts(attempt, per_debt=cap.per_debt):
        busiest = full(contact_days(attempt, debt), attempt.day.on, days, cap.most)
        if busiest or not cap.most:
            return (
                f"{busiest} contact{'' if busiest == 1 else 's'} already in {days} "
                f"day{'' if days == 1 else 's'} around {attempt.day.on}; {cap.most} allowed"
            )
    return None


def contact_days(attempt: Attempt, debt: str) -> list[date]:
    """Return the local day of every contact that counts for a case, or for the person ('').

    Every try of ours counts, also one that reached nobody: the law counts what she was sent. A
    visit of the contact log that the book knows as a visit of that day counts once.
    """
    zone = attempt.start.tzinfo
    visits = [visit.on for visit in told_visits(attempt) if visit.is_for(debt)]
    tried = [
        (one.at.astimezone(zone).date(), one.channel)
        for one in attempt.dossier.contacts
        if one.is_attempt and (not debt or one.case_id in ("", debt))
    ]
    return visits + [
        on for on, channel in tried if channel is not Channel.VISIT or on not in visits
    ]

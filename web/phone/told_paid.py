"""What a crew should know before it rings: said to be paid the last time, and nothing came."""

from __future__ import annotations

from datetime import date

from data.store.rounds import RoundStop
from scheduler.day import Day
from scheduler.told_paid import ToldPaid, unpaid
from web.phone.room import MyDay, rounds


def unpaid_of(day: MyDay, visit: RoundStop | None) -> list[ToldPaid]:
    """Return which contracts of a visit were said to be paid, and no payment came of it."""
    if visit is None or visit.borrower is None:
        return []
    return unpaid_in(rounds().day_of(day.city.name, day.on, visit.borrower.id), visit, day.on)


def unpaid_in(facts: Day, visit: RoundStop, on: date) -> list[ToldPaid]:
    """Return the same, by facts that are known already."""
    assert visit.borrower is not None
    told = facts.dossier_of(visit.borrower.id)
    asked = {case.id for case in visit.cases}
    found = unpaid(told.told_paid, told.payments, on)
    return [one for one in found if one.case_id in asked]

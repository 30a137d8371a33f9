"""What a visit waits for: an appointment, an open promise, the day until which nobody tries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scheduler.day import Day
from scheduler.follow_ups import not_before
from scheduler.model import Borrower, Case, PastVisit, Window
from scheduler.promises import visit_days
from scheduler.value.of_day import is_must_on


def reason_to_wait(day: Day, borrower: Borrower, cases: Sequence[Case]) -> str:
    """Name the appointment or the open promise that lies ahead, if one does.

    An assigned case does not wait for its promise: the lender has asked for the visit.
    """
    booked = (day_of(day, case.appointment) for case in cases if case.appointment)
    coming = [on for on in booked if on >= day.on]
    if coming and min(coming) > day.on:
        return f"an appointment is booked for {min(coming)}"
    if waiting := _waits_for_her_word(day, borrower, cases):
        return f"a promise to pay is open until {waiting}"
    if any(case.is_assigned or case.promise_due is None for case in cases):
        return ""
    due = min(case.promise_due for case in cases if case.promise_due)
    return f"a promise to pay is open until {due}" if due > day.on else ""


def _waits_for_her_word(day: Day, borrower: Borrower, cases: Sequence[Case]) -> date | None:
    """Return the day until which all of her cases wait for promises made to us.

    They do so though the lender had assigned them: the visit that he asked for was made.
    """
    promises = day.dossier_of(borrower.id).promises
    days = visit_days(cases, promises, day.zone) if promises else {}
    first = min(days.values(), default=day.on)
    return first if len(days) == len(cases) and first > day.on else None


def tries_again(
    day: Day, borrower: Borrower, cases: Sequence[Case], past: Sequence[PastVisit]
) -> date | None:
    """Return the day before which nobody tries again, unless the visit is asked for."""
    again = not_before(day.dossier_of(borrower.id).follow_ups)
    if again is None or again <= day.on or any(case.is_assigned for case in cases):
        return None
    return None if is_must_on(day, cases, past) else again


def day_of(day: Day, window: Window) -> date:
    """Return the day in the city on which a window begins."""
    return window.start.astimezone(day.zone).date()

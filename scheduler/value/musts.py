"""Which visits are beyond money, and how long a borrower waits for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, tzinfo

from scheduler.model import Case, PastVisit


def days_waiting(
    cases: Sequence[Case], on: date, zone: tzinfo, past: Iterable[PastVisit] = ()
) -> int:
    """Return the days since the last visit before `on`; without one, those past due."""
    last = last_visit(cases, on, zone, past)
    return max(case.days_past_due for case in cases) if last is None else (on - last).days


def is_must_visit(
    cases: Iterable[Case], on: date, zone: tzinfo, *, past: Iterable[PastVisit] = ()
) -> bool:
    """Say whether a visit on `on` comes before any sum of money.

    So it is where an appointment is on that day, or a promise falls due by then and nobody has
    been there since its day.
    """
    cases = tuple(cases)
    last = last_visit(cases, on, zone, past)
    return any(has_appointment(case, on, zone) or is_promise_due(case, on, last) for case in cases)


def has_appointment(case: Case, on: date, zone: tzinfo) -> bool:
    return case.appointment is not None and case.appointment.start.astimezone(zone).date() == on


def is_promise_due(case: Case, on: date, last: date | None) -> bool:
    due = case.promise_due
    return due is not None and due <= on and (last is None or last < due)


def last_visit(
    cases: Iterable[Case], on: date, zone: tzinfo, past: Iterable[PastVisit]
) -> date | None:
    told = (case.visited_at for case in cases if case.visited_at is not None)
    days = (at.astimezone(zone).date() for at in (*told, *(visit.at for visit in past)))
    return max((day for day in days if day < on), default=None)

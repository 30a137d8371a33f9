"""A visit's value by what is known on a day, and by the weights of its policy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from scheduler.day import Day
from scheduler.directives import must_go
from scheduler.model import Case, PastVisit
from scheduler.value.musts import is_must_visit
from scheduler.value.terms import Value
from scheduler.value.visit import visit_value


def value_on(day: Day, cases: Sequence[Case], p_met: float, past: Iterable[PastVisit]) -> Value:
    """Return what a visit to the borrower of `cases` is worth on a day; ValueError as below."""
    dossier = day.dossier_of(cases[0].borrower_id)
    prices = day.policy.prices if day.policy else None
    return visit_value(cases, p_met, day.on, day.zone, past=past, dossier=dossier, prices=prices)


def is_must_on(day: Day, cases: Sequence[Case], past: Iterable[PastVisit]) -> bool:
    """Say whether a visit to the borrower of `cases` comes before any sum on a day.

    So it does by what `is_must_visit` says, or because a dispatcher said that somebody must go.
    """
    if must_go(day.dossier_of(cases[0].borrower_id).directives, day.on):
        return True
    return is_must_visit(cases, day.on, day.zone, past=past)


def rank_on(day: Day, cases: Sequence[Case], past: Sequence[PastVisit]) -> tuple[bool, Decimal]:
    """Return what comes first where it is greater: a must-visit, then what is worth most."""
    return is_must_on(day, cases, past), value_on(day, cases, 1.0, past).total

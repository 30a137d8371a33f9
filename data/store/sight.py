"""Whose cases and places somebody sees: those of her agencies, while they are entrusted to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true

from data import tables
from data.access import AgenciesOn

Agencies = Collection[str] | None
"""Agencies whose work may be seen; None is all of them."""


def of_agencies(column: ColumnElement[str], agencies: Agencies) -> ColumnElement[bool]:
    """Return the condition that a row is of an agency whose work may be seen.

    With `AgenciesOn`, a case is while its agency may work it, a promise while its case is, a place
    while a case of its borrower is.
    """
    if agencies is None:
        return true()
    theirs = column.in_(agencies)
    if not isinstance(agencies, AgenciesOn):
        return theirs
    if column is tables.loan_case.c.agency:
        return and_(theirs, is_entrusted(tables.loan_case.c, agencies.on))
    if column is tables.promise.c.agency:
        return and_(theirs, _is_on_entrusted(agencies.on))
    if column is tables.place.c.agency:
        return and_(theirs, _has_entrusted(agencies))
    return theirs


def is_entrusted(case: Any, on: date) -> ColumnElement[bool]:
    """Return the condition that the agency of a case may work it on a day."""
    return and_(
        or_(case.entrusted_on.is_(None), case.entrusted_on <= on),
        or_(case.returns_on.is_(None), case.returns_on >= on),
    )


def _has_entrusted(agencies: AgenciesOn) -> ColumnElement[bool]:
    """Return the condition that a place is of a borrower of whom they have a case."""
    hers, place = tables.loan_case.alias(), tables.place.c
    whose = (hers.c.city == place.city, hers.c.borrower_id == place.borrower_id)
    return exists().where(*whose, hers.c.agency.in_(agencies), is_entrusted(hers.c, agencies.on))


def _is_on_entrusted(on: date) -> ColumnElement[bool]:
    """Return the condition that the case of a promise may be worked on a day."""
    its, promise = tables.loan_case.alias(), tables.promise.c
    which = (its.c.city == promise.city, its.c.id == promise.case_id)
    return exists().where(*which, is_entrusted(its.c, on))


def sees(agencies: Agencies, case: Mapping[Any, Any]) -> bool:
    """Whether a row of `loan_case` may be seen; `of_agencies` asks the database the same."""
    if agencies is None:
        return True
    if case["agency"] not in agencies:
        return False
    return not isinstance(agencies, AgenciesOn) or is_now(case, agencies.on)


def is_now(case: Mapping[Any, Any], on: date) -> bool:
    """Whether the agency of a row of `loan_case` may work it on a day."""
    first, last = case["entrusted_on"], case["returns_on"]
    return (first is None or first <= on) and (last is None or on <= last)

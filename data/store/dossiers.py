"""What is known of borrowers besides their cases, places and visits, gathered for a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, union

from data import tables
from data.store import directives, restraints, rule_overrides
from data.store.cities import get_city
from data.store.contacts import contacts_of
from data.store.follow_ups import open_follow_ups
from data.store.payments import knows_payments, payments_of
from data.store.promises import promises_of
from data.store.rows import Only
from data.store.scores import scores_of
from data.store.told_paid import told_paid_of
from scheduler.dossier import Dossier
from scheduler.follow_ups import Task, TaskState
from scheduler.following import StepKind
from scheduler.promises import standing
from scheduler.restraints import Consent, Pause, Wish

promise, follow_up, consequence = tables.promise.c, tables.follow_up.c, tables.consequence.c

WAITS_FOR_PAYMENT = (follow_up.task == Task.CONFIRM_PAYMENT, follow_up.state == TaskState.OPEN)
IS_A_STOP = consequence.kind == StepKind.STOP_CASE

Parts = Mapping[str, Mapping[str, Sequence[Any]]]
"""Fields of `Dossier` by their names, each by borrower."""


def dossiers(connection: Connection, city: str, on: date, only: Only = None) -> dict[str, Dossier]:
    """Return what is known as of the day `on` of every borrower who has anything."""
    return _gathered(connection, city, on, _parts(connection, city, on, only))


def of_payments(connection: Connection, city: str, on: date) -> dict[str, Dossier]:
    """Return what payments decide of, and the payments, of every borrower who has any of it.

    These are promises, and what was said at the door to be paid; nothing else is told.
    """
    whose = union(
        select(promise.borrower_id).where(promise.city == city),
        select(follow_up.borrower_id).where(follow_up.city == city, *WAITS_FOR_PAYMENT),
        select(consequence.borrower_id).where(consequence.city == city, IS_A_STOP),
    )
    parts: Parts = {
        "payments": payments_of(connection, city, on, whose),
        "promises": promises_of(connection, city, on, whose),
        "told_paid": told_paid_of(connection, city, whose),
    }
    return _gathered(connection, city, on, parts)


def _gathered(connection: Connection, city: str, on: date, parts: Parts) -> dict[str, Dossier]:
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, by_borrower in parts.items():
        for who, facts in by_borrower.items():
            told[who][name] = tuple(facts)
    found = {who: Dossier(**fields) for who, fields in told.items()}
    if not knows_payments(connection, city):
        # Nobody can say that a payment did not come: what was told stays as it is.
        return {who: replace(one, told_paid=()) for who, one in found.items()}
    return _stood(found, on, ZoneInfo(get_city(connection, city).zone))


def _stood(found: Mapping[str, Dossier], on: date, zone: tzinfo) -> dict[str, Dossier]:
    """Let payments say how promises stand on the morning of `on`."""
    return {
        who: replace(one, promises=tuple(standing(one.promises, one.payments, on, zone)))
        for who, one in found.items()
    }


def _parts(connection: Connection, city: str, on: date, only: Only) -> Parts:
    """Return the fields of `Dossier` that the book tells, each by borrower."""
    return {
        "contacts": contacts_of(connection, city, on, only),
        "payments": payments_of(connection, city, on, only),
        "overrides": rule_overrides.in_force(connection, city, on, only),
        "promises": promises_of(connection, city, on, only),
        "scores": scores_of(connection, city, on, only),
        "pauses": restraints.by_borrower(connection, Pause, city, only),
        "wishes": restraints.by_borrower(connection, Wish, city, only),
        "consents": restraints.by_borrower(connection, Consent, city, only),
        "told_paid": told_paid_of(connection, city, only),
        "directives": directives.by_borrower(connection, city, on, only),
        "follow_ups": open_follow_ups(connection, city, only),
    }

"""What is known of borrowers besides their cases, places and visits, gathered for a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from data.store import restraints, rule_overrides
from data.store.cities import get_city
from data.store.contacts import contacts_of
from data.store.follow_ups import open_follow_ups
from data.store.payments import knows_payments, payments_of
from data.store.promises import promises_of
from data.store.rows import Only
from data.store.scores import scores_of
from data.store.told_paid import told_paid_of
from scheduler.dossier import Dossier
from scheduler.promises import standing
from scheduler.restraints import Consent, Pause, Wish


def dossiers(connection: Connection, city: str, on: date, only: Only = None) -> dict[str, Dossier]:
    """Return what is known as of the day `on` of every borrower who has anything."""
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, by_borrower in _parts(connection, city, on, only).items():
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


def _parts(
    connection: Connection, city: str, on: date, only: Only
) -> Mapping[str, Mapping[str, Sequence[Any]]]:
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
        "follow_ups": open_follow_ups(connection, city, only),
    }

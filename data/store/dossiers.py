"""What is known of borrowers besides their cases, places and visits, gathered for a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from data.store import rule_overrides
from data.store.contacts import contacts_of
from data.store.payments import payments_of
from scheduler.dossier import Dossier


def dossiers(
    connection: Connection, city: str, on: date, borrower_id: str | None = None
) -> dict[str, Dossier]:
    """Return what is known as of the day `on` of every borrower who has anything, or of one."""
    told: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, by_borrower in _parts(connection, city, on, borrower_id).items():
        for who, facts in by_borrower.items():
            told[who][name] = tuple(facts)
    return {who: Dossier(**fields) for who, fields in told.items()}


def _parts(
    connection: Connection, city: str, on: date, borrower_id: str | None
) -> Mapping[str, Mapping[str, Sequence[Any]]]:
    """Return the fields of `Dossier` that the book tells, each by borrower."""
    return {
        "contacts": contacts_of(connection, city, on, borrower_id),
        "payments": payments_of(connection, city, on, borrower_id),
        "overrides": rule_overrides.in_force(connection, city, on, borrower_id),
    }

"""What came of earlier visits, as far as it warns who goes there next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Engine, select

from data import database, tables
from data.store.past import IN_FORCE
from scheduler.field.flags import BEFORE

outcome = tables.outcome.c
LOOK_BACK = timedelta(days=730)


def warning_results(
    engine: Engine, city: str, borrower_ids: Collection[str], before: datetime
) -> dict[str, set[str]]:
    """Return by borrower the results of two years before an instant that warn a crew."""
    span = (outcome.at >= before - LOOK_BACK, outcome.at < before)
    query = select(outcome.borrower_id, outcome.code).where(
        outcome.city == city,
        outcome.borrower_id.in_(sorted(borrower_ids)),
        outcome.code.in_(sorted(BEFORE)),
        IN_FORCE,
        *span,
    )
    found: dict[str, set[str]] = defaultdict(set)
    with database.reading(engine) as connection:
        for borrower_id, code in connection.execute(query):
            found[borrower_id].add(code)
    return found

"""What models and bureaus say of cases; what was said of a day is not rewritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, insert, select

from data import tables
from data.store.asked_by_id import unindexed
from data.store.events import Transaction
from data.store.past import earliest
from data.store.payments import agencies_of, cases_of
from data.store.rows import Only, among, from_row, rows_of, to_row
from scheduler.ports import BookChange
from scheduler.scores import Score

score, case = tables.case_score.c, tables.loan_case.c


def add_scores(tx: Transaction, city: str, told: Sequence[Score]) -> BookChange:
    """Keep scores, one for a case, a source and a day; the change names them by their cases.

    Another score of the same source and day is not kept: the change names it as clashing.

    Raises
    ------
    NotFoundError
        Where the city has no such case; it names them.
    """
    ids = sorted({one.case_id for one in told})
    agencies = agencies_of(tx.connection, city, ids)
    held = rows_of(tx.connection, tables.case_score, city, ids, by="case_id")
    known = {
        (one.case_id, one.source, one.on): one for one in (from_row(Score, row) for row in held)
    }
    new: list[Score] = []
    same: list[str] = []
    clashing: list[str] = []
    for one in told:
        kept = known.setdefault((one.case_id, one.source, one.on), one)
        if kept is one:
            new.append(one)
        else:
            (same if kept == one else clashing).append(one.case_id)
    if new:
        by = {"imported_by": tx.by.actor, "imported_at": tx.by.at}
        tx.connection.execute(
            insert(tables.case_score), [to_row(one, city=city, **by) for one in new]
        )
    for one in new:
        after = {"source": one.source, "on": one.on.isoformat(), "chance": f"{one.chance:f}"}
        tx.note("score.added", one.case_id, city=city, agency=agencies[one.case_id], after=after)
    return BookChange(
        new=tuple(one.case_id for one in new), unchanged=tuple(same), clashing=tuple(clashing)
    )


def scores_of(
    connection: Connection, city: str, on: date, only: Only = None
) -> dict[str, list[Score]]:
    """Return the scores of a year up to a day, by borrower, the oldest first."""
    day = unindexed(score.on, only)
    query = (
        select(tables.case_score, case.borrower_id)
        .join(tables.loan_case, (case.city == score.city) & (case.id == score.case_id))
        .where(score.city == city, day <= on, day >= earliest(on).date())
        .where(among(score.case_id, cases_of(city, only)), among(case.borrower_id, only))
        .order_by(day, score.source, score.case_id)
    )
    found: dict[str, list[Score]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        found[row["borrower_id"]].append(from_row(Score, row))
    return found

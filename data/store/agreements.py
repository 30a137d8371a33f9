"""Agreements with their instalments and waivers, and what was seen on the spot."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert, update

from data import tables
from data.plain import to_plain
from data.store.events import Transaction
from data.store.promises import open_promise
from data.store.rows import Row, to_row
from scheduler.agreements import Agreement, Assessment, Evidence
from scheduler.following import Consequence
from scheduler.model import Case
from scheduler.ports import Outcome
from scheduler.promises import Promise

agreement = tables.agreement.c

NO_EVIDENCE = Evidence("", "")


def open_agreement(
    tx: Transaction, whose: Row, case: Case, outcome: Outcome, step: Consequence, on: date
) -> None:
    """Keep an agreement on a contract, and each instalment as a promise."""
    told = step.agreement
    assert told is not None
    row = {**whose, **_columns(told), "borrower_id": case.borrower_id, "case_id": case.id}
    row |= {"source": outcome.key, "signed_on": on, **_made(tx)}
    statement = insert(tables.agreement).values(**row).returning(agreement.id)
    id = int(tx.connection.execute(statement).scalar_one())
    after = {"id": id, "total": told.total, "instalments": len(told.instalments)}
    tx.note("agreement.signed", case.id, **whose, after=to_plain(after))
    for position, one in enumerate(told.instalments, start=1):
        promised = Promise(
            id=0,
            borrower_id=case.borrower_id,
            case_id=case.id,
            amount=one.amount,
            due=one.due,
            given_at=outcome.at,
            source=outcome.key,
            method=step.method,
            grace_days=step.grace_days,
        )
        _keep_instalment(tx, id, position, promised, open_promise(tx, whose, promised))
    _keep_waiver(tx, whose, id, case.id, told)


def _columns(told: Agreement) -> dict[str, Any]:
    signature, photo = told.signature or NO_EVIDENCE, told.photo or NO_EVIDENCE
    return {
        "total": told.total,
        "signature_reference": signature.reference,
        "signature_sha256": signature.sha256,
        "photo_reference": photo.reference,
        "photo_sha256": photo.sha256,
    }


def _keep_instalment(
    tx: Transaction, agreement_id: int, position: int, one: Promise, promise_id: int
) -> None:
    row = {"agreement_id": agreement_id, "position": position, "due": one.due}
    row |= {"amount": one.amount, "promise_id": promise_id}
    tx.connection.execute(insert(tables.instalment).values(**row))


def _keep_waiver(tx: Transaction, whose: Row, id: int, case_id: str, told: Agreement) -> None:
    if (waiver := told.waiver) is None:
        return
    row = {"agreement_id": id, **to_row(waiver)}
    by = {"recorded_by": tx.by.actor, "recorded_at": tx.by.at}
    tx.connection.execute(insert(tables.waiver).values(**row, **by))
    after = {"agreement": id, "amount": waiver.amount, "approved_by": waiver.approved_by}
    tx.note("waiver.recorded", case_id, **whose, after=to_plain(after))


def withdraw_agreements(tx: Transaction, source: str) -> None:
    """Withdraw the agreement of an outcome that was corrected; its promises go by themselves."""
    gone = (
        update(tables.agreement)
        .where(agreement.source == source, agreement.withdrawn_at.is_(None))
        .values(withdrawn_at=tx.by.at)
        .returning(tables.agreement)
    )
    for row in tx.connection.execute(gone).mappings().all():
        whose = {"city": row["city"], "agency": row["agency"]}
        tx.note("agreement.withdrawn", row["case_id"], **whose, after={"id": row["id"]})


def keep_assessment(tx: Transaction, city: str, outcome: Outcome, told: Assessment) -> None:
    """Keep what was seen on the spot. The outcome's own event tells of it."""
    row = {"outcome_key": outcome.key, "city": city, "borrower_id": outcome.borrower_id}
    tx.connection.execute(insert(tables.assessment).values(**row, **to_row(told), **_made(tx)))


def _made(tx: Transaction) -> dict[str, Any]:
    return {"made_by": tx.by.actor, "made_at": tx.by.at}

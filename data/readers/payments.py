"""Payments and balances, as a lender's system exports them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from data.readers.contacts import moment_of
from data.readers.digest import digest
from data.readers.payment_columns import PAYMENTS
from data.readers.report import Progress, ReadResult
from data.readers.rows import Row, read_rows
from data.readers.tables import File
from scheduler.payments import Balance, Payment

A_DAY = timedelta(days=1)


def read_payments(
    file: File,
    *,
    zone: tzinfo,
    now: datetime,
    borrowers_by_case: Mapping[str, str],
    progress: Progress | None = None,
) -> ReadResult[Payment | Balance]:
    """Read payments; a row with what is overdue and no amount tells a balance alone.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `PAYMENTS`; contract and time are required, and an amount
        or what is overdue.
    zone
        Of the city, in which the times are.
    now
        No payment can be later.
    borrowers_by_case
        Whose each case of the book is.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported.
    """
    rows = read_rows(file, PAYMENTS)
    if rows.has("key"):
        rows.refuse_repeated("key", "payment")
    alike: Counter[str] = Counter()
    aged: list[Balance] = []

    def make(row: Row) -> Payment | Balance | None:
        if row.get("contract") is not None and row.get("contract") not in borrowers_by_case:
            row.refuse("contract", "is no contract of the book; import its case first")
        at = moment_of(row, "at", zone, now)
        if row.get("amount") is None and row.get("overdue") is None and not row.is_bad:
            row.refuse("amount", "is empty; write what came in, or what is still overdue")
        if row.is_bad or at is None:
            return None
        if row.get("amount") is None:
            return _balance(row, zone)
        if (days := row.get("days_past_due")) is not None and row.get("overdue") is not None:
            aged.append(Balance(row.get("contract"), row.get("overdue"), days, at))
        return _payment(row, at, alike)

    result: ReadResult[Payment | Balance] = rows.result(make, progress=progress)
    return replace(result, records=(*result.records, *aged))


def payments_in(records: Iterable[Payment | Balance]) -> list[Payment]:
    """Return the payments among what a file told."""
    return [one for one in records if isinstance(one, Payment)]


def balances_in(records: Iterable[Payment | Balance]) -> list[Balance]:
    """Return the balances among what a file told."""
    return [one for one in records if isinstance(one, Balance)]


def _balance(row: Row, zone: tzinfo) -> Balance:
    on, clock = row.get("at")
    at = datetime.combine(on, clock, zone) if clock else datetime.combine(on + A_DAY, time(), zone)
    return Balance(row.get("contract"), row.get("overdue"), row.get("days_past_due"), at)


def _payment(row: Row, at: datetime, alike: Counter[str]) -> Payment:
    told = (row.get("contract"), row.get("amount"), at)
    return Payment(
        row.get("key") or _key(*map(str, told), alike=alike),
        *told,
        row.get("method", ""),
        row.get("overdue"),
    )


def _key(*said: str, alike: Counter[str]) -> str:
    """Return a key by what a row says; of rows that say the same, the second is another payment."""
    key = f"file-{digest('|'.join(said))}"
    alike[key] += 1
    return key if alike[key] == 1 else f"{key}-{alike[key]}"

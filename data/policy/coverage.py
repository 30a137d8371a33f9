"""Whether the rows of a policy leave a case without one, or hold for none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.policy.parts import Fault
from scheduler.model import BUCKETS, bucket_days
from scheduler.policy import PolicyRow


def coverage_faults(rows: Sequence[PolicyRow]) -> Iterator[Fault]:
    """Say which buckets have no row for all, which rows never hold, and which steps never come."""
    taken: set[str] = set()
    for number, row in enumerate(rows, start=1):
        buckets = set(row.buckets or BUCKETS)
        if buckets <= taken:
            yield Fault(f"rows {number}", "never holds, for rows above take all of its cases")
        if row.is_for_all:
            taken |= buckets
        yield from _late_steps(number, row)
    missing = [bucket for bucket in BUCKETS if bucket not in taken]
    if missing:
        yield Fault("rows", f"{', '.join(missing)} need a row for all products and risks")


def _late_steps(number: int, row: PolicyRow) -> Iterator[Fault]:
    lasts = [bucket_days(bucket)[1] for bucket in row.buckets or BUCKETS]
    if None in lasts:
        return
    last = max(day for day in lasts if day is not None)
    for step in row.steps:
        if step.from_days > last:
            text = (
                f"{step.channel} from {step.from_days} days on never comes, "
                f"its buckets end after {last}"
            )
            yield Fault(f"rows {number}", text)

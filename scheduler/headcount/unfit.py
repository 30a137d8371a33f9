"""Who of a team is employed and paid, and cannot be sent: her certificate has expired.

She counts as employed, for she is paid and renewing it brings her back. As she never goes out, it
is told how many there are, and until when their certificates held: counts, never a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.model import Collector


@dataclass(frozen=True, slots=True)
class Unfit:
    """How many collectors have a certificate whose last day is `expired`."""

    expired: date
    collectors: int


def unfit_by(people: Iterable[Collector], last: date) -> tuple[Unfit, ...]:
    """Return who cannot be sent on some day up to `last`, by the day that ended certificates."""
    days = (one.certificate_expires for one in people if not one.may_be_sent(last))
    counts = Counter(day for day in days if day is not None)
    return tuple(Unfit(day, counts[day]) for day in sorted(counts))


def all_unfit(told: Iterable[Unfit]) -> int:
    """Return how many collectors that are."""
    return sum(one.collectors for one in told)

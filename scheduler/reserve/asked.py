"""How much reserve can be asked for: in what share of cases a way or visit is over by then."""

from __future__ import annotations

from scheduler.errors import DayroundError

NO_RESERVE = 50
"""The middle: ways and visits take what they usually do."""

MOST_RESERVE = 95
"""Beyond it what spreads assume of rare cases decides, which nobody has measured."""

RESERVES = (NO_RESERVE, 70, 80, 90)
"""What the pages offer, in percent."""


class ReserveError(DayroundError, ValueError):
    """A reserve that cannot be asked for."""


def is_reserve(percent: int) -> bool:
    """Whether a plan can be asked for with so much reserve."""
    return NO_RESERVE <= percent <= MOST_RESERVE


def refuse_reserve(percent: int) -> None:
    """Raise ReserveError where no plan can be asked for with so much reserve."""
    if not is_reserve(percent):
        raise ReserveError(
            f"a reserve is from {NO_RESERVE} (none) to {MOST_RESERVE} percent, and not {percent}"
        )

"""The policy of a house: by bucket, product and risk, which channel, from when and how often.

A policy is data: a table whose rows are read from the top, the first that fits holds. Its
versions belong to a city and are never rewritten; a plan keeps the number of the one it was made
by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from scheduler.contacts import Channel
from scheduler.model import Case
from scheduler.value import VisitPrices

HOUSE_VERSION = 0
"""The number of the house's default, which holds where a city has put no version of its own."""


def next_number(numbers: Iterable[int]) -> int:
    """Return the number of a city's next version, after those that it has."""
    return max(numbers, default=HOUSE_VERSION) + 1


@dataclass(frozen=True, slots=True)
class Step:
    """A channel of a row: used from so many days past due on, and how often.

    From one use to the next there are `every_days` at least, and in any `in_days` days at most
    `most`, as many as one likes where that is None. `script` is the house's own reference.
    """

    channel: Channel
    from_days: int
    every_days: int = 1
    most: int | None = None
    in_days: int = 30
    script: str = ""


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """What is done for the cases of some buckets, products and risks; an empty list means all.

    Products and risks are patterns: `*车*` is every product that is called so.
    """

    steps: tuple[Step, ...]
    buckets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    crew_size: int = 1

    def fits(self, bucket: str, product: str, risk: str) -> bool:
        return (
            (not self.buckets or bucket in self.buckets)
            and _matches(self.products, product)
            and _matches(self.risks, risk)
        )

    @property
    def is_for_all(self) -> bool:
        """Whether it takes every product and risk."""
        return not self.products and not self.risks

    @property
    def visit(self) -> Step | None:
        """How it is visited; None where it is not."""
        return next((step for step in self.steps if step.channel is Channel.VISIT), None)


@dataclass(frozen=True)
class Policy:
    """A version of the policy.

    Parameters
    ----------
    title, source
        What people call it, and on whose word it is so.
    rows
        The first that fits a case holds.
    prices
        The weights of a visit's value.
    number
        Which version of the city's it is.
    """

    title: str
    source: str
    rows: tuple[PolicyRow, ...]
    prices: VisitPrices = field(default_factory=VisitPrices)
    number: int = field(default=HOUSE_VERSION, compare=False)

    def row(self, bucket: str, product: str, risk: str) -> PolicyRow | None:
        """Return the row that holds for such a case; None where no row fits."""
        return next((row for row in self.rows if row.fits(bucket, product, risk)), None)

    def row_of(self, case: Case) -> PolicyRow | None:
        return self.row(case.bucket, case.product, case.risk)

    def crew_size(self, cases: Sequence[Case]) -> int:
        """Return how many the rows of `cases` send together at least."""
        rows = (self.row_of(case) for case in cases)
        return max((row.crew_size for row in rows if row), default=1)


def _matches(patterns: Sequence[str], word: str) -> bool:
    folded = word.casefold()
    return not patterns or any(fnmatchcase(folded, each.casefold()) for each in patterns)

"""A value as the sum of its terms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a visit's value: an amount, and the reckoning in words.

    One that `is_told` only is no part of the sum: the search weighs it by itself.
    """

    name: str
    amount: Decimal
    note: str
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A visit's value as the sum of its terms, in the currency of the book."""

    terms: tuple[Term, ...]

    @property
    def total(self) -> Decimal:
        return sum((term.amount for term in self.terms if not term.is_told), Decimal(0))

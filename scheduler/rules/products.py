"""For which loans a visit is allowed at all."""

from __future__ import annotations

from scheduler.rules.base import Attempt, consented, rule
from scheduler.rules.values import read_words


@rule(read_words)
def product_bound(products: frozenset[str], attempt: Attempt) -> str | None:
    """Visits only for these products, and only with the borrower's signed authorisation."""
    others = sorted(
        case.product for case in attempt.cases if case.product.strip().casefold() not in products
    )
    if others:
        return f"visits for {others[0] or 'an unnamed product'} are forbidden"
    if consented("product_bound", attempt):
        return None
    return "no signed authorisation of hers for visits is kept"

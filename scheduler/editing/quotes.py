"""What every gap of every crew's day offers a visit: its price, or what forbids it.

    quoter(problem, sheet).quotes("b12")

A gap is quoted as allowed where `applying.applied` takes the move into it, at the very price by
which the cost of the plan then changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.editing.edits import Sheet
from scheduler.editing.quote import Quote as Quote
from scheduler.problem import Problem

if TYPE_CHECKING:
    from scheduler.editing.quoting import Quoter


def quotes(problem: Problem, sheet: Sheet, visit_id: str) -> list[Quote]:
    """Return a quote for each gap of each crew of `problem`, in their order.

    Raises
    ------
    NotFoundError
        Where nobody knows the visit.
    """
    return quoter(problem, sheet).quotes(visit_id)


def quoter(problem: Problem, sheet: Sheet) -> Quoter:
    """Return what quotes visit after visit on a sheet, which is laid out once for all of them."""
    from scheduler.editing.quoting import Quoter

    return Quoter(problem, sheet)

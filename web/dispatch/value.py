"""What a visit is worth, term by term, as the search weighs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import redirect, request, url_for

from data.access import Role
from scheduler.service import explain_case
from scheduler.value import Term
from web.auth.access import needs
from web.context import wired
from web.dispatch.room import Answer, dispatch, only_for_the_whole_city, page
from web.dispatch.today import newest_record, seen_board, working_day

BAR = Decimal(100)
"""How wide the longest bar is, in the units of its drawing."""


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with its bar: from `x` on, `width` wide, of a drawing that is `BAR` wide."""

    term: Term
    x: Decimal
    width: Decimal


@dispatch.get("/<city>/value")
@dispatch.get("/<city>/<day:on>/value")
@needs(Role.DISPATCHER)
def value(city: str, on: date | None = None) -> Answer:
    """Show what the visit of a case is worth; without a day, on the next that is worked."""
    only_for_the_whole_city()  # the sum tells of her cases at other agencies, too
    case_id, version = request.args.get("case", ""), request.args.get("version", type=int)
    if on is None:
        return redirect(url_for("dispatch.value", city=city, on=working_day(city), case=case_id))
    record = newest_record(city, on, version)
    told = record and explain_case(wired().ports, city, on, case_id, record.version)
    return page(
        "value",
        on,
        case_id=case_id,
        record=record,
        told=told,
        lines=lines(told.value.terms) if told and told.value else (),
        names=seen_board(record).names if record else {},
    )


def lines(terms: Sequence[Term]) -> list[TermLine]:
    """Return terms with bars from their common zero: sums to the right of it, costs to the left."""
    most = max((term.amount for term in terms), default=Decimal(0))
    least = min((term.amount for term in terms), default=Decimal(0))
    zero, span = min(least, Decimal(0)), max(most, Decimal(0)) - min(least, Decimal(0))
    unit = BAR / span if span else Decimal(0)
    return [
        TermLine(
            term,
            round((min(term.amount, Decimal(0)) - zero) * unit, 2),
            round(abs(term.amount) * unit, 2),
        )
        for term in terms
    ]

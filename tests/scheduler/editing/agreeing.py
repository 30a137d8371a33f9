"""Quotes held against the edits that they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.cost import cost
from scheduler.editing.applying import applied
from scheduler.editing.edits import Move, Sheet
from scheduler.editing.obstacles import ForbiddenEditError
from scheduler.editing.quotes import quoter
from scheduler.problem import Problem


def disagreements(problem: Problem, sheet: Sheet, visit_ids: list[str]) -> Iterator[str]:
    """Yield in words where a quote is not what the move does."""
    asked = quoter(problem, sheet)
    now = cost(problem, sheet.plan).total
    for visit_id in visit_ids:
        for quote in asked.quotes(visit_id):
            where = f"{visit_id} with {quote.crew_id} before {quote.before}"
            try:
                after = applied(problem, sheet, Move(visit_id, quote.crew_id, quote.before))
            except ForbiddenEditError as error:
                if quote.is_allowed:
                    yield f"{where}: {quote} is refused: {error}"
                continue
            if quote.forbidden:
                yield f"{where}: {quote.forbidden} is allowed"
                continue
            price = cost(problem, after.plan).total - now
            trip = next(t for t in after.plan.itineraries if t.crew_id == quote.crew_id)
            stop = next(s for s in trip.visits if s.id == visit_id)
            if (quote.price, quote.start_s) != (price, stop.start_s):
                yield f"{where}: {quote}, and it costs {price} at {stop.start_s}"

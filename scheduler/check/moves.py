"""How far a plan may differ from the one that people know."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.check.faults import Fault
from scheduler.plan import Plan, Violation
from scheduler.problem import Problem


def check_moves(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Name a plan that moves more visits than it may."""
    reference = problem.reference
    if reference is None or reference.most_moves is None:
        return
    moved = 0
    for visit_id, known in reference.crews_of.items():
        going = {t.crew_id for t in plan.itineraries if any(s.id == visit_id for s in t.visits)}
        moved += len(going - known) if going else 1
    if moved > reference.most_moves:
        text = f"moves {moved} visits of the plan that people know; {reference.most_moves} may be"
        yield Violation(Fault.TOO_MANY_MOVES, "plan", text)

"""Every id is known, and every visit stands in the plan, or is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.check.faults import Fault
from scheduler.plan import Plan, StopKind, Violation
from scheduler.problem import Problem, VisitOption


def check_lists(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Name unknown ids, crews that stand twice, and visits in two lists or in none.

    How often a visit may be made is the matter of `scheduler.check.doors`.
    """
    yield from _unknown(problem, plan)
    yield from _repeated(plan)
    yield from _lost(problem, plan)


def option_of(problem: Problem, visit_id: str, number: int) -> VisitOption | None:
    """Return a visit's option, or None where there is no such visit or option."""
    visit = problem.visit_by_id.get(visit_id)
    if visit is None or not 0 <= number < len(visit.options):
        return None
    return visit.options[number]


def _unknown(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for trip in plan.itineraries:
        crew = problem.crew_by_id.get(trip.crew_id)
        if crew is None:
            yield Violation(Fault.UNKNOWN_CREW, trip.crew_id, "the problem has no such crew")
        breaks = {rest.id for rest in crew.breaks} if crew else set()
        for stop in trip.stops:
            if stop.kind is StopKind.BREAK:
                if crew and stop.id not in breaks:
                    yield Violation(Fault.UNKNOWN_BREAK, stop.id, f"not a break of {crew.id}")
            elif stop.id not in problem.visit_by_id:
                yield Violation(Fault.UNKNOWN_VISIT, stop.id, "the problem has no such visit")
            elif option_of(problem, stop.id, stop.option) is None:
                yield Violation(Fault.UNKNOWN_OPTION, stop.id, f"has no option {stop.option}")
    for visit_id in sorted(_left_out(plan) - _to_account_for(problem)):
        yield Violation(Fault.UNKNOWN_VISIT, visit_id, "is left out, but nobody asked for it")


def _repeated(plan: Plan) -> Iterator[Violation]:
    lists = (
        (Fault.CREW_TWICE, [trip.crew_id for trip in plan.itineraries]),
        (Fault.LEFT_OUT_TWICE, [entry.visit_id for entry in plan.left_out]),
    )
    for fault, ids in lists:
        for id_, count in Counter(ids).items():
            if count > 1:
                yield Violation(fault, id_, f"stands {count} times in the plan")
    for visit_id in sorted(plan.served & _left_out(plan)):
        yield Violation(Fault.SERVED_AND_LEFT_OUT, visit_id, "is visited and left out")


def _lost(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for visit_id in sorted(_to_account_for(problem) - plan.served - _left_out(plan)):
        yield Violation(Fault.VISIT_LOST, visit_id, "is neither visited nor left out")


def _to_account_for(problem: Problem) -> set[str]:
    return {visit.id for visit in problem.visits} | {entry.visit_id for entry in problem.refused}


def _left_out(plan: Plan) -> set[str]:
    return {entry.visit_id for entry in plan.left_out}

"""Who comes to a door: one crew that is large enough, or two that are so together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.check.faults import Fault
from scheduler.plan import Plan, Stop, Violation
from scheduler.problem import CrewShift, Problem, Visit


class _Comer(NamedTuple):
    """A crew that makes a visit; None where the problem has no such crew."""

    crew: CrewShift | None
    stop: Stop

    @property
    def has_begun(self) -> bool:
        return self.crew is not None and self.stop in self.crew.begun


def check_doors(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Name visits that too many make, or too few people, or two who do not start together."""
    at_door: dict[str, list[_Comer]] = defaultdict(list)
    for trip in plan.itineraries:
        crew = problem.crew_by_id.get(trip.crew_id)
        for stop in trip.visits:
            at_door[stop.id].append(_Comer(crew, stop))
    for visit_id, comers in at_door.items():
        visit = problem.visit_by_id.get(visit_id)
        if len(comers) > 1:
            yield from _meeting_faults(visit_id, visit, comers)
        if visit is not None and not all(comer.has_begun for comer in comers):
            yield from _size_faults(visit, comers)


def _meeting_faults(
    visit_id: str, visit: Visit | None, comers: Sequence[_Comer]
) -> Iterator[Violation]:
    if visit is None or not _may_make_together(visit, comers):
        text = f"stands {len(comers)} times in the plan"
        yield Violation(Fault.VISIT_TWICE, visit_id, text)
    elif len({(stop.option, stop.start_s) for _, stop in comers}) > 1:
        told = ", ".join(f"{stop.option}: {stop.start_s}" for _, stop in comers)
        yield Violation(
            Fault.MEETS_APART,
            visit_id,
            f"two crews meet there at unlike options or seconds: {told}",
        )


def _may_make_together(visit: Visit, comers: Sequence[_Comer]) -> bool:
    """Whether these are two crews, each of which needs the other."""
    crews = [comer.crew for comer in comers if comer.crew is not None]
    return (
        visit.may_meet
        and len(comers) == len(crews) == len({crew.id for crew in crews}) == 2
        and all(crew.size < visit.crew_size for crew in crews)
    )


def _size_faults(visit: Visit, comers: Sequence[_Comer]) -> Iterator[Violation]:
    sizes = [comer.crew.size for comer in comers if comer.crew is not None]
    if _may_make_together(visit, comers):
        sizes = [sum(sizes)]
    for size in sizes:
        if size < visit.crew_size:
            text = f"needs {visit.crew_size} people, {size} come"
            yield Violation(Fault.CREW_TOO_SMALL, visit.id, text)

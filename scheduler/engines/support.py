"""What a problem may ask for and not every engine can honour."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.engines.base import Engine
from scheduler.errors import UnsupportedError
from scheduler.problem import CrewShift, Lock, Problem


def refuse_unsupported(engine: Engine, problem: Problem, locks: Sequence[Lock]) -> None:
    """Raise UnsupportedError where `engine` names something that it cannot honour."""
    if lacking := engine.supports(problem, locks):
        raise UnsupportedError(
            f"engine {engine.name!r} cannot honour {', '.join(lacking)}; choose another one"
        )


def pace_of(crew: CrewShift) -> tuple[int, int]:
    """Return what decides how fast a crew travels."""
    return crew.mode, crew.travel_percent


def has_setups(problem: Problem) -> bool:
    return any(option.setup_s for visit in problem.visits for option in visit.options)


def asked_of_search(problem: Problem) -> list[str]:
    """Name what `problem` asks for that only our own search can honour."""
    crews = problem.crews
    asked = {
        "two at one door": _may_meet(problem),
        "travel that differs by the hour": problem.has_slots,
        "a price for working time": any(crew.working_price_per_s for crew in crews),
        "a limit of working time": any(crew.max_working_s is not None for crew in crews),
        "breaks that are not paid": any(map(_is_unpaid_while_it_counts, crews)),
        "options for some crews alone": _has_options_for_some(problem),
        "a fair share of visits": any(crew.unfair_price for crew in crews),
        "stops that were begun": any(crew.begun for crew in crews),
        "a plan that people know": problem.reference is not None,
    }
    return [name for name, is_asked_for in asked.items() if is_asked_for]


def _may_meet(problem: Problem) -> bool:
    sizes = [crew.size for crew in problem.crews]
    return any(v.may_meet and v.crew_size > min(sizes, default=0) for v in problem.visits)


def _is_unpaid_while_it_counts(crew: CrewShift) -> bool:
    return crew.counts_working_time and not all(rest.is_paid for rest in crew.breaks)


def _has_options_for_some(problem: Problem) -> bool:
    return any(way.crews is not None for visit in problem.visits for way in visit.options)

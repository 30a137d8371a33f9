"""What a problem may ask for and not every engine can honour."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.engines.base import Engine
from scheduler.errors import UnsupportedError
from scheduler.problem import Lock, Problem


def refuse_unsupported(engine: Engine, problem: Problem, locks: Sequence[Lock]) -> None:
    """Raise UnsupportedError where `engine` names something that it cannot honour."""
    if lacking := engine.supports(problem, locks):
        raise UnsupportedError(
            f"engine {engine.name!r} cannot honour {', '.join(lacking)}; choose another one"
        )


def has_setups(problem: Problem) -> bool:
    return any(option.setup_s for visit in problem.visits for option in visit.options)

"""OR-Tools' CP-SAT, so that it answers the same whenever it is asked the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver


def repeatable(seed: int, work: float) -> CpSolver:
    """Return a solver of one worker that stops after `work` deterministic seconds."""
    from ortools.sat.python.cp_model import CpSolver

    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = work
    # Else it takes Ctrl-C away from whoever listens for it, for good.
    solver.parameters.catch_sigint_signal = False
    return solver

"""The engine: days better than any general solver's, for several windows and places per case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.draft import Draft
from scheduler.engines.base import OnProgress, Result, StopRule
from scheduler.engines.outcome import outcome
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem


class SearchEngine:
    """Ruin and recreate with simulated annealing, native to every feature; see docs/search.md."""

    name = "search"

    def supports(self, problem: Problem, locks: Sequence[Lock] = ()) -> list[str]:  # noqa: ARG002
        return []

    def solve(
        self,
        problem: Problem,
        stop: StopRule,
        *,
        seed: int = 0,
        warm_start: Plan | None = None,
        locks: Sequence[Lock] = (),
        on_progress: OnProgress | None = None,
    ) -> Result:
        """Return the best plan found; the same for the same seed where `stop` counts.

        One iteration of a stop rule is a slice of some hundred ruins. Compiling, or loading what
        was compiled before, happens before `stop` is first asked.
        """
        draft = Draft.of(apply_locks(problem, locks), warm_start)
        began_with = draft.cost
        watch = Watch(stop, on_progress)
        steps = _search(draft, watch, seed) if draft.routes and len(draft.table.visit) else 0
        watch.finish(draft)
        return replace(outcome(draft, began_with, self.name), iterations=steps)


def _search(draft: Draft, watch: Watch, seed: int) -> int:
    from scheduler.engines.search.running import Search

    search = Search(draft, seed)
    search.run(watch)
    return search.steps

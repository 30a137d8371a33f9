"""The engine: days better than any general solver's, for several windows and places per case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.draft import Draft
from scheduler.engines.base import OnProgress, Result, StopRule
from scheduler.engines.outcome import outcome
from scheduler.engines.search.tuning import WORK
from scheduler.engines.support import refuse_unsupported
from scheduler.engines.watch import Watch
from scheduler.locks import apply_locks
from scheduler.plan import Plan
from scheduler.problem import Lock, Problem


class SearchEngine:
    """Ruin and recreate with simulated annealing, native to every feature; see docs/search.md.

    Parameters
    ----------
    threads
        How many search at once; each number of them finds another plan.
    work
        Visits times steps of a slice of one thread; less of it where nobody waits for long.
    """

    name = "search"
    begins_whole = True

    def __init__(self, threads: int = 1, work: int = WORK) -> None:
        if threads < 1:
            raise ValueError(f"{threads} threads cannot search; give 1 or more")
        self._threads = threads
        self._work = work

    def supports(self, problem: Problem, locks: Sequence[Lock] = ()) -> list[str]:
        visits = (problem.visit_by_id[lock.visit_id] for lock in locks)
        return ["a lock of a visit that two meet for"] if any(v.may_meet for v in visits) else []

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
        """Return the best plan found; the same for the same seed and threads where `stop` counts.

        One iteration of a stop rule is a slice of some hundred ruins. Compiling, or loading what
        was compiled before, happens before `stop` is first asked, and the first plan is made
        before it is asked again.
        """
        locked = apply_locks(problem, locks)
        refuse_unsupported(self, problem, locks)
        draft = Draft.of(locked, warm_start)
        began_with = draft.cost
        watch = Watch(stop, on_progress)
        is_empty = not draft.routes or not len(draft.table.visit)
        steps = 0 if is_empty else _search(draft, watch, seed, self._threads, self._work)
        watch.finish(draft)
        return replace(outcome(draft, began_with, self.name), iterations=steps)


def _search(draft: Draft, watch: Watch, seed: int, threads: int, work: int) -> int:
    from scheduler.engines.search.running import Search

    search = Search(draft, seed, threads, work)
    search.run(watch)
    return search.steps

"""The runs of one engine and of its peers, on the same problems with the same budgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.contest import contest
from benchmarks.inserting import inserted
from benchmarks.instances import Field, Instance
from benchmarks.measure import Figures, Run
from benchmarks.ours import Ours
from benchmarks.peers import EXPLORATION, VROOM, Peer
from benchmarks.teams import Teams, plan_in_teams
from web.cli.solve import Clock

ONCE = (1,)
QUICK_S = 10.0
"""The longest search that `--quick` makes."""

Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Race:
    """Makes runs.

    Parameters
    ----------
    engine
        Ours, by its name in the registry.
    pace
        The part of each budget that is given, 1 but for a try.
    quick_seeds
        Those that `--quick` runs too, where the search is a short one.
    """

    engine: str
    pace: float = 1.0
    quick_seeds: Sequence[int] = ONCE

    def ours(
        self,
        instance: Instance,
        seconds: float,
        seeds: Sequence[int] = ONCE,
        *,
        threads: int = 1,
        clock: Clock = Clock.CPU,
    ) -> Runs:
        """Let the engine search, with one seed after the other."""
        solver = Ours(self.engine, threads, clock)
        return self._runs(
            f"{instance}, {solver}", partial(contest, solver, instance), seconds, seeds
        )

    def by(
        self, peer: Peer, instance: Instance, seconds: float, seeds: Sequence[int] = ONCE
    ) -> Runs:
        """Let a peer search as long."""
        work = partial(contest, peer, instance)
        return self._runs(str(instance), work, seconds, seeds, peer.version)

    def in_teams(self, day: Field, teams: int, seconds: float) -> Runs:
        """Let the engine search with collectors in fixed teams."""
        instance = Teams(day, teams)
        work = partial(plan_in_teams, self.engine, instance)
        return self._runs(f"{instance}, {self.engine}", work, seconds)

    def insertions(self, day: Field, seconds: float, seeds: Sequence[int]) -> Runs:
        """Insert a case into a plan that a search made without it, and search with it."""
        what = f"{day}, one case inserted, {self.engine}"
        return self._runs(what, partial(inserted, self.engine, day), seconds, seeds)

    def at_vrooms_time(self, instance: Instance) -> Run:
        """Let VROOM plan until it is done, and then the engine for as many CPU seconds."""
        what = f"{instance}, {self.engine} at VROOM's time"
        return Run(what, partial(self._after_vroom, instance), ONCE[0])

    def _after_vroom(self, instance: Instance) -> Figures:
        theirs = contest(VROOM, instance, 0, EXPLORATION)
        ours = contest(Ours(self.engine), instance, theirs["cpu_s"] * self.pace, ONCE[0])
        return {**ours, **{f"VROOM {name}": figure for name, figure in theirs.items()}}

    def _runs(
        self,
        what: str,
        work: Callable[[float, int], Figures],
        seconds: float,
        seeds: Sequence[int] = ONCE,
        peer: str = "",
    ) -> Runs:
        """Return a run of `work`, which takes a budget and a seed, for each seed."""
        budget_s = seconds * self.pace
        return tuple(
            Run(
                instance=what,
                work=partial(work, budget_s, seed),
                seed=seed,
                seconds=budget_s,
                in_quick=seed in self.quick_seeds and seconds <= QUICK_S,
                peer=peer,
            )
            for seed in seeds
        )

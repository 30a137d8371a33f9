"""A process that lets one of our engines solve one problem, and prints figures of the way to it.

Beside `dayround solve`, it notes how the best plan's objective falls over the time.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.contest import UNABLE
from benchmarks.curve import sampled
from data.vroom.reading import Instance, read_file
from data.vroom.writing import Written, solution_of
from scheduler.engines.base import Engine, Progress, StopRule
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.registry import engine as engine_named
from scheduler.engines.registry import has_threads
from scheduler.engines.stop_rules import Elapsed
from scheduler.errors import DayroundError, UnsupportedError
from web.cli.solve import CLOCKS, Clock


@dataclass
class Notes:
    """When a search began, by its clock, and the objective at each word of it since."""

    now: Callable[[], float]
    stop: StopRule
    began_s: float = 0.0
    has_begun: bool = False
    points: list[tuple[float, float]] = field(default_factory=list)

    def ask(self) -> float:
        """Answer for the stop rule; the first question is the search's beginning."""
        if not self.has_begun:
            self.began_s, self.has_begun = self.now(), True
        return self.stop()

    def hear(self, progress: Progress) -> None:
        """Note what is reached, once there is a plan at all."""
        if progress.visits:
            self.points.append((self.now() - self.began_s, progress.cost))

    def figures(self, called_s: float, seconds: float) -> dict[str, float]:
        """Return what a search that is over can tell of its way."""
        told: dict[str, float] = {
            "compiling_s": self.began_s - called_s,
            "solving_s": self.now() - self.began_s,
        }
        if self.points:
            told["first_plan_s"] = self.points[0][0]
        return told | sampled(self.points, seconds)


def main(
    problem: Path,
    solution: Path,
    engine: Annotated[str, typer.Option()],
    seconds: Annotated[float, typer.Option(help="0 ends with greedy's first plan.")],
    seed: Annotated[int, typer.Option()] = 0,
    threads: Annotated[int, typer.Option()] = 1,
    clock: Annotated[Clock, typer.Option()] = Clock.CPU,
    pair_skill: Annotated[str, typer.Option()] = "",
) -> None:
    """Solve PROBLEM, write SOLUTION, and print the figures as a line of JSON."""
    try:
        chosen = engine_for(engine, seconds, threads)
        instance = with_pairs(read_file(problem), pair_skill)
        now = CLOCKS[clock]
        notes = Notes(now, Elapsed(seconds, now) if seconds else lambda: 0.0)
        called_s = now()
        result = chosen.solve(instance.problem, notes.ask, seed=seed, on_progress=notes.hear)
        figures = notes.figures(called_s, seconds)
    except DayroundError as error:
        print(error)
        sys.exit(UNABLE)
    if result.iterations:
        figures |= {"iterations_per_s": result.iterations / figures["solving_s"]}
    written = solution_of(instance, result.plan, {})
    solution.write_text(json.dumps(written), encoding="utf-8")
    print(json.dumps(figures | {"pairs_travel_s": pairs_travel_s(instance, written, pair_skill)}))


def engine_for(name: str, seconds: float, threads: int) -> Engine:
    """Return an engine that uses so many threads; UnsupportedError where it cannot."""
    if not seconds:
        return GreedyEngine(improves=False)
    chosen = engine_named(name, threads)
    if threads > 1 and not has_threads(name):
        raise UnsupportedError(f"engine {name} uses one thread")
    return chosen


def with_pairs(instance: Instance, skill: str) -> Instance:
    """Let the travel of crews that have `skill` count for two."""
    crews = tuple(
        replace(crew, travel_price_per_s=2) if skill in crew.skills else crew
        for crew in instance.problem.crews
    )
    return replace(instance, problem=replace(instance.problem, crews=crews))


def pairs_travel_s(instance: Instance, written: Written, skill: str) -> int:
    """Return how long the crews that have `skill` travel, which a judge counts once."""
    skills = {crew.id: crew.skills for crew in instance.problem.crews}
    routes = (route for route in written["routes"] if skill in skills[str(route["vehicle"])])
    return sum(route["duration"] for route in routes)


if __name__ == "__main__":
    typer.run(main)

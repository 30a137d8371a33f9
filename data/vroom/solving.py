"""Solving a problem of VROOM's JSON: what took how long is told apart."""

from __future__ import annotations

from collections.abc import Callable

from data.vroom.reading import Instance
from data.vroom.writing import Written, solution_of
from scheduler.engines.base import Engine, OnProgress, StopRule

Clock = Callable[[], float]


def solve(
    instance: Instance,
    engine: Engine,
    stop: StopRule,
    clock: Clock,
    *,
    seed: int = 0,
    loading_s: float = 0.0,
    on_progress: OnProgress | None = None,
) -> Written:
    """Return the solution that `engine` finds, with the seconds by `clock` that it took.

    `compiling` is what passes before the engine first asks how far it is: loading its library,
    compiling, building arrays. A stop rule's time begins with that question, and so does `solving`.

    Raises
    ------
    UnsupportedError
        Where the engine cannot honour what the problem asks for.
    """
    first_asked: list[float] = []

    def noted() -> float:
        if not first_asked:
            first_asked.append(clock())
        return stop()

    began = clock()
    result = engine.solve(
        instance.problem, noted, seed=seed, warm_start=instance.warm_start, on_progress=on_progress
    )
    ended = clock()
    ready = first_asked[0] if first_asked else ended
    times_s = {"loading": loading_s, "compiling": ready - began, "solving": ended - ready}
    return solution_of(instance, result.plan, times_s, result.dropped)

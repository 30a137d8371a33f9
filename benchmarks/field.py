"""Quality of the engines on a day of field visits, by an independent judge.

Problem, judge and peers are scripts in a folder of their own, DAYROUND_BENCH or ../shared/bench.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from benchmarks.comparing import ratio_to_best
from benchmarks.contest import contest
from benchmarks.instances import Field
from benchmarks.measure import Measure, Run, Series
from benchmarks.ours import Ours
from benchmarks.peers import PYVRP

MEASURED = ("routing", "scheduler", "data/vroom", "benchmarks")
DAY = Field()


@dataclass(frozen=True, slots=True)
class Entry:
    """An engine and the CPU seconds that it is given; none ends with greedy's first plan."""

    engine: str
    seconds: float
    seeds: tuple[int, ...] = (0,)

    def __str__(self) -> str:
        return f"{self.engine} {self.seconds:g} s" if self.seconds else f"{self.engine} first plan"

    def runs(self) -> tuple[Run, ...]:
        works = {
            seed: partial(contest, Ours(self.engine), DAY, self.seconds, seed)
            for seed in self.seeds
        }
        return tuple(
            Run(f"{DAY}, {self}", work, seed, self.seconds) for seed, work in works.items()
        )


SEEDS = (1, 2)
ENTRIES = (
    Entry("greedy", 0),
    Entry("greedy", 10, SEEDS),
    Entry("pyvrp", 10, SEEDS),
    Entry("ortools", 30),
)
PEER_S = 10.0


def measures() -> Iterator[Measure]:
    peer = Series("objective", tuple(PYVRP.run(DAY, PEER_S, seed) for seed in SEEDS))
    for entry in ENTRIES:
        runs = entry.runs()
        objective = Series("objective", runs)
        peers = {PYVRP.name: peer} if entry.seconds == PEER_S else {}
        yield Measure(f"{entry} objective", "s", objective, peers)
        yield Measure(f"{entry} violations", "", Series("violations", runs))
        if entry.engine == "pyvrp":
            yield Measure(f"{entry} beside PyVRP", "×", objective, peers, beside=ratio_to_best)

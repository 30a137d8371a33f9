"""Quality of the engines on a day of field visits, by an independent judge.

Problem, judge and peers are scripts in a folder of their own, DAYROUND_BENCH or ../shared/bench.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.instances import Field
from benchmarks.measure import Measure
from benchmarks.peers import PYVRP
from benchmarks.quality import beside, quality
from benchmarks.race import Race

MEASURED = ("routing", "scheduler", "data/vroom", "benchmarks")
DAY = Field()
SEEDS = (1, 2)


def measures() -> Iterator[Measure]:
    engines = ("greedy", "pyvrp", "ortools")
    greedy, pyvrp, ortools = (Race(engine, quick_seeds=SEEDS) for engine in engines)
    its_own = pyvrp.by(PYVRP, DAY, 10, SEEDS)
    yield from quality("greedy first plan", greedy.ours(DAY, 0))
    yield from quality("greedy 10 s", greedy.ours(DAY, 10, SEEDS), PyVRP=its_own)
    adapted = pyvrp.ours(DAY, 10, SEEDS)
    yield from quality("pyvrp 10 s", adapted, PyVRP=its_own)
    yield beside("pyvrp 10 s beside PyVRP", adapted, PyVRP=its_own)
    yield from quality("ortools 30 s", ortools.ours(DAY, 30))

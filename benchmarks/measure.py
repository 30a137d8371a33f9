"""What a benchmark is made of: runs that do the work, measures that read a figure off them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

Figures = Mapping[str, float]
Average = Callable[[Sequence[float]], float]

Comparison = Callable[[Sequence[float], Mapping[str, Sequence[float]]], float]
"""From our figures and those of each peer, run by run, to how we stand beside them."""


class NotHereError(Exception):
    """What a run needs is absent on this machine; its measures have no value."""


@dataclass(frozen=True)
class Run:
    """A piece of work that is done once, and then kept.

    Parameters
    ----------
    instance
        What is worked on, in words; with `seed` and `seconds` it tells this run from the
        benchmark's others.
    work
        Does it and returns every figure by name. NotHereError where it cannot be done here.
    seconds
        Budget of the search in it, 0 where there is none.
    in_quick
        Whether it is short enough for `--quick`.
    peer
        Who does it, and in which version, where it is not our code: such a run stays good when
        our code changes, and every benchmark may use it.
    """

    instance: str
    work: Callable[[], Figures]
    seed: int = 0
    seconds: float = 0
    in_quick: bool = True
    peer: str = ""


@dataclass(frozen=True)
class Series:
    """One figure of several runs, in their order."""

    figure: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Measure:
    """A figure that is reported.

    Parameters
    ----------
    ours
        What is measured; its runs share one budget.
    peers
        What others reached, by name.
    average
        Makes one figure of a series'.
    beside
        Makes the value from our series and the peers'; without it, the value is our average.
    """

    name: str
    unit: str
    ours: Series
    peers: Mapping[str, Series] = field(default_factory=dict)
    average: Average = median
    beside: Comparison | None = None

    @property
    def in_quick(self) -> bool:
        return all(run.in_quick for series in self.all_series for run in series.runs)

    @property
    def all_series(self) -> list[Series]:
        return [self.ours, *self.peers.values()]

    @property
    def seeds(self) -> list[int]:
        return list(dict.fromkeys(run.seed for run in self.ours.runs))

    @property
    def seconds(self) -> float:
        return self.ours.runs[0].seconds

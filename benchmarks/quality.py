"""Measures of what plans are worth, from runs that a judge has scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.comparing import ratio_to_best
from benchmarks.measure import Measure, Series
from benchmarks.race import Runs


def quality(name: str, runs: Runs, **peers: Runs) -> Iterator[Measure]:
    yield Measure(f"{name} objective", "s", Series("objective", runs), objectives(peers))
    yield violations(name, runs)


def beside(name: str, runs: Runs, **peers: Runs) -> Measure:
    """Return how our objective stands beside the best of the peers'."""
    ours, theirs = Series("objective", runs), objectives(peers)
    return Measure(name, "×", ours, theirs, beside=ratio_to_best)


def objectives(peers: Mapping[str, Runs]) -> dict[str, Series]:
    return {name: Series("objective", runs) for name, runs in peers.items()}


def violations(name: str, runs: Runs) -> Measure:
    """Return how many rules the plans break, which is none, or the other figures mean nothing."""
    return Measure(f"{name} violations", "", Series("violations", runs), average=sum)

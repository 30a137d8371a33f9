"""How the objective falls while a search goes on, as figures of its run."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.measure import Figures

SHARES = (0.01, 0.02, 0.03, 0.05, 0.07, *(k / 20 for k in range(2, 21)))
"""Parts of the budget at which the objective is noted: densely where it falls steeply."""

Point = tuple[float, float]
"""Seconds since the search began, and the objective of the best plan then."""


def sampled(points: Sequence[Point], seconds: float) -> dict[str, float]:
    """Return the objective at each part of the budget by which there was a plan."""
    samples = {}
    for at_s in (share * seconds for share in SHARES):
        reached = [objective for second, objective in points if second <= at_s]
        if reached:
            samples[f"at {at_s:g} s"] = reached[-1]
    return samples


def curve_of(figures: Figures) -> list[Point]:
    """Return the samples among a run's figures, in their order."""
    names = (name.split() for name in figures)
    seconds = (words[1] for words in names if words[0] == "at" and words[-1] == "s")
    return [(float(second), figures[f"at {second} s"]) for second in seconds]

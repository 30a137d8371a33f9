"""How our figures stand beside the peers': less than 1, or less than 0, is better than theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean, geometric_mean


def ratio_to_best(ours: Sequence[float], peers: Mapping[str, Sequence[float]]) -> float:
    """Return the geometric mean of our ratios, run by run, to the least of the peers."""
    best = [min(theirs) for theirs in zip(*peers.values(), strict=True)]
    return geometric_mean(own / least for own, least in zip(ours, best, strict=True))


def ratio_of_means(ours: Sequence[float], peers: Mapping[str, Sequence[float]]) -> float:
    """Return the ratio of our arithmetic mean to the one peer's."""
    [theirs] = peers.values()
    return fmean(ours) / fmean(theirs)


def mean_beyond(ours: Sequence[float], peers: Mapping[str, Sequence[float]]) -> float:
    """Return how much our arithmetic mean exceeds the one peer's."""
    [theirs] = peers.values()
    return fmean(ours) - fmean(theirs)

"""Groups that are too small to be told by themselves: what one of few comes to is nearly one's own.

Who plans sees counts and districts, and no door: of a group of one or two a mean tells a door.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

FEWEST = 5
"""So many cases, borrowers or ways a group has at least that is told by itself."""


def parted(groups: Sequence[T], count: Callable[[T], int]) -> tuple[list[T], list[T]]:
    """Return the groups that are told each by itself, and those that are told together.

    `count` tells how many a group holds. Where the small ones are too few even together, the next
    smallest is told with them: else what is told of all but them would tell them, too. Only where
    all groups hold fewer than `FEWEST` are these together fewer: then nothing is told of them.
    """
    by_size = sorted(range(len(groups)), key=lambda at: count(groups[at]))
    counts = [count(groups[at]) for at in by_size]
    few = sum(one < FEWEST for one in counts)
    while few < len(counts) and 0 < sum(counts[:few]) < FEWEST:
        few += 1
    small = frozenset(by_size[:few])
    return (
        [one for at, one in enumerate(groups) if at not in small],
        [one for at, one in enumerate(groups) if at in small],
    )

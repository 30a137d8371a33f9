"""Legs by hour, district or mode, with how far plans were off; small groups are told together."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from routing.units import HOUR_S, HOURS_A_DAY
from scheduler.forecast.errors import Off, off
from scheduler.forecast.facts import K, Leg, by_key
from scheduler.told_together import FEWEST, parted


@dataclass(frozen=True, slots=True)
class Group:
    """The legs of an hour, a district or a mode: what they were to take and took, in seconds.

    The one whose `key` is None holds all legs of groups that are too small to be told alone.
    """

    key: Hashable
    of: int
    planned_s: float
    took_s: float
    off: Off

    @property
    def ratio(self) -> float:
        """How many times as long they took as planned."""
        return self.took_s / self.planned_s


def grouped(legs: Iterable[Leg], key: Callable[[Leg], K]) -> list[Group]:
    """Return legs by a key, with what they were to take as plans told, and took.

    The small groups are told together, last; nothing is told where all legs are too few.
    """
    alone, small = parted(by_key(legs, key), lambda one: len(one[1]))
    together = [leg for _, some in small for leg in some]
    last = [_group(None, together)] if len(together) >= FEWEST else []
    return [*(_group(name, some) for name, some in alone), *last]


def by_hour(legs: Iterable[Leg]) -> list[Group]:
    """Return legs by the hour in which they were begun, 0 … 23, those past midnight at 0 again."""
    found = grouped(legs, lambda leg: leg.leave_s // HOUR_S % HOURS_A_DAY)
    return sorted(found, key=lambda one: HOURS_A_DAY if one.key is None else int(str(one.key)))


def _group(key: Hashable, legs: Sequence[Leg]) -> Group:
    planned_s, took_s = sum(one.planned_s for one in legs), sum(one.took_s for one in legs)
    pairs = [(float(one.planned_s), float(one.took_s)) for one in legs]
    return Group(key, len(legs), planned_s, took_s, off(pairs))

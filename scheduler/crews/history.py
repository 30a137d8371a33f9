"""Who has gone with whom lately, so that a pair does not stay together for too long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import takewhile

LastCrews = Iterable[tuple[date, tuple[str, ...]]]
"""(day, members) of past crews, in any order."""


def days_together(crews: LastCrews) -> dict[frozenset[str], int]:
    """Return for each pair how many of the last days on the road, in a row, it went together.

    A day on which nobody went (a weekend) does not end a row.
    """
    pairs_by_day: dict[date, set[frozenset[str]]] = defaultdict(set)
    for on, members in crews:
        pairs_by_day[on].add(frozenset(members))
    days = [pairs_by_day[on] for on in sorted(pairs_by_day, reverse=True)]
    pairs = {pair for pair in (days[0] if days else ()) if len(pair) == 2}
    return {pair: _days_in_a_row(pair, days) for pair in pairs}


def _days_in_a_row(pair: frozenset[str], days: Sequence[set[frozenset[str]]]) -> int:
    return len(list(takewhile(lambda day: pair in day, days)))

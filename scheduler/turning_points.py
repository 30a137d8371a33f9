"""A question that is asked of every second of a day, answered at few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import chain
from typing import TypeVar

from scheduler.windows import instant, later

A = TypeVar("A")
STEP = timedelta(minutes=15)
"""Beside the edges that are told no rule of visits changes its mind for less."""

SECOND = timedelta(seconds=1)

Spans = tuple[tuple[datetime, datetime], ...]


def bounds(on: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the first midnight of a day, and the next."""
    first = datetime.combine(on, time(), zone)
    return first, datetime.combine(on + timedelta(days=1), time(), zone)


def spans_of_day(
    on: date,
    zone: tzinfo,
    ask: Callable[[datetime], A],
    is_same: Callable[[A, A], bool],
    edges: Iterable[datetime],
    step: timedelta = STEP,
) -> Spans:
    """Return the day cut, to the second, where the answer of `ask` becomes another.

    `edges` are instants at which it may do so for less than `step`; all are aware.
    """
    first, end = bounds(on, zone)
    changes = [first, *_changes(first, _looked_at(first, end, edges, step), ask, is_same)]
    return tuple(zip(changes, [*changes[1:], end], strict=True))


def _changes(
    first: datetime,
    looked_at: Iterable[datetime],
    ask: Callable[[datetime], A],
    is_same: Callable[[A, A], bool],
) -> Iterator[datetime]:
    """Yield each second at which it is another answer."""
    before, at = ask(first), first
    for following in looked_at:
        now = ask(following)
        if not is_same(before, now):
            yield _turn(at, following, before, ask, is_same)
        before, at = now, following


def _looked_at(
    first: datetime, end: datetime, edges: Iterable[datetime], step: timedelta
) -> list[datetime]:
    """Return the instants to ask for: every step, and the edges."""
    steps = (instant(end) - instant(first)) // step
    found = {instant(at) for at in chain(edges, (later(first, n * step) for n in range(1, steps)))}
    within = sorted(at for at in found if instant(first) < at < instant(end))
    return [at.astimezone(first.tzinfo) for at in within]


def _turn(
    low: datetime,
    high: datetime,
    known: A,
    ask: Callable[[datetime], A],
    is_same: Callable[[A, A], bool],
) -> datetime:
    """Return the first second in which the answer is no longer that of `low`."""
    while instant(high) - instant(low) > SECOND:
        half = (instant(high) - instant(low)) // 2
        middle = later(low, timedelta(seconds=half // SECOND))
        low, high = (middle, high) if is_same(known, ask(middle)) else (low, middle)
    return high

"""Which hours are offered: as long as the visit and what a crew may be late, on half hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from scheduler.model import Window
from scheduler.problem import Span, VisitOption
from scheduler.windows import merge_spans

STEP_S = 30 * 60
QUARTER_S = 15 * 60
EVEN_S = 5 * 60
SPARE_S = 30 * 60
"""How much longer than the visit the agreed hours are: nobody waits at a door for longer."""


def window_s(service_s: int) -> int:
    """Return how long offered hours are: the visit and what is spare, in whole quarters."""
    return -(-(service_s + SPARE_S) // QUARTER_S) * QUARTER_S


def offered_hours(options: Iterable[VisitOption], since_s: int = 0) -> list[Span]:
    """Return the hours [begin, end) that may be offered for a visit by one of `options`.

    They begin on a half hour, not before `since_s`, and lie in hours that hold the whole visit.
    Where these are too short for that, they are offered as they are.
    """
    open_s = merge_spans(
        (first, last + option.service_s)
        for option in options
        for first, last in option.starts
        if last >= since_s
    )
    lasts_s = max((option.service_s for option in options), default=0)
    return [hours for span in open_s for hours in _parts(span, lasts_s, since_s)]


def _parts(open_s: Span, lasts_s: int, since_s: int) -> list[Span]:
    begin, end = max(open_s[0], since_s), open_s[1]
    first = -(-begin // STEP_S) * STEP_S
    length = window_s(lasts_s)
    whole = [(at, at + length) for at in range(first, end - length + 1, STEP_S)]
    return whole or ([(begin, end)] if end - begin >= lasts_s else [])


def hours_to_agree(starts: datetime, ends: datetime) -> Window:
    """Return the hours to agree on for a visit that can be made at one time: whole five minutes."""
    first, last = starts.timestamp() // EVEN_S, -(-ends.timestamp() // EVEN_S)
    begin, end = (datetime.fromtimestamp(n * EVEN_S, starts.tzinfo) for n in (first, last))
    return Window(begin, end)


def within(option: VisitOption, hours: Span) -> tuple[Span, ...]:
    """Return when service of `option` may start so that the whole of it lies in `hours`."""
    begin, end = hours[0], hours[1] - option.service_s
    cut = ((max(first, begin), min(last, end)) for first, last in option.starts)
    return tuple((first, last) for first, last in cut if first <= last)


def apart(hours: Span, others: Iterable[Span]) -> bool:
    """Whether `hours` share no second with any of `others`."""
    return all(hours[1] <= begin or end <= hours[0] for begin, end in others)

"""The hours of a day in which a borrower has said herself that she is in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from scheduler.model import Case, Place, Window
from scheduler.windows import Span

AT_MOST = timedelta(hours=4)
"""Longer hours say when she may be visited, not that she is in all the time."""


def stated_spans(cases: Iterable[Case], place: Place, on: date, zone: tzinfo) -> tuple[Span, ...]:
    """Return the seconds of the local day, both ends included, in which she said she is at a place.

    They are an appointment, which is also what comes of a visit that was told another time, or
    else her own hours at the place.
    """
    agreed = _spans((case.appointment for case in cases if case.appointment), on, zone)
    own = (window for daily in place.windows if (window := daily.on(on, zone)))
    return agreed or _spans(own, on, zone)


def _spans(windows: Iterable[Window], on: date, zone: tzinfo) -> tuple[Span, ...]:
    spans = (_span(window, on, zone) for window in windows if window.duration <= AT_MOST)
    return tuple(sorted({span for span in spans if span}))


def _span(window: Window, on: date, zone: tzinfo) -> Span | None:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    if start.date() != on or end.date() != on:
        return None
    return second_of(start), second_of(end) - 1


def second_of(moment: datetime) -> int:
    """Return the second of the day that a wall clock reads."""
    return moment.hour * 3600 + moment.minute * 60 + moment.second

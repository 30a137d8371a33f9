"""The hours of a day in which a borrower has said herself that she is in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

from routing.units import DAY_S
from scheduler.availability.odds import slot_of, stated_slots
from scheduler.model import Case, DailyWindow, Place, Window
from scheduler.windows import Span, intersect

AT_MOST = timedelta(hours=4)
"""Longer hours of her own say when she may be visited, not that she is in all the time."""


def stated_spans(cases: Iterable[Case], place: Place, on: date, zone: tzinfo) -> tuple[Span, ...]:
    """Return the seconds of the local day, both ends included, in which she said she is at a place.

    They are an appointment, however long, which is also what comes of a visit that was told another
    time, or else her own hours at the place.
    """
    agreed = [case.appointment for case in cases if case.appointment]
    return _named(agreed, place.windows, on, zone)


def is_stated(
    own: Iterable[DailyWindow], appointment: Window | None, at: datetime, zone: tzinfo
) -> bool:
    """Say whether a moment lay in hours that she had named: agreed ones, or short ones of her own.

    Half hours count whole, as they are planned by (`stated_slots`).
    """
    there = at.astimezone(zone)
    spans = _named([appointment] if appointment else [], own, there.date(), zone)
    return slot_of(second_of(there)) in stated_slots(spans)


def _named(
    agreed: Iterable[Window], own: Iterable[DailyWindow], on: date, zone: tzinfo
) -> tuple[Span, ...]:
    windows = (window for daily in own if (window := daily.on(on, zone)))
    return _spans(agreed, on, zone) or _spans(
        (one for one in windows if one.duration <= AT_MOST), on, zone
    )


def _spans(windows: Iterable[Window], on: date, zone: tzinfo) -> tuple[Span, ...]:
    midnight = datetime.combine(on, time(), zone)
    day = Window(midnight, datetime.combine(on + timedelta(days=1), time(), zone))
    found = {_span(part, on, zone) for part in intersect(windows, [day])}
    return tuple(sorted(found))


def _span(window: Window, on: date, zone: tzinfo) -> Span:
    """Return the seconds that a wall clock reads; the midnight that ends the day is its 24 h."""
    end = window.end.astimezone(zone)
    last_s = second_of(end) if end.date() == on else DAY_S
    return second_of(window.start.astimezone(zone)), last_s - 1


def second_of(moment: datetime) -> int:
    """Return the second of the day that a wall clock reads."""
    return moment.hour * 3600 + moment.minute * 60 + moment.second

"""ICS: an event per visit that a calendar updates, not doubles, when the day is published anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from data.exports.day import CancelledStop, ExportDay, StopRow
from data.exports.notes import lines_about

if TYPE_CHECKING:
    from icalendar import Event

A_DAY = timedelta(days=1)

MOST_TURNS = 1000
"""How often one visit may be suspended and resumed before its number meets the next version's."""


def write_calendar(day: ExportDay) -> bytes:
    """Return the day as a calendar (RFC 5545), the visits that are cancelled included.

    It has no METHOD: with one it would be a message that needs an organizer's address (RFC 5546).
    """
    from icalendar import Calendar

    book = Calendar.new(
        name=day.title,
        prodid="-//dayround//dayround//EN",
        uid=f"{day.city.name} {day.on}@dayround",
        last_modified=day.published_at,
    )
    book.add("x-wr-timezone", day.city.zone)
    for _, stop in day.stops():
        if stop.is_visit:
            book.add_component(visit(day, stop))
    for gone in day.cancelled:
        told = {"status": "CANCELLED", "summary": day.words.cancelled}
        book.add_component(event(day, gone, **told))
    book.add_missing_timezones(day.on - A_DAY, day.on + 2 * A_DAY)
    return bytes(book.to_ical())


def visit(day: ExportDay, stop: StopRow) -> Event:
    """Return a visit: its number and where, and what else its reader may see."""
    number = day.words.stop.format(number=stop.number)
    told = event(
        day,
        stop,
        status="CONFIRMED",
        summary=" · ".join(filter(None, (number, stop.name or stop.where))),
        location=stop.where or None,
        description="\n".join((*day.bands, *lines_about(day, stop))) or None,
    )
    if stop.point:
        told.add("geo", (stop.point.lat, stop.point.lon))
    return told


def event(day: ExportDay, stop: StopRow | CancelledStop, **told: Any) -> Event:
    """Return an event as of now: a newer one takes the place of an older.

    Its SEQUENCE grows with each version, and within one with each time that the visit is
    suspended or resumed (RFC 5545, 3.8.7.4).
    """
    from icalendar import Event
    from icalendar.enums import CLASS

    return Event.new(
        uid=stop.uid,
        sequence=day.version * MOST_TURNS + stop.turns,
        stamp=day.published_at,
        last_modified=day.published_at,
        start=stop.starts,
        end=stop.ends,
        classification=CLASS.PRIVATE,
        **told,
    )

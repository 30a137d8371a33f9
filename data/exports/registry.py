"""The formats there are, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from data.exports.calendar import write_calendar
from data.exports.day import ExportDay
from data.exports.geojson import write_geojson
from data.exports.gpx import write_gpx
from data.exports.separated import write_csv
from data.exports.sheets.pdf import write_sheets
from data.exports.workbook import write_workbook
from scheduler.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class Format:
    """How a day is written; `name` is the ending of the file, too.

    `is_calendar`: it tells streets alone, unless the city allows more. `is_map`: it is nothing
    without positions, which lead to doors. `tells_on_time`: it has a column for how likely visits
    are on time.
    """

    name: str
    media_type: str
    write: Callable[[ExportDay], bytes]
    is_calendar: bool = False
    is_map: bool = False
    tells_on_time: bool = False


FORMATS = {
    one.name: one
    for one in (
        Format("csv", "text/csv", write_csv),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_workbook,
            tells_on_time=True,
        ),
        Format("ics", "text/calendar", write_calendar, is_calendar=True),
        Format("gpx", "application/gpx+xml", write_gpx, is_map=True),
        Format("pdf", "application/pdf", write_sheets, is_map=True),
        Format("geojson", "application/geo+json", write_geojson, is_map=True),
    )
}


def format_named(name: str) -> Format:
    """Return a format; NotFoundError names those that there are."""
    if name not in FORMATS:
        raise NotFoundError(f"there is no format {name!r}; take one of {', '.join(FORMATS)}")
    return FORMATS[name]

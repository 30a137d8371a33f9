"""The published day as sheets of A4: a page per crew, more where its stops need them."""

from __future__ import annotations

from collections.abc import Sequence

from data.exports.day import CrewRows, ExportDay, StopRow
from data.exports.legs import way_of
from data.exports.sheets.drawing import INK, QUIET, draw_map
from data.exports.sheets.fonts import Pen, pen_for
from data.exports.sheets.frame import frame_around
from data.exports.sheets.lines import (
    BOTTOM_MM,
    MARGIN_MM,
    PAGE_MM,
    WIDTH_MM,
    wrapped,
    write_line,
)
from data.exports.words import SHEETS, SheetWords

MAP_MM = (75.0, 118.0)
"""How high a map is: at least, so that it can be read, and at most, where there are few stops."""

COLUMNS_MM = (8.0, 23.0, 38.0, 75.0, 42.0)
LINE_MM, HAIR_MM = 4.2, 0.4


def write_sheets(day: ExportDay) -> bytes:
    """Return the day as a PDF; who is told how, `day` has decided."""
    from fpdf import FPDF

    words = SHEETS[day.language]
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(day.title)
    pdf.set_lang("zh-CN" if day.language == "zh" else "en")
    pdf.set_creation_date(day.published_at)
    pen = pen_for(pdf)
    for crew in day.crews:
        _crew(pen, day, crew, words)
    return bytes(pdf.output())


def _crew(pen: Pen, day: ExportDay, crew: CrewRows, words: SheetWords) -> None:
    """Write the page of a crew."""
    _head(pen, day, crew, words)
    way = way_of(day, crew)
    high = _map_mm(pen, day, crew, words)
    frame = frame_around(way.lines, MARGIN_MM, pen.pdf.get_y() + 2, WIDTH_MM, high)
    draw_map(pen, frame, day.ground(frame.box), crew, way)
    pen.pdf.set_y(frame.y + high + 2)
    told = list(day.bands or (words.streets,))
    if way.without_road:
        told.append(words.straight.format(legs=way.without_road))
    write_line(pen, " · ".join(told), 6, QUIET)
    _table_head(pen, words)
    for stop in crew.stops:
        _stop(pen, day, crew, stop, words)


def _map_mm(pen: Pen, day: ExportDay, crew: CrewRows, words: SheetWords) -> float:
    """Return how high a map may be, so that all stops stand below it on the page."""
    stops = sum(_height(_cells(pen, day, stop, words)) + HAIR_MM for stop in crew.stops)
    least, most = MAP_MM
    return max(least, min(most, BOTTOM_MM - pen.pdf.get_y() - 2 * LINE_MM - 8 - stops))


def _head(pen: Pen, day: ExportDay, crew: CrewRows, words: SheetWords) -> None:
    """Begin a page with whose day it is."""
    pen.pdf.add_page()
    pen.pdf.set_xy(MARGIN_MM, MARGIN_MM)
    write_line(pen, day.title, 8, QUIET)
    write_line(pen, " · ".join(crew.members), 15, INK)
    hours = f"{crew.starts:%H:%M}–{crew.ends:%H:%M}"
    told = (
        crew.id,
        words.visits.format(visits=len(crew.visits)),
        hours,
        words.version.format(version=day.version, at=f"{day.published_at:%m-%d %H:%M}"),
    )
    write_line(pen, " · ".join(told), 8, QUIET)


def _table_head(pen: Pen, words: SheetWords) -> None:
    pen.pdf.set_y(pen.pdf.get_y() + 1)
    _row(pen, [[title] for title in words.columns], QUIET, 7)


def _stop(pen: Pen, day: ExportDay, crew: CrewRows, stop: StopRow, words: SheetWords) -> None:
    """Write a stop; on another page where this one is full."""
    cells = _cells(pen, day, stop, words)
    if pen.pdf.get_y() + _height(cells) > BOTTOM_MM:
        _head(pen, day, crew, words)
        _table_head(pen, words)
    _row(pen, cells, INK, 8)


def _cells(pen: Pen, day: ExportDay, stop: StopRow, words: SheetWords) -> list[list[str]]:
    """Return the lines of each cell of a stop."""
    pen.size = 8
    if not stop.is_visit:
        return [[""], [stop.hours], [day.words.rest], [""], [""]]
    whom = stop.name or (day.words.other if stop.is_other else "")
    kind = day.words.kinds[stop.kind] if stop.kind else ""
    suits = words.suits.format(hours=", ".join(stop.suits)) if stop.suits else ""
    suits = words.agreed.format(hours=stop.agreed) if stop.agreed else suits
    told = [
        [str(stop.number)],
        [stop.hours],
        wrapped(pen, "  ".join(filter(None, (whom, stop.phone))), COLUMNS_MM[2]),
        wrapped(pen, " · ".join(filter(None, (stop.where, kind))), COLUMNS_MM[3]),
        [*wrapped(pen, stop.note, COLUMNS_MM[4]), suits, *_due(day, stop)],
    ]
    return [[line for line in cell if line] or [""] for cell in told]


def _due(day: ExportDay, stop: StopRow) -> list[str]:
    """Return what is due, where it is told."""
    if stop.overdue is None:
        return []
    return [day.words.due.format(amount=f"{stop.overdue:,.2f}", currency=day.city.currency)]


def _height(cells: Sequence[Sequence[str]]) -> float:
    return max(map(len, cells)) * LINE_MM + 1.6


def _row(
    pen: Pen, cells: Sequence[Sequence[str]], colour: tuple[int, int, int], size: float
) -> None:
    """Write a row of cells, and a hairline below it."""
    top, x = pen.pdf.get_y(), MARGIN_MM
    pen.pdf.set_text_color(*colour)
    pen.size = size
    for cell, width in zip(cells, COLUMNS_MM, strict=True):
        for number, line in enumerate(cell):
            pen.write(x, top + LINE_MM * (number + 0.85), pen.fitting(line, width - 1.5))
        x += width
    bottom = top + _height(cells)
    pen.pdf.set_draw_color(215, 215, 215)
    pen.pdf.set_line_width(0.15)
    pen.pdf.line(MARGIN_MM, bottom, PAGE_MM - MARGIN_MM, bottom)
    pen.pdf.set_y(bottom + HAIR_MM)

"""An answer in figures on sheets of A4: sentences, a curve with its band, tables, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data.exports.figures import Sheet
from data.exports.sheets.band import Band, draw_band
from data.exports.sheets.drawing import INK, QUIET
from data.exports.sheets.fonts import Pen, pen_for
from data.exports.sheets.lines import (
    BOTTOM_MM,
    MARGIN_MM,
    PAGE_MM,
    WIDTH_MM,
    wrapped,
    write_line,
)
from data.exports.table import Cell

TITLE_PT, ANSWER_PT, TEXT_PT, CELL_PT, SMALL_PT = 9.0, 14.0, 9.0, 7.5, 6.5
LINE_OF_PT = 0.5
"""How high a line is in millimetres, for each point of its letters."""

CURVE_MM = 62.0
LEAST_MM, BETWEEN_MM = 9.0, 3.0
"""How wide a column is at least, and how far its widest cell is from the next."""

MOST_LINES = 20


@dataclass(frozen=True)
class Report:
    """What is printed: `answer` is said large, `told` stands below it, `notes` at the end.

    `bands` stand above the title, as that data are made up. A table's notes stand below it.
    """

    title: str
    answer: str
    told: Sequence[str]
    curve: Band | None
    tables: Sequence[Sheet]
    notes_title: str
    notes: Sequence[str]
    made_at: datetime
    language: str
    bands: Sequence[str] = ()


def write_report(report: Report) -> bytes:
    """Return the report as a PDF."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(False)
    pdf.set_title(report.title)
    pdf.set_lang("zh-CN" if report.language == "zh" else "en")
    pdf.set_creation_date(report.made_at)
    pen = pen_for(pdf)
    pdf.add_page()
    pdf.set_xy(MARGIN_MM, MARGIN_MM)
    for band in report.bands:
        write_line(pen, band, TITLE_PT, QUIET)
    write_line(pen, report.title, TITLE_PT, QUIET)
    _text(pen, report.answer, ANSWER_PT)
    for told in report.told:
        _text(pen, told)
    if report.curve is not None:
        pdf.set_y(pdf.get_y() + 3)
        draw_band(pen, report.curve, MARGIN_MM, pdf.get_y(), WIDTH_MM, CURVE_MM)
        pdf.set_y(pdf.get_y() + CURVE_MM + 2)
    for table in report.tables:
        _table(pen, table)
    _notes(pen, report.notes_title, report.notes)
    return bytes(pdf.output())


def _text(pen: Pen, text: str, size: float = TEXT_PT, indent: float = 0) -> None:
    """Write a text in as many lines as it needs, on the next page where this one is full."""
    pen.size = size
    for line in wrapped(pen, text, WIDTH_MM - indent, MOST_LINES):
        _room(pen, size * LINE_OF_PT)
        pen.pdf.set_text_color(*INK)
        pen.size = size
        pen.write(MARGIN_MM + indent, pen.pdf.get_y() + size * LINE_OF_PT * 0.8, line)
        pen.pdf.set_y(pen.pdf.get_y() + size * LINE_OF_PT)
    pen.pdf.set_y(pen.pdf.get_y() + 1)


def _room(pen: Pen, height: float) -> bool:
    """Begin another page where this one has not so much room; say whether one was begun."""
    if pen.pdf.get_y() + height <= BOTTOM_MM:
        return False
    pen.pdf.add_page()
    pen.pdf.set_xy(MARGIN_MM, MARGIN_MM)
    return True


def _table(pen: Pen, table: Sheet) -> None:
    """Write a table; its head stands on each page of it."""
    cells = [[_shown(cell) for cell in row] for row in table.rows]
    widths = _widths(pen, table.headers, list(zip(*cells, strict=True)))
    pen.size = SMALL_PT
    head = [wrapped(pen, one, width, 4) for one, width in zip(table.headers, widths, strict=True)]
    rows = [[[cell] for cell in row] for row in cells]
    pen.pdf.set_y(pen.pdf.get_y() + 3)
    _room(pen, 10 + _height(head, SMALL_PT) + 2 * _height([[""]], CELL_PT))
    write_line(pen, table.title, TEXT_PT + 1, INK)
    _row(pen, head, widths, SMALL_PT, QUIET)
    for row in rows:
        if _room(pen, _height(row, CELL_PT)):
            _row(pen, head, widths, SMALL_PT, QUIET)
        _row(pen, row, widths, CELL_PT, INK)
    for note in table.notes:
        _text(pen, note, SMALL_PT)


def _widths(pen: Pen, headers: Sequence[str], columns: Sequence[Sequence[str]]) -> list[float]:
    """Return how wide columns are: as their widest cells need, and words that no line breaks.

    What is left is shared by all.
    """
    pen.size = SMALL_PT
    words = [[one for one in header.split() if one.isascii()] for header in headers]
    least = [max([LEAST_MM, *(pen.width(one) + BETWEEN_MM for one in told)]) for told in words]
    pen.size = CELL_PT
    needed = [
        max([wide, *(pen.width(one) + BETWEEN_MM for one in told)])
        for wide, told in zip(least, columns or [()] * len(headers), strict=True)
    ]
    left = WIDTH_MM - sum(needed)
    if left < 0:
        return [one * WIDTH_MM / sum(needed) for one in needed]
    return [one + left / len(needed) for one in needed]


def _height(cells: Sequence[Sequence[str]], size: float) -> float:
    return max(map(len, cells)) * size * LINE_OF_PT + 1.4


def _row(
    pen: Pen,
    cells: Sequence[Sequence[str]],
    widths: Sequence[float],
    size: float,
    colour: tuple[int, int, int],
) -> None:
    """Write a row, the first cell from the left, figures to the right, a hairline below."""
    top, x = pen.pdf.get_y(), MARGIN_MM
    pen.size = size
    pen.pdf.set_text_color(*colour)
    for number, (lines, width) in enumerate(zip(cells, widths, strict=True)):
        for at, line in enumerate(lines):
            told = pen.fitting(line, width - 1.5)
            left = x + width - pen.width(told) - 1 if number else x
            pen.write(left, top + size * LINE_OF_PT * (at + 0.9), told)
        x += width
    bottom = top + _height(cells, size)
    pen.pdf.set_draw_color(215, 215, 215)
    pen.pdf.set_line_width(0.15)
    pen.pdf.line(MARGIN_MM, bottom, PAGE_MM - MARGIN_MM, bottom)
    pen.pdf.set_y(bottom)


def _shown(cell: Cell) -> str:
    return "–" if cell is None else str(cell)


def _notes(pen: Pen, title: str, notes: Sequence[str]) -> None:
    if not notes:
        return
    pen.pdf.set_y(pen.pdf.get_y() + 3)
    _room(pen, 15)
    write_line(pen, title, TEXT_PT + 1, INK)
    for note in notes:
        _text(pen, f"· {note}", CELL_PT)

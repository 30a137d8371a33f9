"""A curve of shares with its band, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.exports.sheets.drawing import INK, QUIET, ROUTE, WHITE, Colour
from data.exports.sheets.fonts import Pen

SOFT: Colour = (205, 223, 238)
LINE: Colour = (218, 222, 218)
LEFT_MM, ROW_MM, TOP_MM, DOT_MM = 26.0, 3.4, 5.0, 0.8
LABEL_PT = 7.0
APART_MM = 9.0
"""Between two numbers under the axis."""

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the axis that is told: an upright line, and a word beside it."""

    at: float
    words: str


@dataclass(frozen=True)
class Band:
    """Shares over `x`, which goes from 0 to `most`; all of one length.

    Parameters
    ----------
    x, mean, low, high
        Where each point stands, its share, and the interval of it.
    rows
        By name what is written under each point.
    goal
        A share that is marked by a level line, if any.
    marks
        Places of the axis that are told.
    """

    title: str
    x: Sequence[float]
    mean: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]
    most: float
    rows: Sequence[tuple[str, Sequence[str]]] = ()
    goal: float | None = None
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class _Axes:
    """Where shares and places stand on the paper."""

    left: float
    top: float
    width: float
    height: float
    most: float

    def at(self, x: float, share: float) -> tuple[float, float]:
        right = self.left + x / max(self.most, 1e-9) * self.width
        return right, self.top + (1 - min(1.0, max(0.0, share))) * self.height


def draw_band(pen: Pen, band: Band, x: float, y: float, width: float, height: float) -> None:
    """Draw a curve into a rectangle, in millimetres; its title above, its rows below."""
    _write(pen, x, y + 3, band.title, INK)
    below = ROW_MM * len(band.rows)
    axes = _Axes(
        x + LEFT_MM, y + TOP_MM, width - LEFT_MM - 6, height - TOP_MM - below - 1, band.most
    )
    _grid(pen, axes)
    _area(pen, axes, band)
    _curve(pen, axes, band)
    _marks(pen, axes, band)
    _rows(pen, axes, band, x)


def _grid(pen: Pen, axes: _Axes) -> None:
    pen.pdf.set_line_width(0.15)
    for share in SHARES:
        pen.pdf.set_draw_color(*LINE)
        start, end = axes.at(0, share), axes.at(axes.most, share)
        pen.pdf.line(*start, *end)
        told = f"{share:.0%}"
        _write(pen, axes.left - pen.width(told) - 2, start[1] + 1, told, QUIET)


def _area(pen: Pen, axes: _Axes, band: Band) -> None:
    there = [axes.at(x, share) for x, share in zip(band.x, band.high, strict=True)]
    back = [axes.at(x, share) for x, share in zip(band.x, band.low, strict=True)]
    if len(there) > 1:
        pen.pdf.set_fill_color(*SOFT)
        pen.pdf.polygon([*there, *reversed(back)], style="F")


def _curve(pen: Pen, axes: _Axes, band: Band) -> None:
    pdf = pen.pdf
    points = [axes.at(x, share) for x, share in zip(band.x, band.mean, strict=True)]
    pdf.set_draw_color(*ROUTE)
    pdf.set_line_width(0.5)
    if len(points) > 1:
        pdf.polyline(points)
    pdf.set_fill_color(*ROUTE)
    for x, y in points:
        pdf.ellipse(x - DOT_MM, y - DOT_MM, 2 * DOT_MM, 2 * DOT_MM, style="F")


def _marks(pen: Pen, axes: _Axes, band: Band) -> None:
    pdf = pen.pdf
    pdf.set_line_width(0.25)
    pdf.set_draw_color(*INK)
    if band.goal is not None:
        with pdf.local_context():
            pdf.set_dash_pattern(dash=0.8, gap=0.8)
            pdf.line(*axes.at(0, band.goal), *axes.at(axes.most, band.goal))
    for number, mark in enumerate(band.marks):
        x, bottom = axes.at(mark.at, 0)
        pdf.line(x, axes.top, x, bottom)
        y = bottom - 1.5 - ROW_MM * (len(band.marks) - 1 - number)
        width = pen.width(mark.words)
        left = x + 1 if x + width < axes.left + axes.width else x - width - 1
        pdf.set_fill_color(*WHITE)
        pdf.rect(left - 0.3, y - 2.4, width + 0.6, 3, style="F")
        _write(pen, left, y, mark.words, INK)


def _rows(pen: Pen, axes: _Axes, band: Band, x: float) -> None:
    """Write what stands under the points, where there is room; the marked ones first."""
    marked = {mark.at for mark in band.marks}
    order = sorted(range(len(band.x)), key=lambda at: (band.x[at] not in marked, at))
    taken: list[float] = []
    shown: list[tuple[int, float]] = []
    for at in order:
        right, _ = axes.at(band.x[at], 0)
        if all(abs(right - one) >= APART_MM for one in taken):
            taken.append(right)
            shown.append((at, right))
    for number, (name, values) in enumerate(band.rows):
        y = axes.top + axes.height + ROW_MM * (number + 1)
        _write(pen, x, y, pen.fitting(name, LEFT_MM - 6), QUIET)
        for at, right in shown:
            _write(pen, right - pen.width(values[at]) / 2, y, values[at], INK)


def _write(pen: Pen, x: float, y: float, text: str, colour: Colour) -> None:
    pen.size = LABEL_PT
    pen.pdf.set_text_color(*colour)
    pen.write(x, y, text)

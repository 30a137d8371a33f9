"""A street map on paper: streets quiet, the route loud, numbered stops on top."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data.exports.day import CrewRows, Street
from data.exports.legs import Way
from data.exports.sheets.fonts import Pen
from data.exports.sheets.frame import Frame
from routing.lines import simplified

if TYPE_CHECKING:
    from fpdf import FPDF

Colour = tuple[int, int, int]
GROUND: Colour = (243, 243, 239)
ROUTE: Colour = (0, 94, 162)
INK: Colour = (25, 25, 25)
QUIET: Colour = (105, 105, 105)
WHITE: Colour = (255, 255, 255)

WIDTHS_MM = {
    "motorway": 1.1, "trunk": 1.0, "primary": 0.9, "secondary": 0.75, "tertiary": 0.6,
    "street": 0.4, "service": 0.22, "path": 0.12,
}  # fmt: skip
FAR_M_PER_MM, VERY_FAR_M_PER_MM = 40.0, 110.0
"""From these scales on, small streets are a grey cloud: they are left out."""

SMALL = frozenset({"service", "path"})
LOCAL = SMALL | {"street"}
RADIUS_MM = 2.3
LABELS, LABEL_POINTS = 14, 5.5


def draw_map(pen: Pen, frame: Frame, streets: Sequence[Street], crew: CrewRows, way: Way) -> None:
    """Draw a crew's day into its frame."""
    pdf = pen.pdf
    pdf.set_fill_color(*GROUND)
    pdf.rect(frame.x, frame.y, frame.width, frame.height, style="F")
    with pdf.rect_clip(frame.x, frame.y, frame.width, frame.height):
        shown = [one for one in streets if one.kind not in _left_out(frame)]
        _streets(pdf, frame, shown)
        _route(pdf, frame, way)
        _names(pen, frame, shown)
        _stops(pen, frame, crew)
    pdf.set_draw_color(*QUIET)
    pdf.set_line_width(0.2)
    pdf.rect(frame.x, frame.y, frame.width, frame.height)
    _scale(pen, frame)


def _left_out(frame: Frame) -> frozenset[str]:
    if frame.metres_per_mm > VERY_FAR_M_PER_MM:
        return LOCAL
    return SMALL if frame.metres_per_mm > FAR_M_PER_MM else frozenset()


def _streets(pdf: FPDF, frame: Frame, streets: Sequence[Street]) -> None:
    """Draw streets white on their edges, the edges of all of them first."""
    lines = simplified([one.line for one in streets], frame.metres_per_mm / 8)
    placed = [(one.kind, frame.placed(line)) for one, line in zip(streets, lines, strict=True)]
    for colour, edge in (((196, 196, 188), 0.2), (WHITE, 0.0)):
        pdf.set_draw_color(*colour)
        for kind, points in placed:
            if kind != "path" or edge:
                pdf.set_line_width(WIDTHS_MM[kind] + edge)
                pdf.polyline(points.tolist())


def _route(pdf: FPDF, frame: Frame, way: Way) -> None:
    lines = simplified(way.lines, frame.metres_per_mm / 8)
    for colour, width in ((WHITE, 1.5), (ROUTE, 0.9)):
        pdf.set_draw_color(*colour)
        pdf.set_line_width(width)
        for line in lines:
            pdf.polyline(frame.placed(line).tolist())
    pdf.set_fill_color(*ROUTE)
    for line in lines:
        _arrow(pdf, frame.placed(line))


def _arrow(pdf: FPDF, points: NDArray[np.float64]) -> None:
    """Draw which way a leg is gone, in its middle; short legs need none."""
    steps = np.hypot(*np.diff(points, axis=0).T)
    if steps.sum() < 8 * RADIUS_MM:
        return
    at = int(np.searchsorted(np.cumsum(steps), steps.sum() / 2))
    (x, y), (to_x, to_y) = points[at], points[at + 1]
    long = hypot(to_x - x, to_y - y)
    right, down = (to_x - x) / long, (to_y - y) / long
    middle_x, middle_y = (x + to_x) / 2, (y + to_y) / 2
    tip = (middle_x + 1.5 * right, middle_y + 1.5 * down)
    wings = [
        (middle_x - 0.9 * right + side * 1.1 * down, middle_y - 0.9 * down - side * 1.1 * right)
        for side in (1, -1)
    ]
    pdf.polygon([tip, *wings], style="F")


def _names(pen: Pen, frame: Frame, streets: Sequence[Street]) -> None:
    """Write the names of the longest streets beside their middles, none over another."""
    pdf = pen.pdf
    pen.size = LABEL_POINTS
    pdf.set_text_color(*QUIET)
    taken: list[tuple[float, float, float]] = []
    for name, (x, y) in _by_length(frame, streets):
        width = pen.width(name)
        is_free = all(
            abs(y - other_y) > 3 or x + width < other_x or other_x + other < x
            for other_x, other_y, other in taken
        )
        if is_free and frame.x < x - width / 2 and x + width / 2 < frame.x + frame.width:
            pen.write(x - width / 2, y - 0.6, name)
            taken.append((x - width / 2, y, width))
        if len(taken) == LABELS:
            return


def _by_length(
    frame: Frame, streets: Sequence[Street]
) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield the names of streets once, the longest piece first, with its middle on paper."""
    named = [(one.name, frame.placed(one.line)) for one in streets if one.name]
    lengths = [float(np.hypot(*np.diff(points, axis=0).T).sum()) for _, points in named]
    seen: set[str] = set()
    for at in np.argsort(lengths)[::-1].tolist():
        name, points = named[at]
        if name not in seen:
            seen.add(name)
            yield name, middle_of(points)


def middle_of(points: NDArray[np.float64]) -> tuple[float, float]:
    """Return the point half way along a line."""
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    half = along[-1] / 2
    x, y = (float(np.interp(half, along, points[:, axis])) for axis in (0, 1))
    return x, y


def _stops(pen: Pen, frame: Frame, crew: CrewRows) -> None:
    pdf = pen.pdf
    ends = [(crew.start.lat, crew.start.lon), (crew.end.lat, crew.end.lon)]
    visits = [stop for stop in crew.visits if stop.point]
    places = [(stop.point.lat, stop.point.lon) for stop in visits if stop.point]
    spots = frame.placed(np.array([*ends, *places]))
    pdf.set_draw_color(*WHITE)
    pdf.set_line_width(0.3)
    pdf.set_fill_color(*INK)
    for x, y in spots[:2]:
        pdf.rect(x - 1.5, y - 1.5, 3, 3, style="DF")
    pen.size = 7
    pdf.set_text_color(*WHITE)
    pdf.set_fill_color(*ROUTE)
    for stop, (x, y) in zip(visits, _apart(spots[2:], spots[:2]), strict=True):
        pdf.ellipse(x - RADIUS_MM, y - RADIUS_MM, 2 * RADIUS_MM, 2 * RADIUS_MM, style="DF")
        number = str(stop.number)
        pen.write(x - pen.width(number) / 2, y + 0.9, number)
    pdf.set_text_color(*INK)


def _apart(spots: NDArray[np.float64], ends: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Move stops aside from others at one place, and from where the day begins and ends."""
    placed: list[tuple[float, float]] = [(x, y) for x, y in ends.tolist()]
    for x, y in spots.tolist():
        while any(hypot(x - a, y - b) < 1.6 * RADIUS_MM for a, b in placed):
            x, y = x + 1.7 * RADIUS_MM, y - 0.4 * RADIUS_MM
        placed.append((x, y))
    return placed[len(ends) :]


def _scale(pen: Pen, frame: Frame) -> None:
    """Draw how long so many metres are, at the bottom right."""
    pdf = pen.pdf
    round_m = next(m for m in ROUND_M if m / frame.metres_per_mm > 15 or m == ROUND_M[-1])
    long = round_m / frame.metres_per_mm
    x, y = frame.x + frame.width - long - 3, frame.y + frame.height - 3
    pdf.set_draw_color(*INK)
    pdf.set_line_width(0.3)
    for (a, b), (c, d) in pairwise([(x, y - 1), (x, y), (x + long, y), (x + long, y - 1)]):
        pdf.line(a, b, c, d)
    pen.size = 6
    pdf.set_text_color(*INK)
    pen.write(x + 1, y - 1, f"{round_m} m" if round_m < 1000 else f"{round_m // 1000} km")


ROUND_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)

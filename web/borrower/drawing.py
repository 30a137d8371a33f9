"""A signature, drawn by us from its points: no markup of anybody else's comes to a page."""

from __future__ import annotations

from data.attached.signing import Signed, Stroke

MARGIN = 12
INK, PAPER = "#111", "#fff"


def drawn(signed: Signed) -> str:
    """Return an SVG of the strokes, dark on white whatever the page's colours are."""
    width, height = signed.width + 2 * MARGIN, signed.height + 2 * MARGIN
    box = f"{-MARGIN} {-MARGIN} {width} {height}"
    sheet = f'<rect x="{-MARGIN}" y="{-MARGIN}" width="{width}" height="{height}" fill="{PAPER}"/>'
    pen = f'fill="none" stroke="{INK}" stroke-width="3" stroke-linecap="round"'
    ink = "".join(f'<path d="{_path(stroke)}"/>' for stroke in signed.strokes)
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {size}>'
        f'{sheet}<g {pen} stroke-linejoin="round">{ink}</g></svg>'
    )


def _path(stroke: Stroke) -> str:
    """Return the way of a pen through the middles of its points, as the phone has drawn it.

    A dot is a line of no length, which its round ends show.
    """
    first, *rest = stroke
    bends = zip(rest, [*rest[1:], rest[-1]], strict=True) if rest else [(first, first)]
    way = (f"Q{x} {y} {(x + u) / 2:g} {(y + v) / 2:g}" for (x, y), (u, v) in bends)
    return f"M{first[0]} {first[1]}{''.join(way)}"

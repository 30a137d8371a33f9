"""Lines of text on paper: cut where the page ends, or broken where the language breaks them."""

from __future__ import annotations

from data.exports.sheets.fonts import Pen

MARGIN_MM, PAGE_MM, BOTTOM_MM = 12.0, 210.0, 285.0
WIDTH_MM = PAGE_MM - 2 * MARGIN_MM


def write_line(pen: Pen, text: str, size: float, colour: tuple[int, int, int]) -> None:
    """Write a line of text, cut where the page ends."""
    pen.size = size
    pen.pdf.set_text_color(*colour)
    height = size * 0.5
    pen.write(MARGIN_MM, pen.pdf.get_y() + height * 0.8, pen.fitting(text, WIDTH_MM))
    pen.pdf.set_y(pen.pdf.get_y() + height)


def wrapped(pen: Pen, text: str, width: float, most: int = 3) -> list[str]:
    """Return a text in lines that fit; Chinese may break anywhere, other words at spaces."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < most - 1:
        end = len(rest)
        while end > 1 and pen.width(rest[:end]) > width - 1.5:
            end -= 1
        end = _before_word(rest, end)
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    return [*lines, rest] if rest else lines


def _before_word(text: str, end: int) -> int:
    """Return where a line that is full at `end` breaks: before a word or number, if one is cut."""
    start = end
    while 0 < start < len(text) and all(_is_of_a_word(text[i]) for i in (start - 1, start)):
        start -= 1
    return start or end


def _is_of_a_word(sign: str) -> bool:
    return sign.isascii() and not sign.isspace()

"""Fonts of what is printed: two that are shipped, with their licences beside them.

DejaVu Sans has the letters of Latin, Greek and Cyrillic, Droid Sans Fallback the Chinese signs.
A rare sign that neither has is looked for in a font of the system, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).parents[1] / "fonts"
SHIPPED = {"letters": FONTS / "DejaVuSans.ttf", "signs": FONTS / "DroidSansFallbackFull.ttf"}
OF_THE_SYSTEM = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/simsunb.ttf",
)
"""Where fonts with rare signs usually lie."""

RARE = "rare"


@dataclass
class Pen:
    """Writes on a document, each sign in the first font that has it."""

    pdf: FPDF
    size: float = 8.0

    def write(self, x: float, y: float, text: str) -> None:
        """Write one line from `x` on, its feet on `y`; millimetres."""
        for font, part in self._runs(text):
            self.pdf.set_font(font, size=self.size)
            self.pdf.text(x, y, part)
            x += self.pdf.get_string_width(part)

    def width(self, text: str) -> float:
        """Return how wide a line is, in millimetres."""
        total = 0.0
        for font, part in self._runs(text):
            self.pdf.set_font(font, size=self.size)
            total += self.pdf.get_string_width(part)
        return total

    def fitting(self, text: str, width: float) -> str:
        """Return what of a text fits into a width."""
        if self.width(text) <= width:
            return text
        while text and self.width(f"{text}…") > width:
            text = text[:-1]
        return f"{text}…"

    def _runs(self, text: str) -> Iterator[tuple[str, str]]:
        for font, signs in groupby(text, self._font_of):
            yield font, "".join(signs)

    def _font_of(self, sign: str) -> str:
        found = next((name for name, path in SHIPPED.items() if sign in signs_of(path)), None)
        return found or self._rare()

    def _rare(self) -> str:
        """Return the system's font for rare signs; without one they are boxes."""
        path = rare_font()
        if path is None:
            return "signs"
        if RARE not in self.pdf.fonts:
            self.pdf.add_font(RARE, fname=path)
        return RARE


def pen_for(pdf: FPDF) -> Pen:
    """Return what writes on a document."""
    for name, path in SHIPPED.items():
        pdf.add_font(name, fname=path)
    return Pen(pdf)


@cache
def signs_of(path: Path) -> frozenset[str]:
    """Return the signs that a font has."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def rare_font() -> Path | None:
    """Return a font of the system that has rare signs, if one lies where they usually do."""
    return next(filter(Path.exists, map(Path, OF_THE_SYSTEM)), None)

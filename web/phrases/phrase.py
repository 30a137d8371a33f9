"""A sentence of another room, and how it is known again."""

from __future__ import annotations

import re
from dataclasses import dataclass

HOLE = re.compile(r"%\((\w+)\)s")

FIGURE = r"-?\d[\d,.]*"
DAY = r"\d{4}-\d\d-\d\d"
NUMBERS = r"\d+(?:, \d+)*"
SHAPES = {
    **dict.fromkeys(("count", "days", "far", "full", "least", "metres", "minutes", "most"), FIGURE),
    **dict.fromkeys(("needed", "overtime", "rows", "second", "seconds", "size", "sum"), FIGURE),
    "paid": FIGURE,
    "code": r"\d+",
    "date": DAY,
    "line": r"\d+",
    "numbers": NUMBERS,
    "lines": rf"lines? {NUMBERS}(?: and \d+ more)?",
    "version": r"\d+",
}
"""What can stand in a hole of that name; in any other, whatever is there."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, and the pattern of what it becomes."""

    text: str
    pattern: re.Pattern[str]

    @property
    def opening(self) -> str:
        """What it begins with, up to its first hole."""
        return HOLE.split(self.text)[0]

    @property
    def core(self) -> str:
        """The longest of what it says between its holes."""
        return max(HOLE.split(self.text)[::2], key=len)

    @property
    def own_signs(self) -> int:
        """How many signs are the sentence's own, none of a hole's."""
        return len(HOLE.sub("", self.text))


def phrase(text: str) -> Phrase:
    """Return a sentence of which `%(name)s` varies."""
    literals_and_names = HOLE.split(text)
    parts = [
        f"(?P<{part}>{SHAPES.get(part, '.*?')})" if i % 2 else re.escape(part)
        for i, part in enumerate(literals_and_names)
    ]
    return Phrase(text, re.compile("".join(parts), re.DOTALL))

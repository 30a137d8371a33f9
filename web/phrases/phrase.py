"""A sentence of another room, and how it is known again."""

from __future__ import annotations

import re
from dataclasses import dataclass

HOLE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence, and the pattern of what it becomes."""

    text: str
    pattern: re.Pattern[str]


def phrase(text: str) -> Phrase:
    """Return a sentence of which `%(name)s` varies."""
    literals_and_names = HOLE.split(text)
    parts = [
        f"(?P<{part}>.*?)" if i % 2 else re.escape(part)
        for i, part in enumerate(literals_and_names)
    ]
    return Phrase(text, re.compile("".join(parts), re.DOTALL))

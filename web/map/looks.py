"""How a crew looks on map, timeline and list: a colour that all tell apart, then dashes too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

COLOURS = 8
"""`--crew-1` … `--crew-8` of css/tokens.css."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colour 1 … `COLOURS`; `dash` 0 is a whole line, each further turn of the colours another."""

    colour: int
    dash: int


def crew_looks(crew_ids: Iterable[str]) -> dict[str, Look]:
    """Return the look of each crew of a day, the same whatever the order they come in."""
    return {
        crew_id: Look(i % COLOURS + 1, i // COLOURS)
        for i, crew_id in enumerate(sorted(set(crew_ids)))
    }

"""How a crew looks on map, timeline and list: a number, a colour, and another kind of line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HUES = 8
"""Colours that all tell apart, also those who see fewer; the first of each shade."""

SHADES = 3
"""Times that each comes: as it is, darker, lighter."""

COLOURS = HUES * SHADES
"""`--crew-1` … `--crew-24` of css/tokens.css."""

DASHES = 5
"""Kinds of lines: with the colours they come round only after 120 crews."""


@dataclass(frozen=True, slots=True)
class Look:
    """`number` 1 … of a day's crews, `colour` 1 … `COLOURS`, `dash` 0 (whole) … `DASHES` - 1."""

    number: int
    colour: int
    dash: int


def crew_looks(crew_ids: Iterable[str]) -> dict[str, Look]:
    """Return the look of each crew of a day, the same whatever the order they come in."""
    return {crew_id: look_of(i) for i, crew_id in enumerate(sorted(set(crew_ids)))}


def look_of(place: int) -> Look:
    """Return the look of the crew at a place, 0 …, in the order of their ids."""
    turn, hue = divmod(place, HUES)
    return Look(place + 1, turn % SHADES * HUES + hue + 1, turn % DASHES)

"""All pages beside the desk, by what is done there."""

from __future__ import annotations

from web.compare import calling, compared, day_log, planning, running, taking_back, words
from web.compare.room import compare
from web.dispatch import pages

__all__ = [
    "calling",
    "compare",
    "compared",
    "day_log",
    "planning",
    "running",
    "taking_back",
    "words",
]


@compare.context_processor
def name_things() -> dict[str, object]:
    """Let the room's templates call states and changes by their names."""
    return {**pages.name_things(), "KINDS": words.KINDS, "STATES_NOW": words.STATES_NOW}

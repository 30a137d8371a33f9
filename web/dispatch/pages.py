"""All pages of the desk, by what is done there."""

from __future__ import annotations

from web.dispatch import (
    acts,
    contacts,
    crews,
    decisions,
    doors,
    drawing,
    exports,
    fault_words,
    gazetteer,
    places,
    publishing,
    remedies,
    today,
    value,
    words,
)
from web.dispatch.acts import SECONDS
from web.dispatch.drawing import curve_points
from web.dispatch.room import dispatch
from web.phone.words import suspended_words

__all__ = [
    "acts",
    "contacts",
    "crews",
    "decisions",
    "dispatch",
    "doors",
    "drawing",
    "exports",
    "fault_words",
    "gazetteer",
    "places",
    "publishing",
    "remedies",
    "today",
    "value",
]


@dispatch.context_processor
def name_things() -> dict[str, object]:
    """Let the room's templates call things by their names."""
    return {"words": words, "suspended_words": suspended_words}


@dispatch.app_context_processor
def name_what_strips_show() -> dict[str, object]:
    """Let the strip, which stands on other rooms' pages too, offer to search and draw a search."""
    return {"SECONDS": SECONDS, "curve_points": curve_points, "JOBS": words.JOBS}

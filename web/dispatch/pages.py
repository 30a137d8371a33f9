"""All pages of the desk, by what is done there."""

from __future__ import annotations

from secrets import token_hex

from scheduler.reserve.asked import NO_RESERVE, RESERVES
from web.dispatch import (
    acts,
    contacts,
    crews,
    day_links,
    day_pages,
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
    "day_links",
    "day_pages",
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
    """Let the strip, which stands on other rooms' pages too, offer to search and draw a search.

    The key of its forms is another at each page, so that what is sent twice is done once; it is as
    long as the tokens that the desk passes over where it looks whether a part of it is another.
    """
    return {
        "SECONDS": SECONDS,
        "RESERVES": RESERVES,
        "NO_RESERVE": NO_RESERVE,
        "curve_points": curve_points,
        "JOBS": words.JOBS,
        "new_key": lambda: token_hex(20),
    }

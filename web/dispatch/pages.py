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
def offer_seconds() -> dict[str, object]:
    """Let the main button, which stands on other rooms' pages too, offer how long to search."""
    return {"SECONDS": SECONDS}

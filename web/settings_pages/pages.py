"""All pages of the settings, by what is looked after there."""

from __future__ import annotations

from web.settings_pages import (
    cities,
    events,
    log_ins,
    map_services,
    navigators,
    people,
    products,
    robots,
    tokens,
    words,
)
from web.settings_pages.room import settings

__all__ = [
    "cities",
    "events",
    "log_ins",
    "map_services",
    "navigators",
    "people",
    "products",
    "robots",
    "settings",
    "tokens",
]


@settings.context_processor
def name_things() -> dict[str, object]:
    """Let the room's templates call things by their names."""
    return {"words": words, "profile_title": cities.profile_title}

"""What the kinds of places are called."""

from __future__ import annotations

from scheduler.model import PlaceKind
from web.language import lazy_t

PLACE_KINDS = {
    PlaceKind.HOME: lazy_t("home"),
    PlaceKind.REGISTERED: lazy_t("household register"),
    PlaceKind.WORK: lazy_t("work"),
    PlaceKind.OTHER: lazy_t("another place"),
}

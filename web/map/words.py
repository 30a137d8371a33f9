"""What the map calls places, and the reasons why a case is left out."""

from __future__ import annotations

from scheduler.model import PlaceKind
from scheduler.plan import Reason
from web.language import lazy_t

PLACE_KINDS = {
    PlaceKind.HOME: lazy_t("home"),
    PlaceKind.REGISTERED: lazy_t("household register"),
    PlaceKind.WORK: lazy_t("work"),
    PlaceKind.OTHER: lazy_t("another place"),
}
REASONS = {
    Reason.RULE: lazy_t("a rule refuses it"),
    Reason.NOT_TODAY: lazy_t("not today"),
    Reason.NOT_PLACED: lazy_t("no place known"),
    Reason.NO_LAWFUL_WINDOW: lazy_t("no lawful hour"),
    Reason.NO_ROAD: lazy_t("no road leads there"),
    Reason.NO_CREW_FITTING: lazy_t("no crew fits"),
    Reason.NO_CREW_IN_TIME: lazy_t("no crew in time"),
    Reason.CREWS_FULL: lazy_t("crews are full"),
    Reason.NOT_WORTH: lazy_t("costs more than it is worth"),
    Reason.NOT_SHORTLISTED: lazy_t("not among those worth most"),
    Reason.NEW: lazy_t("came after the plan"),
    Reason.NOT_CHOSEN: lazy_t("would fit: plan on"),
}

"""The form of a city's settings: each field read, and what is wrong with it said in words."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import LazyString

from scheduler.model import City
from web.language import lazy_t
from web.settings_pages.city_fields import (
    CLOSED,
    MOST_BALANCE_DAYS,
    MOST_WAIT_MIN,
    OPEN,
    FieldError,
    minutes,
    read_choice,
    read_currency,
    read_phone,
    read_policy,
    read_price,
    read_profile,
    read_service,
    read_zone,
    whole_number,
    write_choice,
    write_price,
)

MOST_DAYS_AS_PAIR = 365
CALENDAR_CHOICES = {
    CLOSED: lazy_t("stop number and street alone"),
    OPEN: lazy_t("also name, door and sum, as the role of who exports sees them"),
}
GATE_CHOICES = {
    CLOSED: lazy_t("visits are planned, with a warning"),
    OPEN: lazy_t("nobody is visited"),
}
POSITION_CHOICES = {
    OPEN: lazy_t("at Arrive and Leave, if the collector allows it"),
    CLOSED: lazy_t("never"),
}


@dataclass(frozen=True)
class Setting:
    """One field: how it is read, and how a city's value is written into it."""

    name: str
    label: LazyString
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    hint: LazyString | None = None


PLACE = (
    Setting(
        "profile",
        lazy_t("Contact rules"),
        read_profile,
        hint=lazy_t("Kept plans keep the rules they were made by; plan again after a change."),
    ),
    Setting("zone", lazy_t("Time zone"), read_zone, hint=lazy_t("As in Asia/Shanghai.")),
    Setting(
        "currency",
        lazy_t("Currency of the book"),
        read_currency,
        hint=lazy_t("As in CNY. Sums in the book are not converted."),
    ),
    Setting("owner_policy", lazy_t("A case's owner"), read_policy),
)
ASSUMPTIONS = (
    Setting("service", lazy_t("Length of a visit, in minutes"), read_service, minutes),
    Setting("travel_price_per_hour", lazy_t("An hour on the road costs"), read_price, write_price),
    Setting(
        "overtime_price_per_hour",
        lazy_t("An hour of overtime costs"),
        read_price,
        write_price,
        hint=lazy_t("On top of the hour itself."),
    ),
    Setting(
        "owner_change_price",
        lazy_t("Another crew than the owner's costs"),
        read_price,
        write_price,
        hint=lazy_t("Counts where owners are preferred."),
    ),
    Setting(
        "max_days_as_pair",
        lazy_t("Days in a row as the same pair, at most"),
        whole_number(MOST_DAYS_AS_PAIR),
    ),
    Setting(
        "balance_days",
        lazy_t("What is overdue is looked upon as old after days"),
        whole_number(MOST_BALANCE_DAYS),
        hint=lazy_t("The desk and the planner are warned; nothing is left out for it."),
    ),
    Setting(
        "arrive_within_min",
        lazy_t("A crew that has not begun or arrived is asked after, in minutes"),
        whole_number(MOST_WAIT_MIN),
        hint=lazy_t("Counted from when it was due, or from the last thing that it told."),
    ),
    Setting(
        "leave_within_min",
        lazy_t("A crew that stays at a door is asked after, in minutes beyond the plan"),
        whole_number(MOST_WAIT_MIN),
    ),
)
"""House assumptions, shown as such."""

CALENDARS = (
    Setting(
        "calendar_details",
        lazy_t("A stop in a calendar tells"),
        read_choice,
        write_choice,
        hint=lazy_t(
            "Calendars are kept by phones and their makers' services, out of the house's sight."
        ),
    ),
)
POSITIONS = (
    Setting(
        "learns_doors",
        lazy_t("Phones tell where they stand"),
        read_choice,
        write_choice,
        hint=lazy_t(
            "Only when a crew arrives or leaves, and only if the collector lets hers. Doors are "
            "learned from it; it is forgotten after half a year."
        ),
    ),
)
LEARNING_CHOICES = {
    OPEN: lazy_t("from what visits told, as soon as there are any"),
    CLOSED: lazy_t("by the house's assumptions alone"),
}
LEARNING = (
    Setting(
        "learns_availability",
        lazy_t("When somebody is met is told"),
        read_choice,
        write_choice,
        hint=lazy_t(
            "By place kind, kind of day, hour, kind of employment and her own earlier visits; "
            "nothing else of a person is looked at."
        ),
    ),
)
GATE = (
    Setting(
        "is_gate_strict",
        lazy_t("In a book without any contact data"),
        read_choice,
        write_choice,
        hint=lazy_t("Once contacts are imported or logged, the rule holds either way."),
    ),
)
DESK = (
    Setting(
        "desk_phone",
        lazy_t("Telephone of the desk"),
        read_phone,
        hint=lazy_t("Collectors' phones show it: in their help, and where a door is closed."),
    ),
)
SETTINGS = (*PLACE, *ASSUMPTIONS, *CALENDARS, *POSITIONS, *LEARNING, *GATE, *DESK)


def written(city: City) -> dict[str, str]:
    """Return a city's settings as the form holds them."""
    return {one.name: one.write(getattr(city, one.name)) for one in SETTINGS}


def read_city(city: City, form: Mapping[str, str]) -> tuple[City, dict[str, str]]:
    """Return the city as the form has it, and by field what is wrong; then it is unchanged."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for one in SETTINGS:
        # A Chinese keyboard types full-width figures.
        text = unicodedata.normalize("NFKC", form.get(one.name, "")).strip()
        try:
            values[one.name] = one.read(text)
        except FieldError as error:
            wrong[one.name] = str(error)
    return (city, wrong) if wrong else (replace(city, **values), {})


def version(city: City) -> str:
    """Return a few characters that change with a city's settings."""
    return hashlib.sha256(repr(city).encode()).hexdigest()[:12]

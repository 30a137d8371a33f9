"""The form of a city's settings: each field read, and what is wrong with it said in words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import numbers
from flask_babel import LazyString

from scheduler.errors import DayroundError
from scheduler.model import City, OwnerPolicy
from web.context import wired
from web.language import lazy_t, t

PRICE = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,28}[0-9]")
LONGEST_SERVICE_MIN, MOST_DAYS_AS_PAIR = 240, 365
MOST_BALANCE_DAYS = 365
MOST_WAIT_MIN = 480
OPEN, CLOSED = "open", "closed"
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


class FieldError(ValueError):
    """What is wrong with what was typed, in the visitor's language."""


@dataclass(frozen=True)
class Setting:
    """One field: how it is read, and how a city's value is written into it."""

    name: str
    label: LazyString
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    hint: LazyString | None = None


@cache
def zones() -> tuple[str, ...]:
    """Return the names of all time zones."""
    return tuple(sorted(available_timezones()))


def profile_names() -> list[str]:
    """Return the rule profiles there are."""
    return wired().ports.profiles.names()


def read_zone(text: str) -> str:
    if text not in zones():
        raise FieldError(
            t("There is no time zone “%(typed)s”: write it as in Asia/Shanghai.", typed=text)
        )
    return text


def read_profile(text: str) -> str:
    try:
        wired().ports.profiles.rules(text)
    except DayroundError:
        raise FieldError(
            t(
                "There are no rules “%(typed)s”, and without rules nothing is planned; "
                "there are %(known)s.",
                typed=text,
                known=", ".join(profile_names()),
            )
        ) from None
    return text


def read_currency(text: str) -> str:
    if text.upper() not in numbers.list_currencies():
        raise FieldError(t("There is no currency “%(typed)s”: write it as in CNY.", typed=text))
    return text.upper()


def read_policy(text: str) -> OwnerPolicy:
    if text not in list(OwnerPolicy):
        raise FieldError(t("Choose one of the three."))
    return OwnerPolicy(text)


def read_choice(text: str) -> bool:
    if text not in (OPEN, CLOSED):
        raise FieldError(t("Choose one of the two."))
    return text == OPEN


def write_choice(is_open: bool) -> str:
    return OPEN if is_open else CLOSED


def read_price(text: str) -> Decimal:
    if not PRICE.fullmatch(text):
        raise FieldError(t("Write a sum such as 60 or 37.50, without sign or thousands' marks."))
    return Decimal(text)


def write_price(price: Decimal) -> str:
    return f"{price.normalize():f}"  # the book may give it more decimals than it needs


def whole_number(most: int) -> Callable[[str], int]:
    """Return the reader of a number from 1 to `most`."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
            raise FieldError(t("Write a whole number from 1 to %(most)s.", most=most))
        return int(text)

    return read


def read_phone(text: str) -> str:
    """Read a telephone number as people write it; nothing is fine."""
    if text and not PHONE.fullmatch(text):
        raise FieldError(t("Write a telephone number such as 0574-8765 4321, or nothing."))
    return text


def read_service(text: str) -> timedelta:
    return timedelta(minutes=whole_number(LONGEST_SERVICE_MIN)(text))


def minutes(length: timedelta) -> str:
    return f"{length.total_seconds() / 60:g}"


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

"""The fields of a city's form: what is typed into each, read and written again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import available_timezones

from babel import numbers

from scheduler.errors import DayroundError
from scheduler.model import OwnerPolicy
from web.context import wired
from web.language import t

PRICE = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{1,28}[0-9]")

MOST_BALANCE_DAYS = 365
MOST_WAIT_MIN = 480
LONGEST_SERVICE_MIN = 240
OPEN, CLOSED = "open", "closed"


class FieldError(ValueError):
    """What is wrong with what was typed, in the visitor's language."""


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

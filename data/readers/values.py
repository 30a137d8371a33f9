"""One cell each: from the text that stands there to a value of the domain.

Every parser takes text without blanks around it, never empty, and raises ValueError with words
that go on from the value: "is negative; write …".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal

from data.readers.words import LANGUAGES, STOPS, word_key
from scheduler.model import StopFlag

_EXCEL_TEXT = re.compile(r'="(.*)"')
_LOST_DIGITS = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
_LIST = re.compile(r"[,;、|/\n]+")
_MONEY = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d*)?(?:e\+?(\d{1,2}))?(万)?", re.IGNORECASE)
_MONEY_SIGNS = re.compile(r"[¥$€£元]|cny|rmb|usd|twd|hkd|人民币|\s", re.IGNORECASE)
_IN_PARENTHESES = re.compile(r"\(.+\)")
_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_COMPACT_DATE = r"(\d{4})(\d{2})(\d{2})"
_CLOCK = r"(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?"
_MOMENTS = (re.compile(_DATE + _CLOCK), re.compile(_COMPACT_DATE + _CLOCK))
_SERIAL_DATE = re.compile(r"(\d{5})(\.\d+)?")
_WITH_OFFSET = re.compile(r".*\d[T\s]\s*\d.*(?:Z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
DATE = re.compile(f"{_DATE}|{_COMPACT_DATE}")
"""A date at the start of a text."""

_EXCEL_EPOCH = date(1899, 12, 30)
_YEARS = range(1950, 2101)
_BUCKET = re.compile(r"M?(\d{1,2})\+?", re.IGNORECASE)
LONGEST_NAME = 200
"""Signs of an id or a name; several of them together are the key of a row."""

LONGEST_TEXT = 4000
_MOST_MONEY = Decimal(10**12)
_CENT = Decimal("0.01")

LIVED_IN = (-56.0, 72.0)
"""Latitudes with streets. Longitudes of China and most of America lie outside: swapped columns
are seen."""


def plain(text: str) -> str:
    """Return `text` with full-width letters, digits and punctuation made narrow."""
    return unicodedata.normalize("NFKC", text).strip()


def text(text: str) -> str:
    """Return a name or an address as it stands."""
    return _no_longer(text, LONGEST_TEXT)


def name(text: str) -> str:
    """Return a short text that a list is told apart by: a source, a product."""
    return _no_longer(text, LONGEST_NAME)


def _no_longer(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"is longer than {most:,} signs; shorten it, or look for shifted columns")
    if not text.isprintable() and any(ord(sign) < 32 and sign not in "\t\n\r" for sign in text):
        raise ValueError("has signs that are no text; write it again")
    return text


def identifier(text: str) -> str:
    """Return a contract, client or staff number as text, leading zeros kept.

    A number that went through Excel as a number and lost its last digits is refused.
    """
    text = plain(text)
    if match := _EXCEL_TEXT.fullmatch(text):
        text = match[1]
    text = text.removeprefix("'").strip()
    if not text:
        raise ValueError("is no number or name; write one")
    if _LOST_DIGITS.fullmatch(text):
        raise ValueError(
            "is a long number whose last digits a spreadsheet dropped; format the column as text "
            "and enter the number again"
        )
    return name(text)


def words(text: str) -> frozenset[str]:
    """Return the parts of a list: 'a, b；c、d'."""
    return frozenset(filter(None, (part.strip() for part in _LIST.split(plain(text)))))


def languages(text: str) -> frozenset[str]:
    """Return languages by their English name; one that is not in the table stays as written."""
    return frozenset(LANGUAGES.get(word_key(word), word.casefold()) for word in words(text))


def stops(text: str) -> frozenset[StopFlag]:
    """Return the stop flags of a list; a word that is not known stops too, as OTHER.

    A stop that is overlooked sends somebody to a door; one too many is seen and lifted.
    """
    flags = (STOPS.get(word_key(word), StopFlag.OTHER) for word in words(text))
    return frozenset(flag for flag in flags if flag is not None)


def unknown_stops(text: str) -> frozenset[str]:
    """Return the words of a list that name no stop flag."""
    return frozenset(word for word in words(text) if word_key(word) not in STOPS)


def money(text: str) -> Decimal:
    """Return a sum of zero or more, to the cent: '¥1,234.50', '1.2万', '3500元'."""
    match = _MONEY.fullmatch(_MONEY_SIGNS.sub("", plain(text)))
    if match is None:
        raise ValueError("is no sum of money; write digits, as in 1234.50")
    sign, whole, fraction, exponent, ten_thousands = match.groups()
    if sign:
        raise ValueError("is negative; write the sum that is owed, zero or more")
    amount = Decimal(whole.replace(",", "") + (fraction or "")).scaleb(int(exponent or 0))
    if ten_thousands:
        amount *= 10_000
    if amount >= _MOST_MONEY:
        raise ValueError("is more than a debt can be; look whether the columns are shifted")
    # Spreadsheets compute in binary: 0.1 + 0.2 arrives as 0.30000000000000004.
    return amount.quantize(_CENT)


def signed_money(text: str) -> Decimal:
    """Return a sum that may be below zero, as of a reversal: '-500', '(500.00)', '¥-1.2万'."""
    narrow = _MONEY_SIGNS.sub("", plain(text)).replace("−", "-")
    if _IN_PARENTHESES.fullmatch(narrow):
        return -money(narrow[1:-1])
    return -money(narrow[1:]) if narrow.startswith("-") else money(narrow)


def ten_thousands(text: str) -> Decimal:
    """Return a sum that is written in 万元, with or without the sign."""
    return money(f"{plain(text).removesuffix('元').removesuffix('万')}万")


def bucket(text: str) -> str | None:
    """Return 'M0' … 'M7'; None for a lender's own name of a bucket."""
    match = _BUCKET.fullmatch(plain(text))
    return f"M{min(7, int(match[1]))}" if match else None


def count(least: int, most: int, unit: str) -> Callable[[str], int]:
    """Return a parser of whole numbers from `least` to `most`; `unit` is a pattern to ignore."""
    pattern = re.compile(rf"([-+]?\d+)(?:\.0+)?\s*(?:{unit})?", re.IGNORECASE)

    def parse(text: str) -> int:
        match = pattern.fullmatch(plain(text).replace(",", ""))
        if match is None:
            raise ValueError("is no whole number; write digits only")
        number = int(match[1])
        if not least <= number <= most:
            raise ValueError(f"is not between {least} and {most}; write the true number")
        return number

    return parse


def moment(text: str) -> tuple[date, time | None]:
    """Return a date, and the time of day where one stands behind it.

    Reads 2026-11-03, 2026/11/3, 2026.11.3, 2026年11月3日, 20261103 and Excel's day numbers. What
    can be read in two ways, as 11/3/2026, is refused.
    """
    text = plain(text)
    match = _MOMENTS[0].fullmatch(text) or _MOMENTS[1].fullmatch(text)
    if match is None:
        if serial := _SERIAL_DATE.fullmatch(text):
            return _serial(int(serial[1]), float(serial[2] or 0))
        if _WITH_OFFSET.fullmatch(text):
            raise ValueError("has an offset from UTC; write the time on the city's own clock")
        raise ValueError("is no date that reads only one way; write it as 2026-11-03")
    year, month, day, hour, minute, second = match.groups()
    try:
        clock = None if hour is None else time(int(hour), int(minute), int(second or 0))
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError("is no day of the calendar; write it as 2026-11-03") from None
    if found.year not in _YEARS:
        raise ValueError(f"is not a year from {_YEARS[0]} to {_YEARS[-1]}; write the true date")
    return found, clock


def _serial(days: int, share: float) -> tuple[date, time | None]:
    """Return the date and clock of Excel's day number; a whole one is a day alone."""
    on = _EXCEL_EPOCH + timedelta(days=days)
    if not share:
        return on, None
    minutes, second = divmod(min(round(share * 86_400), 86_399), 60)
    return on, time(*divmod(minutes, 60), second)


def day(text: str) -> date:
    """Return a date; a time of day behind it is let go."""
    return moment(text)[0]


def latitude(text: str) -> float:
    """Return degrees north; refuses those where no street is, for they are swapped columns."""
    degrees = _degrees(text)
    if not LIVED_IN[0] <= degrees <= LIVED_IN[1]:
        raise ValueError(
            f"is no latitude with streets ({LIVED_IN[0]:g} to {LIVED_IN[1]:g}); look whether "
            "latitude and longitude are swapped"
        )
    return degrees


def longitude(text: str) -> float:
    """Return degrees east."""
    degrees = _degrees(text)
    if not -180 <= degrees <= 180:
        raise ValueError("is no longitude (-180 to 180); write decimal degrees, as in 116.3975")
    return degrees


def _degrees(text: str) -> float:
    try:
        return float(plain(text).removesuffix("°"))
    except ValueError:
        raise ValueError("is no number of degrees; write decimals, as in 39.9087") from None

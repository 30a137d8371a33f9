"""What kind of day a date is: working day, weekend, holiday, or a weekend worked in exchange.

China's make-up working days are known only once the State Council has announced the year;
`chinese_calendar` carries those years. Before that the statutory holidays of `holidays` are all
there is, and the day is *provisional*: it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY = 5


class DayKind(StrEnum):
    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a Saturday or Sunday worked in exchange for a holiday


@dataclass(frozen=True, slots=True)
class DayInfo:
    """A date and its kind; `name` is the holiday's, also on a day that makes up for it."""

    on: date
    kind: DayKind
    name: str = ""
    is_provisional: bool = False

    @property
    def is_working(self) -> bool:
        """Whether people work, also to make up for a holiday."""
        return self.kind in (DayKind.WORKING, DayKind.MAKE_UP)

    def __str__(self) -> str:
        notes = [str(self.kind).replace("_", "-"), self.name]
        if self.is_provisional:
            notes.append("provisional, the year's make-up days are not announced")
        return f"{self.on} ({', '.join(note for note in notes if note)})"


@lru_cache(maxsize=4096)
def day_info(country: str, on: date) -> DayInfo:
    """Return what kind of day `on` is in `country` (ISO 3166; '' knows weekends alone).

    Raises
    ------
    LookupError
        Where no holidays are known for the country.
    """
    if country == "CN":
        return _chinese_day(on)
    name = _holidays(country, on.year).get(on) if country else None
    if name:
        return DayInfo(on, DayKind.HOLIDAY, name)
    is_weekend = on.weekday() >= SATURDAY
    return DayInfo(on, DayKind.WEEKEND if is_weekend else DayKind.WORKING)


@cache
def lunar_new_year(year: int) -> date:
    """Return the first day of the Spring Festival of `year`."""
    return min(_holidays("CN", year).get_named("Spring Festival"))


def _chinese_day(on: date) -> DayInfo:
    from chinese_calendar import get_holiday_detail

    try:
        is_off, name = get_holiday_detail(on)
    except NotImplementedError:  # not announced yet
        return _unannounced_chinese_day(on)
    if name:
        return DayInfo(on, DayKind.HOLIDAY if is_off else DayKind.MAKE_UP, name)
    return DayInfo(on, DayKind.WEEKEND if is_off else DayKind.WORKING)


def _unannounced_chinese_day(on: date) -> DayInfo:
    name = _holidays("CN", on.year).get(on)
    kind = DayKind.HOLIDAY if name else day_info("", on).kind
    return DayInfo(on, kind, name or "", is_provisional=True)


@cache
def _holidays(country: str, year: int) -> HolidayBase:
    from holidays import country_holidays

    try:
        return country_holidays(country, years=year, language="en_US")
    except NotImplementedError as error:
        raise LookupError(f"no holidays are known for country {country!r}") from error

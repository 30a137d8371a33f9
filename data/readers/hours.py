"""Hours of the day as people write them: windows, weekdays, breaks, appointments.

A minute counts from midnight; 24:00 is minute 1440.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from data.readers.values import DATE, day, plain
from scheduler.model import EVERY_DAY, DailyWindow, Window

DAY_MIN = 24 * 60

Hours = tuple[int, int]
"""First minute, and the minute at which it ends."""

_DASHES = re.compile(r"\s*(?:[-–—−~〜至到]+|\bto\b)\s*")
_HALF_PAST = re.compile(r"(?<=\d)\s*[点时]半")
_MINUTES_PAST = re.compile(r"(?<=\d)\s*[点时]\s*(\d{2})\s*分?")
_FULL_HOUR = re.compile(r"(?<=\d)\s*[点时]整?")

_TIME = r"\d{1,2}(?::\d{2}){0,2}"
_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2}))?(?::\d{2})?")
_SPAN = re.compile(rf"(?<![\d:])({_TIME})-({_TIME})(?![\d:])")
_SEGMENTS = re.compile(r"[;\n]+")
_BETWEEN = " ,、:.和及"

_DAY_GROUPS = {
    "工作日": "0-4",
    "平日": "0-4",
    "weekdays": "0-4",
    "双休日": "5-6",
    "周末": "5-6",
    "weekends": "5-6",
    "每天": "0-6",
    "每日": "0-6",
    "every day": "0-6",
    "daily": "0-6",
}
_DAY = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|s|rs?)?\b|(?:周|星期|礼拜)?([一二三四五六日天])"
)
_DAY_NUMBERS = {name: index % 7 for index, name in enumerate("一二三四五六日")} | {
    name: index
    for index, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun", "天"))
}
_DAY_LIST = re.compile(r"(?:[0-6](?:-[0-6])?[\s,、:.和及&]*)+")
_DAY_RANGE = re.compile(r"([0-6])(?:-([0-6]))?")

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(minutes?|mins?|分钟|分|hours?|hrs?|h|小时)(?![a-z])")
_MINUTES = re.compile(r"\d{1,4}(?:\.0+)?")
_HOURS_MINUTES = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
_UNPAID = re.compile(r"unpaid|不带薪|不计薪|无薪")
_PAID = re.compile(r"paid|带薪|计薪|有薪")


@dataclass(frozen=True, slots=True)
class BreakHours:
    """A rest of `length` somewhere inside `hours`."""

    hours: Hours
    length: timedelta
    is_paid: bool = False


def windows(text: str) -> tuple[DailyWindow, ...]:
    """Return the windows of 'Mon-Fri 18:00-20:00; Sat,Sun 9:00-12:00' or '工作日 18点-20点'.

    Hours without weekdays hold every day; 工作日 and weekdays mean Monday to Friday. A window
    that ends at 24:00 ends at 23:59 here, the last minute that `DailyWindow` can name.
    """
    found = [found for segment in _segments(text) for found in _windows(segment)]
    return tuple(dict.fromkeys(found))


def weekdays(text: str) -> frozenset[int]:
    """Return the weekdays of 'Mon-Fri', 'Sat, Sun', '周一至周五', '周六日'; Monday is 0."""
    numbers = _narrow(text).strip(_BETWEEN)
    if not any(map(str.isdigit, numbers)):
        for group, digits in _DAY_GROUPS.items():
            numbers = numbers.replace(group, digits)
        numbers = _DAY.sub(lambda match: str(_DAY_NUMBERS[match[1] or match[2]]), numbers)
        if _DAY_LIST.fullmatch(numbers):
            ranges = _DAY_RANGE.findall(numbers)
            return frozenset(day for a, b in ranges for day in _days(int(a), int(b or a)))
    raise ValueError(f"names {text!r}, which is no weekday; write Mon-Fri, or 周一至周五")


def clock(text: str) -> int:
    """Return the minute of '9:00', '09:00:00', '18点30分' or '24:00'."""
    match = _CLOCK.fullmatch(_narrow(text))
    if match is None:
        raise ValueError("is no time of day; write it as in 09:00")
    hour, minute = int(match[1]), int(match[2] or 0)
    if minute > 59 or hour * 60 + minute > DAY_MIN:
        raise ValueError("is no time of day; write one from 00:00 to 24:00")
    return hour * 60 + minute


def breaks(text: str) -> tuple[BreakHours, ...]:
    """Return the breaks of '12:00-13:00; 30min 15:00-17:00 paid'.

    A length before the hours floats inside them; without one the break fills them.
    """
    return tuple(map(_break, _segments(text)))


def duration(text: str) -> timedelta:
    """Return the time of '30min', '1.5小时', '1:30', or a bare number of minutes."""
    narrow = _narrow(text)
    if match := _LENGTH.fullmatch(narrow):
        return _length(match)
    if _MINUTES.fullmatch(narrow):
        return timedelta(minutes=float(narrow))
    if match := _HOURS_MINUTES.fullmatch(narrow):
        return timedelta(hours=int(match[1]), minutes=int(match[2]))
    raise ValueError("is no length of time; write minutes, as in 30")


def appointment(text: str) -> tuple[date, Hours]:
    """Return the day and hours of '2026-11-23 14:00-16:00'."""
    text = plain(text)
    match = DATE.match(text)
    if match is None:
        raise ValueError(_NO_APPOINTMENT)
    span = _SPAN.fullmatch(_narrow(text[match.end() :].strip(_BETWEEN)))
    if span is None:
        raise ValueError(_NO_APPOINTMENT)
    return day(match[0]), _hours(span)


def instant(on: date, minute: int, zone: tzinfo) -> datetime:
    """Return the instant of a minute of a day; minute 1440 is the next midnight."""
    ahead, rest = divmod(minute, DAY_MIN)
    return datetime.combine(on + timedelta(days=ahead), time(rest // 60, rest % 60), zone)


def window(on: date, hours: Hours, zone: tzinfo) -> Window:
    return Window(instant(on, hours[0], zone), instant(on, hours[1], zone))


_NO_APPOINTMENT = "is no day with its hours; write it as in 2026-11-23 14:00-16:00"


def _narrow(text: str) -> str:
    """Return `text` in one way of writing: '18点半 至 20时' becomes '18:30-20:00'."""
    text = _HALF_PAST.sub(":30", plain(text).casefold())
    text = _FULL_HOUR.sub(":00", _MINUTES_PAST.sub(r":\1", text))
    return _DASHES.sub("-", text)


def _segments(text: str) -> list[str]:
    return [part for part in map(str.strip, _SEGMENTS.split(_narrow(text))) if part]


def _windows(segment: str) -> Iterator[DailyWindow]:
    """Yield the windows of 'mon-fri 9:00-12:00, 14:00-16:00, sat 9:00-12:00'."""
    days, end = EVERY_DAY, 0
    for span in _SPAN.finditer(segment):
        if before := segment[end : span.start()].strip(_BETWEEN):
            days = weekdays(before)
        yield _daily_window(_hours(span), days)
        end = span.end()
    if segment[end:].strip(_BETWEEN):
        raise ValueError("has no hours; write them as in 09:00-12:00; 18:00-20:00")


def _hours(span: re.Match[str]) -> Hours:
    start, end = clock(span[1]), clock(span[2])
    if start >= end:
        raise ValueError(
            f"has {span[0]}, which ends before it starts; write hours of one day, as in 18:00-20:00"
        )
    return start, end


def _daily_window(hours: Hours, days: frozenset[int]) -> DailyWindow:
    start, end = (time(minute // 60, minute % 60) for minute in (hours[0], min(hours[1], 1439)))
    return DailyWindow(start, end, days)


def _days(first: int, last: int) -> list[int]:
    """Return the weekdays from `first` to `last`, through Sunday where `last` is earlier."""
    return [day % 7 for day in range(first, last + (7 if last < first else 0) + 1)]


def _length(match: re.Match[str]) -> timedelta:
    number = float(match[1])
    return timedelta(hours=number) if match[2][0] in "h小" else timedelta(minutes=number)


def _break(segment: str) -> BreakHours:
    span = _SPAN.search(segment)
    if span is None:
        raise ValueError("has no hours; write breaks as in 12:00-13:00, or 30min 11:30-13:30")
    hours = _hours(span)
    rest = f"{segment[: span.start()]} {segment[span.end() :]}"
    is_paid = bool(_PAID.search(_UNPAID.sub("", rest)))
    rest = _PAID.sub("", _UNPAID.sub("", rest)).strip(_BETWEEN + "()")
    whole = timedelta(minutes=hours[1] - hours[0])
    length = duration(rest) if rest else whole
    if not timedelta(0) < length <= whole:
        raise ValueError(
            f"has a break of {length} that does not fit {span[0]}; write a shorter one"
        )
    return BreakHours(hours, length, is_paid)

"""The kinds of value that a rule can have, each read from what TOML gives.

Every reader raises ValueError that says what it expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from scheduler.calendar import DayInfo, DayKind
from scheduler.model import StopFlag, Window

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ANY_DAY = "any"
KINDS_OF_DAY = (ANY_DAY, "working", "weekend", "holiday", *WEEKDAYS)

Hour = tuple[time, time]


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours by kind of day: a holiday's before a weekday's before a kind's before any day's."""

    by_day: Mapping[str, tuple[Hour, ...]]

    def of(self, day: DayInfo) -> tuple[Hour, ...]:
        """Return the hours of `day`; none where the day is closed."""
        keys: tuple[str, ...] = (_kind(day), ANY_DAY)
        if day.kind in (DayKind.WORKING, DayKind.WEEKEND):
            keys = (WEEKDAYS[day.on.weekday()], *keys)
        return next((self.by_day[key] for key in keys if key in self.by_day), ())

    def windows(self, day: DayInfo, zone: tzinfo | None) -> tuple[Window, ...]:
        """Return the hours of `day` by the clocks of `zone`."""
        return tuple(
            Window(datetime.combine(day.on, opens, zone), datetime.combine(day.on, closes, zone))
            for opens, closes in self.of(day)
        )

    def text(self, day: DayInfo) -> str:
        """Return the hours of `day` in words."""
        spans = (f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in self.of(day))
        return " and ".join(spans) or "none"


def _kind(day: DayInfo) -> str:
    return "working" if day.kind is DayKind.MAKE_UP else str(day.kind)


def read_hours(raw: Any) -> Hours:
    """Read { any = ["08:00-22:00"], holiday = [] }; keys are `KINDS_OF_DAY`."""
    table = _table(raw, "kinds of day with lists of hours")
    if unknown := sorted(set(table) - set(KINDS_OF_DAY)):
        raise ValueError(f"unknown kinds of day {unknown}; there are {', '.join(KINDS_OF_DAY)}")
    return Hours({kind: tuple(_hour(text) for text in _list(table[kind])) for kind in table})


def _hour(text: Any) -> Hour:
    try:
        opens, closes = (time.fromisoformat(part) for part in text.split("-"))
    except (AttributeError, ValueError):
        raise ValueError(f"{text!r} is no span of hours such as '08:00-22:00'") from None
    if opens >= closes:
        raise ValueError(f"{text!r} closes before it opens")
    return opens, closes


def read_count(raw: Any) -> int:
    """Read a whole number, 0 or more."""
    if type(raw) is not int or raw < 0:  # a bool is an int, and meant otherwise
        raise ValueError(f"expected a whole number, 0 or more, not {raw!r}")
    return raw


def read_yes(raw: Any) -> bool:
    """Read true: a rule that holds or is not written down at all."""
    if raw is not True:
        raise ValueError(f"expected true, not {raw!r}; leave the rule out where it does not hold")
    return True


@dataclass(frozen=True, slots=True)
class VisitCap:
    """At most so many visits; where it counts only those at which somebody was met."""

    most: int
    counts_only_met: bool = False


def read_cap(raw: Any) -> VisitCap:
    """Read 2, or { most = 1, counts_only_met = true }."""
    if not isinstance(raw, dict):
        return VisitCap(read_count(raw))
    if set(raw) - {"most", "counts_only_met"} or "most" not in raw:
        raise ValueError(f"expected most and counts_only_met, not {', '.join(raw) or 'nothing'}")
    if not isinstance(only_met := raw.get("counts_only_met", False), bool):
        raise ValueError(f"counts_only_met is true or false, not {only_met!r}")
    return VisitCap(read_count(raw["most"]), only_met)


def read_stops(raw: Any) -> frozenset[StopFlag]:
    """Read a list of stop flags, or "all"."""
    if raw == "all":
        return frozenset(StopFlag)
    if unknown := sorted(str(flag) for flag in _list(raw) if flag not in list(StopFlag)):
        raise ValueError(f"unknown stop flags {unknown}; there are {', '.join(StopFlag)}")
    return frozenset(StopFlag(flag) for flag in raw)


@dataclass(frozen=True, slots=True)
class FestivalDays:
    """Days of a festival, counted from its first, which is day 1; the eve is day 0."""

    first: int
    last: int

    def hold(self, day_one: date, on: date) -> bool:
        return self.first <= (on - day_one).days + 1 <= self.last


def read_days(raw: Any) -> FestivalDays:
    """Read { from_day = 0, to_day = 3 }; day 1 is the first, 0 the eve."""
    table = _table(raw, "from_day and to_day")
    if set(table) != {"from_day", "to_day"} or {type(day) for day in table.values()} != {int}:
        raise ValueError(f"expected whole numbers from_day and to_day, not {raw!r}")
    if table["from_day"] > table["to_day"]:
        raise ValueError(f"to_day {table['to_day']} lies before from_day {table['from_day']}")
    return FestivalDays(table["from_day"], table["to_day"])


def read_words(raw: Any) -> frozenset[str]:
    """Read a list of words; capitals and spaces around them do not matter."""
    if wrong := [word for word in _list(raw) if not isinstance(word, str)]:
        raise ValueError(f"expected words, not {wrong[0]!r}")
    return frozenset(word.strip().casefold() for word in raw)


def _table(raw: Any, what: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ValueError(f"expected a table of {what}, not {raw!r}")
    return raw


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise ValueError(f"expected a list, not {raw!r}")
    return raw

"""The kinds of value that a rule can have, each read from what TOML gives.

Every reader raises ValueError that says what it expected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from scheduler.calendar import DayInfo, DayKind
from scheduler.model import PlaceKind, StopFlag, Window
from scheduler.restraints import PauseKind

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ANY_DAY = "any"
KINDS_OF_DAY = (ANY_DAY, "working", "weekend", "holiday", *WEEKDAYS)

Hour = tuple[time, time]
Member = TypeVar("Member", bound=StrEnum)


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
        return _windows(self.of(day), day.on, zone)

    def text(self, day: DayInfo) -> str:
        """Return the hours of `day` in words."""
        spans = (f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in self.of(day))
        return " and ".join(spans) or "none"


@lru_cache(maxsize=256)
def _windows(spans: tuple[Hour, ...], on: date, zone: tzinfo | None) -> tuple[Window, ...]:
    """Return the windows of a day; hundreds of visits ask for the same."""
    clocks = ([datetime.combine(on, clock, zone) for clock in span] for span in spans)
    return tuple(Window(*ends) for ends in clocks)


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


LARGEST_CREW = 9
MOST_COUNTED = 1000
"""Of days or times in a rule: a larger number was meant in another unit."""


def count_to(most: int) -> Callable[[Any], int]:
    """Return what reads a whole number from 0 to `most`."""

    def read(raw: Any) -> int:
        if type(raw) is not int or not 0 <= raw <= most:  # a bool is an int, and meant otherwise
            raise ValueError(f"expected a whole number from 0 to {most}, not {raw!r}")
        return raw

    return read


read_count = count_to(MOST_COUNTED)


def read_yes(raw: Any) -> bool:
    """Read true: a rule that holds or is not written down at all."""
    if raw is not True:
        raise ValueError(f"expected true, not {raw!r}; leave the rule out where it does not hold")
    return True


@dataclass(frozen=True, slots=True)
class VisitCap:
    """At most so many visits; of all, of those that met somebody, of each debt, or at home."""

    most: int
    counts_only_met: bool = False
    per_debt: bool = False
    only_at_home: bool = False


def read_cap(raw: Any) -> VisitCap:
    """Read 2, or { most = 1, counts_only_met = true, per_debt = true, only_at_home = true }."""
    return VisitCap(**_counted(raw, ("counts_only_met", "per_debt", "only_at_home")))


@dataclass(frozen=True, slots=True)
class ContactCap:
    """At most so many contacts by any channel, visits among them; of all, or of each debt."""

    most: int
    per_debt: bool = False


def read_contact_cap(raw: Any) -> ContactCap:
    """Read 5, or { most = 7, per_debt = true }."""
    return ContactCap(**_counted(raw, ("per_debt",)))


def _counted(raw: Any, choices: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        return {"most": read_count(raw)}
    if set(raw) - {"most", *choices} or "most" not in raw:
        told = ", ".join(raw) or "nothing"
        raise ValueError(f"expected most and {', '.join(choices)}, not {told}")
    for key in choices:
        if not isinstance(raw.get(key, False), bool):
            raise ValueError(f"{key} is true or false, not {raw[key]!r}")
    return {**raw, "most": read_count(raw["most"])}


@dataclass(frozen=True, slots=True)
class WishLimit:
    """Blocked hours count up to so many a week, the oldest wish first; None counts them all."""

    hours_a_week: int | None = None


def read_wish_limit(raw: Any) -> WishLimit:
    """Read true, or { hours_a_week = 28 }."""
    if raw is True:
        return WishLimit()
    if not isinstance(raw, dict) or set(raw) != {"hours_a_week"}:
        raise ValueError(f"expected true or hours_a_week, not {raw!r}")
    return WishLimit(read_count(raw["hours_a_week"]))


def read_pauses(raw: Any) -> frozenset[PauseKind]:
    """Read a list of kinds of pause, or "all"."""
    return _members(PauseKind, raw, "kinds of pause")


def _members(kind: type[Member], raw: Any, what: str) -> frozenset[Member]:
    if raw == "all":
        return frozenset(kind)
    if unknown := sorted(str(one) for one in _list(raw) if one not in list(kind)):
        raise ValueError(f"unknown {what} {unknown}; there are {', '.join(kind)}")
    return frozenset(kind(one) for one in raw)


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """In which order places are tried; `choice` are sources that say the borrower named one."""

    order: tuple[str, ...]
    choice: frozenset[str]


PLACES_IN_ORDER = ("choice", "home", "work", "other")


def read_order(raw: Any) -> PlaceOrder:
    """Read { order = ["choice", "home", "work"], choice = ["borrower"] }."""
    table = _table(raw, "order and choice")
    if set(table) != {"order", "choice"}:
        raise ValueError(f"expected order and choice, not {', '.join(table) or 'nothing'}")
    order = _list(table["order"])
    if unknown := sorted(str(one) for one in order if one not in PLACES_IN_ORDER):
        raise ValueError(f"unknown places {unknown}; there are {', '.join(PLACES_IN_ORDER)}")
    return PlaceOrder(tuple(order), read_words(table["choice"]))


@dataclass(frozen=True, slots=True)
class AllowedPlaces:
    """Kinds of place, and sources of an address, at which a visit may be."""

    kinds: frozenset[PlaceKind]
    sources: frozenset[str]


def read_places(raw: Any) -> AllowedPlaces:
    """Read { kinds = ["home"], sources = ["billing"] }."""
    table = _table(raw, "kinds and sources")
    if set(table) != {"kinds", "sources"}:
        raise ValueError(f"expected kinds and sources, not {', '.join(table) or 'nothing'}")
    kinds = _members(PlaceKind, table["kinds"], "kinds of place")
    return AllowedPlaces(kinds, read_words(table["sources"]))


def read_stops(raw: Any) -> frozenset[StopFlag]:
    """Read a list of stop flags, or "all"."""
    return _members(StopFlag, raw, "stop flags")


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

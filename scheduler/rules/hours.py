"""When a visit may be: hours of the law and of the house, and days without visits."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo

from scheduler.calendar import DayInfo, lunar_new_year
from scheduler.model import Window
from scheduler.rules.base import Attempt, Fact, Rule, RuleSet, rule
from scheduler.rules.values import FestivalDays, Hours, read_count, read_days, read_hours
from scheduler.windows import covers, intersect, shorten


@rule(read_hours)
def hours(lawful: Hours, attempt: Attempt) -> str | None:
    """The whole visit lies inside lawful hours."""
    return _outside(lawful, attempt, "lawful hours")


@rule(read_hours)
def house_hours(own: Hours, attempt: Attempt) -> str | None:
    """The whole visit lies inside the hours that the house allows itself."""
    return _outside(own, attempt, "the house's hours")


def _outside(allowed: Hours, attempt: Attempt, whose: str) -> str | None:
    if _is_inside(allowed.windows(attempt.day, attempt.start.tzinfo), attempt):
        return None
    return (
        f"{attempt.start:%H:%M:%S}-{attempt.end:%H:%M:%S} is not inside {whose} of "
        f"{attempt.day}: {allowed.text(attempt.day)}"
    )


def _is_inside(windows: tuple[Window, ...], attempt: Attempt) -> bool:
    return any(covers(window, attempt.start, attempt.end) for window in windows)


@rule(read_days)
def spring_festival(days: FestivalDays, attempt: Attempt) -> str | None:
    """No visits around the Spring Festival; day 1 is its first, 0 the eve."""
    day_one = lunar_new_year(attempt.day.on.year)
    if not days.hold(day_one, attempt.day.on):
        return None
    return f"{attempt.day} is kept free: the Spring Festival begins on {day_one}"


def _runs_past_margin(rules: RuleSet, fact: Fact, attempt: Attempt) -> str | None:
    open_ = _open_windows(rules, attempt.day, attempt.start.tzinfo)
    if _is_inside(shorten(open_, timedelta(minutes=fact.value)), attempt):
        return None
    if not _is_inside(open_, attempt):
        return None  # outside the hours altogether, which is theirs to say
    return f"the visit ends at {attempt.end:%H:%M:%S}, less than {fact.value} min before closing"


closing_margin_min = Rule(
    "closing_margin_min",
    "A visit is planned to end so many minutes before the hours do, in case it runs long.",
    read_count,
    _runs_past_margin,
)


def lawful_windows(rules: RuleSet, day: DayInfo, zone: tzinfo | None) -> tuple[Window, ...]:
    """Return what holds a whole visit on `day`: hours of law and house, less the margin."""
    margins = (fact.value for fact in rules.of(closing_margin_min.name, day.on))
    return shorten(_open_windows(rules, day, zone), timedelta(minutes=max(margins, default=0)))


def _open_windows(rules: RuleSet, day: DayInfo, zone: tzinfo | None) -> tuple[Window, ...]:
    windows: tuple[Window, ...] = (_whole_day(day, zone),)
    for name in (hours.name, house_hours.name):
        for fact in rules.of(name, day.on):
            windows = intersect(windows, fact.value.windows(day, zone))
    return windows


def _whole_day(day: DayInfo, zone: tzinfo | None) -> Window:
    midnights = (datetime.combine(on, time(), zone) for on in (day.on, day.on + timedelta(days=1)))
    return Window(*midnights)

"""When a visit may be: hours of the law and of the house, and days without visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from scheduler.calendar import DayInfo, lunar_new_year
from scheduler.model import Window
from scheduler.rules.base import Attempt, Fact, Rule, RuleSet, consents_to, rule
from scheduler.rules.values import FestivalDays, Hours, count_to, read_days, read_hours
from scheduler.rules.wishes import blocked_hours, blocked_windows
from scheduler.windows import covers, intersect, shorten, without


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
    minutes = fact.value
    open_ = _open_windows(rules, attempt.day, attempt.start.tzinfo, attempt)
    if _is_inside(shorten(open_, timedelta(minutes=minutes)), attempt):
        return None
    if not _is_inside(open_, attempt):
        return None  # outside the hours altogether, which is theirs to say
    return f"the visit ends at {attempt.end:%H:%M:%S}, less than {minutes} min before closing"


LONGEST_MARGIN_MIN = 240
"""Of minutes; more of them were meant as seconds, and leave no hours to visit in."""

closing_margin_min = Rule(
    "closing_margin_min",
    "A visit is planned to end so many minutes before the hours do, in case it runs long.",
    count_to(LONGEST_MARGIN_MIN),
    _runs_past_margin,
)


def lawful_windows(
    rules: RuleSet, day: DayInfo, zone: tzinfo | None, whom: Attempt | None = None
) -> tuple[Window, ...]:
    """Return what holds a whole visit on `day`: hours of law and house, less the margin.

    Those of one borrower at one place, where `whom` names them: her consents and blocked hours
    and what was set aside for her count then; the hour of that attempt does not matter.
    """
    margins = (fact.value for fact in _heeded(rules, closing_margin_min.name, day.on, whom))
    open_ = shorten(
        _open_windows(rules, day, zone, whom), timedelta(minutes=max(margins, default=0))
    )
    return without(open_, _blocked(rules, day, whom)) if whom else open_


def _open_windows(
    rules: RuleSet, day: DayInfo, zone: tzinfo | None, whom: Attempt | None
) -> tuple[Window, ...]:
    """Return the hours of law and house; worked out once for all of whom nothing else is known."""
    if whom is not None and (whom.dossier.consents or whom.dossier.overrides):
        return _windows_for(rules, day, zone, whom)
    key = day, zone
    if key not in rules.usual_windows:
        rules.usual_windows[key] = _windows_for(rules, day, zone, None)
    return rules.usual_windows[key]


def _windows_for(
    rules: RuleSet, day: DayInfo, zone: tzinfo | None, whom: Attempt | None
) -> tuple[Window, ...]:
    windows: tuple[Window, ...] = (_whole_day(day, zone),)
    for name in (hours.name, house_hours.name):
        for fact in _heeded(rules, name, day.on, whom):
            allowed = (*fact.value.windows(day, zone), *_widened(name, fact, day, zone, whom))
            windows = intersect(windows, allowed)
    return windows


def _heeded(rules: RuleSet, name: str, on: date, whom: Attempt | None) -> tuple[Fact, ...]:
    """Return what a rule says on a day, but for what was set aside."""
    facts = rules.of(name, on)
    if whom is None or name not in whom.dossier.set_aside(on):
        return facts
    return tuple(fact for fact in facts if fact.is_law)


def _widened(
    name: str, fact: Fact, day: DayInfo, zone: tzinfo | None, whom: Attempt | None
) -> Iterator[Window]:
    """Yield the hours that her consents open, none beyond what the fact lets a consent."""
    if whom is None or fact.with_consent is None or zone is None:
        return
    most = fact.with_consent.windows(day, zone)
    for consent in consents_to(name, whom):
        if all(consent.case_id in ("", case.id) for case in whom.cases):
            told = [daily.on(day.on, zone) for daily in consent.hours]
            yield from intersect(most, filter(None, told)) if consent.hours else most


def turning_windows(rules: RuleSet, whom: Attempt) -> Iterator[Window]:
    """Yield every window at whose edges a rule may answer otherwise, on the day of an attempt.

    Nothing else that a rule of visits asks of an attempt changes within a day.
    """
    day, zone, dossier = whom.day, whom.start.tzinfo, whom.dossier
    for name in (hours.name, house_hours.name):
        for fact in rules.of(name, day.on):
            for value in filter(None, (fact.value, fact.with_consent)):
                yield from value.windows(day, zone)
    open_ = _open_windows(rules, day, zone, whom)
    yield from open_
    for fact in rules.of(closing_margin_min.name, day.on):
        for minutes in filter(None, (fact.value, fact.with_consent)):
            yield from shorten(open_, timedelta(minutes=minutes))
    told = [*(one.blocked for one in dossier.wishes), *(one.hours for one in dossier.consents)]
    if zone is not None:
        spans = (daily.on(day.on, zone) for hours_told in told for daily in hours_told)
        yield from (span for span in spans if span)


def _blocked(rules: RuleSet, day: DayInfo, whom: Attempt) -> Iterator[Window]:
    for fact in _heeded(rules, blocked_hours.name, day.on, whom):
        yield from blocked_windows(fact.value, whom)


def _whole_day(day: DayInfo, zone: tzinfo | None) -> Window:
    midnights = (datetime.combine(on, time(), zone) for on in (day.on, day.on + timedelta(days=1)))
    return Window(*midnights)

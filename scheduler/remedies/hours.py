"""A visit whose borrower is to be met earlier or later than she told.

Only her own hours are widened. On a lender's day her options are made anew from them, by the same
code that made them first, so that the hours of law and house bound them still.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from scheduler.build import options_anew
from scheduler.day import Day
from scheduler.kept import only
from scheduler.model import Case, DailyWindow, Place, Window
from scheduler.problem import Problem, Visit, VisitOption
from scheduler.remedies.remedy import Change, Edge
from scheduler.windows import later, merge_spans

LAST_S = 24 * 3600 - 1
"""The last second of a day on the clock."""


def own_windows(problem: Problem, visit: Visit) -> Iterator[tuple[int, int]]:
    """Yield the option and the window of each of a visit's own windows; see `Change`."""
    if problem.day is None:
        for number, option in enumerate(visit.options):
            yield from ((number, window) for window in range(len(option.starts)))
    elif visit.options and (booked := _booked(problem.day, visit)):
        yield from ((0, window) for window in range(len(booked)))
    else:
        yield from _usual(problem.day, visit)


def widened(problem: Problem, change: Change) -> Problem:
    """Return the problem with a window of a visit widened."""
    visit = problem.visit_by_id[change.visit_id]
    option, day = visit.options[change.option], problem.day
    if day is None:
        wider = replace(option, starts=_wider_starts(option, change))
        options = [wider if one is option else one for one in visit.options]
        return _with_options(problem, visit, options)
    if problem.rules is None:
        raise ValueError("a lender's day has no rules that could bound her hours")
    day = _with_hours(day, visit, option.place_id, change)
    anew = options_anew(only(day, {visit.id}), problem.rules, visit)
    return replace(_with_options(problem, visit, anew), day=day)


def _usual(day: Day, visit: Visit) -> Iterator[tuple[int, int]]:
    first_at: dict[str, int] = {}
    for number, option in enumerate(visit.options):
        first_at.setdefault(option.place_id, number)
    for place in day.places:
        if place.id in first_at:
            hours = enumerate(place.windows)
            yield from ((first_at[place.id], w) for w, told in hours if told.on(day.on, day.zone))


def _with_options(problem: Problem, visit: Visit, options: Sequence[VisitOption]) -> Problem:
    wider = replace(visit, options=tuple(options))
    return replace(problem, visits=tuple(wider if v is visit else v for v in problem.visits))


def _wider_starts(option: VisitOption, change: Change) -> tuple[tuple[int, int], ...]:
    starts = list(option.starts)
    first_s, last_s = starts[change.window]
    if change.edge is Edge.START:
        starts[change.window] = (first_s - change.seconds, last_s)
    else:
        starts[change.window] = (first_s, last_s + change.seconds)
    return merge_spans(starts)


def _with_hours(day: Day, visit: Visit, place_id: str, change: Change) -> Day:
    if booked := _booked(day, visit):
        moved = booked[change.window].id
        cases = [_wider_case(day, c, change) if c.id == moved else c for c in day.cases]
        return replace(day, cases=cases)
    places = [_wider_place(p, change) if p.id == place_id else p for p in day.places]
    return replace(day, places=places)


def _booked(day: Day, visit: Visit) -> list[Case]:
    """Return her cases with an appointment today, which takes the place of her usual hours."""
    hers = (case for case in day.cases if case.id in visit.case_ids and case.appointment)
    return [case for case in hers if case.appointment and _day_of(day, case.appointment) == day.on]


def _day_of(day: Day, window: Window) -> date:
    return window.start.astimezone(day.zone).date()


def _wider_case(day: Day, case: Case, change: Change) -> Case:
    assert case.appointment is not None, "only what is booked is moved"
    start, end = case.appointment.start, case.appointment.end
    if change.edge is Edge.END:
        return replace(
            case, appointment=Window(start, later(end, timedelta(seconds=change.seconds)))
        )
    midnight = datetime.combine(day.on, time(), day.zone)
    begins = max(later(start, -timedelta(seconds=change.seconds)), midnight)
    return replace(case, appointment=Window(begins, end))


def _wider_place(place: Place, change: Change) -> Place:
    windows = list(place.windows)
    windows[change.window] = _wider_hours(windows[change.window], change)
    return replace(place, windows=tuple(windows))


def _wider_hours(hours: DailyWindow, change: Change) -> DailyWindow:
    if change.edge is Edge.START:
        return replace(hours, start=_clock(hours.start, -change.seconds))
    return replace(hours, end=_clock(hours.end, change.seconds))


def _clock(reading: time, by_s: int) -> time:
    """Return the reading of a clock `by_s` later, within the day."""
    second = reading.hour * 3600 + reading.minute * 60 + reading.second + by_s
    second = min(max(second, 0), LAST_S)
    return time(second // 3600, second // 60 % 60, second % 60)

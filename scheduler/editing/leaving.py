"""What is left of a collector's shift where she is gone from now on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from scheduler.day import Day
from scheduler.editing.edits import Regroup
from scheduler.model import Crew, Shift
from scheduler.windows import instant


def leaving(edit: Regroup, day: Day, now: datetime) -> Regroup:
    """Return an edit with the shift that she had, and what of it she has worked by `now`.

    A crew of hers that stays in the plan for what it has made stays inside it.
    """
    had = next((one for one in day.shifts if one.collector_id == edit.collector_id), None)
    return replace(edit, had=had, left=had and _worked(had, edit.crews, now))


def _worked(had: Shift, crews: Sequence[Crew], now: datetime) -> Shift | None:
    hers = [crew.window.end for crew in crews if had.collector_id in crew.members]
    end = min(max([now, *hers], key=instant), had.window.end, key=instant)
    if instant(end) <= instant(had.window.start):
        return None
    zone = had.window.start.tzinfo
    window = replace(had.window, end=end.astimezone(zone))
    breaks = tuple(
        one for one in had.breaks if instant(one.window.end) + one.duration <= instant(end)
    )
    return replace(had, window=window, breaks=breaks)


def with_shift(day: Day, shift: Shift | None) -> Day:
    """Return a day on which a collector works this shift, too."""
    if shift is None:
        return day
    return replace(day, shifts=[*_others(day.shifts, shift.collector_id), shift])


def _others(shifts: Iterable[Shift], collector_id: str) -> list[Shift]:
    return [one for one in shifts if one.collector_id != collector_id]

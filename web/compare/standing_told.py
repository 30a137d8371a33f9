"""A day as it runs, as the scripts of its pages are told of it."""

from __future__ import annotations

from typing import Any

from scheduler.running import StopNow
from scheduler.running.day import LATE_S
from web.compare.standing import CrewLineNow, DayNow
from web.compare.words import STATES_NOW


def running_told(found: DayNow) -> dict[str, Any]:
    """Return what the desk's scripts draw of a running day: times, states, and what to see to.

    Times are whole minutes: what is told is the same until somebody would see another.
    """
    return {
        "version": found.record.version,
        "crews": {one.line.id: crew_told(one) for one in found.crews},
        "notices": [
            {"kind": one.kind, "crew": one.crew_id, "visit": one.visit_id, "text": one.text,
             "is_bad": one.is_bad, "may_call": one.may_call}
            for one in found.notices
        ],
    }  # fmt: skip


def crew_told(one: CrewLineNow) -> dict[str, Any]:
    """Return where a crew stands; whether it has seen the plan is null where nothing changed."""
    seen = None if one.heard is None else one.heard.seen_at is not None
    return {
        "done": one.now.done,
        "late_s": minutes_of(one.now.late_s) if one.now.late_s >= LATE_S else 0,
        "silent_s": minutes_of(one.now.overdue.for_s) if one.now.overdue else 0,
        "has_seen": seen,
        "stops": [stop_told(each) for each in one.now.stops],
    }


def stop_told(one: StopNow) -> dict[str, Any]:
    """Return how a stop stands and what that is called; its times only where it is late."""
    word, weight = STATES_NOW[one.state]
    return {
        "id": one.stop.id,
        "state": one.state.value,
        "said": str(word),
        "weight": weight,
        **(late_told(one) if one.late_s >= LATE_S else {}),
    }


def late_told(one: StopNow) -> dict[str, int]:
    """Return how late a stop is, and when it is to be expected."""
    return {
        "late_s": minutes_of(one.late_s),
        "start_s": minutes_of(one.stop.start_s),
        "end_s": minutes_of(one.stop.end_s),
    }


def minutes_of(seconds: int) -> int:
    """Return seconds without those of a minute that has begun."""
    return seconds - seconds % 60

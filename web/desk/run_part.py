"""How a published day runs, as its open desks ask for it: worked out once for all who see alike."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import current_app, request

from scheduler.errors import DayroundError
from scheduler.last_asked import LastAsked
from web.compare.opened import OpenRun, opened, opened_last
from web.compare.standing import day_now
from web.compare.standing_told import running_told
from web.context import now
from web.dispatch.room import seen_agencies, zone
from web.language import chosen_language

MOST = 12
"""Answers that are kept: days, by who sees what of them, in which language."""

SLOT_S = 5
"""So long what stands on the clock alone is told as it was; what crews tell is told at once."""


@dataclass(frozen=True)
class RunPart:
    """What is told of a running day, None where none runs; `digest` changes with it.

    It `is_stale` while what has happened since is being read.
    """

    told: dict[str, Any] | None = None
    digest: str = ""
    is_stale: bool = False


def run_part(city: str, on: date, newest_event: int) -> RunPart:
    """Return how today's published plan runs.

    A page that asks again and again gets what is known: after an event the day is read anew
    beside it, and told when it asks next.
    """
    if now().astimezone(zone()).date() != on:
        return RunPart()
    run = _opened(city, on, newest_event)
    if run is None:
        return RunPart()
    seen = seen_agencies()
    who = (city, on, None if seen is None else tuple(sorted(seen)), chosen_language())
    stamp = run.stamp, int(now().timestamp()) // SLOT_S
    part = _parts().get(who, stamp, lambda: _part(run))
    return replace(part, is_stale=run.stamp != newest_event)


def _opened(city: str, on: date, newest_event: int) -> OpenRun | None:
    """Return the day's run; None where it cannot be read: the plan is shown all the same."""
    if "X-Poll" in request.headers:
        return opened_last(city, on, newest_event)
    try:
        return opened(city, on)
    except DayroundError:
        return None


def _part(run: OpenRun) -> RunPart:
    told = running_told(day_now(run, zone()))
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:20]
    return RunPart(told, digest)


def _parts() -> LastAsked[object, RunPart]:
    found: LastAsked[object, RunPart] = current_app.extensions.setdefault(
        "desk_runs", LastAsked(MOST)
    )
    return found

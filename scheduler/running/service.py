"""A kept plan as it runs now: what its crews have told is a fact, the rest is expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from scheduler.kept import Reread
from scheduler.problem import seconds_between
from scheduler.running.day import Running, as_it_runs


def running(kept: Reread, now: datetime) -> Running:
    """Return where each crew of a kept plan stands at `now`, by what was told until then."""
    content = kept.record.content
    now_s = seconds_between(content.origin, now)
    return as_it_runs(kept.problem, kept.plan, content, kept.told, now_s)


def as_of_now(kept: Reread, now: datetime) -> Reread:
    """Return a kept plan to be judged at `now`: what has begun is not judged again.

    Of a day of which nothing was told all is judged as it is planned.
    """
    if not kept.told:
        return kept
    found = running(kept, now)
    return replace(kept, problem=found.problem, plan=found.plan)

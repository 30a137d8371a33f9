"""A day that runs: what crews have told of it, and what is still to be expected by now."""

from __future__ import annotations

from scheduler.running.day import CrewNow, Running, State, StopNow, as_it_runs
from scheduler.running.told import Made, made_visits, unmade_visits

__all__ = [
    "CrewNow",
    "Made",
    "Running",
    "State",
    "StopNow",
    "as_it_runs",
    "made_visits",
    "unmade_visits",
]

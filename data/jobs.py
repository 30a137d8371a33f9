"""Work that takes long: what it is, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

LEASE = timedelta(seconds=30)
"""How long a runner may be silent before others take its job."""

MOST_TRIES = 3
"""Runners that may die of one job before it counts as failed."""


class JobKind(StrEnum):
    GEOCODE = "geocode"  # look up the addresses of a city
    CREWS = "crews"  # decide who goes with whom on a day
    PLAN = "plan"  # plan a day
    REPLAN = "replan"  # plan what is left of a day that runs
    REMEDIES = "remedies"  # try what would make room for a case that a plan leaves out
    PREVIEW = "preview"  # say what another policy would change on a day
    LOOK = "look"  # say what a long list would change
    IMPORT = "import"  # take a long list in
    ROBOT = "robot"  # tell a chat group that its day has changed
    SIMULATE = "simulate"  # work the book for weeks, with teams of several sizes


ASIDE = (JobKind.PREVIEW, JobKind.LOOK, JobKind.ROBOT, JobKind.SIMULATE)
"""Work that only looks: it is in nobody's way, and nobody in its, but for another of its kind."""

IN_TURN = (JobKind.LOOK,)
"""Work that only looks, of which several wait for each other in turn."""

LONGEST = (JobKind.SIMULATE,)
"""Work of many minutes: a runner of its own does it, so that no plan waits for it."""

UNTOLD = ("policy", "key")
"""Parameters that are whole texts, or only a sender's key: events do not repeat them."""


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # `problem` says why
    CANCELLED = "cancelled"  # `result` holds what was reached all the same

    @property
    def is_over(self) -> bool:
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """A row of the queue. `on` is None for work that is about no day.

    While it runs, `runner` holds it until `lease_ends`; `tries` counts the runners that began it.
    `progress`, `reached` and `result` are plain values, by the kind of work; from what is `reached`
    the next runner goes on, where this one is gone.
    """

    id: int
    kind: JobKind
    city: str
    on: date | None
    parameters: Mapping[str, Any]
    state: JobState
    made_by: str
    made_at: datetime
    is_cancelled: bool = False
    runner: str = ""
    lease_ends: datetime | None = None
    tries: int = 0
    progress: Mapping[str, Any] | None = None
    reached: Mapping[str, Any] | None = None
    result: Mapping[str, Any] | None = None
    problem: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended, as its runner tells it."""

    state: JobState
    result: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


class LeaseLostError(Exception):
    """The job is somebody else's by now: what this runner made of it does not count."""

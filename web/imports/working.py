"""Long lists, looked at and taken in beside the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from data.jobs import Job, JobKind
from scheduler.ports import By
from web.imports.looking import look_at, take_in
from web.imports.uploads import Upload, find
from web.wiring import Wired

OnCount = Callable[[int, int], None]


def look(wired: Wired, job: Job, on_count: OnCount) -> Mapping[str, Any]:
    """Find what a list would change; it is kept beside the list."""
    upload = _its(wired, job)
    upload.keep_found(look_at(wired, upload, on_count))
    return {"upload": upload.token}


def put(wired: Wired, job: Job, on_count: OnCount) -> Mapping[str, Any]:
    """Take a list in; one that is stopped before it is written is not."""
    upload = _its(wired, job)
    by = By(job.made_by, wired.ports.clock())
    return {"import": take_in(wired, upload, by, on_count)}


def _its(wired: Wired, job: Job) -> Upload:
    told = job.parameters
    return find(wired.home, job.city, told["user"], told["upload"])


BESIDE: Mapping[JobKind, Callable[[Wired, Job, OnCount], Mapping[str, Any]]] = {
    JobKind.LOOK: look,
    JobKind.IMPORT: put,
}

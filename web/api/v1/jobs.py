"""Long work for programs: begun with 202 and a Location, asked for until it is over."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any, Literal

from flask import g, url_for
from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import Job, JobKind
from scheduler.reserve.asked import MOST_RESERVE, NO_RESERVE
from web.api.entering import only_for_the_whole_city
from web.api.operations import CITY, Answer, answer, operation
from web.api.pages import api
from web.api.v1.models import Taken, Told
from web.api.v1.plans import DAY, POLLED, read
from web.api.v1.tags import tag, unless_known
from web.auth.access import by
from web.context import wired

JOB = f"{CITY}/jobs/{{job}}"
LOCATED = ("Location",)


class PlanOrder(Taken):
    """How long to search, by which engine, and with how much reserve."""

    seconds: int = Field(default=10, ge=1, le=600)
    engine: Literal["search", "greedy", "ortools", "pyvrp"] = "search"
    reserve: int | None = Field(
        default=None,
        ge=NO_RESERVE,
        le=MOST_RESERVE,
        description="Room for ways and visits as long as in so many percent of cases; 50: none. "
        "null: as the draft has it that is planned again.",
    )


class PlanProgress(Told):
    """How far a search is: what the best plan so far costs."""

    share: float | None = Field(description="Of its time, 0 to 1.")
    visits: int | None
    cost: int | None = Field(description="In thousandths of the city's currency.")
    done: int | None
    total: int | None


class JobTold(Told):
    """Long work: how it stands."""

    id: int
    kind: str
    on: date | None
    state: str = Field(description="queued, running, done, failed or cancelled")
    is_over: bool
    made_by: str
    made_at: AwareDatetime
    started_at: AwareDatetime | None
    finished_at: AwareDatetime | None
    progress: PlanProgress | None
    version: int | None = Field(description="The plan that came of it.")
    problem: str


@operation(
    *(api, "post", f"{DAY}/plans", "Begin to plan a day", Role.DISPATCHER),
    answers={202: Answer("Begun: Location is the job.", JobTold, headers=LOCATED)},
    problems=(400, 409, 413, 415, 422),
    body=PlanOrder,
)
def start_planning(city: str, on: date, body: PlanOrder) -> Response:
    """Put a search into the queue; 409 where work on the day is under way."""
    only_for_the_whole_city()
    job = wired().jobs.add(JobKind.PLAN, city, on, by(), **body.model_dump())
    return answer(job_told(job), HTTPStatus.ACCEPTED, Location=address(job))


@operation(
    *(api, "get", JOB, "Ask how far a job is", Role.DISPATCHER, Role.COMPLIANCE),
    answers=read("How it stands.", JobTold),
    problems=(404,),
    headers=POLLED,
)
def read_job(city: str, job: int) -> Response:
    """Answer how far a job is; poll it with If-None-Match."""
    found = wired().jobs.of_city(city, job)
    return unless_known(tag("job", found), lambda: answer(job_told(found)))


@operation(
    *(api, "post", f"{JOB}/cancel", "Stop a job; a search keeps its best plan", Role.DISPATCHER),
    answers={202: Answer("Asked to stop.", JobTold, headers=LOCATED)},
    problems=(404,),
)
def cancel_job(city: str, job: int) -> Response:
    """Ask a job to stop."""
    only_for_the_whole_city()
    wired().jobs.cancel(wired().jobs.of_city(city, job).id, by())
    found = wired().jobs.of_city(city, job)
    return answer(job_told(found), HTTPStatus.ACCEPTED, Location=address(found))


def address(job: Job) -> str:
    return url_for("api.read_job", city=g.city.name, job=job.id)


def job_told(job: Job) -> JobTold:
    result: dict[str, Any] = dict(job.result or {})
    return JobTold(
        id=job.id,
        kind=job.kind,
        on=job.on,
        state=job.state,
        is_over=job.state.is_over,
        made_by=job.made_by,
        made_at=job.made_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        progress=progress_told(job),
        version=result.get("version"),
        problem=job.problem,
    )


def progress_told(job: Job) -> PlanProgress | None:
    if not job.progress:
        return None
    names = PlanProgress.model_fields
    return PlanProgress(**{name: job.progress.get(name) for name in names})

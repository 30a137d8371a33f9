"""What would help a case that a plan leaves out, for programs: a job tries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from pydantic import Field
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import JobKind
from scheduler.errors import NotFoundError
from scheduler.problem import MILLS
from scheduler.remedies import Kind
from web.api.entering import only_for_the_whole_city
from web.api.operations import Answer, answer, operation
from web.api.pages import api
from web.api.v1.edit_models import Id
from web.api.v1.jobs import JOB, LOCATED, JobTold, address, job_told
from web.api.v1.models import Taken, Told
from web.api.v1.plans import PLAN, POLLED, read
from web.api.v1.tags import tag, unless_known
from web.auth.access import by
from web.context import wired
from web.desk.remedy_edits import edits_of


class HelpOrder(Taken):
    """Which case is to be helped."""

    case: Id


class RemedyTold(Told):
    """What was tried and works. `edit` does it, as an order for `…/edits`; null: nobody can alone.

    `cost` is by how much the day's cost changes, in thousandths, `overtime` the part of it that is
    paid for working longer. One crew more is like `crew_id` and would make `visits` of the left
    out; her hours are hers to change.
    """

    kind: Kind
    what: str
    crew_id: str
    starts: str = Field(description="When she would be visited, by the clock of the city.")
    place_id: str
    cost: int
    overtime: int
    seconds: int
    edge: str | None
    given_up: list[str]
    visits: int
    edit: dict[str, Any] | None


class Remedies(Told):
    """What would help a case, the cheapest first; `untried` says why nothing was tried."""

    is_over: bool
    case: str
    version: int
    untried: str
    remedies: list[RemedyTold]


@operation(
    *(api, "post", f"{PLAN}/remedies", "Begin to try what would help a case", Role.DISPATCHER),
    answers={202: Answer("Begun: Location is the job.", JobTold, headers=LOCATED)},
    problems=(400, 404, 409, 413, 415, 422),
    body=HelpOrder,
)
def start_remedies(city: str, on: date, version: int, body: HelpOrder) -> Response:
    """Try what would make room for a case; 409 where work on the day is under way."""
    only_for_the_whole_city()  # another agency's visit may be the one to give up
    record = wired().store.plan(city, on, version)
    if not any(body.case in entry.case_ids for entry in record.content.plan.left_out):
        raise NotFoundError(f"version {version} of {on} leaves out no case {body.case!r}")
    told = {"case": body.case, "version": version}
    job = wired().jobs.add(JobKind.REMEDIES, city, on, by(), **told)
    return answer(job_told(job), HTTPStatus.ACCEPTED, Location=address(job))


@operation(
    *(api, "get", f"{JOB}/remedies", "Read what would help a case", Role.DISPATCHER),
    answers=read("What was tried and works; empty until the job is over.", Remedies),
    problems=(404,),
    headers=POLLED,
)
def read_remedies(city: str, job: int) -> Response:
    """Answer what came of the trying."""
    only_for_the_whole_city()
    found = wired().jobs.of_city(city, job)
    if found.kind is not JobKind.REMEDIES:
        raise NotFoundError(f"job {job} is about no remedies")
    result, asked = found.result or {}, found.parameters
    told = Remedies(
        is_over=found.state.is_over,
        case=asked["case"],
        version=asked["version"],
        untried=result.get("untried", ""),
        remedies=[remedy_told(result["visit"], one) for one in result.get("remedies", ())],
    )
    return unless_known(tag("remedies", told), lambda: answer(told))


def remedy_told(visit: str, one: Mapping[str, Any]) -> RemedyTold:
    """Return a remedy as programs read it."""
    return RemedyTold(
        kind=one["kind"],
        what=one["what"],
        crew_id=one["crew"],
        starts=one["at"],
        place_id=one["place"],
        cost=round(one["cost"] * MILLS),
        overtime=round(one["overtime"] * MILLS),
        seconds=one["seconds"],
        edge=one["edge"],
        given_up=one["given_up"],
        visits=one["visits"],
        edit=order_of(edits_of(visit, one)),
    )


def order_of(steps: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return edits as one order; None where there are none."""
    if len(steps) > 1:
        return {"kind": "together", "steps": list(steps)}
    return steps[0] if steps else None

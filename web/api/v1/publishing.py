"""Publishing a draft for programs: of the plan that was read, judged anew by the facts of now."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from pydantic import Field
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.errors import UnlawfulPlanError
from scheduler.plan import Violation
from scheduler.service import plan_to_judge, publish_day
from web.api.entering import only_for_the_whole_city
from web.api.operations import Answer, answer, operation
from web.api.pages import api
from web.api.problems import ProblemError
from web.api.v1.models import PlanHead, Taken
from web.api.v1.plans import MATCHED, PLAN, plan_tag
from web.api.v1.tags import refuse_stale
from web.api.v1.told import head
from web.auth.access import by, current_user
from web.context import wired
from web.robots import tell_changed

LONGEST_NOTE = 500


class Publication(Taken):
    """What is said of a version."""

    note: str = Field(default="", max_length=LONGEST_NOTE)


class TakeBack(Taken):
    """Why nobody is to drive by a version any more."""

    reason: str = Field(min_length=1, max_length=LONGEST_NOTE, pattern=r"\S")


@operation(
    *(api, "post", f"{PLAN}/publish", "Publish a draft", Role.DISPATCHER),
    answers={200: Answer("Published.", PlanHead, headers=("ETag",))},
    problems=(409, 412, 413, 415, 422, 428),
    body=Publication,
    headers=MATCHED,
)
def publish_plan(city: str, on: date, version: int, body: Publication) -> Response:
    """Publish the plan that was read; 422 names what is not lawful any more."""
    only_for_the_whole_city()
    wired().store.plan(city, on, version)
    refuse_stale(plan_tag(on, version))
    ports, note = wired().ports, body.note.strip()
    try:
        record = publish_day(ports, city, on, current_user.name, version=version, note=note)
    except UnlawfulPlanError:
        raise unlawful(plan_to_judge(ports, city, on, version).violations()) from None
    tell_changed(wired(), record, by())
    response = answer(head(record))
    response.set_etag(plan_tag(on, version))
    return response


@operation(
    *(api, "post", f"{PLAN}/take-back", "Take a published plan back", Role.DISPATCHER),
    answers={200: Answer("Taken back: nobody is sent by it.", PlanHead, headers=("ETag",))},
    problems=(404, 409, 412, 413, 415, 422, 428),
    body=TakeBack,
    headers=MATCHED,
)
def take_back_plan(city: str, on: date, version: int, body: TakeBack) -> Response:
    """Take back the published plan that was read; its crews see at once that it is gone."""
    only_for_the_whole_city()
    record = wired().store.plan(city, on, version)
    refuse_stale(plan_tag(on, version))
    with wired().store.writing(by()) as writer:
        gone = writer.withdraw(record.id, body.reason.strip())
    tell_changed(wired(), gone, by())
    response = answer(head(gone))
    response.set_etag(plan_tag(on, version))
    return response


def unlawful(violations: list[Violation]) -> ProblemError:
    """Return the problem of a plan that is not lawful, with each violation."""
    told = [violation_told(one) for one in violations]
    words = f"the plan is not lawful: {len(told)} violations"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, words, violations=told)


def violation_told(one: Violation) -> dict[str, Any]:
    return {"kind": one.kind, "id": one.id, "text": one.text, "source": one.source}

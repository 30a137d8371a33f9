"""The rest of a running day planned again, for programs: a job that ends in a draft."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

from pydantic import Field
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import JobKind
from scheduler.replanning_service import published_plan
from scheduler.reserve.asked import MOST_RESERVE, NO_RESERVE
from web.api.entering import only_for_the_whole_city
from web.api.operations import Answer, answer, operation
from web.api.pages import api
from web.api.v1.jobs import LOCATED, JobTold, address, job_told
from web.api.v1.models import Taken
from web.api.v1.plans import DAY
from web.auth.access import by
from web.context import wired

MOST_S, MOST_FREEZE_MIN, MOST_MOVES = 600, 480, 10_000


class ReplanOrder(Taken):
    """How long to search, for how long nothing moves, how many change hands, how much reserve."""

    seconds: int = Field(default=10, ge=1, le=MOST_S)
    freeze_min: int = Field(default=30, ge=0, le=MOST_FREEZE_MIN)
    most_moves: int | None = Field(
        default=None, ge=0, le=MOST_MOVES, description="null: as many as pay."
    )
    reserve: int | None = Field(
        default=None,
        ge=NO_RESERVE,
        le=MOST_RESERVE,
        description="Room for ways and visits as long as in so many percent of cases; 50: none. "
        "null: as the published plan has it. Kept as far as the day leaves room for it.",
    )


@operation(
    *(api, "post", f"{DAY}/replan", "Begin to plan what is left of a day", Role.DISPATCHER),
    answers={202: Answer("Begun: Location is the job.", JobTold, headers=LOCATED)},
    problems=(400, 409, 413, 415, 422),
    body=ReplanOrder,
)
def start_replanning(city: str, on: date, body: ReplanOrder) -> Response:
    """Put a search into the queue: what is made or begun stays, and a draft comes of it."""
    only_for_the_whole_city()
    published_plan(wired().ports, city, on)
    job = wired().jobs.add(JobKind.REPLAN, city, on, by(), **body.model_dump())
    return answer(job_told(job), HTTPStatus.ACCEPTED, Location=address(job))

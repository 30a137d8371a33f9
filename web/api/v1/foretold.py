"""What can be told of a plan before its day begins, and what that rests on."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, Field
from werkzeug.wrappers import Response

from data.store.plan_rows import clock
from scheduler.forecast import SpreadsNow
from scheduler.staffing.foretelling import LOW
from web.api.operations import READERS, answer, operation
from web.api.pages import api
from web.api.v1.models import Told
from web.api.v1.plans import PLAN, POLLED, plan_tag, read, seen
from web.api.v1.tags import unless_known
from web.desk.foretelling import Morning, foretellings
from web.dispatch.board import Board, seen_stops


class SpreadBasis(Told):
    """From how many ways and visits it was learned how far times spread; 0 of both: assumed."""

    is_assumed: bool
    ways: int
    visits: int
    first: date | None = Field(description="The days that were learned from.")
    last: date | None


class CrewForetold(Told):
    """A crew's day, in days as they may come."""

    id: str
    home_half: AwareDatetime = Field(description="Home by then in half of such days.")
    home_most: AwareDatetime = Field(description="Home by then in nine of ten.")
    p_overtime: float
    extra_visits: int = Field(description="It could be given so many more for those that fail.")


class VisitForetold(Told):
    """How likely a visit begins within its hours, at most a quarter of an hour after the plan."""

    visit_id: str
    on_time: float
    is_low: bool = Field(description=f"Below {LOW}: the desk points it out.")


class PlanForetold(Told):
    """What is to be expected of a plan; nothing once crews have told of its day."""

    version: int
    revision: int
    has_begun: bool
    spreads: SpreadBasis
    crews: list[CrewForetold]
    visits: list[VisitForetold]


@operation(
    *(api, "get", f"{PLAN}/foretold", "Read how likely a plan's visits are on time", *READERS),
    answers=read("What the morning can tell.", PlanForetold),
    problems=(404,),
    headers=POLLED,
)
def read_foretold(city: str, on: date, version: int) -> Response:
    """Answer chances of being on time, when crews are home, and overtime; by counts, no name."""

    def make() -> Response:
        shown = seen(city, on, version)
        return answer(foretold_told(shown, foretellings().get((city, on, version))))

    return unless_known(plan_tag(on, version), make)


def foretold_told(shown: Board, morning: Morning) -> PlanForetold:
    """Return what is told of the crews and visits that are seen."""
    record, found = shown.record, morning.told
    at, visits = clock(record.content.origin), seen_stops(shown)
    crews = {crew.id: found.of_crew(crew.id) for crew in shown.crews} if found else {}
    on_time = found.told.on_time if found else {}
    return PlanForetold(
        version=record.version,
        revision=record.revision,
        has_begun=found is None,
        spreads=basis(morning.by),
        crews=[
            CrewForetold(
                id=id,
                home_half=at(one.home_p50_s),
                home_most=at(one.home_p90_s),
                p_overtime=one.p_overtime,
                extra_visits=one.extra_visits,
            )
            for id, one in crews.items()
            if one
        ],
        visits=[
            VisitForetold(visit_id=id, on_time=share, is_low=share < LOW)
            for id, share in sorted(on_time.items())
            if id in visits
        ],
    )


def basis(by: SpreadsNow) -> SpreadBasis:
    """Return what spreads were learned from."""
    return SpreadBasis(
        is_assumed=by.is_assumed, ways=by.legs, visits=by.visits, first=by.first, last=by.last
    )

"""Two versions of a day for programs: what differs, in visits, minutes and money."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from werkzeug.wrappers import Response

from scheduler.difference import Change, Stand, Sums, difference
from web.api.entering import only_for_the_whole_city
from web.api.operations import READERS, Answer, answer, operation
from web.api.pages import api
from web.api.v1.models import Taken, Told
from web.api.v1.plans import PLAN
from web.context import wired


class CompareQuery(Taken):
    """Against which version."""

    to: int = Field(ge=1, le=2**31 - 1)


class StandTold(Told):
    """Where a visit stands: its crews, when it begins and where. Seconds are the plan's."""

    crew_ids: list[str]
    start_s: int
    place_id: str


class ChangeTold(Told):
    """A visit that is otherwise."""

    visit_id: str
    kind: str = Field(description="added, dropped, other_crew, other_place or moved")
    before: StandTold | None
    after: StandTold | None


class SumsTold(Told):
    """What the itineraries of a plan add up to; `cost` is in thousandths of the currency."""

    visits: int
    driving_s: int
    working_s: int
    overtime_s: int
    cost: int


class DifferenceTold(Told):
    """What the second version changes of the first."""

    version: int
    to: int
    changes: list[ChangeTold]
    before: SumsTold
    after: SumsTold
    crews_to_tell: list[str]


@operation(
    *(api, "get", f"{PLAN}/difference", "Compare two versions of a day", *READERS),
    answers={200: Answer("What the version `to` changes.", DifferenceTold)},
    problems=(404,),
    query=CompareQuery,
)
def compare_plans(city: str, on: date, version: int, query: CompareQuery) -> Response:
    """Answer what `to` changes of a version."""
    only_for_the_whole_city()
    store = wired().store
    before, after = store.plan(city, on, version).content, store.plan(city, on, query.to).content
    found = difference(before, after)
    told = DifferenceTold(
        version=version,
        to=query.to,
        changes=[change_told(one) for one in found.changes],
        before=sums_told(found.before, found.cost_before.total),
        after=sums_told(found.after, found.cost_after.total),
        crews_to_tell=sorted(found.told),
    )
    return answer(told)


def change_told(one: Change) -> ChangeTold:
    before, after = stand_told(one.before), stand_told(one.after)
    return ChangeTold(visit_id=one.visit_id, kind=one.kind, before=before, after=after)


def stand_told(one: Stand | None) -> StandTold | None:
    if one is None:
        return None
    return StandTold(crew_ids=list(one.crew_ids), start_s=one.start_s, place_id=one.place_id)


def sums_told(one: Sums, cost: int) -> SumsTold:
    return SumsTold(
        visits=one.visits,
        driving_s=one.driving_s,
        working_s=one.working_s,
        overtime_s=one.overtime_s,
        cost=cost,
    )

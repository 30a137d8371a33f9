"""A collector who calls in sick, for programs: what can become of her crew, and its cost.

To take a choice, edit the draft: `{"kind": "regroup", …}`.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.editing.sick import Choice, What, owned
from scheduler.gone_service import choices_for
from web.api.entering import only_for_the_whole_city
from web.api.operations import Answer, answer, operation
from web.api.pages import api
from web.api.v1.doing import as_problems
from web.api.v1.edit_models import ObstacleTold, obstacle_told
from web.api.v1.models import Told
from web.api.v1.plans import PLAN
from web.context import wired
from web.desk.opened import opened


class ChoiceTold(Told):
    """What can become of those who were with her; `price` is in thousandths of the currency."""

    what: What
    crew_id: str = Field(description="The crew that it makes, '' for none.")
    members: list[str]
    price: int
    moved: list[str] = Field(description="Visits that other crews make then.")
    lost: list[str] = Field(description="Visits that nobody makes any more.")
    forbidden: list[ObstacleTold]


class OwnedTold(Told):
    """A case of hers that is visited on the day, and who could own it instead."""

    case_id: str
    visit_id: str
    others: list[str]


class Choices(Told):
    """All choices, the cheapest first, and the cases that she owns."""

    collector_id: str
    revision: int
    choices: list[ChoiceTold]
    owned: list[OwnedTold]


@operation(
    *(api, "get", f"{PLAN}/gone/{{collector}}", "Ask what becomes of a crew", Role.DISPATCHER),
    answers={200: Answer("The choices where a collector is gone from now on.", Choices)},
    problems=(404, 409),
)
def read_choices(city: str, on: date, version: int, collector: str) -> Response:
    """Answer what can be done where a collector is gone, with each choice's cost."""
    only_for_the_whole_city()
    draft = opened(city, on, version)
    with as_problems():
        found = choices_for(wired().ports, draft, collector)
    cases = owned(draft.problem, draft.sheet, collector)
    told = Choices(
        collector_id=collector,
        revision=draft.record.revision,
        choices=[choice_told(one) for one in found],
        owned=[
            OwnedTold(case_id=o.case_id, visit_id=o.visit_id, others=list(o.others)) for o in cases
        ],
    )
    return answer(told)


def choice_told(one: Choice) -> ChoiceTold:
    return ChoiceTold(
        what=one.what,
        crew_id=one.crew.id if one.crew else "",
        members=list(one.crew.members) if one.crew else [],
        price=one.price,
        moved=list(one.moved),
        lost=list(one.lost),
        forbidden=[obstacle_told(each) for each in one.forbidden],
    )

"""When could this fit? The best hours of the days ahead for a case, for programs."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.errors import NotFoundError
from scheduler.slots.slot import Asked, DaySlots, Slot
from web.api.entering import seen_agencies
from web.api.operations import CITY, Answer, answer, operation
from web.api.pages import api
from web.api.v1.models import Told
from web.context import now, wired


class SlotTold(Told):
    """Hours that a crew can keep; `cost` and `gain` are in thousandths of the currency."""

    on: date
    start: datetime
    end: datetime
    place_id: str
    place_kind: str
    crew_ids: list[str]
    driving_s: int
    cost: int
    gain: int
    p_met: float = Field(description="The chance that she is met.")


class SlotDay(Told):
    """A day with its slots, or the reason why it has none; without a plan, version is null."""

    on: date
    version: int | None
    slots: list[SlotTold]
    reason: str | None
    detail: str | None


class SlotsTold(Told):
    """The best slots of the days ahead, and the days."""

    case: str
    best: list[SlotTold]
    days: list[SlotDay]


@operation(
    *(api, "get", f"{CITY}/cases/{{case}}/slots", "Find hours for a borrower", Role.DISPATCHER),
    answers={200: Answer("The best hours of the days ahead.", SlotsTold)},
    problems=(404, 409),
)
def find_slots(city: str, case: str) -> Response:
    """Answer the best hours of the next seven days that a crew could keep for a case."""
    whose = wired().store.borrowers_by_case(city).get(case)
    if whose is None or case not in wired().desk.visible_cases(city, [case], seen_agencies()):
        raise NotFoundError(f"{city} has no case {case!r}")
    found = wired().slots.find(city, Asked(whose, (case,), now()))
    told = SlotsTold(
        case=case,
        best=[slot_told(one) for one in found.best],
        days=[day_told(one) for one in found.days],
    )
    return answer(told)


def slot_told(one: Slot) -> SlotTold:
    return SlotTold(
        on=one.on,
        start=one.window.start,
        end=one.window.end,
        place_id=one.place_id,
        place_kind=one.place_kind,
        crew_ids=list(one.crew_ids),
        driving_s=one.driving_s,
        cost=one.cost,
        gain=one.gain,
        p_met=one.p_met,
    )


def day_told(one: DaySlots) -> SlotDay:
    return SlotDay(
        on=one.on,
        version=one.version,
        slots=[slot_told(slot) for slot in one.slots],
        reason=one.closed.reason if one.closed else None,
        detail=one.closed.detail if one.closed else None,
    )

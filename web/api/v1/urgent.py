"""A new urgent case for programs: into the book and placed at once, then into a day's plan."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated
from zoneinfo import ZoneInfo

from flask import g
from pydantic import Field
from werkzeug.wrappers import Response

from data.access import Role
from data.made_up import refuse_real_people
from data.readers.case_columns import CASES
from data.readers.one_case import read_one_case
from data.readers.report import FileError
from routing.point import Point
from scheduler.errors import ConflictError
from scheduler.ports import CaseRecord
from scheduler.slots.slot import DaySlots, Slot
from scheduler.slots.urgent import look_up_urgent, take_urgent, with_point
from web.api.entering import only_for_the_whole_city
from web.api.operations import CITY, Answer, answer, operation
from web.api.pages import api
from web.api.problems import ProblemError
from web.api.v1.doing import NEEDS_KEY, as_problems, key_of
from web.api.v1.edit_models import Id
from web.api.v1.models import Taken, Told
from web.api.v1.plans import DAY
from web.api.v1.rows import cell, row_model
from web.api.v1.slots import PutIn, SlotTold, asked, put_in, slot_told
from web.auth.access import current_user
from web.context import now, wired

WAYS = f"{DAY}/cases/{{case}}/ways"
CaseRow = row_model("UrgentCase", CASES)


class Position(Taken):
    """Where it is, in WGS-84."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class UrgentOrder(Taken):
    """A case by the fields of the case list; a position where the address alone may not do."""

    case: CaseRow  # type: ignore[valid-type]
    position: Position | None = None


class Urgent(Told):
    """The case in the book; sent again, it is in once."""

    case: str
    is_new: bool


class WayTold(SlotTold):
    """A place in a crew's day: `before` is the visit that would follow, null at its end."""

    before: str | None


class Ways(Told):
    """Where a visit fits best into a day's plan, or why nowhere; `is_planned` if a crew goes."""

    case: str
    on: date
    version: int | None
    is_planned: bool
    ways: list[WayTold]
    reason: str | None
    detail: str | None


class Way(Taken):
    """The place that is chosen, as it was told."""

    crew_ids: Annotated[list[Id], Field(min_length=1, max_length=2)]
    before: Id | None = None
    place_id: Id


@operation(
    *(api, "post", f"{CITY}/urgent", "Take an urgent case in", Role.DISPATCHER),
    answers={200: Answer("It is in the book, and placed.", Urgent)},
    problems=(409, 413, 415, 422),
    body=UrgentOrder,
)
def take_urgent_case(city: str, body: UrgentOrder) -> Response:
    """Take a case in; 409 where its address is not found exactly: send its position then."""
    only_for_the_whole_city()
    record, known = read_case(body)
    refuse_real_people(wired().home, [record])
    placed = look_up_urgent(wired().ports, city, record)
    if not placed.is_sure:
        raise ConflictError(
            "nobody can be sent to the address as it is found: send its position along"
        )
    is_new = take_urgent(wired().ports, city, record, known, placed, current_user.name)
    return answer(Urgent(case=record.case.id, is_new=is_new))


@operation(
    *(api, "get", WAYS, "Find where a visit fits into a day's plan", Role.DISPATCHER),
    answers={200: Answer("The best places, the best first.", Ways)},
    problems=(404, 409),
)
def find_ways(city: str, on: date, case: str) -> Response:
    """Answer where a visit fits best into the day's plan, as it stands now."""
    whose = asked(city, case)
    only_for_the_whole_city()
    return answer(ways_told(case, wired().slots.ways(city, on, whose.borrower_id, whose.now)))


@operation(
    *(api, "post", WAYS, "Put a visit where it fits", Role.DISPATCHER),
    answers={200: Answer("The draft that has it.", PutIn)},
    problems=(404, 409, 412, 413, 415, 422),
    body=Way,
    headers=NEEDS_KEY,
)
def put_urgent_in(city: str, on: date, case: str, body: Way) -> Response:
    """Put a visit in where it was told to fit; 409 where that place is gone by now."""
    only_for_the_whole_city()
    whose, key, slots = asked(city, case), key_of(), wired().slots
    told = slots.ways(city, on, whose.borrower_id, whose.now)
    if told.planned and told.version is not None:  # sent twice
        return answer(put_in(wired().store.plan(city, on, told.version)))
    chosen = next((one for one in told.slots if named(one) == body), None)
    if chosen is None or told.version is None:
        raise ConflictError("that place is gone: the day has changed. Choose another")
    with as_problems():
        record = slots.put_at(city, chosen, told.version, whose.borrower_id, current_user.name, key)
    return answer(put_in(record))


def read_case(body: UrgentOrder) -> tuple[CaseRecord, frozenset[str]]:
    """Return the case and the fields that it tells; 422 names what is wrong with it."""
    told = body.case.model_dump(exclude_none=True)  # type: ignore[attr-defined]
    cells = {name: cell(value) for name, value in told.items()}
    zone, key = ZoneInfo(g.city.zone), wired().home.secret()
    try:
        read = read_one_case(cells, zone=zone, key=key, now=now())
    except FileError as error:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None
    if read.errors or not read.records:
        fields = {one.title: one.field for one in CASES.columns}
        faults = [
            {"pointer": f"/case/{fields.get(e.column, e.column)}", "problem": e.problem}
            for e in read.errors
        ]
        words = "the case is not taken in: mend it and send it again"
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, words, errors=faults)
    (record,) = read.records
    if body.position is not None:
        record = with_point(record, Point(body.position.lat, body.position.lon))
    return record, read.known


def named(one: Slot) -> Way:
    return Way(crew_ids=list(one.crew_ids), before=one.before, place_id=one.place_id)


def ways_told(case: str, told: DaySlots) -> Ways:
    return Ways(
        case=case,
        on=told.on,
        version=told.version,
        is_planned=told.planned is not None,
        ways=[WayTold(**slot_told(one).model_dump(), before=one.before) for one in told.slots],
        reason=told.closed.reason if told.closed else None,
        detail=told.closed.detail if told.closed else None,
    )

"""A new urgent case for programs: into the book and placed at once, then into a day's plan."""

from __future__ import annotations

from datetime import date, datetime
from http import HTTPStatus
from secrets import token_hex
from zoneinfo import ZoneInfo

from flask import g, request
from pydantic import Field
from werkzeug.wrappers import Response

from data.access import Role
from data.made_up import refuse_real_people
from data.readers.case_columns import CASES
from data.readers.one_case import read_one_case
from data.readers.report import FileError
from data.store.imports.batches import NewImport
from data.store.imports.urgent import list_of_one, take_urgent
from routing.point import Point
from scheduler.editing.inserting import Inserted
from scheduler.errors import ConflictError
from scheduler.ports import CaseRecord
from scheduler.slots.urgent import look_up_urgent, with_point
from scheduler.urgent_service import name_of
from web.api.entering import only_for_the_whole_city
from web.api.operations import CITY, Answer, answer, operation
from web.api.pages import api
from web.api.problems import ProblemError
from web.api.v1.doing import LONGEST_KEY, NEEDS_KEY, as_problems, key_of
from web.api.v1.edit_models import Id, ObstacleTold, obstacle_told
from web.api.v1.models import Taken, Told
from web.api.v1.plans import DAY
from web.api.v1.rows import KEYED, cell, row_model
from web.api.v1.slots import PutIn, asked, put_in
from web.auth.access import by, current_user
from web.context import now, wired
from web.desk.putting_in import WaysIn, put_in_here, ways_here

MOST_FORBIDDEN = 20
"""Obstacles that are told: each crew may have one of its own in each gap."""

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


class Shifted(Told):
    """A visit that stays with its crew and begins so many seconds later; less than 0: earlier."""

    visit_id: str
    later_s: int


class WayTold(Told):
    """A way into the day, by a `name` that it keeps as long as it leads to the same.

    `cost` is by how much the plan's cost changes, in thousandths of the currency; `driving_s` and
    `working_s` how much longer all crews drive and work. Visits in `moved` go to other crews, those
    in `dropped` to nobody.
    """

    name: str
    crew_ids: list[str]
    start: datetime
    end: datetime
    place_id: str
    cost: int
    driving_s: int
    working_s: int
    moved: list[str]
    dropped: list[str]
    shifted: list[Shifted]


class Ways(Told):
    """The best ways of a visit into a day's plan, or why there is none.

    `is_planned` if a crew goes by now.
    """

    case: str
    on: date
    version: int
    is_planned: bool
    ways: list[WayTold]
    forbidden: list[ObstacleTold]


class Way(Taken):
    """The way that is chosen, by its name."""

    name: Id


@operation(
    *(api, "post", f"{CITY}/urgent", "Take an urgent case in", Role.DISPATCHER),
    answers={200: Answer("It is in the book, and placed.", Urgent)},
    problems=(409, 413, 415, 422),
    body=UrgentOrder,
    headers=KEYED,
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
    is_new = take_urgent(wired().store, by(), city, record, known, placed, list_of(body))
    return answer(Urgent(case=record.case.id, is_new=is_new))


@operation(
    *(api, "get", WAYS, "Find where a visit fits into a day's plan", Role.DISPATCHER),
    answers={200: Answer("The best places, the best first.", Ways)},
    problems=(404, 409),
)
def find_ways(city: str, on: date, case: str) -> Response:
    """Answer where a visit fits best into the day's plan, as it stands now."""
    only_for_the_whole_city()
    whose = asked(city, case)
    return answer(ways_told(case, on, ways_here(city, on, whose.borrower_id)))


@operation(
    *(api, "post", WAYS, "Put a visit where it fits", Role.DISPATCHER),
    answers={200: Answer("The draft that has it.", PutIn)},
    problems=(404, 409, 412, 413, 415, 422),
    body=Way,
    headers=NEEDS_KEY,
)
def put_urgent_in(city: str, on: date, case: str, body: Way) -> Response:
    """Put a visit in by a way that was told; 409 where that is gone by now."""
    only_for_the_whole_city()
    whose, key = asked(city, case), key_of()
    with as_problems():
        draft, _ = put_in_here(city, on, whose.borrower_id, body.name, key)
    return answer(put_in(draft.record))


def list_of(body: UrgentOrder) -> NewImport:
    """Return the list that the case is; sent again by the same key, it is taken in once."""
    sent = request.headers.get("Idempotency-Key", "").strip()[:LONGEST_KEY]
    key = f"{current_user.name} {sent}" if sent else token_hex(16)
    return list_of_one(cells_of(body), key, wired().home.secret())


def cells_of(body: UrgentOrder) -> dict[str, str]:
    """Return the texts of a case's fields, as a list has them."""
    told = body.case.model_dump(exclude_none=True)  # type: ignore[attr-defined]
    return {name: cell(value) for name, value in told.items()}


def read_case(body: UrgentOrder) -> tuple[CaseRecord, frozenset[str]]:
    """Return the case and the fields that it tells; 422 names what is wrong with it."""
    zone, key = ZoneInfo(g.city.zone), wired().home.secret()
    try:
        read = read_one_case(cells_of(body), zone=zone, key=key, now=now())
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


def ways_told(case: str, on: date, here: WaysIn) -> Ways:
    found = here.found
    return Ways(
        case=case,
        on=on,
        version=here.draft.record.version,
        is_planned=found.planned is not None,
        ways=[way_told(here, one) for one in found.ways],
        forbidden=[obstacle_told(one) for one in found.forbidden[:MOST_FORBIDDEN]],
    )


def way_told(here: WaysIn, one: Inserted) -> WayTold:
    effect, problem = one.effect, here.draft.problem
    return WayTold(
        name=name_of(one),
        crew_ids=list(effect.crew_ids),
        start=problem.at(effect.start_s),
        end=problem.at(effect.end_s),
        place_id=effect.place_id,
        cost=one.price,
        driving_s=effect.driving_s,
        working_s=effect.working_s,
        moved=list(effect.moved),
        dropped=list(effect.dropped),
        shifted=[Shifted(visit_id=id, later_s=later_s) for id, later_s in effect.shifted],
    )

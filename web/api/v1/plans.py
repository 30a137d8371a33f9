"""Plans of a day: all versions, one with its crews and visits, what is left out, and counts."""

from __future__ import annotations

from datetime import date

from flask import g
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.ports import PlanRecord
from web.api.entering import seen_agencies
from web.api.operations import CITY, COUNTERS, READERS, Answer, answer, operation
from web.api.pages import api
from web.api.v1.models import Counts, Groups, PlanList, PlanTold
from web.api.v1.tags import tag, unless_known
from web.api.v1.told import counts_told, groups_told, head, plan_told
from web.context import wired
from web.desk.facts import facts_of
from web.dispatch.board import Board, board

DAY = f"{CITY}/days/{{on}}"
PLAN = f"{DAY}/plans/{{version}}"
NOT_MODIFIED = Answer("You have that already: If-None-Match names its ETag.")
POLLED = {"If-None-Match": False}
MATCHED = {"If-Match": True}


def read(words: str, model: type) -> dict[int, Answer]:
    """Return the answers of something that is polled."""
    return {200: Answer(words, model, headers=("ETag",)), 304: NOT_MODIFIED}


@operation(
    *(api, "get", f"{DAY}/plans", "List the versions of a day's plan", *COUNTERS),
    answers=read("All versions.", PlanList),
    headers=POLLED,
)
def list_plans(city: str, on: date) -> Response:
    """Answer the versions of a day's plan, the oldest first; none where nobody has planned."""
    etag = tag("plans", on)

    def make() -> Response:
        is_named = g.role is not Role.PLANNER
        heads = [head(record, is_named=is_named) for record in wired().store.plans(city, on)]
        return answer(PlanList(city=city, on=on, plans=heads))

    return unless_known(etag, make)


@operation(
    *(api, "get", PLAN, "Read a plan", *READERS),
    answers=read("The plan, masked.", PlanTold),
    problems=(404,),
    headers=POLLED,
)
def read_plan(city: str, on: date, version: int) -> Response:
    """Answer a plan with its crews, visits and left out; poll it with If-None-Match."""
    zone = wired().store.city(city).zone
    return unless_known(
        plan_tag(on, version), lambda: answer(plan_told(seen(city, on, version), zone))
    )


@operation(
    *(api, "get", f"{PLAN}/left-out", "Read what a plan leaves out, by reason", *READERS),
    answers=read("Groups, what needs a person first.", Groups),
    problems=(404,),
    headers=POLLED,
)
def read_left_out(city: str, on: date, version: int) -> Response:
    """Answer the left out by their established reasons, with counts and sums."""

    def make() -> Response:
        return answer(groups_told(seen(city, on, version), facts_of(city, on)))

    return unless_known(plan_tag(on, version), make)


@operation(
    *(api, "get", f"{PLAN}/counts", "Read a plan in numbers", *COUNTERS),
    answers=read("Counts and districts, nobody's name.", Counts),
    problems=(404,),
    headers=POLLED,
)
def read_counts(city: str, on: date, version: int) -> Response:
    """Answer a plan in numbers: all that a planner sees of it."""
    return unless_known(plan_tag(on, version), lambda: answer(counts_told(seen(city, on, version))))


def plan_tag(on: date, version: int) -> str:
    """Return the ETag of a version, as the caller sees it."""
    return tag("plan", on, version)


def seen(city: str, on: date, version: int) -> Board:
    """Return a version of a plan as far as the caller may see it."""
    return seen_board(wired().store.plan(city, on, version))


def seen_board(record: PlanRecord) -> Board:
    desk, city, agencies = wired().desk, record.content.city, seen_agencies()
    cases = (id for entry in record.content.plan.left_out for id in entry.case_ids)
    visible = desk.visible_cases(city, cases, agencies)
    return board(record, desk.facts(record, agencies), visible)

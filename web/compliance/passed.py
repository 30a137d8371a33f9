"""The rules that one planned visit passed, to be printed: as they were kept with its plan."""

from __future__ import annotations

from datetime import date

from flask import abort, request

from data.access import Role
from scheduler.ports import PlanRecord
from scheduler.service import explain_case
from web.auth.access import needs
from web.compliance.overrides import lists
from web.compliance.room import compliance, page, seen_agencies
from web.context import wired


@compliance.get("/<city>/<day:on>/visit/rules")
@needs(Role.COMPLIANCE, Role.DISPATCHER)
def passed(city: str, on: date) -> str:
    """Show the rules that the visit of a case passed, or why it is not planned.

    `case` is a contract or a borrower. What a visit stood on is told of closed ones too.
    """
    case_id, version = request.args.get("case", ""), request.args.get("version", type=int)
    seen = lists().seen_cases(city, case_id, seen_agencies())
    if not seen:
        abort(404)
    record = wired().store.plan(city, on, version)
    borrower_id, is_open = seen[0].borrower_id, seen[0].is_open
    visited = visited_cases(record, borrower_id)
    if not is_open and seen_agencies() is not None and visited.isdisjoint(one.id for one in seen):
        abort(404)  # the visit was for another agency's cases
    kept = wired().store.grounds(record.id, borrower_id)
    is_asked = is_open and not kept
    told = explain_case(wired().ports, city, on, case_id, record.version) if is_asked else None
    return page(
        "passed", "overview", on=on, case_id=case_id, record=record, told=told, kept=kept,
        borrower_id=borrower_id, standing=record.suspended.get(borrower_id), is_open=is_open,
        is_planned=bool(visited) or bool(told and told.planned),
    )  # fmt: skip


def visited_cases(record: PlanRecord, borrower_id: str) -> frozenset[str]:
    """Return for which cases a plan visits a borrower; none where it does not."""
    hers = (one for one in record.content.targets.values() if one.borrower_id == borrower_id)
    return frozenset(id for one in hers for id in one.case_ids)

"""The rules that one planned visit passed, to be printed: as they were kept with its plan."""

from __future__ import annotations

from datetime import date

from flask import abort, request

from data.access import Role
from scheduler.service import explain_case
from web.auth.access import needs
from web.compliance.overrides import lists
from web.compliance.room import compliance, page, seen_agencies
from web.context import wired


@compliance.get("/<city>/<day:on>/visit/rules")
@needs(Role.COMPLIANCE, Role.DISPATCHER)
def passed(city: str, on: date) -> str:
    """Show the rules that the visit of a case passed, or why it is not planned."""
    case_id, version = request.args.get("case", ""), request.args.get("version", type=int)
    borrower_id = lists().borrower_of(city, case_id, seen_agencies())
    if borrower_id is None:
        abort(404)
    record = wired().store.plan(city, on, version)
    kept = wired().store.grounds(record.id, borrower_id)
    told = None if kept else explain_case(wired().ports, city, on, case_id, record.version)
    return page(
        "passed", "overview", on=on, case_id=case_id, record=record, told=told, kept=kept,
        borrower_id=borrower_id, standing=record.suspended.get(borrower_id),
    )  # fmt: skip

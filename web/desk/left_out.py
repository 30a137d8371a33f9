"""A case that a plan leaves out: why, when it is likely to come up, and what would help it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import Job, JobKind
from data.masking import masked
from scheduler.errors import NotFoundError
from scheduler.model import Borrower
from scheduler.plan import LeftOut
from scheduler.ports import PlanRecord
from scheduler.remedies import NOTHING_WORKS
from scheduler.rules import Fact
from web.auth.access import by, needs
from web.context import wired
from web.desk.facts import facts_of
from web.desk.fragments import fragment, piece_of
from web.desk.grouping import entries_of, lines_of
from web.desk.remedy_edits import edits_of
from web.desk.room import desk
from web.desk.saying import standing_of
from web.dispatch.acts import begin
from web.dispatch.board import REMEDIABLE, seen_stops
from web.dispatch.room import Answer, only_for_the_whole_city, seen_agencies
from web.dispatch.today import askable, rules_here, seen_board
from web.language import t
from web.settings_pages.words import SEEN


@desk.get("/<city>/<day:on>/desk/left-out/<path:visit>")
@needs(Role.DISPATCHER)
def left_out(city: str, on: date, visit: str) -> Answer:
    """Say why a visit is left out, and what a dispatcher can do about it; where it stands now."""
    record = wired().store.plan(city, on, request.args.get("version", type=int))
    shown, facts = seen_board(record), facts_of(city, on)
    entry = next((one for one in entries_of(shown) if one.visit_id == visit), None)
    if entry is None and visit in seen_stops(shown):
        return redirect(piece_of("stop", visit, on))
    if entry is None:
        raise NotFoundError(f"version {record.version} of {on} leaves out no visit {visit!r}")
    [line] = lines_of(record, [entry], facts)
    whose = next((one for one in facts.borrowers if one.id == line.borrower), None)
    is_of_all = seen_agencies() is None
    case_id = entry.case_ids[0] if entry.case_ids else ""
    trial = trial_of(record, case_id) if case_id and is_of_all else None
    return fragment(
        "left_out", _title(entry, whose), on,
        entry=entry, likely=line.likely, borrower=whose, record=record, case_id=case_id,
        overdue=sum(case.overdue for case in facts.cases if case.id in entry.case_ids),
        said_of=standing_of(city, line.borrower, on) if line.borrower and is_of_all else (),
        fact=fact_of(entry, on), seen=SEEN, names=shown.names, askable=askable(on), trial=trial,
        may_try=is_of_all and bool(case_id) and entry.reason in REMEDIABLE,
        NOTHING_WORKS=NOTHING_WORKS, takes_of=takes_of,
    )  # fmt: skip


@desk.post("/<city>/<day:on>/desk/left-out/<path:visit>")
@needs(Role.DISPATCHER)
def try_left_out(city: str, on: date, visit: str) -> Response:
    """Begin to try what would help a visit, or stop trying."""
    only_for_the_whole_city()  # another agency's visit may be the one to give up
    record = wired().store.plan(city, on, request.form.get("version", type=int))
    where: dict[str, Any] = {"city": city, "on": on, "visit": visit, "version": record.version}
    if "stop" in request.form:
        job = _alive(city, on, request.form.get("case", ""))
        if job:
            wired().jobs.cancel(job.id, by())
    else:
        told = {"case": request.form.get("case", ""), "version": record.version}
        begin(JobKind.REMEDIES, city, on, **told)
    return redirect(url_for("desk.left_out", **where), 303)


def trial_of(record: PlanRecord, case_id: str) -> Job | None:
    """Return the newest trial of what would help a case in a plan, None where none is of now.

    What was tried before the draft was edited is of another plan.
    """
    city, on = record.content.city, record.content.on
    job = wired().jobs.newest(city, on, JobKind.REMEDIES)
    if job is None or job.parameters != {"case": case_id, "version": record.version}:
        return None
    edits = wired().store.plan_edits(record.id)
    is_old = bool(edits) and edits[-1].made_at > job.made_at
    return None if is_old and job.finished_at else job


def takes_of(visit: str, remedy: Mapping[str, Any]) -> str:
    """Return the edits that do a remedy, as a button sends them."""
    return json.dumps(edits_of(visit, remedy))


def fact_of(entry: LeftOut, on: date) -> Fact | None:
    """Return the value of the rule that refused, with its source; None where no rule did."""
    rules = rules_here() if entry.rule else None
    return next(iter(rules.of(entry.rule, on)), None) if rules else None


def _alive(city: str, on: date, case_id: str) -> Job | None:
    job = wired().jobs.alive(city, on)
    is_its = job and job.kind is JobKind.REMEDIES and job.parameters.get("case") == case_id
    return job if is_its else None


def _title(entry: LeftOut, whose: Borrower | None) -> str:
    name = masked(whose.name) if whose else ""
    cases = t(", ").join(entry.case_ids) or entry.visit_id
    return f"{name} {cases}".strip()

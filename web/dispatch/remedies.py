"""What would help a case that a plan leaves out: tried beside the pages, and shown when done."""

from __future__ import annotations

from datetime import date

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import Job, JobKind
from scheduler.errors import NotFoundError
from scheduler.plan import LeftOut
from scheduler.remedies import NOTHING_WORKS
from web.auth.access import needs
from web.context import wired
from web.dispatch.acts import begin, of_trial
from web.dispatch.board import REMEDIABLE, Board
from web.dispatch.room import dispatch, only_for_the_whole_city, page
from web.dispatch.today import seen_board


@dispatch.get("/<city>/<day:on>/remedies")
@needs(Role.DISPATCHER)
def remedies(city: str, on: date) -> str:
    """Say why a case is left out; and what would help it, as far as that was tried."""
    only_for_the_whole_city()  # another agency's visit may be the one to give up
    case_id, version = request.args.get("case", ""), request.args.get("version", type=int)
    shown = seen_board(wired().store.plan(city, on, version))
    entry = left_out(shown, case_id)
    return page(
        "remedies",
        on,
        case_id=case_id,
        version=shown.record.version,
        entry=entry,
        may_try=entry is not None and entry.reason in REMEDIABLE,
        trial=asked_trial(city, on, case_id),
        names=shown.names,
        NOTHING_WORKS=NOTHING_WORKS,
    )


@dispatch.post("/<city>/<day:on>/remedies")
@needs(Role.DISPATCHER)
def try_remedies(city: str, on: date) -> Response:
    """Begin to try what would help a case."""
    only_for_the_whole_city()
    version = wired().store.plan(city, on, request.form.get("version", type=int)).version
    told = {"case": request.form.get("case", ""), "version": version}
    job = begin(JobKind.REMEDIES, city, on, **told)
    where = of_trial(job) if job else {"city": city, "on": on, **told}
    return redirect(url_for("dispatch.remedies", **where))


def left_out(shown: Board, case_id: str) -> LeftOut | None:
    """Return the entry of a case in a plan, None where it is planned.

    Raises
    ------
    NotFoundError
        Where the plan knows of no such case.
    """
    entries = (entry for group in shown.left_out for entry in group.entries)
    entry = next((entry for entry in entries if case_id in entry.case_ids), None)
    stops = (stop for crew in shown.crews for stop in crew.stops)
    if entry is None and not any(case_id in stop.case_ids for stop in stops):
        raise NotFoundError(f"{shown.record.content.city} has no open case {case_id!r}")
    return entry


def asked_trial(city: str, on: date, case_id: str) -> Job | None:
    """Return the trial that the page's address names, None where it names none."""
    id = request.args.get("job", type=int)
    if id is None:
        return None
    job = wired().jobs.of_city(city, id, JobKind.REMEDIES)
    if (job.on, job.parameters.get("case")) != (on, case_id):
        raise NotFoundError(f"there is no job {id}")
    return job

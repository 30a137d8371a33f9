"""The day as it runs: who is where, what is late, who has not heard; and its rest planned again."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import JobKind
from scheduler.ports import PlanRecord, PlanStatus
from web.auth.access import needs
from web.compare.opened import opened
from web.compare.room import compare
from web.compare.standing import day_now
from web.context import wired
from web.dispatch.acts import SECONDS, begin, reserve_asked
from web.dispatch.room import page, zone
from web.dispatch.today import newest_record

FREEZE_MIN = (15, 30, 60)
"""For how long from now nothing moves, to choose from; half an hour if nothing is said."""

MOST_MOVES = (0, 2, 5, 10, 20)
"""How many visits may change hands, to choose from."""


@compare.get("/<city>/<day:on>/running")
@needs(Role.DISPATCHER)
def running(city: str, on: date) -> str:
    """Show the published day as it runs."""
    run, job = opened(city, on), wired().jobs.newest(city, on, JobKind.REPLAN)
    return page(
        "compare/running", on, found=run and day_now(run, zone()), proposed=job,
        edited=edited_draft(city, on),
        FREEZE_MIN=FREEZE_MIN, MOST_MOVES=MOST_MOVES,
    )  # fmt: skip


def edited_draft(city: str, on: date) -> PlanRecord | None:
    """Return the newest version if it is a draft that somebody has changed by hand."""
    newest = newest_record(city, on)
    is_edited = newest and newest.state is PlanStatus.DRAFT and newest.revision
    return newest if is_edited else None


@compare.post("/<city>/<day:on>/replan")
@needs(Role.DISPATCHER)
def replan(city: str, on: date) -> Response:
    """Begin to plan what is left of the day; '' moves are as many as pay.

    Without a reserve it is that of the published plan.
    """
    form = request.form
    seconds, freeze_min = form.get("seconds", type=int), form.get("freeze_min", type=int)
    moves = form.get("most_moves", "")
    most = None if moves == "" else form.get("most_moves", type=int)
    if seconds not in SECONDS or freeze_min not in FREEZE_MIN:
        abort(400)
    if moves != "" and most not in MOST_MOVES:
        abort(400)
    asked = {"seconds": seconds, "freeze_min": freeze_min, "most_moves": most, **reserve_asked()}
    begin(JobKind.REPLAN, city, on, **asked)
    return redirect(url_for("compare.running", city=city, on=on))

"""What the main button begins, and how it is stopped."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import Job, JobKind
from scheduler.engines import DEFAULT
from scheduler.engines.registry import ENGINES
from scheduler.errors import ConflictError
from scheduler.reserve.asked import is_reserve
from web.auth.access import by, current_user, needs
from web.context import wired
from web.dispatch.room import Answer, dispatch, only_for_the_whole_city, page
from web.language import t

SECONDS = (10, 30, 120, 600)
"""How long a search may be, to choose from."""

LONGEST_KEY = 100


@dispatch.post("/<city>/<day:on>/plan")
@needs(Role.DISPATCHER)
def plan(city: str, on: date) -> Response:
    """Begin to plan the day."""
    seconds = request.form.get("seconds", SECONDS[0], type=int)
    engine = request.form.get("engine", DEFAULT)
    if seconds not in SECONDS or engine not in ENGINES:
        abort(400)
    begin(JobKind.PLAN, city, on, seconds=seconds, engine=engine, **reserve_asked())
    return redirect(url_for("dispatch.today", city=city, on=on))


def reserve_asked() -> dict[str, int]:
    """Return the reserve that a form asks for, nothing where it is to be the draft's."""
    if not request.form.get("reserve"):
        return {}
    reserve = request.form.get("reserve", type=int)
    if reserve is None or not is_reserve(reserve):
        abort(400)
    return {"reserve": reserve}


@dispatch.post("/<city>/<day:on>/look-up")
@needs(Role.DISPATCHER)
def look_up(city: str, on: date) -> Response:
    """Begin to look up the city's addresses; `again`: those found too roughly, too."""
    begin(JobKind.GEOCODE, city, None, again="again" in request.form)
    return redirect(url_for("dispatch.today", city=city, on=on))


@dispatch.post("/<city>/<day:on>/form-crews")
@needs(Role.DISPATCHER)
def form_crews(city: str, on: date) -> Response:
    """Begin to decide who goes with whom."""
    begin(JobKind.CREWS, city, on)
    return redirect(url_for("dispatch.crews", city=city, on=on))


@dispatch.post("/<city>/<day:on>/stop")
@needs(Role.DISPATCHER)
def stop(city: str, on: date) -> Response:
    """Ask the work to stop; a search keeps its best plan. What another began is asked about."""
    only_for_the_whole_city()
    job = wired().jobs.alive(city, on)
    if job is not None:
        if job.made_by != current_user.name and request.form.get("sure", type=int) != job.id:
            return redirect(url_for("dispatch.stopping", city=city, on=on))
        wired().jobs.cancel(job.id, by())
        if job.kind is JobKind.REMEDIES:
            return redirect(url_for("dispatch.remedies", **of_trial(job)))
        if job.kind is JobKind.REPLAN:
            return redirect(url_for("compare.running", city=city, on=on))
    return redirect(url_for("dispatch.today", city=city, on=on))


@dispatch.get("/<city>/<day:on>/stop")
@needs(Role.DISPATCHER)
def stopping(city: str, on: date) -> Answer:
    """Ask whether work that somebody else began is to be stopped."""
    only_for_the_whole_city()
    job = wired().jobs.alive(city, on)
    if job is None:
        return redirect(url_for("dispatch.today", city=city, on=on))
    return page("stopping", on, job=job)


def of_trial(job: Job) -> dict[str, Any]:
    """Return what the address of the page tells that shows what would help a case."""
    told = {name: value for name, value in job.parameters.items() if name != "key"}
    return {"city": job.city, "on": job.on, **told, "job": job.id}


def begin(kind: JobKind, city: str, on: date | None, **parameters: object) -> Job | None:
    """Put work into the queue; where some is under way already, say so.

    Pressed once and sent twice, as where the answer was lost, it is done once: by its key.
    """
    only_for_the_whole_city()
    key = request.form.get("key", "")[:LONGEST_KEY]
    if key:
        sent = wired().jobs.newest(city, on, kind)
        if sent is not None and sent.parameters.get("key") == key:
            if sent.state.is_over:
                flash(t("That was sent before, and is done. Press again to do it anew."))
            return sent
        parameters["key"] = key
    try:
        return wired().jobs.add(kind, city, on, by(), **parameters)
    except ConflictError:
        flash(t("Something is under way already. Wait until it is done, or stop it."))
        return None

"""The form of a plan: which cases, which crews, and how long to search."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.jobs import JobKind
from scheduler.engines import DEFAULT
from scheduler.model import BUCKETS
from web.auth.access import needs
from web.compare.room import compare
from web.context import wired
from web.dispatch.acts import begin, reserve_asked
from web.dispatch.room import only_for_the_whole_city, page

LEAST_S, MOST_S = 1, 3600
"""Seconds that a search may be given."""

LISTS = ("buckets", "agencies", "owners", "crews")
LONGEST_DISTRICT = 40


@compare.get("/<city>/<day:on>/plan")
@needs(Role.DISPATCHER)
def planning(city: str, on: date) -> str:
    """Ask what to plan; `cases` of the address are chosen already."""
    only_for_the_whole_city()
    day = wired().store.open_day(city, on)
    people = {one.id: one.name for one in day.collectors}
    return page(
        "compare/planning", on,
        cases=" ".join(request.args.getlist("cases")), crews=day.crews, people=people,
        buckets=[one for one in BUCKETS if any(case.bucket == one for case in day.cases)],
        agencies=sorted({case.agency for case in day.cases}),
        owners=sorted({case.owner for case in day.cases if case.owner}),
        LEAST_S=LEAST_S, MOST_S=MOST_S,
    )  # fmt: skip


@compare.post("/<city>/<day:on>/plan-chosen")
@needs(Role.DISPATCHER)
def plan_chosen(city: str, on: date) -> Response:
    """Begin to plan what was chosen."""
    seconds = request.form.get("seconds", type=int)
    if seconds is None or not LEAST_S <= seconds <= MOST_S:
        abort(400)
    told = {"engine": DEFAULT, "choice": chosen(), **reserve_asked()}
    begin(JobKind.PLAN, city, on, seconds=seconds, **told)
    return redirect(url_for("dispatch.today", city=city, on=on))


def chosen() -> dict[str, Any]:
    """Return what the form asks for, in plain values; what is empty asks for nothing."""
    form = request.form
    told: dict[str, Any] = {name: form.getlist(name) for name in LISTS}
    told["cases"] = re.split(r"[\s,;，；、]+", form.get("cases", "").strip())
    told["cases"] = [id_ for id_ in told["cases"] if id_]
    told["district"] = form.get("district", "").strip()[:LONGEST_DISTRICT]
    told["due_by"] = due_by(form.get("due_by", ""))
    return {name: value for name, value in told.items() if value}


def due_by(text: str) -> str:
    """Return a day as it is written in the form, '' for none; refuse what is no day."""
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        abort(400)

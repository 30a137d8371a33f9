"""The list of cases: found by the start of an id, by bucket, stop and promise."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.stories import BUCKETS, Filter
from scheduler.model import StopFlag
from scheduler.promises import PromiseStatus
from web.auth.access import current_user, needs
from web.borrower.room import MAY_LOOK, borrower, page, seen_agencies
from web.context import today_here, wired
from web.dispatch.today import working_day

PER_PAGE = 50
ANY_STOP = "any"


@borrower.get("/<city>/cases")
@needs(*MAY_LOOK)
def cases(city: str) -> str | Response:
    """List open cases, those longest overdue first; a whole id leads to its borrower."""
    asked = asked_for()
    number = max(1, request.args.get("page", 1, type=int))
    skip = (number - 1) * PER_PAGE
    seen = seen_agencies()
    if asked.text and number == 1 and wired().stories.story(city, asked.text, today_here(), seen):
        return redirect(url_for("borrower.story", city=city, id=asked.text))
    found = wired().stories.cases(city, asked, seen, limit=PER_PAGE + 1, skip=skip)
    return page(
        "cases",
        "cases",
        lines=found[:PER_PAGE],
        has_more=len(found) > PER_PAGE,
        number=number,
        asked=request.args,
        buckets={one: one for one in BUCKETS},
        is_all=asked == Filter(),
        plans_on=working_day(city) if may_plan(city) else None,
    )


def may_plan(city: str) -> bool:
    """Whether she plans the whole city's days."""
    return current_user.can(Role.DISPATCHER, city) and (
        current_user.agencies(Role.DISPATCHER, city) is None
    )


def asked_for() -> Filter:
    """Read what the page's form asks for; what it does not know, it does not ask for."""
    bucket, stop = request.args.get("bucket", ""), request.args.get("stop", "")
    promise = request.args.get("promise", "")
    return Filter(
        text=request.args.get("text", "").strip(),
        bucket=bucket if bucket in BUCKETS else "",
        stop=StopFlag(stop) if stop in list(StopFlag) else None,
        is_stopped=stop == ANY_STOP,
        promise=PromiseStatus(promise) if promise in list(PromiseStatus) else None,
    )

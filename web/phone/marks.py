"""Writing down what a crew does on its way: each press lands once, by its key."""

from __future__ import annotations

import secrets
from datetime import datetime
from functools import partial

from flask import abort, after_this_request, request
from werkzeug.wrappers import Response

from data.store.rounds import RoundStop
from scheduler.errors import ConflictError
from scheduler.ports import Mark, MarkKind
from web.auth.access import by
from web.compare.opened import read_ahead
from web.context import wired
from web.language import t
from web.phone.room import MyDay, phone, when_told
from web.phone.standing import NOWHERE, Standing, told_standing

LONGEST_KEY = 64


@phone.app_template_global()
def new_key() -> str:
    """Return the key of one press; a form that is sent twice sends it twice."""
    return secrets.token_urlsafe(12)


def sent_key() -> str:
    """Return the key of the press that is being answered."""
    key = request.form.get("key", "")
    if not 8 <= len(key) <= LONGEST_KEY:
        abort(400)
    return key


def only_today(day: MyDay) -> None:
    """Refuse what can be done on the day itself alone."""
    if not day.is_today:
        raise ConflictError(
            t("This is a plan of another day: nothing can be begun or noted on it.")
        )


def told_at(day: MyDay) -> datetime:
    """Return when what is being told happened."""
    return when_told(request.form.get("at"), day.city)


def write_mark(day: MyDay, kind: MarkKind, visit: RoundStop | None = None) -> None:
    """Note something that the crew did."""
    told = mark(day, kind, sent_key(), told_at(day), visit, told_standing(day))
    with wired().store.writing(by()) as writer:
        writer.put_mark(day.city.name, told)
    tell_desks(day)


def tell_desks(day: MyDay) -> None:
    """Let how a day runs be read anew for the desks that look at it, once this is answered."""
    after_this_request(partial(with_the_day_read, day))


def with_the_day_read(day: MyDay, response: Response) -> Response:
    """Let the desks that look at a day find in it what was told."""
    read_ahead(day.city.name, day.on)
    return response


def mark(
    day: MyDay,
    kind: MarkKind,
    key: str,
    at: datetime,
    visit: RoundStop | None = None,
    standing: Standing = NOWHERE,
) -> Mark:
    """Return a mark of the crew; only where it is about a visit it tells where they stood."""
    round_, where = day.round, standing if visit else NOWHERE
    return Mark(
        key=key,
        on=day.on,
        plan_id=round_.plan_id,
        crew=round_.crew.members,
        kind=kind,
        at=at,
        visit_id=visit.id if visit else "",
        stood=where.stood,
        accuracy_m=where.accuracy_m,
    )

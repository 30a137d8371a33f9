"""Edits pressed in a piece of the desk: done one after another, and the piece is shown again."""

from __future__ import annotations

import json
from datetime import date

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.edit_bodies import read_sent_edit
from scheduler.desk_service import edit_day
from scheduler.editing.edits import Edit
from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.errors import ConflictError
from scheduler.locks import LockError
from web.auth.access import current_user, needs
from web.auth.back import safe_target
from web.context import wired
from web.desk.editing import draft_here
from web.desk.opened import open_drafts
from web.desk.room import desk
from web.dispatch.room import only_for_the_whole_city
from web.language import t
from web.phrases import said

MOST = 5
"""Edits of one press: visits given up, and the one that takes their place."""


@desk.post("/<city>/<day:on>/desk/press")
@needs(Role.DISPATCHER)
def press(city: str, on: date) -> Response:
    """Do what a button in a piece says; what forbids it is told where it was pressed."""
    only_for_the_whole_city()
    edits, key = _edits(), request.form.get("key", "")
    if not key:
        abort(400)
    try:
        _do(city, on, edits, key)
        flash(t("Done. It can be undone on the day's page."))
    except ForbiddenEditError as error:
        flash("; ".join(said(one.text) for one in error.violations))
    except (ConflictError, GoneError, LockError) as error:
        flash(said(str(error)))
    back = request.form.get("back") or url_for("dispatch.today", city=city, on=on)
    return redirect(safe_target(back), 303)


def _edits() -> list[Edit]:
    try:
        told = json.loads(request.form.get("edits", ""))
    except ValueError:
        abort(400)
    if not isinstance(told, list) or not 0 < len(told) <= MOST:
        abort(400)
    return [read_sent_edit(one) for one in told]


def _do(city: str, on: date, edits: list[Edit], key: str) -> None:
    """Do edits one after another, each with a key of its own: pressed again, none is done twice."""
    draft = draft_here(city, on)
    for number, edit in enumerate(edits):
        revision, own = draft.record.revision, f"{current_user.name} {key} {number}"
        draft, _ = edit_day(wired().ports, draft, current_user.name, edit, revision, own)
        record = draft.record
        open_drafts().put((record.content.city, record.content.on, record.version), draft)

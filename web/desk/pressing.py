"""Edits pressed in a piece of the desk: done as one, and the piece is shown again."""

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
from web.desk.refusing import worked_out_elsewhere
from web.desk.room import desk
from web.dispatch.room import only_for_the_whole_city
from web.language import t
from web.phrases import said


@desk.post("/<city>/<day:on>/desk/press")
@needs(Role.DISPATCHER)
def press(city: str, on: date) -> Response:
    """Do what a button in a piece says; what forbids it is told where it was pressed."""
    only_for_the_whole_city()
    edit, key = _edit(), request.form.get("key", "")
    if not key or worked_out_elsewhere(edit):
        abort(400)
    try:
        _do(city, on, edit, key)
        flash(t("Done. It can be undone on the day's page."))
    except ForbiddenEditError as error:
        flash("; ".join(said(one.text) for one in error.violations))
    except (ConflictError, GoneError, LockError) as error:
        flash(said(str(error)))
    back = request.form.get("back") or url_for("dispatch.today", city=city, on=on)
    return redirect(safe_target(back), 303)


def _edit() -> Edit:
    """Return what was pressed: one edit, or several as one."""
    try:
        told = json.loads(request.form.get("edits", ""))
    except ValueError:
        abort(400)
    if not isinstance(told, list) or not told:
        abort(400)
    return read_sent_edit(told[0] if len(told) == 1 else {"kind": "together", "steps": told})


def _do(city: str, on: date, edit: Edit, key: str) -> None:
    """Do what was pressed; pressed again, it is not done twice."""
    draft, own = draft_here(city, on), f"{current_user.name} {key}"
    draft, _ = edit_day(wired().ports, draft, current_user.name, edit, draft.record.revision, own)
    record = draft.record
    open_drafts().put((record.content.city, record.content.on, record.version), draft)

"""Edits pressed in a piece of the desk: done as one, and the piece is shown again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.edit_bodies import read_agreement, read_sent_edit
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import OpenDraft
from scheduler.editing.edits import Edit
from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.errors import ConflictError, NotFoundError
from scheduler.locks import LockError
from web.auth.access import current_user, needs
from web.auth.back import safe_target
from web.context import wired
from web.desk.editing import draft_here, stay_open
from web.desk.opened import opened
from web.desk.refusing import refused_words, worked_out_elsewhere
from web.desk.room import desk, version_here
from web.desk.sight import refuse_unseen
from web.dispatch.room import only_for_the_whole_city
from web.language import t
from web.phrases import said

AGREE = "agree"
"""The kind of what is agreed with a crew: the edit is worked out from the draft as it stands."""

Asked = Callable[[OpenDraft], Edit]


@desk.post("/<city>/<day:on>/desk/press")
@needs(Role.DISPATCHER)
def press(city: str, on: date) -> Response:
    """Do what a button in a piece says; what forbids it is told where it was pressed."""
    asked, key = _asked(), request.form.get("key", "")
    if not key:
        abort(400)
    try:
        _do(city, on, asked, key)
        flash(t("Done. It can be undone on the day's page."))
    except ForbiddenEditError as error:
        flash(refused_words(error.violations, opened(city, on, version_here(city, on))))
    except (ConflictError, GoneError, LockError, NotFoundError) as error:
        flash(said(str(error)))
    back = request.form.get("back") or url_for("dispatch.today", city=city, on=on)
    return redirect(safe_target(back), 303)


def _asked() -> Asked:
    """Return how to make what was pressed: one edit, several as one, or what is agreed."""
    try:
        told = json.loads(request.form.get("edits", ""))
    except ValueError:
        abort(400)
    if not isinstance(told, list) or not told:
        abort(400)
    if isinstance(told[0], dict) and told[0].get("kind") == AGREE:
        only_for_the_whole_city()  # it changes a shift, or whose a case is
        agreed = read_agreement(told[0])
        return lambda draft: agreed.edit(draft.problem, draft.sheet)
    edit = read_sent_edit(told[0] if len(told) == 1 else {"kind": "together", "steps": told})
    return abort(400) if worked_out_elsewhere(edit) else lambda _: edit


def _do(city: str, on: date, asked: Asked, key: str) -> None:
    """Do what was pressed; pressed again, it is not done twice."""
    draft, own = draft_here(city, on), f"{current_user.name} {key}"
    if any(row.key == own for row in draft.log):
        return
    edit, known = asked(draft), draft.record.revision
    refuse_unseen(draft, edit)
    done, _ = edit_day(wired().ports, draft, current_user.name, edit, known, own)
    stay_open(draft, done)

"""What is done by hand: an edit, taking it back, doing it again, each under the sender's key.

A script sends JSON and is answered in JSON: 409 with what others did meanwhile, 422 with what
forbids it. A form without script is led back to the day, and told there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from flask import abort, flash, g, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from data.access import Role
from data.store.edit_bodies import read_sent_edit
from scheduler.drafts.copying import as_draft
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import OpenDraft
from scheduler.drafts.undoing import redo_edit, undo_edit
from scheduler.editing.edits import Move, Together
from scheduler.editing.log import KeptEdit
from scheduler.editing.moving_together import moved_together
from scheduler.editing.obstacles import ForbiddenEditError, GoneError, Obstacle
from scheduler.errors import AlreadySoError, ConflictError, EditedMeanwhileError
from scheduler.locks import LockError
from web.auth.access import current_user, needs
from web.context import wired
from web.desk.log_words import edits_told
from web.desk.opened import open_drafts, opened
from web.desk.refusing import obstacle_told, worked_out_elsewhere
from web.desk.room import desk, version_here
from web.desk.sight import refuse_unseen
from web.desk.state import names_in
from web.dispatch.room import only_for_the_whole_city
from web.dispatch.today import seen_board
from web.phrases import said

LONGEST_KEY = 100

MOST_MOVED = 50
"""Visits that are moved to another crew at once: for each its best place is looked for."""

Done = tuple[OpenDraft, KeptEdit]


@desk.post("/<city>/<day:on>/desk/edits")
@needs(Role.DISPATCHER)
def edit(city: str, on: date) -> Response:
    """Let an edit change the day's draft; of a published plan the first that is taken makes one."""
    told = sent()
    wanted = read_sent_edit(told.get("edit"))
    if no := worked_out_elsewhere(wanted):
        return forbidden([no])
    draft = draft_here(city, on)
    refuse_unseen(draft, wanted)
    known = known_of(told, draft)
    return answered(
        draft,
        lambda: edit_day(wired().ports, draft, current_user.name, wanted, known, key_of(told)),
    )


def known_of(told: Mapping[str, Any], draft: OpenDraft) -> int:
    """Return which revision of a draft who sent `told` has seen: none of it, if of another."""
    known, now = told.get("revision"), draft.record.revision
    if told.get("version") not in (None, draft.record.version):
        return 0
    return min(known, now) if isinstance(known, int) else now


@desk.post("/<city>/<day:on>/desk/move-all")
@needs(Role.DISPATCHER)
def move_all(city: str, on: date) -> Response:
    """Let a crew make several visits, each where it costs least; all of them or none."""
    told, draft = sent(), draft_here(city, on)
    crew, visits = told.get("crew"), told.get("visits")
    if not (isinstance(crew, str) and isinstance(visits, list) and 0 < len(visits) <= MOST_MOVED):
        abort(400)
    ids = tuple(map(str, visits))
    refuse_unseen(draft, Together(tuple(Move(id, crew) for id in ids)))
    key, known = key_of(told), draft.record.revision

    def act() -> Done:
        if again := next((row for row in draft.log if row.key == key), None):
            return draft, again
        wanted = moved_together(draft.problem, draft.sheet, ids, crew)
        return edit_day(wired().ports, draft, current_user.name, wanted, known, key)

    return answered(draft, act)


@desk.post("/<city>/<day:on>/desk/undo")
@needs(Role.DISPATCHER)
def undo(city: str, on: date) -> Response:
    """Take back what she did last."""
    draft, key = draft_here(city, on), key_of(sent())
    return answered(draft, lambda: undo_edit(wired().ports, draft, current_user.name, key))


@desk.post("/<city>/<day:on>/desk/redo")
@needs(Role.DISPATCHER)
def redo(city: str, on: date) -> Response:
    """Do again what she took back last."""
    draft, key = draft_here(city, on), key_of(sent())
    return answered(draft, lambda: redo_edit(wired().ports, draft, current_user.name, key))


def sent() -> dict[str, Any]:
    """Return what was sent: JSON, or a form whose `edit` is JSON in a field."""
    if request.is_json:
        told = request.get_json()
        return told if isinstance(told, dict) else abort(400)
    form: dict[str, Any] = request.form.to_dict()
    try:
        form["edit"] = json.loads(form.get("edit", "null"))
        form["revision"] = int(form["revision"]) if "revision" in form else None
    except ValueError:
        abort(400)
    return form


def key_of(told: dict[str, Any]) -> str:
    """Return the sender's key, of this person alone."""
    key = told.get("key")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
        abort(400)
    return f"{current_user.name} {key}"


def draft_here(city: str, on: date) -> OpenDraft:
    """Return the day's newest plan, open; a published one as the draft that an edit makes of it."""
    return to_edit(opened(city, on, version_here(city, on)))


def to_edit(draft: OpenDraft) -> OpenDraft:
    """Return an open plan that may be edited; who sees one agency makes no draft of the day."""
    found = as_draft(draft)
    if found.is_copy:
        only_for_the_whole_city()
    return found


def stay_open(at: OpenDraft, done: OpenDraft) -> None:
    """Keep what an edit has made of an open day; a new draft stands on the facts of the plan."""
    city, on = done.record.content.city, done.record.content.on
    if at.is_copy:
        open_drafts().put_copy((city, on, at.record.version), done)
    open_drafts().put((city, on, done.record.version), done)


def answered(at: OpenDraft, act: Callable[[], Done]) -> Response:
    """Do it to an open day, and say what came of it."""
    try:
        draft, kept = act()
    except AlreadySoError as error:
        return unchanged(error)
    except EditedMeanwhileError as error:
        return refusal(409, said(str(error)), changed=edits_told(error.edits, names_here()))
    except (ConflictError, GoneError) as error:
        return refusal(409, said(str(error)), changed=[])
    except ForbiddenEditError as error:
        return forbidden(error.violations)
    except LockError as error:
        told = [{"kind": "lock", "id": "", "text": said(str(error)), "is_law": False, "rule": ""}]
        return refusal(422, said(str(error)), violations=told)
    record = draft.record
    stay_open(at, draft)
    if not request.is_json:
        return back()
    return jsonify({"version": record.version, "revision": record.revision, "number": kept.number})


def unchanged(error: AlreadySoError) -> Response:
    """Say that it is so already: what was asked for holds, and nothing was written for it."""
    told = said(str(error))
    if not request.is_json:
        flash(told)
        return back()
    record = error.record
    return jsonify({"version": record.version, "revision": record.revision, "unchanged": told})


def forbidden(violations: Iterable[Obstacle]) -> Response:
    """Say what forbids an edit, all of it."""
    city, on = g.city.name, (request.view_args or {})["on"]
    draft = opened(city, on, version_here(city, on))
    told = [obstacle_told(one, draft) for one in violations]
    return refusal(422, "; ".join(one["text"] for one in told), violations=told)


def names_here() -> Mapping[str, str]:
    """Return what visits and crews of the day are called on its page, as the person sees it."""
    city, on = g.city.name, (request.view_args or {})["on"]
    return names_in(seen_board(wired().store.plan(city, on, version_here(city, on))))


def refusal(status: int, problem: str, **more: Iterable[Any]) -> Response:
    """Say to a script what was refused; a form is led back and told there."""
    if not request.is_json:
        flash(problem)
        return back()
    response = jsonify({"problem": problem, **more})
    response.status_code = status
    return response


def back() -> Response:
    """Lead back to the day."""
    return redirect(url_for("dispatch.today", city=g.city.name, on=(request.view_args or {})["on"]))

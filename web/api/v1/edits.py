"""A draft edited by programs: of the plan that was read, under the sender's key, undone by her.

The use cases, the open days and what they refuse are those of the desk's page.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from http import HTTPStatus

from flask import g, url_for
from werkzeug.wrappers import Response

from data.access import Role
from scheduler.drafts.copying import copy_as_draft
from scheduler.drafts.editing import edit_day
from scheduler.drafts.opened import OpenDraft
from scheduler.drafts.undoing import redo_edit, undo_edit
from scheduler.editing.log import KeptEdit
from scheduler.errors import AlreadySoError, NotFoundError
from web.api.entering import only_for_the_whole_city
from web.api.operations import Answer, answer, operation
from web.api.pages import api
from web.api.v1.doing import NEEDS_KEY, as_problems, key_of
from web.api.v1.edit_models import Edited, EditOrder, Id, Quotes, quote_told
from web.api.v1.edit_reading import edit_of
from web.api.v1.models import PlanHead, Taken
from web.api.v1.plans import MATCHED, PLAN, plan_tag
from web.api.v1.tags import refuse_stale
from web.api.v1.told import head
from web.auth.access import current_user
from web.context import wired
from web.desk.opened import open_drafts, opened
from web.desk.sight import refuse_unseen, seen_crews, seen_visits

KEYED = {**MATCHED, **NEEDS_KEY}
DONE = {200: Answer("Done: the draft's new revision.", Edited, headers=("ETag",))}
REFUSED = (404, 409, 412, 422, 428)
Done = tuple[OpenDraft, KeptEdit]


class QuoteQuery(Taken):
    """Which visit is to be quoted."""

    visit: Id


@operation(
    *(api, "post", f"{PLAN}/copy", "Copy a plan as a draft to edit", Role.DISPATCHER),
    answers={201: Answer("The draft: Location is its address.", PlanHead, headers=("Location",))},
    problems=(404, 409),
)
def copy_plan(city: str, on: date, version: int) -> Response:
    """Copy a plan as a new draft, or return the one that was copied from it already."""
    only_for_the_whole_city()
    record = copy_as_draft(wired().ports, city, on, current_user.name, version)
    where = url_for("api.read_plan", city=g.city.name, on=on, version=record.version)
    return answer(head(record), HTTPStatus.CREATED, Location=where)


@operation(
    *(api, "post", f"{PLAN}/edits", "Edit a draft", Role.DISPATCHER),
    answers=DONE,
    problems=(400, 413, 415, *REFUSED),
    body=EditOrder,
    headers=KEYED,
)
def edit_plan(city: str, on: date, version: int, body: EditOrder) -> Response:
    """Let an edit change a draft; 422 names what forbids it, 412 that others were quicker."""

    def act(draft: OpenDraft, key: str) -> Done:
        edit = edit_of(draft, body.edit)
        refuse_unseen(draft, edit)
        known = draft.record.revision
        return edit_day(wired().ports, draft, current_user.name, edit, known, key)

    return done(city, on, version, act)


@operation(
    *(api, "post", f"{PLAN}/undo", "Take back the caller's last edit", Role.DISPATCHER),
    answers=DONE,
    problems=REFUSED,
    headers=KEYED,
)
def undo_plan_edit(city: str, on: date, version: int) -> Response:
    """Take back what this caller did last; 409 where there is nothing."""
    return done(
        *(city, on, version),
        lambda draft, key: undo_edit(wired().ports, draft, current_user.name, key),
    )


@operation(
    *(api, "post", f"{PLAN}/redo", "Do again what the caller undid last", Role.DISPATCHER),
    answers=DONE,
    problems=REFUSED,
    headers=KEYED,
)
def redo_plan_edit(city: str, on: date, version: int) -> Response:
    """Do again what this caller took back last; 409 where there is nothing."""
    return done(
        *(city, on, version),
        lambda draft, key: redo_edit(wired().ports, draft, current_user.name, key),
    )


@operation(
    *(api, "get", f"{PLAN}/quotes", "Quote every place for a visit", Role.DISPATCHER),
    answers={200: Answer("A price for each gap, or what forbids it.", Quotes)},
    problems=(404,),
    query=QuoteQuery,
)
def quote_visit(city: str, on: date, version: int, query: QuoteQuery) -> Response:
    """Answer what each gap of each crew would cost for a visit, or which rule is in the way."""
    draft = opened(city, on, version)
    if not seen_visits(draft, [query.visit]):
        raise NotFoundError(f"the plan knows no visit {query.visit!r}")
    crews, quoter = seen_crews(draft), open_drafts().quoter((city, on, version), draft)
    found = [quote for quote in quoter.quotes(query.visit) if quote.crew_id in crews]
    told = [quote_told(one) for one in found]
    return answer(Quotes(visit_id=query.visit, revision=draft.record.revision, quotes=told))


def done(city: str, on: date, version: int, act: Callable[[OpenDraft, str], Done]) -> Response:
    """Do something to the draft that was read, once by its key; say what came of it."""
    key = key_of()
    draft = opened(city, on, version)
    again = next((row for row in draft.log if row.key == key), None)
    if again is None:
        refuse_stale(plan_tag(on, version))
    number: int | None = None
    with as_problems(), suppress(AlreadySoError):
        draft, kept = (draft, again) if again else act(draft, key)
        number = kept.number
    open_drafts().put((city, on, version), draft)
    told = Edited(version=version, revision=draft.record.revision, number=number)
    response = answer(told)
    response.set_etag(plan_tag(on, version))
    return response

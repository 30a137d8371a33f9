"""The edit that a program means: some are worked out anew from the draft as it stands."""

from __future__ import annotations

from scheduler.drafts.opened import OpenDraft
from scheduler.editing import edits
from scheduler.editing.obstacles import GoneError
from scheduler.editing.sick import What
from scheduler.errors import ConflictError
from scheduler.gone_service import choices_for
from scheduler.model import Crew
from web.api.entering import only_for_the_whole_city
from web.api.v1.edit_models import Agree, AnyEdit, Regroup, Retake
from web.context import wired


def edit_of(draft: OpenDraft, told: AnyEdit) -> edits.Edit:
    """Return the edit of a draft that was sent.

    Raises
    ------
    GoneError
        Where the choice about a collector who is gone is none any more.
    ConflictError
        Where the version to be taken has other crews.
    """
    match told:
        case Regroup():
            return _regroup(draft, told)
        case Retake():
            return _retake(draft, told.version)
        case Agree():
            return _agreed(draft, told)
        case _:
            return told.edit()


def _regroup(draft: OpenDraft, told: Regroup) -> edits.Edit:
    only_for_the_whole_city()

    def wanted(what: What, crew: Crew | None) -> bool:
        return what is told.what and (crew.id if crew else "") == told.crew_id

    found = choices_for(wired().ports, draft, told.collector_id, wanted)
    if not found:
        raise GoneError(
            f"collector {told.collector_id} has other choices by now: look at them again"
        )
    return found[0].edit


def _agreed(draft: OpenDraft, told: Agree) -> edits.Edit:
    only_for_the_whole_city()  # who works how long is nothing of one agency's dispatcher
    return told.agreement().edit(draft.problem, draft.sheet)


def _retake(draft: OpenDraft, version: int) -> edits.Edit:
    only_for_the_whole_city()
    content = draft.record.content
    other = wired().store.plan(content.city, content.on, version).content
    if {one.id: one for one in other.crews} != {one.id: one for one in draft.sheet.crews}:
        raise ConflictError(f"version {version} has other crews: copy it as a draft instead")
    if other.origin != content.origin:
        raise ConflictError(f"version {version} counts from another instant: copy it as a draft")
    return edits.Retake(other.plan)

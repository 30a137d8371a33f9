"""What of a day the dispatcher of one agency sees, and so may edit: her crews and their visits."""

from __future__ import annotations

from collections.abc import Iterable

from flask import abort

from scheduler.drafts.meanwhile import reach_of_edit
from scheduler.drafts.opened import OpenDraft
from scheduler.editing.edits import Edit
from web.context import wired
from web.dispatch.room import seen_agencies


def seen_crews(opened: OpenDraft) -> frozenset[str]:
    """Return the crews of which she sees every member."""
    crews, agencies = opened.record.content.crews, seen_agencies()
    if agencies is None:
        return frozenset(crew.id for crew in crews)
    content = opened.record.content
    _, _, people = wired().desk.crews(content.city, content.on, agencies)
    return frozenset(crew.id for crew in crews if people.keys() >= set(crew.members))


def seen_visits(opened: OpenDraft, visit_ids: Iterable[str]) -> frozenset[str]:
    """Return those of the visits of which she sees every contract."""
    agencies, asked = seen_agencies(), sorted(set(visit_ids))
    if agencies is None:
        return frozenset(asked)
    cases = {id: cases_of(opened, id) for id in asked}
    every = {case_id for ids in cases.values() for case_id in ids}
    seen = wired().desk.visible_cases(opened.record.content.city, every, agencies)
    return frozenset(id for id, ids in cases.items() if ids and seen.issuperset(ids))


def cases_of(opened: OpenDraft, visit_id: str) -> tuple[str, ...]:
    """Return the contracts that a visit is, or would be, for."""
    if visit := opened.problem.visit_by_id.get(visit_id):
        return visit.case_ids
    if target := opened.record.content.targets.get(visit_id):
        return target.case_ids
    refused = (entry for entry in opened.problem.refused if entry.visit_id == visit_id)
    return tuple(case_id for entry in refused for case_id in entry.case_ids)


def refuse_unseen(opened: OpenDraft, edit: Edit) -> None:
    """Refuse an edit of what she does not see."""
    if seen_agencies() is None:
        return
    reach = reach_of_edit(opened.sheet, edit)
    if not (
        reach.crews <= seen_crews(opened) and reach.visits <= seen_visits(opened, reach.visits)
    ):
        abort(403)

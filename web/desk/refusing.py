"""What forbids an edit, as the desk's scripts are told it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from scheduler.drafts.opened import OpenDraft
from scheduler.editing.edits import Edit, Regroup, Retake
from scheduler.editing.obstacles import Ground, Obstacle
from web.desk.sight import cases_of
from web.language import t
from web.phrases import said


def obstacle_told(one: Obstacle, draft: OpenDraft) -> dict[str, Any]:
    """Return what forbids an edit; a rule of the house with the page that asks a second person."""
    told = {
        "kind": one.kind,
        "id": one.id,
        "text": said(one.text),
        "ground": one.ground.value,
        "is_law": one.is_law,
        "rule": one.rule,
        "late_s": one.late_s,
    }
    if ask := asking_url(one, draft):
        told["ask"] = ask
    return told


def asking_url(one: Obstacle, draft: OpenDraft) -> str:
    """Return where a second person is asked to set a rule of the house aside; '' for all else."""
    if not one.rule or one.ground is not Ground.HOUSE:
        return ""
    content, cases = draft.record.content, cases_of(draft, one.id)
    if not cases:
        return ""
    where: dict[str, Any] = {"city": content.city, "on": content.on}
    return url_for("compliance.asking", **where, case=cases[0], rule=one.rule)


def refused_words(violations: Iterable[Obstacle], draft: OpenDraft) -> Markup:
    """Say what forbids an edit on a page, with the link that asks a second person."""
    link = Markup('<a href="{}">{}</a>')
    told = []
    for one in violations:
        ask = asking_url(one, draft)
        words = escape(said(one.text))
        told.append(words + " " + link.format(ask, t("Ask to set it aside")) if ask else words)
    return Markup("; ").join(dict.fromkeys(told))


def worked_out_elsewhere(edit: Edit) -> Obstacle | None:
    """Return what refuses an edit that only the server works out; None of what hands may send.

    Crews and whole plans of a sender's own would pass over who was offered for whom.
    """
    match edit:
        case Regroup():
            text = t(
                "crews are not regrouped like this: take one of the choices of who is gone, at "
                "…/desk/sick/COLLECTOR"
            )
            return Obstacle("worked_out", edit.collector_id, text, Ground.DAY)
        case Retake():
            text = t(
                "a whole plan is not taken like this: name its version in an edit of the API, "
                "docs/api.md"
            )
            return Obstacle("worked_out", "", text, Ground.DAY)
        case _:
            return None

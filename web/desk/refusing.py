"""What forbids an edit, as the desk's scripts are told it."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from scheduler.editing.edits import Edit, Regroup, Retake
from scheduler.editing.obstacles import Ground, Obstacle
from web.language import t
from web.phrases import said


def obstacle_told(one: Obstacle) -> dict[str, Any]:
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
    if one.rule and one.ground is Ground.HOUSE:
        on = (request.view_args or {}).get("on")
        told["ask"] = url_for(
            "compliance.asking", city=g.city.name, on=on, case=one.id, rule=one.rule
        )
    return told


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

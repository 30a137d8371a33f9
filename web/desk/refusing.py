"""What forbids an edit, as the desk's scripts are told it."""

from __future__ import annotations

from typing import Any

from flask import g, request, url_for

from scheduler.editing.obstacles import Ground, Obstacle
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

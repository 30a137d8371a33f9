"""The edits that do a remedy: what a button of the desk sends, and what a program is told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.editing.agreement import AGREED
from scheduler.remedies import Kind
from web.desk.pressing import AGREE

ALONE = (Kind.INSERT, Kind.GIVE_UP)
"""What a dispatcher does without asking anybody."""


def edits_of(visit: str, remedy: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the edits that make room for a visit and put it there; none where others decide.

    Her hours are hers to change, and one crew more has to be found first.
    """
    kind = remedy["kind"]
    where = {"visit_id": visit, "crew_id": remedy["crew"], "before": remedy["before"],
             "place_id": remedy["place"]}  # fmt: skip
    if kind in AGREED:
        longer = {name: remedy[name] for name in ("edge", "seconds") if remedy.get(name)}
        return [{"kind": AGREE, "what": kind, **where, **longer}]
    if kind not in ALONE:
        return []
    gone = [{"kind": "take_off", "visit_id": one} for one in remedy["given_up"]]
    return [*gone, {"kind": "move", **where}]

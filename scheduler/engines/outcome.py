"""From the draft that a search ends with to its result."""

from __future__ import annotations

from scheduler.draft import Draft
from scheduler.engines.base import Result, Status
from scheduler.left_out import left_out_of
from scheduler.plan import Cost, Plan


def outcome(draft: Draft, began_with: Cost, engine: str) -> Result:
    """Return `draft` as a result, the other visits left out with their reasons."""
    plan = Plan(draft.itineraries(), left_out_of(draft))
    is_better = draft.cost.key < began_with.key
    status = Status.IMPROVED if is_better else Status.STARTED_WITH
    return Result(plan, draft.cost, status, engine, dropped=draft.dropped)

"""Which crews have to hear of a changed plan, which have, and who has to be called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.difference import difference
from scheduler.model import Crew
from scheduler.ports import PlanRecord, Told

CALL_AFTER = timedelta(minutes=10)
"""A crew that has not seen a changed plan by then is called."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A crew whose day another version has changed. `seen_at` None: it has not accepted it yet.

    `known` is the version that it knows, as far as it has told; 0 where it has told of none.
    """

    crew_id: str
    members: tuple[str, ...]
    known: int
    seen_at: datetime | None
    waits: timedelta = timedelta()

    @property
    def is_overdue(self) -> bool:
        """Whether it is time to call."""
        return self.seen_at is None and self.waits >= CALL_AFTER


def heard(
    current: PlanRecord, earlier: Sequence[PlanRecord], told: Told, now: datetime
) -> tuple[Heard, ...]:
    """Return the crews of a published plan whose day differs from what they knew.

    `earlier` are the day's plans that were published before it, the oldest first. Who has told
    anything by the new plan, or accepted it, has seen it. Whose day is as it was need not.
    """
    changed: dict[int, frozenset[str]] = {}

    def is_changed(crew: Crew, before: PlanRecord) -> bool:
        if before.id not in changed:
            changed[before.id] = difference(before.content, current.content).told
        return crew.id in changed[before.id]

    found = (
        _heard(current, earlier, crew, told, now, is_changed) for crew in current.content.crews
    )
    return tuple(one for one in found if one is not None)


def _heard(
    current: PlanRecord,
    earlier: Sequence[PlanRecord],
    crew: Crew,
    told: Told,
    now: datetime,
    is_changed: Callable[[Crew, PlanRecord], bool],
) -> Heard | None:
    marks = [mark for mark in told.marks if set(mark.crew) & set(crew.members)]
    seen = {mark.plan_id for mark in marks}
    known = next((one for one in reversed(earlier) if one.id in seen), None)
    before = known or (earlier[-1] if earlier else None)
    if before is None or not is_changed(crew, before):
        return None
    at = min((mark.at for mark in marks if mark.plan_id == current.id), default=None)
    since = current.published.at if current.published else now
    return Heard(
        crew.id, crew.members, known.version if known else 0, at,
        now - since if at is None else timedelta(),
    )  # fmt: skip

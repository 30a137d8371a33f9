"""A search that tells how far it is, and whose best plan is kept: the next runner goes on from it.

A server may be stopped, or die, in the middle of ten minutes that somebody has waited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from data.jobs import Job
from data.plain import reader, to_plain
from scheduler.engines.base import Progress
from scheduler.planning_again import draft_of
from scheduler.ports import PlanRecord
from scheduler.reached import Reached
from scheduler.service import Ports

KEEP_EVERY_S = 2.0
"""At least, between two best plans that are kept."""

Tell = Callable[..., None]
Keep = Callable[[Mapping[str, Any]], None]


def reached_by(ports: Ports, job: Job) -> Reached:
    """Return what runners before have reached; else the draft from which a search of it begins."""
    if job.reached is None:
        assert job.on is not None, "a search is about a day"
        return Reached.nothing(draft_of(ports, job.city, job.on))
    return _kept(job.reached)


def reached_from(base: PlanRecord, job: Job) -> Reached:
    """Return what runners before have reached of a re-plan of `base`, the published plan.

    Nothing of what was reached of another that was published then: crews drive by this one.
    """
    reached = _kept(job.reached) if job.reached else None
    return reached if reached and reached.base == base.id else Reached.nothing(base)


def _kept(told: Mapping[str, Any]) -> Reached:
    read: Reached = reader(Reached)(told["search"])
    return read


class Telling:
    """Tells of a search by its best plans so far; the best is kept now and then.

    It goes on from what was `reached`, if anything was. Seconds count from its first beginning on,
    but for those in which nobody searched.
    """

    def __init__(self, tell: Tell, keep: Keep, reached: Mapping[str, Any] | None = None) -> None:
        known = reached or {}
        self._tell, self._keep = tell, keep
        self._curve: list[tuple[float, int]] = [*known.get("curve", ())]
        self._began = monotonic() - (self._curve[-1][0] if self._curve else 0.0)
        self._due = monotonic() + KEEP_EVERY_S
        self._from: dict[str, float] = {}

    def begin(self, reached: Reached) -> None:
        """Keep where the search begins; say so where that is in the middle."""
        self._reached = reached
        if reached.days:
            self._from = {"gone_on_from": reached.share}
            self._tell(share=reached.share, **self._from)
        self._put()

    def on_progress(self, now: Progress) -> None:
        """Tell how far the search is."""
        self._curve.append((round(monotonic() - self._began, 2), now.cost))
        self._tell(
            share=now.share,
            visits=now.visits,
            cost=now.cost,
            missed=now.missed_must_visits,
            curve=self._curve,
            **self._from,
        )
        if monotonic() >= self._due and (days := now.days()):
            self._reached = self._reached.further(now.share, days)
            self._put()
            self._due = monotonic() + KEEP_EVERY_S

    def _put(self) -> None:
        self._keep({"search": to_plain(self._reached), "curve": list(self._curve)})

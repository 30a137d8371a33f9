"""What the morning tells of a plan, in few figures: so that two plans can stand side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from statistics import fmean

from scheduler.staffing.foretelling import Foretelling


@dataclass(frozen=True, slots=True)
class InShort:
    """Figures of some visits and crews of a plan; None where there is nothing to tell them of.

    Parameters
    ----------
    visits
        How many are planned.
    on_time, musts_on_time
        The mean chance of theirs, and of the must-visits among them, to begin on time: 0 to 1.
    low
        How many are on time in fewer than four of five days.
    home_most_s
        When the latest crew is home in nine of ten days, in seconds of the problem's clock.
    overtime
        How many crews work overtime, on average.
    """

    visits: int
    on_time: float | None
    musts: int
    musts_on_time: float | None
    low: int
    home_most_s: int | None
    overtime: float


def in_short(found: Foretelling, visits: Collection[str], crews: Collection[str]) -> InShort:
    """Return the figures of those `visits` and `crews` of a plan that somebody sees."""
    shares = {id: share for id, share in found.told.on_time.items() if id in visits}
    musts = [share for id, share in shares.items() if id in found.musts]
    days = [day for id, day in found.told.crews.items() if id in crews]
    return InShort(
        visits=len(shares),
        on_time=fmean(shares.values()) if shares else None,
        musts=len(musts),
        musts_on_time=fmean(musts) if musts else None,
        low=sum(found.is_low(id) for id in shares),
        home_most_s=max((day.home_p90_s for day in days), default=None),
        overtime=sum(day.p_overtime for day in days),
    )

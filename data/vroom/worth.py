"""What jobs are worth, in seconds of travel, so that one sum keeps VROOM's order of aims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from routing.travel import UNREACHABLE, TravelMatrix
from scheduler.problem import CrewShift


@dataclass(frozen=True, slots=True)
class Wish:
    """How much a job is wanted: `priority` 0 … 100 before all travel, `prize` against it.

    A job without a prize is wanted before all travel, too: after the priorities.
    """

    priority: int = 0
    prize: int | None = None


def worths(wishes: Sequence[Wish], most_travel_s: int) -> list[int]:
    """Return the worth of each job, `most_travel_s` being what no plan's travel exceeds.

    First the priorities of the jobs that are made count, then how many without a prize are made,
    then prizes and travel. Each rank outweighs all below it together.
    """
    ranks = [wish.priority * (len(wishes) + 1) + (wish.prize is None) for wish in wishes]
    step = gcd(*ranks) or 1
    outweighs_s = most_travel_s + sum(wish.prize or 0 for wish in wishes) + 1
    return [
        rank // step * outweighs_s + (wish.prize or 0)
        for rank, wish in zip(ranks, wishes, strict=True)
    ]


def most_travel_s(jobs: int, crews: Sequence[CrewShift], travel: TravelMatrix) -> int:
    """Return what no plan's travel exceeds: by its longest legs, and by the time that there is."""
    longest_s = travel.seconds.max(initial=0, where=travel.seconds < UNREACHABLE)
    by_legs = (jobs + len(crews)) * int(longest_s)
    return min(by_legs, sum(crew.latest_end_s - crew.start_s for crew in crews))

"""Two crews that make one visit together: each drives its own day until they meet."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from scheduler.drive import NEVER
from scheduler.staffing.crew_day import Answered, Asked, CrewDay, Steps


def drive_together(days: Iterable[CrewDay], patience_s: int) -> None:
    """Drive all crews to the end, each as far as it gets before it has to meet another one.

    Who meets nobody, because no other crew is planned there, is told so.
    """
    running = [(steps, _begun(steps)) for steps in (day.steps() for day in days)]
    waiting = {id(steps): (steps, asked) for steps, asked in running if asked is not None}
    while waiting:
        couple = _couple(list(waiting.values()))
        answers = answers_for([asked for _, asked in couple], patience_s)
        for (steps, _), answer in zip(couple, answers, strict=True):
            asked = _sent(steps, answer)
            del waiting[id(steps)]
            if asked is not None:
                waiting[id(steps)] = steps, asked


Waiting = tuple[Steps, Asked]


def _couple(waiting: list[Waiting]) -> list[Waiting]:
    """Return two that wait for each other; where there are none, one that waits in vain."""
    by_visit: dict[str, Waiting] = {}
    for one in waiting:
        visit_id = one[1].planned.visit.id
        if visit_id in by_visit:
            return [by_visit[visit_id], one]
        by_visit[visit_id] = one
    return waiting[:1]


def answers_for(asked: list[Asked], patience_s: int) -> list[Answered]:
    """Tell each crew when the visit begins, if the other one comes in time.

    They begin when both are there, and not before the second that was planned. A crew whose mate
    does not go, or would need two to be enough and is one too few, hears of it before it leaves.
    Where the mate is only late, the earlier one waits for `patience_s`, and then goes on.
    """
    if len(asked) == 1:
        nobody = np.zeros(len(asked[0].going), bool)
        return [Answered(nobody, nobody, nobody, asked[0].arrival_s)]
    one, other = asked
    visit, planned_s = one.planned.visit, one.planned.stop.start_s
    both = one.going & other.going & (one.people + other.people >= visit.crew_size)
    latest_s = np.maximum(np.maximum(one.arrival_s, other.arrival_s), planned_s)
    first_s = np.maximum(np.minimum(one.arrival_s, other.arrival_s), planned_s)
    start_s = one.planned.start_s(latest_s)
    in_time = (latest_s <= first_s + patience_s) & (start_s < NEVER)
    told = []
    for mine, hers in ((one, other), (other, one)):
        is_first = mine.arrival_s <= hers.arrival_s
        left_s = np.where(in_time, start_s, first_s + patience_s)
        in_vain = both & ~in_time & is_first
        told.append(Answered(both & in_time, hers.is_halted, in_vain, left_s))
    return told


def _begun(steps: Steps) -> Asked | None:
    return next(steps, None)


def _sent(steps: Steps, answer: Answered) -> Asked | None:
    try:
        return steps.send(answer)
    except StopIteration:
        return None

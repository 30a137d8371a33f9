"""From the result of a visit to what follows of it: pure, so that it can be shown beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from scheduler.agreements import Agreement, Details, NextAction
from scheduler.follow_ups import Task
from scheduler.following.policy import Line, Step, StepKind
from scheduler.lifecycle import ASKED, Code, Detail
from scheduler.model import StopFlag, Window
from scheduler.ports import Outcome
from scheduler.restraints import PauseKind

NO_DETAILS = Details()
TASK_OF = {
    NextAction.CALL: Task.CALL,
    NextAction.DESK: Task.DECIDE_NEXT,
    NextAction.LEGAL: Task.REVIEW_LEGAL,
}
"""What the desk is asked for by what a collector thinks should come next."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows from an outcome; each kind of step fills what it needs.

    `due` is the day of a promise, of a task, of the next try, or the last day of a pause or of a
    stop that lapses.
    """

    kind: StepKind
    due: date | None = None
    amount: Decimal | None = None
    method: str = ""
    grace_days: int = 0
    size: int = 1
    flag: StopFlag | None = None
    why: PauseKind | None = None
    task: Task | None = None
    window: Window | None = None
    agreement: Agreement | None = None


def follow(told: Outcome, line: Line, on: date) -> tuple[Consequence, ...]:
    """Return what follows from a visit of the local day `on`, each thing once.

    What a code needs and nobody told (the sum of a promise, the hours of an appointment) becomes
    a task of the desk.
    """
    found = [one for step in line.steps for one in _of_step(told, step, on)]
    found += _of_details(told.details or NO_DETAILS, on)
    if any(one.kind is StepKind.APPOINTMENT for one in found):
        # She is seen when she said so, however soon that is.
        found = [one for one in found if one.kind is not StepKind.VISIT_AGAIN]
    return tuple(_once(found))


def _of_step(told: Outcome, step: Step, on: date) -> Iterator[Consequence]:
    later = on + timedelta(days=step.days)
    match step.kind:
        case StepKind.PROMISE:
            yield _promise(told, step, on)
        case StepKind.AGREEMENT:
            yield _agreement(told, step, on)
        case StepKind.APPOINTMENT:
            yield from _appointment(told, on)
        case StepKind.VISIT_AGAIN:
            yield Consequence(step.kind, due=later, task=Task.VISIT_AGAIN)
        case StepKind.CREW:
            yield Consequence(step.kind, size=step.size)
        case StepKind.PAUSE:
            yield Consequence(step.kind, due=later, why=step.why)
        case StepKind.STOP_CASE | StepKind.STOP_PERSON:
            yield Consequence(step.kind, due=later if step.days else None, flag=step.flag)
        case StepKind.FOLLOW_UP:
            yield Consequence(step.kind, due=later, task=step.task)
        case StepKind.INVALID_PLACE | StepKind.DOUBT_PLACE:
            yield Consequence(step.kind)


def _promise(told: Outcome, step: Step, on: date) -> Consequence:
    if told.amount is None or told.due is None:
        return _incomplete(on)
    grace_days = _grace(told, step)
    return Consequence(step.kind, told.due, told.amount, method=told.method, grace_days=grace_days)


def _agreement(told: Outcome, step: Step, on: date) -> Consequence:
    agreement = told.details.agreement if told.details else None
    if agreement is None:
        return _incomplete(on)
    grace_days = _grace(told, step)
    return Consequence(
        step.kind, amount=agreement.total, method=told.method, grace_days=grace_days,
        agreement=agreement,
    )  # fmt: skip


def _grace(told: Outcome, step: Step) -> int:
    own = told.details.grace_days if told.details else None
    return step.days if own is None else own


def _appointment(told: Outcome, on: date) -> Iterator[Consequence]:
    if told.suits is not None:
        yield Consequence(StepKind.APPOINTMENT, window=told.suits)
    elif Detail.NEXT_TIME in ASKED.get(Code(told.code), ()):
        yield _incomplete(on)


def _incomplete(on: date) -> Consequence:
    due = on + timedelta(days=1)
    return Consequence(StepKind.FOLLOW_UP, due=due, task=Task.COMPLETE_RESULT)


def _of_details(details: Details, on: date) -> Iterator[Consequence]:
    tasks = [Task.REVIEW_HARDSHIP] if details.hardship else []
    if details.next_action in TASK_OF:
        tasks.append(TASK_OF[details.next_action])
    for task in tasks:
        yield Consequence(StepKind.FOLLOW_UP, due=on + timedelta(days=1), task=task)


def _once(found: Iterable[Consequence]) -> Iterator[Consequence]:
    """Yield each once; of a task that is asked for twice, the first."""
    seen: set[object] = set()
    for one in found:
        key = one.task if one.task is not None else one
        if key not in seen:
            seen.add(key)
            yield one

"""The steps that follow from an outcome, each as it changes the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import update

from data import tables
from data.plain import to_plain
from data.store.agreements import open_agreement
from data.store.events import Transaction
from data.store.follow_ups import open_task
from data.store.held import Touched
from data.store.places import put_validity, write_places
from data.store.promises import open_promise
from data.store.restraints import put
from data.store.rows import Row
from scheduler.follow_ups import FollowUp
from scheduler.following import Consequence, StepKind
from scheduler.model import Borrower, Case, Place
from scheduler.ports import Outcome
from scheduler.promises import Promise, shares
from scheduler.restraints import Pause

case, borrower = tables.loan_case.c, tables.borrower.c

NO_CONFIDENCE = 0.0


@dataclass(frozen=True)
class Scope:
    """What an outcome is about: the contracts of the visit, and all that are open of hers.

    `agency` is that of the place; what is about a contract carries the contract's own.
    """

    city: str
    agency: str
    on: date
    outcome: Outcome
    borrower: Borrower
    place: Place
    cases: tuple[Case, ...]
    all_cases: tuple[Case, ...]

    @property
    def whose(self) -> Row:
        return {"city": self.city, "agency": self.agency}

    def of(self, one: Case) -> Row:
        return {"city": self.city, "agency": one.agency}


Applied = Iterator[Touched]


def promise(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Open a promise, its sum parted among the contracts of the visit."""
    assert step.amount is not None
    assert step.due is not None
    for one, part in shares(step.amount, scope.cases):
        told = Promise(
            id=0,
            borrower_id=one.borrower_id,
            case_id=one.id,
            amount=part,
            due=step.due,
            given_at=scope.outcome.at,
            source=scope.outcome.key,
            method=step.method,
            grace_days=step.grace_days,
        )
        open_promise(tx, scope.of(one), told)
        yield Touched(one.id)


def agreement(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Keep an agreement on the first contract of the visit; its instalments are promises."""
    for one in scope.cases[:1]:
        open_agreement(tx, scope.of(one), one, scope.outcome, step, scope.on)
        yield Touched(one.id)


def appointment(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Let the hours that she told be her appointment."""
    window = step.window
    assert window is not None
    for one in scope.cases:
        values = {"appointment_start": window.start, "appointment_end": window.end}
        _write_case(tx, scope, one, values)
        before = {"appointment": to_plain(one.appointment)}
        after = {"appointment": to_plain(window)}
        tx.note("appointment.made", one.id, **scope.of(one), before=before, after=after)
        yield Touched(one.id, before=before)


def follow_up(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Open a task about the contract of the visit, or the person where there are several."""
    assert step.task is not None
    assert step.due is not None
    about = scope.cases[0].id if len(scope.cases) == 1 else ""
    outcome = scope.outcome
    told = FollowUp(0, outcome.borrower_id, about, step.task, step.due, outcome.key)
    open_task(tx, scope.whose, told)
    yield Touched(about)


def stop_case(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Stop the contracts of the visit."""
    flag = step.flag
    assert flag is not None
    for one in scope.cases:
        if flag not in one.stops:
            _write_case(tx, scope, one, {"stops": one.stops | {flag}})
            tx.note("case.stopped", one.id, **scope.of(one), after={"flag": flag})
        yield Touched(one.id, before={"had": flag in one.stops}, flag=flag)


def stop_person(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Stop all that concerns her, whoever works on it."""
    hers, flag = scope.borrower, step.flag
    assert flag is not None
    if flag not in hers.stops:
        its_row = (borrower.city == scope.city, borrower.id == hers.id)
        stops = {"stops": hers.stops | {flag}}
        tx.connection.execute(update(tables.borrower).where(*its_row).values(**stops))
        tx.note("borrower.stopped", hers.id, **scope.whose, after={"flag": flag})
    yield Touched(before={"had": flag in hers.stops}, flag=flag)


def crew(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Let so many collectors go together to her, on every contract of hers."""
    for one in scope.all_cases:
        if one.crew_size < step.size:
            _write_case(tx, scope, one, {"crew_size": step.size})
            sizes = {"crew_size": one.crew_size}, {"crew_size": step.size}
            tx.note("case.crew_size", one.id, **scope.of(one), before=sizes[0], after=sizes[1])
        yield Touched(one.id, before={"crew_size": one.crew_size})


def pause(tx: Transaction, scope: Scope, step: Consequence) -> Applied:
    """Let nobody visit her for a while, from the day after."""
    assert step.why is not None
    assert step.due is not None
    first = scope.on + timedelta(days=1)
    if step.due < first:
        return  # the policy asks for no day
    new = Pause(0, scope.borrower.id, step.why, first, step.due, scope.outcome.key)
    yield Touched(before={"pause": put(tx, scope.city, new, scope.agency).id})


def invalid_place(tx: Transaction, scope: Scope, step: Consequence) -> Applied:  # noqa: ARG001
    """Say that the place is not hers: nobody goes there any more."""
    put_validity(
        tx, scope.city, scope.place.id, is_valid=False, reason=f"outcome {scope.outcome.code}"
    )
    was = scope.place
    yield Touched(place_id=was.id, before={"is_valid": was.is_valid, "address": was.address})


def doubt_place(tx: Transaction, scope: Scope, step: Consequence) -> Applied:  # noqa: ARG001
    """Let the position wait for a person: it was not found where it should be."""
    was = scope.place
    write_places(tx, scope.city, [{"its_id": was.id, "confidence": NO_CONFIDENCE}])
    before, after = {"confidence": was.confidence}, {"confidence": NO_CONFIDENCE}
    tx.note("place.doubted", was.id, **scope.whose, before=before, after=after)
    yield Touched(place_id=was.id, before=before)


def _write_case(tx: Transaction, scope: Scope, one: Case, values: Row) -> None:
    its_row = (case.city == scope.city, case.id == one.id)
    tx.connection.execute(update(tables.loan_case).where(*its_row).values(**values))


APPLY: Mapping[StepKind, Callable[[Transaction, Scope, Consequence], Applied]] = {
    StepKind.PROMISE: promise,
    StepKind.AGREEMENT: agreement,
    StepKind.APPOINTMENT: appointment,
    StepKind.VISIT_AGAIN: follow_up,
    StepKind.FOLLOW_UP: follow_up,
    StepKind.STOP_CASE: stop_case,
    StepKind.STOP_PERSON: stop_person,
    StepKind.CREW: crew,
    StepKind.PAUSE: pause,
    StepKind.INVALID_PLACE: invalid_place,
    StepKind.DOUBT_PLACE: doubt_place,
}

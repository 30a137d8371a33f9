"""What the people of a made-up town say on the telephone and at the door, and what they pay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Any, TypeVar

from scheduler.agreements import Agreement, Attitude, Details, Hardship, Instalment
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.lifecycle import Code
from scheduler.model import Case, Window
from scheduler.payments import Payment

T = TypeVar("T")


class Word(StrEnum):
    """How somebody keeps her word."""

    KEPT = "kept"
    HALF = "half"
    BROKEN = "broken"


CALLS = {
    ContactResult.NO_ANSWER: 7, ContactResult.ANSWERED: 8, ContactResult.PROMISED: 3,
    ContactResult.HUNG_UP: 1, ContactResult.BUSY: 1,
}  # fmt: skip
MESSAGES = {ContactResult.DELIVERED: 39, ContactResult.NOT_DELIVERED: 1}
DOORS = {
    Code.NOT_HOME: 11, Code.HOUSEHOLD_ONLY: 5, Code.NO_ANSWER_LIKELY_HOME: 2, Code.GUARD_REFUSED: 1,
    Code.PTP: 9, Code.PAID_PART: 3, Code.PAID_FULL: 1, Code.REFUSED: 3, Code.CALLBACK_TIME: 1,
    Code.HARDSHIP: 1, Code.AGREEMENT: 1, Code.DISPUTE: 1, Code.COMPLAINT: 1,
}  # fmt: skip
WORDS = {Word.KEPT: 6, Word.HALF: 1, Word.BROKEN: 3}
"""Each as often in a deck: however few there are, there is one of the rare ones soon."""

UNREACHED = frozenset({ContactResult.NO_ANSWER, ContactResult.BUSY})
METHOD = "bank transfer"
INSTALMENTS, INSTALMENT_DAYS = 3, 30
CALLBACK_DAYS = 5


@dataclass
class Answers:
    """Deals what comes of contacts and visits; `owed` are the payments that will come of it."""

    rng: Random
    owed: list[Payment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._calls = dealt(self.rng, CALLS)
        self._messages = dealt(self.rng, MESSAGES)
        self._doors = dealt(self.rng, DOORS)
        self._words = dealt(self.rng, WORDS)

    def message(self, case: Case, at: datetime) -> Contact:
        """Return a text message to the borrower of a case."""
        return _contact(case, Channel.SMS, Party.BORROWER, next(self._messages), at)

    def call(self, case: Case, at: datetime) -> Contact:
        """Return a call to her, which she answers or not."""
        result = next(self._calls)
        party = Party.NOBODY if result in UNREACHED else Party.BORROWER
        if result is not ContactResult.PROMISED:
            return _contact(case, Channel.CALL, party, result, at)
        amount, due = self._promise(case, at)
        return _contact(
            case, Channel.CALL, party, result, at, amount=amount, due=due, method=METHOD
        )

    def door(self, case: Case, at: datetime) -> tuple[Code, dict[str, Any]]:
        """Return what came of a visit, and what its result asks for."""
        code = next(self._doors)
        if code is Code.PTP:
            amount, due = self._promise(case, at)
            return code, {"amount": amount, "due": due, "method": METHOD}
        if code in (Code.PAID_PART, Code.PAID_FULL):
            amount = case.overdue if code is Code.PAID_FULL else part(case, self.rng)
            self._pays(case, amount, at + timedelta(hours=20))
            return code, {"amount": amount, "method": METHOD}
        if code is Code.CALLBACK_TIME:
            begin = datetime.combine(at.date() + timedelta(days=CALLBACK_DAYS), time(17), at.tzinfo)
            return code, {"suits": Window(begin, begin + timedelta(hours=3))}
        if code is Code.AGREEMENT:
            return code, {"details": Details(agreement=self._agreement(case, at))}
        if code is Code.HARDSHIP:
            told = Details(attitude=Attitude.COOPERATIVE, hardship=self.rng.choice(list(Hardship)))
            return code, {"details": told}
        return code, {}

    def _promise(self, case: Case, at: datetime) -> tuple[Decimal, date]:
        amount, due = part(case, self.rng), at.date() + timedelta(days=self.rng.randrange(2, 9))
        self._keeps_word(case, amount, at, due)
        return amount, due

    def _agreement(self, case: Case, at: datetime) -> Agreement:
        """Return an agreement on all that is overdue; the first instalment is paid, or is not."""
        each = (case.overdue / INSTALMENTS).quantize(Decimal("0.01"))
        sums = [each] * (INSTALMENTS - 1)
        first = at.date() + timedelta(days=3)
        instalments = [
            Instalment(first + timedelta(days=INSTALMENT_DAYS * number), amount)
            for number, amount in enumerate((*sums, case.overdue - sum(sums)))
        ]
        self._keeps_word(case, each, at, first)
        return Agreement(case.overdue, tuple(instalments))

    def _keeps_word(self, case: Case, amount: Decimal, at: datetime, due: date) -> None:
        word = next(self._words)
        if word is not Word.BROKEN:
            paid = amount if word is Word.KEPT else (amount / 2).quantize(Decimal("0.01"))
            morning = time(9, self.rng.randrange(60))
            self._pays(case, paid, datetime.combine(due, morning, at.tzinfo))

    def _pays(self, case: Case, amount: Decimal, at: datetime) -> None:
        key = f"demo paid {case.id} {at:%m-%d %H:%M}"
        self.owed.append(Payment(key, case.id, amount, at, METHOD))


def dealt(rng: Random, deck: Mapping[T, int]) -> Iterator[T]:
    """Deal cards without end: the deck is shuffled anew whenever it is used up."""
    while True:
        yield from rng.sample(list(deck), sum(deck.values()), counts=list(deck.values()))


def part(case: Case, rng: Random) -> Decimal:
    """Return a third to a tenth of what is overdue, in whole tens; at least ten."""
    return max(Decimal(10), (case.overdue / rng.randrange(3, 11)).quantize(Decimal(1)) // 10 * 10)


def _contact(
    case: Case, channel: Channel, party: Party, result: ContactResult, at: datetime, **told: Any
) -> Contact:
    key = f"demo {channel} {case.borrower_id} {at:%m-%d}"
    who = case.borrower_id
    return Contact(key, who, channel, Direction.OUT, party, result, at, case_id=case.id, **told)


def longest_overdue(cases: Sequence[Case]) -> dict[str, Case]:
    """Return of each borrower the case that is overdue the longest, by her id."""
    ranked = sorted(cases, key=lambda case: (case.days_past_due, case.id))
    return {case.borrower_id: case for case in ranked}

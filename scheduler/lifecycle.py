"""What may come of a visit: one list of result codes, and what a collector says with each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Code(StrEnum):
    """A result of a visit, as the trade tells them apart."""

    PAID_FULL = "PAID_FULL"
    PAID_PART = "PAID_PART"
    PTP = "PTP"  # promise to pay
    AGREEMENT = "AGREEMENT"
    HARDSHIP = "HARDSHIP"
    DISPUTE = "DISPUTE"
    REFUSED = "REFUSED"
    CALLBACK_TIME = "CALLBACK_TIME"
    NOT_HOME = "NOT_HOME"
    HOUSEHOLD_ONLY = "HOUSEHOLD_ONLY"
    NO_ANSWER_LIKELY_HOME = "NO_ANSWER_LIKELY_HOME"
    GUARD_REFUSED = "GUARD_REFUSED"
    MOVED = "MOVED"
    INVALID = "INVALID"
    DEMOLISHED = "DEMOLISHED"
    NOT_FOUND = "NOT_FOUND"
    UNSAFE = "UNSAFE"
    DECEASED = "DECEASED"
    HOSPITAL = "HOSPITAL"
    DETAINED = "DETAINED"
    INCAPACITATED = "INCAPACITATED"
    MINOR_ONLY = "MINOR_ONLY"
    REPRESENTED = "REPRESENTED"
    HOSTILE = "HOSTILE"
    POLICE_CALLED = "POLICE_CALLED"
    ABORTED_SAFETY = "ABORTED_SAFETY"
    ABORTED_RULE = "ABORTED_RULE"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    COMPLAINT = "COMPLAINT"
    VEHICLE_SEEN = "VEHICLE_SEEN"
    VEHICLE_NOT_SEEN = "VEHICLE_NOT_SEEN"
    COLLATERAL_SURRENDERED = "COLLATERAL_SURRENDERED"
    NOT_REACHED = "NOT_REACHED"
    CANCELLED_PAID = "CANCELLED_PAID"


class Answer(StrEnum):
    """What a collector presses first: six main answers, and the way to all others."""

    PAID = "paid"
    PROMISED = "promised"
    MET = "met"
    NOT_HOME = "not_home"
    WRONG_ADDRESS = "wrong_address"
    PROBLEM = "problem"
    MORE = "more"


class Detail(StrEnum):
    """What else is said with a result."""

    AMOUNT = "amount"
    DUE = "due"  # the day of a promise, and how it is to be paid
    NEXT_TIME = "next_time"


CODES: Mapping[Answer, tuple[Code, ...]] = MappingProxyType(
    {
        Answer.PAID: (Code.PAID_FULL, Code.PAID_PART),
        Answer.PROMISED: (Code.PTP,),
        Answer.MET: (Code.REFUSED, Code.HARDSHIP, Code.DISPUTE, Code.CALLBACK_TIME),
        Answer.NOT_HOME: (Code.NOT_HOME,),
        Answer.WRONG_ADDRESS: (Code.MOVED, Code.INVALID, Code.NOT_FOUND, Code.DEMOLISHED),
        Answer.PROBLEM: (Code.UNSAFE, Code.HOSTILE, Code.POLICE_CALLED, Code.ABORTED_SAFETY),
        Answer.MORE: (
            *(Code.AGREEMENT, Code.HOUSEHOLD_ONLY, Code.NO_ANSWER_LIKELY_HOME),
            *(Code.GUARD_REFUSED, Code.NOT_REACHED, Code.CANCELLED_PAID, Code.ABORTED_RULE),
            *(Code.CONSENT_WITHDRAWN, Code.COMPLAINT, Code.REPRESENTED, Code.DECEASED),
            *(Code.HOSPITAL, Code.DETAINED, Code.INCAPACITATED, Code.MINOR_ONLY),
            *(Code.VEHICLE_SEEN, Code.VEHICLE_NOT_SEEN, Code.COLLATERAL_SURRENDERED),
        ),
    }
)
"""Every code stands under one answer."""

MET = frozenset(
    {
        *(Code.PAID_FULL, Code.PAID_PART, Code.PTP, Code.AGREEMENT, Code.HARDSHIP, Code.DISPUTE),
        *(Code.REFUSED, Code.CALLBACK_TIME, Code.REPRESENTED, Code.INCAPACITATED, Code.HOSTILE),
        *(Code.CONSENT_WITHDRAWN, Code.COMPLAINT, Code.COLLATERAL_SURRENDERED),
    }
)
"""Results that tell of meeting the borrower; where a cap counts those alone, in doubt it counts."""

NOT_MADE = frozenset({Code.NOT_REACHED, Code.CANCELLED_PAID, Code.ABORTED_RULE})
"""Results of visits that were not made: they count towards no cap."""

COLLATERAL = frozenset({Code.VEHICLE_SEEN, Code.VEHICLE_NOT_SEEN, Code.COLLATERAL_SURRENDERED})
"""Results about what secures a contract."""

WITHOUT_ARRIVAL = NOT_MADE | {Code.NOT_FOUND, Code.DEMOLISHED, Code.UNSAFE}
"""Results that can be told by somebody who never stood at the door."""

ASKED: Mapping[Code, frozenset[Detail]] = MappingProxyType(
    {
        Code.PAID_FULL: frozenset({Detail.AMOUNT}),
        Code.PAID_PART: frozenset({Detail.AMOUNT}),
        Code.PTP: frozenset({Detail.AMOUNT, Detail.DUE}),
        Code.CALLBACK_TIME: frozenset({Detail.NEXT_TIME}),
    }
)
"""Details without which a result is not complete."""


def lacking(code: Code, told: Collection[Detail]) -> list[Detail]:
    """Return what a result is not complete without, and was not told."""
    return [one for one in Detail if one in ASKED.get(code, ()) and one not in told]


WELCOME: Mapping[Code, frozenset[Detail]] = MappingProxyType(
    {Code.NOT_HOME: frozenset({Detail.NEXT_TIME})}
)
"""Details that may be added."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The codes of an answer that can be told as things stand."""

    answer: Answer
    codes: tuple[Code, ...]


def choices(*, has_arrived: bool, may_be_secured: bool = True) -> list[Choice]:
    """Return all answers in their order; some have no code before the collector has arrived."""
    open_codes = offered(may_be_secured=may_be_secured)
    if not has_arrived:
        open_codes = tuple(code for code in open_codes if code in WITHOUT_ARRIVAL)
    return [
        Choice(answer, tuple(code for code in codes if code in open_codes))
        for answer, codes in CODES.items()
    ]


def offered(*, may_be_secured: bool) -> tuple[Code, ...]:
    """Return the codes of a visit: those about collateral only where there may be some."""
    return tuple(code for code in Code if may_be_secured or code not in COLLATERAL)


def answer_of(code: str) -> Answer | None:
    """Return the answer that a code stands under, None for a code of another list."""
    return next((answer for answer, codes in CODES.items() if code in codes), None)

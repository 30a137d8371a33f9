"""Contacts with a borrower that are no visits: calls, messages, letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from scheduler.model import Window

REMEMBERED = timedelta(days=62)
"""How far back a day's snapshot tells of contacts; no rule may look further."""


class Channel(StrEnum):
    """How somebody was contacted. `CHAT` is a messenger such as WeChat or WhatsApp."""

    CALL = "call"
    SMS = "sms"
    CHAT = "chat"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"  # told by a lender's own log; our own visits are outcomes


class Direction(StrEnum):
    """Who contacted whom."""

    OUT = "out"  # us, or the lender
    IN = "in"  # the borrower


class Party(StrEnum):
    """Who was reached."""

    BORROWER = "borrower"
    HOUSEHOLD = "household"
    GUARANTOR = "guarantor"
    EMPLOYER = "employer"
    THIRD = "third"  # any other third person
    NOBODY = "nobody"


class ContactResult(StrEnum):
    """What came of a contact."""

    ANSWERED = "answered"  # talked; or the message was answered
    DELIVERED = "delivered"  # a message or letter arrived
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    HUNG_UP = "hung_up"
    WRONG_NUMBER = "wrong_number"
    NOT_DELIVERED = "not_delivered"
    PROMISED = "promised"
    APPOINTMENT = "appointment"
    REFUSED = "refused"
    OPT_OUT = "opt_out"  # she wants no more contact by this channel
    NOT_TRIED = "not_tried"  # the lender's file says that nobody has contacted her


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact, or one try. `key` is the sender's own, so that sending it twice keeps it once.

    `case_id` is '' where it is about the person. `contacted` names which of several third
    persons or numbers was tried, as the sender numbers them, never by name or number itself.
    `appointment` is when she agreed to be visited; `amount` and `due` are what she promised to pay
    and by when, `grace_days` and `method` as in `Promise`. `corrects` is the key of the contact
    that was told wrongly: this one takes its place.
    """

    key: str
    borrower_id: str
    channel: Channel
    direction: Direction
    party: Party
    result: ContactResult
    at: datetime
    by: str = ""
    case_id: str = ""
    contacted: str = ""
    recording: str = ""  # a reference, never the recording
    note: str = ""
    appointment: Window | None = None
    amount: Decimal | None = None
    due: date | None = None
    grace_days: int | None = None
    method: str = ""
    corrects: str = ""

    @property
    def is_attempt(self) -> bool:
        """Whether it is ours: what the caps on attempts count."""
        return self.direction is Direction.OUT and self.result is not ContactResult.NOT_TRIED

    @property
    def reached_her(self) -> bool:
        """Whether the borrower herself heard of it, or a message reached her."""
        return self.party is Party.BORROWER and self.result not in NOT_REACHED


NOT_REACHED = frozenset(
    {
        *(ContactResult.NO_ANSWER, ContactResult.BUSY),
        *(ContactResult.WRONG_NUMBER, ContactResult.NOT_DELIVERED, ContactResult.NOT_TRIED),
    }
)
"""Results of contacts that reached nobody."""

FARTHEST_APPOINTMENT = timedelta(days=366)


def appointment_fault(at: datetime, agreed: Window) -> str:
    """Say what is wrong with a visit that was agreed in a contact, '' where nothing is."""
    if agreed.end <= at:
        return "ends before the contact in which it was agreed; write the day and hours to come"
    if agreed.start > at + FARTHEST_APPOINTMENT:
        return "lies more than a year after the contact; look whether its year is true"
    return ""


def promise_fault(told: Contact, on: date) -> tuple[str, str] | None:
    """Return what is wrong with the promise of a contact of the local day `on`: field and words."""
    if told.amount is None and told.due is None:
        if told.grace_days is None and not told.method:
            return None
        return "amount", "is missing: grace and method are those of a promised sum"
    if told.result is not ContactResult.PROMISED:
        return "result", "is not promised: a sum and its day are those of a promise"
    if told.amount is None or told.due is None:
        missing = "amount" if told.amount is None else "due"
        return missing, "is missing: a promise is a sum and its day"
    if told.amount <= 0:
        return "amount", "is not more than 0"
    return ("due", "lies before the contact") if told.due < on else None

"""What a collector brings back from a visit besides its code: details, assessment, agreement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scheduler.contacts import Party
from scheduler.field.recording import Recording

DIGEST_CHARACTERS = 64
NOTHING = Decimal(0)
MOST = Decimal(10) ** 12
"""No sum of a debt is as much."""


class Attitude(StrEnum):
    """How she met the crew."""

    COOPERATIVE = "cooperative"
    NEUTRAL = "neutral"
    EVASIVE = "evasive"
    UPSET = "upset"
    HOSTILE = "hostile"


class Hardship(StrEnum):
    """Why she cannot pay, as she tells it."""

    JOB_LOST = "job_lost"
    LESS_INCOME = "less_income"
    ILLNESS = "illness"
    FAMILY = "family"
    BUSINESS = "business"
    DISASTER = "disaster"
    OTHER = "other"


class Degree(StrEnum):
    """How able or how willing somebody is to pay: two things that are judged apart."""

    NONE = "none"
    LITTLE = "little"
    PARTLY = "partly"
    FULLY = "fully"


class NextAction(StrEnum):
    """What whoever was there thinks should come next."""

    CALL = "call"
    VISIT = "visit"
    DESK = "desk"
    LEGAL = "legal"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was seen on the spot; ability and willingness apart."""

    observations: str = ""
    ability: Degree | None = None
    willingness: Degree | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document that is kept elsewhere: where, and the SHA-256 of it in hexadecimal digits."""

    reference: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """What the lender lets go, and who allowed it: never who wrote the agreement."""

    amount: Decimal
    approved_by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of an agreement."""

    due: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Agreement:
    """A written agreement to pay `total` in instalments."""

    total: Decimal
    instalments: tuple[Instalment, ...]
    waiver: Waiver | None = None
    signature: Evidence | None = None
    photo: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What may be told with any result; nothing of it is needed."""

    attitude: Attitude | None = None
    met: Party | None = None
    hardship: Hardship | None = None
    next_action: NextAction | None = None
    grace_days: int | None = None
    assessment: Assessment | None = None
    agreement: Agreement | None = None
    recording: Recording | None = None


def faults(agreement: Agreement, signed: date, recorded_by: str) -> list[str]:
    """Say all that is wrong with an agreement of the day `signed`, in words."""
    waived = agreement.waiver.amount if agreement.waiver else NOTHING
    sums = (agreement.total, waived, *(one.amount for one in agreement.instalments))
    if not all(map(is_sum, sums)):
        return [f"sums have at most two decimals and are less than {MOST:,}"]
    found = [*_instalment_faults(agreement, signed), *_waiver_faults(agreement, recorded_by)]
    for name, evidence in (("signature", agreement.signature), ("photo", agreement.photo)):
        if evidence is not None and not is_digest(evidence.sha256):
            found.append(f"the {name}'s sha256 is not {DIGEST_CHARACTERS} hexadecimal digits")
    return found


def _instalment_faults(agreement: Agreement, signed: date) -> list[str]:
    if not agreement.instalments:
        return ["an agreement needs at least one instalment"]
    found = []
    told = sum((one.amount for one in agreement.instalments), NOTHING)
    if told != agreement.total:
        found.append(f"the instalments add up to {told}, not to the total of {agreement.total}")
    if any(one.amount <= 0 for one in agreement.instalments):
        found.append("every instalment is more than 0")
    days = [one.due for one in agreement.instalments]
    if days != sorted(set(days)):
        found.append("the instalments fall due one after the other, each on its own day")
    if min(days) < signed:
        found.append(f"an instalment falls due before the agreement of {signed}")
    return found


def _waiver_faults(agreement: Agreement, recorded_by: str) -> list[str]:
    if (waiver := agreement.waiver) is None:
        return []
    found = [] if waiver.amount > 0 else ["what is waived is more than 0"]
    approver = waiver.approved_by.strip()
    if not approver:
        found.append("a waiver names who approved it")
    elif approver.casefold() == recorded_by.strip().casefold():
        found.append(f"{approver} cannot approve a waiver that she records herself")
    return found


def is_sum(amount: Decimal) -> bool:
    """Whether an amount can be owed or paid: whole cents, and not more than any debt."""
    return amount.is_finite() and abs(amount) < MOST and amount == round(amount, 2)


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 in hexadecimal digits."""
    return len(text) == DIGEST_CHARACTERS and set(text.lower()) <= set("0123456789abcdef")

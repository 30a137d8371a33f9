"""Contact first: nobody comes to a door whose borrower was not contacted before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scheduler.contacts import REMEMBERED, Channel, Contact, ContactResult
from scheduler.rules.base import Attempt, rule
from scheduler.rules.values import read_count

NEEDED = ("channels", "within_days")
KEYS = (*NEEDED, "at_least", "or_tries")


@dataclass(frozen=True, slots=True)
class Gate:
    """So many contacts by one of these channels in so many days before a visit.

    Tries that reached nobody count together where they were made on `or_tries` days: who never
    answers is not out of reach for good. 0: they never do.
    """

    channels: frozenset[Channel]
    within_days: int
    at_least: int = 1
    or_tries: int = 0

    @property
    def channel_names(self) -> str:
        return ", ".join(sorted(self.channels))


def read_gate(raw: Any) -> Gate:
    """Read { channels = ["call", "sms"], within_days = 30, at_least = 1, or_tries = 3 }."""
    if not isinstance(raw, dict) or set(raw) - set(KEYS) or set(NEEDED) - set(raw):
        raise ValueError(f"expected {', '.join(KEYS)}, not {raw!r}")
    channels = raw["channels"]
    if not isinstance(channels, list) or not channels or not _are_channels(channels):
        raise ValueError(f"expected channels among {', '.join(Channel)}, not {channels!r}")
    gate = Gate(
        frozenset(map(Channel, channels)),
        read_count(raw["within_days"]),
        read_count(raw.get("at_least", 1)),
        read_count(raw.get("or_tries", 0)),
    )
    if not 1 <= gate.within_days <= REMEMBERED.days:
        raise ValueError(f"within_days is 1 to {REMEMBERED.days}, not {gate.within_days}")
    return gate


def _are_channels(told: list[Any]) -> bool:
    return all(one in list(Channel) for one in told)


@rule(read_gate)
def contact_first(gate: Gate, attempt: Attempt) -> str | None:
    """She was contacted, or it was tried often enough, before anybody comes to her door."""
    heard = made(gate, attempt)
    count = sum(one.reached_her for one in heard)
    count += visits_met(gate, attempt) + agreed(gate, attempt)
    days = len({local(one.at, attempt) for one in heard if one.is_attempt})
    if count >= gate.at_least or 0 < gate.or_tries <= days:
        return None
    if not attempt.knows_contacts:
        return NEVER_TRIED if never_tried(attempt.dossier.contacts) else None
    if not gate.or_tries:
        return (
            f"not contacted often enough: in {gate.within_days} days {count} times of "
            f"{gate.at_least} by {gate.channel_names}"
        )
    return (
        f"not contacted often enough: in {gate.within_days} days {count} times of "
        f"{gate.at_least} by {gate.channel_names}, and tried on {days} days of {gate.or_tries}"
    )


NEVER_TRIED = "the lender says that nobody has contacted her yet"


def made(gate: Gate, attempt: Attempt) -> list[Contact]:
    """Return the contacts that can count: by a channel of the gate, in its days up to the visit."""
    return [
        one
        for one in attempt.dossier.contacts
        if one.channel in gate.channels and is_near(gate, local(one.at, attempt), attempt)
    ]


def visits_met(gate: Gate, attempt: Attempt) -> int:
    """Count the visits that met her, where the gate takes a visit for a contact."""
    if Channel.VISIT not in gate.channels:
        return 0
    met = (visit.at for visit in attempt.her_visits if visit.was_met)
    return sum(is_near(gate, local(at, attempt), attempt) for at in met)


def agreed(gate: Gate, attempt: Attempt) -> int:
    """Count the appointments of her cases: each was agreed with her."""
    booked = (case.appointment for case in attempt.cases if case.appointment)
    days = (local(window.start, attempt) for window in booked)
    return sum(is_near(gate, on, attempt) for on in days)


def is_near(gate: Gate, on: date, attempt: Attempt) -> bool:
    return 0 <= (attempt.day.on - on).days <= gate.within_days


def local(at: datetime, attempt: Attempt) -> date:
    return at.astimezone(attempt.start.tzinfo).date()


def never_tried(contacts: Iterable[Contact]) -> bool:
    """Tell whether the last that is known of a borrower is that nobody has contacted her."""
    last = max(contacts, key=lambda one: one.at, default=None)
    return last is not None and last.result is ContactResult.NOT_TRIED

"""A borrower's story in the order of time, made of the events of the book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from scheduler.ports import Event


class About(StrEnum):
    """What an entry is about."""

    VISITS = "visits"
    CONTACTS = "contacts"
    MONEY = "money"
    RESTRAINTS = "restraints"
    TASKS = "tasks"
    ADDRESSES = "addresses"
    BOOK = "book"


ABOUT: Mapping[str, About] = MappingProxyType(
    {
        **dict.fromkeys(("outcome", "visit", "appointment", "planned", "plan"), About.VISITS),
        **dict.fromkeys(("contact", "notice"), About.CONTACTS),
        **dict.fromkeys(("payment", "balance", "promise", "agreement", "waiver"), About.MONEY),
        **dict.fromkeys(
            ("pause", "wish", "consent", "override", "suspension", "directive"), About.RESTRAINTS
        ),
        **dict.fromkeys(("case.stopped", "case.released", "case.crew_size"), About.RESTRAINTS),
        **dict.fromkeys(("case.paid", "case.unpaid", "case.unconfirmed"), About.MONEY),
        **dict.fromkeys(("borrower.stopped", "borrower.released"), About.RESTRAINTS),
        **dict.fromkeys(("case.appointed", "visit.suspended"), About.VISITS),
        "follow_up": About.TASKS,
        **dict.fromkeys(("place", "address", "door"), About.ADDRESSES),
    }
)
"""By the kind of an event, or by its first word; everything else is about the book."""

TOLD = frozenset(
    {
        *("code", "amount", "due", "method", "status", "paid", "total", "instalments"),
        *("flag", "task", "why", "first", "last", "channel", "direction", "party", "result"),
        *("overdue", "crew_size", "approved_by", "rule", "version", "attitude", "hardship"),
        *("on", "at", "kind", "start", "plan_id", "day"),
    }
)
"""What of an event is told: codes, sums and days; never names, addresses or what was written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, by whom; `id` is the event's. `told` are plain values."""

    at: datetime
    about: About
    kind: str
    by: str
    subject: str
    told: Mapping[str, Any]
    id: int = 0


def about(kind: str) -> About:
    """Return what events of a kind are about."""
    return ABOUT.get(kind, ABOUT.get(kind.partition(".")[0], About.BOOK))


def timeline(events: Iterable[Event], only: frozenset[About] = frozenset()) -> list[Entry]:
    """Return the entries of events, the newest first; `only` of some kinds, empty for all."""
    entries = [_entry(event) for event in events]
    shown = [one for one in entries if not only or one.about in only]
    return sorted(shown, key=lambda one: (one.at, one.id), reverse=True)


def _entry(event: Event) -> Entry:
    plain = {**(event.before or {}), **(event.after or {})}
    plain |= plain.pop("details", None) or {}
    plain |= plain.pop("appointment", None) or {}
    told = {
        name: value
        for name, value in plain.items()
        if name in TOLD and isinstance(value, str | int) and value != ""
    }
    kind = event.kind
    return Entry(event.at, about(kind), kind, event.actor, event.subject, told, event.id)

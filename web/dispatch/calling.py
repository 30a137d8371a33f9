"""Whether a borrower may be called or written to now, and which rule says no."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import g

from data.store.rounds import Rounds
from scheduler.contacts import Channel
from scheduler.rules import Refusal
from scheduler.rules.dialling import CallAttempt, call_refusals
from web.context import wired
from web.dispatch.today import rules_here

ASKED = (Channel.CALL, Channel.SMS, Channel.CHAT)


@dataclass(frozen=True, slots=True)
class MayContact:
    """What the rules say to contacting her by a channel now; nothing where it may be done."""

    channel: Channel
    refusals: tuple[Refusal, ...]


def may_contact(borrower_id: str, at: datetime) -> list[MayContact]:
    """Ask the rules of the page's city about a call or a message to her at `at`, in its zone.

    Nothing is told where no rules can be read, or no holidays are known.
    """
    rules = rules_here()
    if rules is None:
        return []
    day = Rounds(wired().store.engine).day_of(g.city.name, at.date(), borrower_id)
    her = next(iter(day.borrowers), None)
    if her is None:
        return []
    call = CallAttempt(
        her, tuple(day.cases), at, past=tuple(day.past), dossier=day.dossier_of(borrower_id)
    )
    try:
        return [
            MayContact(one, tuple(call_refusals(rules, replace(call, channel=one))))
            for one in ASKED
        ]
    except LookupError:
        return []

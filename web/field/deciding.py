"""A person decides about what a phone brought: one transaction, both versions kept, one event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import force_locale

from data.store.field.inbox import Settled
from data.store.field.records import Decision, KeptRecord
from scheduler.errors import ConflictError
from scheduler.field.records import RecordState
from scheduler.ports import By
from web.auth.access import by
from web.compare.opened import read_ahead
from web.context import now, wired
from web.language import t
from web.phone.brought.deeds import tried
from web.phone.brought.results import beside, read_result
from web.phone.brought.telling import Telling, Tellings

TRIED = (RecordState.REFUSED, RecordState.WAITING)
"""What may be tried again: refused before, or waiting for what never came."""

ASIDE = (RecordState.CONFLICT, RecordState.REFUSED, RecordState.UNREADABLE)


def keep_what_stands(kept: KeptRecord) -> None:
    """Decide a conflict for the result that stands; what this phone told stays in its record."""
    with wired().store.writing(_of(kept)) as writer:
        held = writer.record_to_decide(kept.city, kept.key, [RecordState.CONFLICT])
        stands = {"as": held.told.get("kept", "")}
        writer.decide_record(held, Decision("kept", by(), RecordState.DECIDED, stands))


def take_what_was_told(kept: KeptRecord, stood: str) -> bool:
    """Decide a conflict for this phone: its result corrects the one that stood, which stays.

    False, and nothing is decided, where another result stands by now than the one that was looked
    at: the record is then held against that one.

    Raises
    ------
    ConflictError
        Where what was told cannot be recorded any more.
    """
    telling = _telling(kept)
    told, wrong = read_result(telling) if telling.visit and telling.visit.place else (None, {})
    if told is None:
        why = ", ".join(wrong.values()) or t("its visit is in no plan any more")
        raise ConflictError(t("What this phone told cannot be recorded: %(why)s", why=why))
    with wired().store.writing(_of(kept)) as writer:
        held = writer.record_to_decide(kept.city, kept.key, [RecordState.CONFLICT])
        stands = writer.standing_result(kept.city, told.borrower_id, kept.on)
        if stands is not None and stands.key not in (stood, told.key):
            made = beside(stands, told)
            writer.settle_records([Settled(held.key, made.state, made.told)])
            return False
        writer.record_outcome(kept.city, replace(told, corrects=stands.key if stands else ""))
        writer.decide_record(held, Decision("taken", by(), RecordState.DECIDED))
    read_ahead(kept.city, kept.on)
    return True


def try_again(kept: KeptRecord) -> RecordState:
    """Take a record in now, whatever it waits for; return what it came to."""
    if kept.state is RecordState.UNREADABLE:
        return _open_again(kept)
    telling = _telling(kept)
    with wired().store.writing(_of(kept)) as writer, force_locale("en"):
        held = writer.record_to_decide(kept.city, kept.key, TRIED)
        made = tried(writer, telling)
        told: Mapping[str, Any] = made.told or {}
        is_done = made.state in (RecordState.APPLIED, RecordState.SAME)
        done = replace(held, told={} if is_done else held.told)
        writer.decide_record(done, Decision("again", by(), made.state, told))
    read_ahead(kept.city, kept.on)
    return made.state


def set_aside(kept: KeptRecord, note: str) -> None:
    """Decide that nothing is to be made of a record, and why; it stays as it came."""
    with wired().store.writing(_of(kept)) as writer:
        held = writer.record_to_decide(kept.city, kept.key, ASIDE)
        why = {"note": note}
        writer.decide_record(held, Decision("aside", by(), RecordState.DECIDED, why))


def _open_again(kept: KeptRecord) -> RecordState:
    home = wired()
    if not home.inbox.open_again(kept.device, kept.key, home.sealing, now()):
        return RecordState.UNREADABLE
    return RecordState.WAITING


def _telling(kept: KeptRecord) -> Telling:
    """Return a record with the round that its phone showed."""
    if kept.record is None:
        raise ConflictError(t("This record could not be opened."))
    return Tellings(wired(), kept.device, now()).of(kept.record)


def _of(kept: KeptRecord) -> By:
    """Return whose word is written: the collector's, whoever decides that it is."""
    return By(kept.device.actor, now())

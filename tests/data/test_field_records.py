"""What waits for a person, and what phones tell beside visits, on both databases."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from data.database import reading
from data.sealing import SUITE, seal_info
from data.store import SqlStore
from data.store.field.devices import Device
from data.store.field.inbox import Envelope, Inbox, Settled
from data.store.field.phones import told_by_phones
from data.store.field.records import Decision, Records
from scheduler.errors import ConflictError
from scheduler.field.records import OPEN, RecordState
from scheduler.ports import Late
from tests.data.test_field_inbox import AT_REST, KEY, device
from tests.data.world import ALICE, NOON, TODAY

__all__ = ["device"]
DORA = replace(ALICE, actor="dora", at=NOON + timedelta(hours=1))


def told(device: Device, seq: int, kind: str, at: datetime = NOON, **body: Any) -> Envelope:
    key = f"day-{seq:05}"
    plain = {"v": 1, "visit": "", "seq": seq, "kind": kind, "plan": 1, "body": body}
    plain |= {"at": at.isoformat(), "wall_at": at.isoformat()}
    info = seal_info(key, device.id)
    sealed = SUITE.encrypt(json.dumps(plain).encode(), KEY.private.public_key(), info=info)
    return Envelope(key, KEY.id, sealed, base64.b64encode(sealed).decode())


def bring(store: SqlStore, device: Device, *brought: Envelope) -> None:
    Inbox(store.engine, AT_REST).keep(lambda: (device, brought), KEY, NOON)


def settle(store: SqlStore, key: str, state: RecordState) -> None:
    with store.writing(ALICE) as writer:
        assert writer.take_in_records("Town", [key])
        writer.settle_records([Settled(key, state, {"why": "form"})])


def test_who_is_late_who_has_ended_and_who_was_heard(store: SqlStore, device: Device) -> None:
    early, ahead = NOON - timedelta(hours=1), NOON + timedelta(days=1)
    bring(store, device, told(device, 1, "late", early, minutes=20), told(device, 2, "end", ahead))
    for key, state in (("day-00001", RecordState.APPLIED), ("day-00002", RecordState.APPLIED)):
        settle(store, key, state)
    with reading(store.engine) as connection:
        found = told_by_phones(connection, "Town", TODAY)
    assert found == {
        "lates": (Late("ann", early, timedelta(minutes=20)),),
        "ended": {"ann": NOON},  # no clock is ahead of the server's
        "heard": {"ann": NOON},
    }


def test_phones_with_what_they_brought_and_what_is_missing(store: SqlStore, device: Device) -> None:
    bring(store, device, *(told(device, seq, "break_begin") for seq in (1, 4, 6)))
    settle(store, "day-00001", RecordState.REFUSED)
    records = Records(store.engine)
    (phone,) = records.phones("Town", TODAY)
    assert (phone.brought, phone.heard_at, phone.open) == (3, NOON, 1)
    (gap,) = phone.gaps
    assert (gap.missing, gap.waiting, gap.first) == ((2, 3, 5), 2, "day-00004")
    assert records.open_days("Town") == [(TODAY, "ann", 1)]


def test_it_is_decided_once_and_the_event_names_who_did(store: SqlStore, device: Device) -> None:
    bring(store, device, told(device, 1, "break_begin"))
    settle(store, "day-00001", RecordState.REFUSED)
    records = Records(store.engine)
    (kept,) = records.of_day("Town", TODAY, OPEN)
    made = Decision("aside", DORA, RecordState.DECIDED, {"note": "张丽 told it twice"})
    with store.writing(ALICE) as writer:
        writer.decide_record(writer.record_to_decide("Town", kept.key, OPEN), made)
    again = records.of_key("Town", kept.key)
    assert (again.state, again.decided_by, again.decided_at) == ("decided", "dora", DORA.at)
    assert again.told == {"why": "form", "note": "张丽 told it twice", "decision": "aside"}
    with store.writing(ALICE) as writer, pytest.raises(ConflictError, match="nobody any more"):
        writer.record_to_decide("Town", kept.key, OPEN)
    (event,) = [one for one in store.events() if one.kind == "record.decided"]
    assert (event.actor, event.subject) == ("dora", "ann")
    assert "张丽" not in str(event)

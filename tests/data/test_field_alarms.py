"""Calls for help on both databases: raised at once, seen once, closed with a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from data import tables
from data.database import reading
from data.store import SqlStore
from data.store.field.alarms import Alarms
from data.store.field.devices import Device
from data.store.field.inbox import Inbox
from scheduler.errors import NotFoundError
from scheduler.field.records import RecordKind
from tests.data.test_field_inbox import AT_REST, KEY, device, envelope
from tests.data.world import ALICE, NOON

__all__ = ["device"]
LATER = replace(ALICE, actor="dora", at=NOON + timedelta(minutes=2))


def test_a_call_for_help_is_heard_before_its_turn_and_once(store: SqlStore, device: Device) -> None:
    inbox, alarms = Inbox(store.engine, AT_REST), Alarms(store.engine)
    before = alarms.stamp("Town")
    late = envelope(device, 7, "")
    for _ in range(2):
        inbox.keep(lambda: (device, [late]), KEY, NOON)
    assert inbox.next_of(device.id) == (), "six earlier records are still to come"
    (told,) = alarms.standing("Town")
    assert (told.key, told.kind, told.collector_id) == (late.key, RecordKind.PANIC, "ann")
    assert (told.body, told.at) == ({"n": 7}, NOON)
    assert alarms.stamp("Town") != before
    assert alarms.standing("Elsewhere") == []


def test_who_saw_it_first_stays_and_the_phone_is_told(store: SqlStore, device: Device) -> None:
    inbox, alarms = Inbox(store.engine, AT_REST), Alarms(store.engine)
    inbox.keep(lambda: (device, [envelope(device, 1, "")]), KEY, NOON)
    (told,) = alarms.standing("Town")
    unseen = alarms.stamp("Town")
    alarms.see(told, LATER)
    alarms.see(told, replace(LATER, actor="nora"))
    (seen,) = alarms.standing("Town")
    assert (seen.seen_by, seen.seen_at) == ("dora", LATER.at)
    assert alarms.stamp("Town") != unseen
    (receipt,) = inbox.receipts(device, [told.key])
    assert (receipt.seen_at, receipt.closed_at) == (LATER.at, None)
    assert [one.kind for one in store.events()].count("alarm.seen") == 1


def test_what_is_closed_stands_no_more_and_its_note_is_in_no_event(
    store: SqlStore, device: Device
) -> None:
    alarms = Alarms(store.engine)
    Inbox(store.engine, AT_REST).keep(
        lambda: (device, [envelope(device, n, "") for n in (1, 2)]), KEY, NOON
    )
    first, second = alarms.standing("Town")
    alarms.see(first, ALICE)
    alarms.close(first, "police came to 中山路 1", LATER)
    alarms.close(second, "pressed by chance", LATER)
    alarms.close(second, "another word", ALICE)
    assert alarms.standing("Town") == []
    told = {one.key: one for one in alarms.closed("Town", 10)}
    assert told[first.key].seen_by == ALICE.actor
    assert (told[second.key].seen_by, told[second.key].note) == ("dora", "pressed by chance")
    assert "中山路" not in str(store.events())
    Inbox(store.engine, AT_REST).keep(lambda: (device, [envelope(device, 1, "")]), KEY, NOON)
    assert alarms.standing("Town") == [], "brought again it is the same"


def test_what_another_phone_brings_by_that_key_raises_nothing(
    store: SqlStore, device: Device
) -> None:
    inbox = Inbox(store.engine, AT_REST)
    inbox.keep(lambda: (replace(device, id=device.id), []), KEY, NOON)
    with reading(store.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(tables.field_alarm)) == 0
    with pytest.raises(NotFoundError, match="no alarm 'none'"):
        Alarms(store.engine).of_key("Town", "none")

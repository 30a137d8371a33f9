"""Records of phones on both databases: kept once, whoever brings them how often and at once."""

from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from data import tables
from data.at_rest import AtRestKey
from data.database import reading
from data.sealing import SUITE, SealingKey, seal_info, sealing_key
from data.store import SqlStore
from data.store.field.devices import OUTLIVES, Device, Devices
from data.store.field.inbox import Envelope, Inbox, Settled
from data.store.store import SqlWriter
from scheduler.errors import NotFoundError
from scheduler.field.records import FieldRecord, RecordKind, RecordState
from tests.data.world import ALICE, MIDNIGHT, NOON, TODAY, TOWN, collector

KEY = sealing_key(b"k" * 32)
AT_REST = AtRestKey(b"r" * 32)


@pytest.fixture
def device(store: SqlStore) -> Device:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_collectors("Town", [collector("ann")])
    return Devices(store.engine).add("Town", TODAY, "ann", NOON, ALICE).device


def envelope(device: Device, seq: int, visit: str = "B1", sealing: SealingKey = KEY) -> Envelope:
    key = f"{visit or 'day'}-{seq:05}"
    told = {"v": 1, "visit": visit, "seq": seq, "kind": "panic", "plan": 1, "body": {"n": seq}}
    told |= {"at": NOON.isoformat(), "wall_at": NOON.isoformat()}
    info = seal_info(key, device.id)
    sealed = SUITE.encrypt(json.dumps(told).encode(), sealing.private.public_key(), info=info)
    return Envelope(key, sealing.id, sealed, base64.b64encode(sealed).decode())


def count(store: SqlStore) -> int:
    with reading(store.engine) as connection:
        return int(connection.scalar(select(func.count()).select_from(tables.field_record)) or 0)


def test_records_come_back_as_they_were_told_in_their_turn(store: SqlStore, device: Device) -> None:
    inbox = Inbox(store.engine, AT_REST)
    brought = [envelope(device, seq) for seq in (3, 1, 2, 5)]
    receipts = inbox.keep(lambda: (device, brought), KEY, NOON)
    assert [one.key for one in receipts] == [one.key for one in brought]
    assert {one.state for one in receipts} == {RecordState.WAITING}
    assert inbox.devices_waiting() == [device.id]
    kept = inbox.next_of(device.id)
    assert [one.seq for one in kept] == [1, 2, 3], "the fifth waits for the fourth"
    first = FieldRecord(
        "B1-00001", device.id, TODAY, "B1", 1, RecordKind.PANIC, NOON, NOON, 1, {"n": 1}
    )
    assert kept[0] == first


def test_the_same_brought_at_once_is_kept_once(store: SqlStore, device: Device) -> None:
    inbox = Inbox(store.engine, AT_REST)
    brought = [envelope(device, seq) for seq in range(1, 11)]
    orders = [Random(seed).sample(brought, len(brought)) for seed in range(8)]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda order: inbox.keep(lambda: (device, order), KEY, NOON), orders))
    for order, receipts in zip(orders, told, strict=True):
        assert [one.key for one in receipts] == [one.key for one in order]
    assert count(store) == len(brought)


def test_phones_that_come_at_once_have_their_own_receipts_though_one_fails(
    store: SqlStore, device: Device
) -> None:
    """One of the phones is not in the book: its records cannot be kept, all others are."""
    inbox, stranger = Inbox(store.engine, AT_REST), replace(device, id="stranger")
    other = Devices(store.engine).add("Town", TODAY, "ann", NOON, ALICE).device
    comes = [(device, "B1"), (other, "B2"), (stranger, "B3"), (other, "B1"), (device, "B1")] * 2
    ready = Barrier(len(comes))

    def bring(one: tuple[Device, str]) -> set[tuple[str, bool]] | None:
        brought = [envelope(one[0], seq, one[1]) for seq in range(1, 4)]
        ready.wait()
        try:
            return {
                (told.key, told.is_foreign)
                for told in inbox.keep(lambda: (one[0], brought), KEY, NOON)
            }
        except IntegrityError:
            return None

    with ThreadPoolExecutor(len(comes)) as pool:
        told = list(pool.map(bring, comes))
    keys = {visit: {f"{visit}-{seq:05}" for seq in range(1, 4)} for visit in ("B1", "B2")}
    assert [told[2], told[7]] == [None, None]
    assert told[1] == told[6] == {(key, False) for key in keys["B2"]}
    whose = told[0] == {(key, False) for key in keys["B1"]}
    first, second = (told[0], told[3]) if whose else (told[3], told[0])
    assert first == {(key, False) for key in keys["B1"]}, "whoever came first"
    assert second == {(key, True) for key in keys["B1"]}
    assert (told[4], told[5], told[9], told[8]) == (told[0], told[0], told[0], told[3])
    assert count(store) == 6


def test_what_is_settled_waits_no_more(store: SqlStore, device: Device) -> None:
    inbox = Inbox(store.engine, AT_REST)
    brought = [envelope(device, seq) for seq in (1, 2)]
    inbox.keep(lambda: (device, brought), KEY, NOON)
    with store.writing(ALICE) as writer:
        assert writer.take_in_records("Town", [brought[0].key]) == {brought[0].key}
        writer.settle_records([Settled(brought[0].key, RecordState.APPLIED)])
    with store.writing(ALICE) as writer:
        assert not writer.take_in_records("Town", [brought[0].key])
    assert [one.seq for one in inbox.next_of(device.id)] == [2]
    (told,) = inbox.receipts(device, [brought[0].key, "unknown"])
    assert told.state is RecordState.APPLIED


def add_in_vain(writer: SqlWriter) -> None:
    with writer.attempt():
        writer.put_collectors("Town", [collector("bea")])
        writer.end_task("Town", 999)


def test_what_was_tried_in_vain_leaves_nothing(store: SqlStore, device: Device) -> None:
    with store.writing(ALICE) as writer:
        with pytest.raises(NotFoundError):
            add_in_vain(writer)
        writer.put_collectors("Town", [collector("cat")])
    assert [one.id for one in store.collectors("Town")] == ["ann", "cat"]
    added = [one.subject for one in store.events() if one.kind == "collector.added"]
    assert added == ["cat", "ann"]


def test_what_another_home_should_open_is_kept_as_it_came(store: SqlStore, device: Device) -> None:
    foreign = envelope(device, 1, sealing=sealing_key(b"o" * 32))
    (told,) = Inbox(store.engine, AT_REST).keep(lambda: (device, [foreign]), KEY, NOON)
    assert told.state is RecordState.UNREADABLE
    assert told.told["sealed_for"] == foreign.sealed_for
    assert Inbox(store.engine, AT_REST).devices_waiting() == []


def test_a_phone_is_known_by_its_secret_for_two_weeks(store: SqlStore, device: Device) -> None:
    devices = Devices(store.engine)
    made = devices.add("Town", TODAY, "ann", MIDNIGHT, ALICE)
    latest = NOON + OUTLIVES - timedelta(seconds=1)
    assert devices.of_secret(made.secret, latest) == made.device
    assert devices.of_secret(made.secret, NOON + OUTLIVES) is None
    assert devices.of_secret(made.secret + "x", NOON) is None
    assert set(devices.by_id([device.id, "none"])) == {device.id}


def test_a_phone_ends_once(store: SqlStore, device: Device) -> None:
    devices = Devices(store.engine)
    for _ in range(2):
        devices.end(device.id, ALICE)
    assert devices.by_id([device.id])[device.id].ended_at == ALICE.at
    assert [one.kind for one in store.events()].count("device.ended") == 1
    with pytest.raises(NotFoundError, match="no phone 'none'"):
        devices.end("none", ALICE)


def test_a_seal_is_bound_to_its_record(device: Device) -> None:
    one = envelope(device, 1)
    assert json.loads(KEY.opened(one.sealed, one.key, device.id))["seq"] == 1
    for key, whose in ((one.key, "another"), ("another", device.id)):
        with pytest.raises(Exception, match="cannot be opened"):
            KEY.opened(one.sealed, key, whose)
    assert len(KEY.public) == 65
    assert sealing_key(b"k" * 32).id == KEY.id != sealing_key(b"o" * 32).id

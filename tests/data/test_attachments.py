"""Attachments on both databases: locked as they come, one line each, gone when their time is."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from data import tables
from data.at_rest import AtRestKey
from data.database import reading
from data.errors import SealError
from data.sealing import SUITE, seal_info, sealing_key
from data.store import SqlStore
from data.store.field.attachments import Attachments, Whose
from data.store.field.devices import Device, Devices
from data.store.field.inbox import Envelope, Inbox
from scheduler.errors import NotFoundError
from scheduler.field.attachments import MOST_OF_A_VISIT, AttachmentKind
from scheduler.field.records import RecordState
from tests.data.attached_files import EXIF, WEBM, body, jpeg, segment
from tests.data.world import ALICE, ALL_KNOWN, FULL, NOON, TODAY, TOWN, collector, record

SEALING, KEY = sealing_key(b"k" * 32), AtRestKey(b"r" * 32)
PHOTO = jpeg()
HERS = Whose("B1", "B1-home")


@pytest.fixture
def device(store: SqlStore) -> Device:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", [record(1), FULL], known=ALL_KNOWN, complete=True)
        writer.put_collectors("Town", [collector("ann")])
    return Devices(store.engine).add("Town", TODAY, "ann", NOON, ALICE).device


def envelope(device: Device, key: str, kind: str = "attachment", **told: Any) -> Envelope:
    plain = {"v": 1, "visit": "B1", "seq": 9, "kind": kind, "plan": 1, "body": told}
    plain |= {"at": NOON.isoformat(), "wall_at": NOON.isoformat()}
    info = seal_info(key, device.id)
    sealed = SUITE.encrypt(json.dumps(plain).encode(), SEALING.private.public_key(), info=info)
    return Envelope(key, SEALING.id, sealed, base64.b64encode(sealed).decode())


def keep(store: SqlStore, device: Device, *brought: Envelope) -> list[RecordState]:
    found = Inbox(store.engine, KEY).keep(lambda: (device, brought), SEALING, NOON)
    return [one.state for one in found]


def attach(store: SqlStore, device: Device, key: str, what: str = "photo") -> bool:
    """Bring an attachment and take it in."""
    content = {"photo": PHOTO, "voice": WEBM}[what]
    keep(store, device, envelope(device, key, **body(what, content)))
    with store.writing(ALICE) as writer:
        return writer.attach("Town", key, HERS, NOON)


def rows(store: SqlStore, table: Any) -> list[Any]:
    with reading(store.engine) as connection:
        return list(connection.execute(select(table).order_by(table.c.key)).mappings())


def read(store: SqlStore) -> Attachments:
    return Attachments(store.engine, KEY)


def test_it_is_locked_and_its_record_holds_none_of_it(store: SqlStore, device: Device) -> None:
    brought = envelope(device, "photo-01", **body("photo", jpeg(segment(0xE1, EXIF)), of="k"))
    for _ in range(2):  # brought again, it is kept once
        assert keep(store, device, brought) == [RecordState.WAITING]
    (row,), (its,) = rows(store, tables.attachment), rows(store, tables.field_record)
    assert b"Exif" not in bytes(row["content"])
    assert bytes(row["content"])[12:].find(PHOTO[:20]) < 0
    assert its["body"] == {
        "what": "photo",
        "type": "image/jpeg",
        "size": len(PHOTO),
        "sha256": row["sha256"],
        "of": "k",
    }
    assert its["sealed"] is None
    assert read(store).content("Town", "photo-01") == PHOTO
    assert Inbox(store.engine, KEY).next_of(device.id)[0].key == "photo-01", "its ninth waits not"


def test_whose_it_is_is_known_when_it_is_taken_in(store: SqlStore, device: Device) -> None:
    assert attach(store, device, "photo-01")
    (told,) = read(store).of_borrower("Town", "B1", None)
    assert (told.key, told.what, told.on, told.size) == (
        "photo-01", AttachmentKind.PHOTO, TODAY, len(PHOTO),
    )  # fmt: skip
    assert read(store).of_borrower("Town", "B2", None) == []
    assert [one.key for one in read(store).of_borrower("Town", "B1", {"North"})] == ["photo-01"]
    assert read(store).of_borrower("Town", "B1", {"South"}) == []
    assert read(store).one("Town", "photo-01", {"South"}) is None


def test_another_phones_record_is_not_filled(store: SqlStore, device: Device) -> None:
    other = Devices(store.engine).add("Town", TODAY, "ann", NOON, ALICE).device
    keep(store, device, envelope(device, "same-key", "panic"))
    assert keep(store, other, envelope(other, "same-key", **body("photo", PHOTO))) == [
        RecordState.REFUSED
    ]
    assert rows(store, tables.attachment) == []


def test_what_is_refused_leaves_nothing_but_why(store: SqlStore, device: Device) -> None:
    keep(store, device, envelope(device, "svg-0001", **body("signature", b"<svg/>")))
    assert rows(store, tables.attachment) == []
    assert rows(store, tables.field_record)[0]["body"] == {"why": "type"}


def test_a_visit_has_a_bounded_number_of_each_kind(store: SqlStore, device: Device) -> None:
    most = MOST_OF_A_VISIT[AttachmentKind.PHOTO]
    kept = [attach(store, device, f"photo-{number:02}") for number in range(most + 1)]
    assert kept == [True] * most + [False]
    with store.writing(ALICE) as writer:
        writer.delete_attachment("Town", "photo-00", "there is room again")
        again = writer.attach("Town", f"photo-{most:02}", HERS, NOON)
    assert not again, "what it held is gone"
    assert attach(store, device, "voice-01", "voice"), "each kind is counted alone"
    assert read(store).content("Town", f"photo-{most:02}") is None
    assert len(read(store).of_borrower("Town", "B1", None)) == most + 1


def test_deleting_leaves_who_when_and_why(store: SqlStore, device: Device) -> None:
    attach(store, device, "photo-01")
    with store.writing(ALICE) as writer:
        writer.delete_attachment("Town", "photo-01", "a neighbour is on it")
    (told,) = read(store).of_borrower("Town", "B1", None)
    assert (told.deleted_by, told.deleted_at, told.reason) == (
        "alice",
        NOON,
        "a neighbour is on it",
    )
    assert read(store).content("Town", "photo-01") is None
    event = store.events(limit=1)[0]
    assert (event.kind, event.subject) == ("attachment.deleted", "B1")
    assert event.after == {"key": "photo-01", "what": "photo"}, "no words of a person"
    with pytest.raises(NotFoundError), store.writing(ALICE) as writer:
        writer.delete_attachment("Town", "photo-01", "again")
    brought = envelope(device, "photo-01", **body("photo", PHOTO))
    keep(store, device, brought)
    assert read(store).content("Town", "photo-01") is None, "brought again, it stays deleted"


def test_only_what_is_older_goes(store: SqlStore, device: Device) -> None:
    attach(store, device, "photo-01")
    attach(store, device, "voice-01", "voice")
    second = timedelta(seconds=1)
    assert not read(store).has_older("Town", AttachmentKind.PHOTO, NOON)
    assert read(store).has_older("Town", AttachmentKind.PHOTO, NOON + second)
    with store.writing(ALICE) as writer:
        assert writer.delete_older_attachments("Town", AttachmentKind.PHOTO, NOON) == 0
        assert writer.delete_older_attachments("Town", AttachmentKind.PHOTO, NOON + second) == 1
    with store.writing(ALICE) as writer:
        assert writer.delete_older_attachments("Town", AttachmentKind.PHOTO, NOON + second) == 0
    assert read(store).content("Town", "photo-01") is None
    assert read(store).content("Town", "voice-01") == WEBM
    event = store.events(limit=1)[0]
    assert (event.kind, event.after and event.after["count"]) == ("attachment.expired", 1)


def test_without_the_homes_key_it_stays_closed(store: SqlStore, device: Device) -> None:
    attach(store, device, "photo-01")
    with pytest.raises(SealError, match=KEY.id):
        Attachments(store.engine, AtRestKey(b"o" * 32)).content("Town", "photo-01")

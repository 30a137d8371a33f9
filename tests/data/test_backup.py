"""A backup brings everything back, and nothing of a damaged one."""

from __future__ import annotations

import base64
import json
import os
import zipfile
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from data import tables
from data.access import Grant, Role
from data.at_rest import AtRestKey
from data.backup import backup
from data.database import reading
from data.errors import BackupError
from data.home import Home
from data.jobs import JobKind
from data.readers.tables import Understood
from data.restore import restore
from data.sealing import SUITE, SealingKey, seal_info, sealing_key
from data.store import SqlStore, create_store, open_store
from data.store.directives import Words
from data.store.field.attachments import Attachments
from data.store.field.devices import Device, Devices
from data.store.field.inbox import Envelope, Inbox
from data.store.field.links import Links
from data.store.imports.batches import NewImport
from data.store.imports.scope import of_cases
from data.store.jobs import Jobs
from data.store.logins import LoginRefusedError, Logins
from data.store.tokens import Tokens
from data.store.users import Users
from routing.point import Point
from scheduler.directives import DirectiveKind
from scheduler.editing.edits import Hold, Sheet
from scheduler.editing.parting import touched_part
from scheduler.field.company import How, Presence
from scheduler.forecast import Recorded, learn
from scheduler.model import Pair
from scheduler.plan import Cost
from scheduler.ports import Mark, MarkKind, NewEdit, Outcome
from scheduler.problem import Lock
from scheduler.standing_in import Handing
from tests.data.attached_files import body, jpeg
from tests.data.conftest import new_database
from tests.data.test_field_inbox import envelope
from tests.data.whole_story import tell_story
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    FULL,
    MIDNIGHT,
    TODAY,
    TOWN,
    collector,
    crew,
    new_plan,
    record,
    shift,
)

NUMBERS = count()


def database_of(kind: str, request: pytest.FixtureRequest) -> str:
    """Return what DAYROUND_DATABASE says for a home on SQLite or PostgreSQL."""
    if kind == "sqlite":
        return ""
    return new_database(request.getfixturevalue("postgres"), f"home_{next(NUMBERS)}")


def fill(home: Home) -> SqlStore:
    """Write a row into every table, and two files."""
    store = create_store(home)
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", [record(1), record(2), FULL], known=ALL_KNOWN, complete=True)
        writer.dismiss_door("Town", "B1-home", MIDNIGHT)
        first = writer.put_override("Town", "1 Made-up Road", Point(25, 121.5), "dispatcher")
        again = Point(25.01, 121.5)
        writer.put_override("Town", first.address, again, "check-ins", known=first.id)
        writer.put_collectors("Town", [collector("ann"), collector("bea")])
        writer.put_shifts("Town", [shift("ann")])
        writer.put_pairs("Town", [Pair("ann", "bea"), Pair("ann", "bea", TODAY)])
        writer.put_crews("Town", TODAY, [crew("ann", "bea")])
        draft = writer.add_plan(new_plan())
        hold = Hold((Lock("B1", "ann+bea"),))
        sheet = Sheet(draft.content.plan, draft.content.crews)
        held = replace(sheet, locks=hold.locks)
        after = touched_part(draft.content, sheet, held, draft.content.targets, Cost(0, 0, 0))
        writer.revise_plan(draft.id, NewEdit(hold, after, 0, 0, "press"))
        writer.publish(draft.id, "first")
        writer.record_outcome(
            "Town", Outcome("k", "B1", "B1-home", MIDNIGHT, "PTP", ("ann",), plan_id=draft.id)
        )
        begun = Mark("m", TODAY, draft.id, ("ann",), MarkKind.BEGIN, MIDNIGHT)
        writer.put_mark("Town", begun)
        arrived = replace(begun, key="n", kind=MarkKind.ARRIVE, visit_id="B1")
        stood = Point(25, 121.5)
        writer.put_mark("Town", replace(arrived, stood=stood, accuracy_m=12.5))
        writer.add_plan(new_plan(TODAY + timedelta(days=1)))  # nobody works then
        tell_story(writer)
        content = NewImport("import", "cases", "a name", "a content")
        writer.take_in(
            "Town",
            content,
            of_cases([record(9)]),
            lambda into: into.put_cases("Town", [record(9)], known=ALL_KNOWN, complete=False),
        )
        writer.remember_columns("Town", "cases", ["one", "two"], Understood(0, {0: "case.id"}, {}))
        writer.put_directives("Town", Words(DirectiveKind.MUST, TODAY, ["B2"], key="word"))
        writer.give_cases("Town", Handing({"C2": "ann"}))
        writer.put_stand_ins("Town", TODAY, Handing({"C2": "bea"}))
        writer.use_times("Town", learn(Recorded(), 1200), (TODAY, TODAY), "press")
        writer.put_pin("Town", "Made-up Court", "", Point(25.01, 121.51), 150.0)
    Users(store.engine).add("eve", [Grant(Role.DISPATCHER, "Town", "North")], ALICE)
    with pytest.raises(LoginRefusedError):
        Logins(store.engine).log_in("eve", "a guess", "127.0.0.1", ALICE.at)
    Tokens(store.engine).add("solver", 30, ALICE)
    with store.writing(ALICE) as writer:
        writer.put_presence("Town", TODAY, Presence("B1", "ann", MIDNIGHT, How.ARRIVED))
    phone = Devices(store.engine).add("Town", TODAY, "ann", MIDNIGHT, ALICE).device
    Links(store.engine).add("Town", TODAY, {"ann": MIDNIGHT}, ALICE)
    sealing = sealing_key(home.sealing_secret())
    unread = Envelope("record-1", sealing.id, b"not sealed", "bm90IHNlYWxlZA==")
    at_rest = AtRestKey(home.attachments_secret())
    brought = [unread, photograph(phone, sealing), envelope(phone, 1, "", sealing)]
    Inbox(store.engine, at_rest).keep(lambda: (phone, brought), sealing, MIDNIGHT)
    Jobs(store.engine).add(JobKind.PLAN, "Town", TODAY, ALICE, seconds=10)
    (home.cities / "Town").mkdir()
    (home.cities / "Town" / "roads.npz").write_bytes(bytes(range(256)) * 100)
    (home.cities / ".adding-1").mkdir()
    (home.cities / ".adding-1" / "half").write_bytes(b"half")
    home.secret()
    return store


def photograph(phone: Device, sealing: SealingKey) -> Envelope:
    """Return a record that brings a photograph."""
    told = {"v": 1, "visit": "B1", "seq": 1, "kind": "attachment", "plan": 1}
    when = {"at": MIDNIGHT.isoformat(), "wall_at": MIDNIGHT.isoformat()}
    plain = json.dumps({**told, **when, "body": body("photo", jpeg())}).encode()
    info = seal_info("record-2", phone.id)
    sealed = SUITE.encrypt(plain, sealing.private.public_key(), info=info)
    return Envelope("record-2", sealing.id, sealed, base64.b64encode(sealed).decode())


def rows(store: SqlStore) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table but the events of backups."""
    with reading(store.engine) as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(select(table).order_by(*table.primary_key))
                if not str(getattr(row, "kind", "")).startswith("backup.")
            ]
            for table in tables.metadata.sorted_tables
        }


@pytest.mark.parametrize(
    ("source", "target"),
    [("sqlite", "sqlite"), ("sqlite", "postgresql"), ("postgresql", "sqlite")],
)
def test_a_backup_brings_everything_back(
    source: str,
    target: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.setenv("DAYROUND_DATABASE", database_of(source, request))
    old = Home(tmp_path / "old")
    store = fill(old)
    before = rows(store)
    assert all(before.values()), "every table has a row"
    manifest = backup(old, tmp_path / "b.zip", ALICE)
    assert manifest.rows["loan_case"] == 4
    assert store.events(limit=1)[0].kind == "backup.made"

    monkeypatch.setenv("DAYROUND_DATABASE", database_of(target, request))
    new = Home(tmp_path / "new")
    restore(tmp_path / "b.zip", new, ALICE)
    restored = open_store(new)
    assert rows(restored) == before
    assert restored.events(limit=1)[0].kind == "backup.restored"
    assert restored.open_day("Town", TODAY) == store.open_day("Town", TODAY)
    assert new.secret() == old.secret()
    photographs = Attachments(restored.engine, AtRestKey(new.attachments_secret()))
    assert photographs.content("Town", "record-2") == jpeg()
    names = sorted(p.relative_to(new.cities).as_posix() for p in new.cities.rglob("*"))
    assert names == ["Town", "Town/roads.npz"]
    roads = (old.cities / "Town" / "roads.npz").read_bytes()
    assert (new.cities / "Town" / "roads.npz").read_bytes() == roads
    with restored.writing(ALICE) as writer:  # ids count on
        assert writer.add_plan(new_plan()).id == before["plan"][-1][0] + 1  # type: ignore[operator]
    store.close()
    restored.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A filled home, without an open connection."""
    home = Home(tmp_path / "home")
    fill(home).close()
    return home


@pytest.fixture
def file(home: Home, tmp_path: Path) -> Path:
    """A backup of it."""
    backup(home, tmp_path / "b.zip", ALICE)
    return tmp_path / "b.zip"


def rewritten(file: Path, name: str, content: bytes | None, rename: str = "") -> Path:
    """Return a backup with one member changed, left out or renamed; its zip is sound."""
    target = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
            elif content is not None:
                new.writestr(rename or member, content)
    return target


def refused(file: Path, tmp_path: Path, why: str) -> None:
    """Assert that a file is not restored, and that nothing of it is there."""
    target = Home(tmp_path / "target")
    with pytest.raises(BackupError, match=why):
        restore(file, target, ALICE)
    assert not target.path.exists()


def test_a_changed_table_is_refused(file: Path, tmp_path: Path) -> None:
    refused(rewritten(file, "tables/outcome.jsonl", b""), tmp_path, "not as it was written")


def test_a_missing_file_is_refused(file: Path, tmp_path: Path) -> None:
    refused(rewritten(file, "tables/event.jsonl", None), tmp_path, "missing or too many")


def test_a_renamed_file_is_refused(file: Path, tmp_path: Path) -> None:
    changed = rewritten(file, "tables/event.jsonl", b"", rename="../event.jsonl")
    refused(changed, tmp_path, "missing or too many")


def test_a_manifest_that_leads_out_of_the_home_is_refused(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        key = archive.read("home/secret.key")
    manifest["files"]["home/../../evil"] = manifest["files"].pop("home/secret.key")
    changed = rewritten(file, "manifest.json", json.dumps(manifest).encode())
    changed = rewritten(changed.rename(file), "home/secret.key", key, rename="home/../../evil")
    refused(changed, tmp_path, "leads out of the home")


def test_a_backup_of_another_version_is_refused(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json")) | {"revision": "0000"}
    changed = rewritten(file, "manifest.json", json.dumps(manifest).encode())
    refused(changed, tmp_path, "made at version 0000")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_flipped_bit_or_a_lost_end_is_refused(file: Path, tmp_path: Path, part: float) -> None:
    content = bytearray(file.read_bytes())
    file.write_bytes(content[: int(len(content) * part)])
    refused(file, tmp_path, "cannot be restored")
    file.write_bytes(content)
    content[inside_a_member(file, part)] ^= 4
    file.write_bytes(content)
    refused(file, tmp_path, "cannot be restored")


def inside_a_member(file: Path, part: float) -> int:
    """Return where something that counts is written: not all of a zip's own headers do."""
    with zipfile.ZipFile(file) as archive:
        largest = max(archive.infolist(), key=lambda one: one.compress_size)
    header = 30 + len(largest.filename)  # of fixed length but for the name
    return largest.header_offset + header + int(largest.compress_size * part)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "none.zip", tmp_path, "there is no file")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("letter.txt", "hello")
    refused(other, tmp_path, "no backup of dayround")


def test_a_home_that_is_not_empty_is_left_alone(file: Path, home: Home, tmp_path: Path) -> None:
    before = rows(open_store(home))
    with pytest.raises(BackupError, match="not empty"):
        restore(file, home, ALICE)
    assert rows(open_store(home)) == before
    with_rows = Home(tmp_path / "rows")
    with create_store(with_rows).writing(ALICE) as writer:
        writer.put_city(replace(TOWN, name="Other"))
    with pytest.raises(BackupError, match="not empty"):
        restore(file, with_rows, ALICE)
    assert [city.name for city in open_store(with_rows).cities()] == ["Other"]


def test_a_restore_that_fails_half_way_leaves_nothing(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = Home(tmp_path / "target")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("data.restore.place_files", fail)
    with pytest.raises(OSError, match="disk full"):
        restore(file, target, ALICE)
    assert not any(rows(open_store(target)).values())
    assert list(target.cities.iterdir()) == []
    monkeypatch.undo()
    restore(file, target, ALICE)
    assert open_store(target).cities() == [TOWN]


def test_a_backup_is_private_and_overwrites_nothing(file: Path, home: Home) -> None:
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupError, match="is there already"):
        backup(home, file, ALICE)
    assert not list(file.parent.glob("*.partial"))

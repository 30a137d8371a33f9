"""A backup: one zip with every table, the home's files, and a checksum of each.

The tables stand in it as JSON lines, the same from SQLite and from PostgreSQL: what was made of
one is restored into the other.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from sqlalchemy import Connection, Table, select

from data import database
from data.errors import BackupError
from data.home import MADE_UP, Home, make_private
from data.migrations import HEAD
from data.plain import reader, to_json, to_plain
from data.store import open_store
from data.tables import metadata
from scheduler.ports import By

MANIFEST = "manifest.json"
TABLES = "tables"
FILES = "home"
BATCH = 5_000
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: `files` are SHA-256 sums by name, `rows` counts by table."""

    made_at: datetime
    made_by: str
    revision: str
    rows: Mapping[str, int]
    files: Mapping[str, str]


def backup(home: Home, target: Path, by: By) -> Manifest:
    """Write the book, as it is at one moment, and the home's files; others may write meanwhile.

    The file appears under its name once it is whole.

    Raises
    ------
    BackupError
        Where `target` is there already.
    """
    if target.exists():
        raise BackupError(f"{target} is there already: choose another name")
    store = open_store(home)
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.touch()
        make_private(partial)
        with ZipFile(partial, "w", ZIP_DEFLATED) as archive:
            with database.reading(store.engine) as connection:
                manifest = write_archive(archive, connection, home, by)
            archive.writestr(MANIFEST, to_json(to_plain(manifest)))
        partial.replace(target)
        with store.writing(by) as writer:
            writer.note("backup.made", target.name, after={"rows": manifest.rows})
    finally:
        partial.unlink(missing_ok=True)
        store.close()
    return manifest


def write_archive(archive: ZipFile, connection: Connection, home: Home, by: By) -> Manifest:
    """Write all tables and files, and return what they are."""
    rows: dict[str, int] = {}
    files: dict[str, str] = {}
    for table in metadata.sorted_tables:
        name = table_name(table)
        with archive.open(name, "w", force_zip64=True) as file:
            rows[table.name], files[name] = write_table(file, connection, table)
    for path in kept_files(home):
        name = f"{FILES}/{path.relative_to(home.path).as_posix()}"
        with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as file:
            files[name] = copy(source, file)
    return Manifest(by.at, by.actor, HEAD, rows, files)


def table_name(table: Table) -> str:
    """Return the name of a table's lines in a backup."""
    return f"{TABLES}/{table.name}.jsonl"


def write_table(file: IO[bytes], connection: Connection, table: Table) -> tuple[int, str]:
    """Write a row per line; return how many, and the checksum."""
    count, digest = 0, hashlib.sha256()
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=BATCH)
    for row in connection.execute(query).mappings():
        line = f"{to_json(to_plain(row))}\n".encode()
        file.write(line)
        digest.update(line)
        count += 1
    return count, digest.hexdigest()


def kept_files(home: Home) -> Iterator[Path]:
    """Yield the files that a home cannot do without: its keys, the roads and the addresses.

    And the one that says that it is made up: what is restored from it is so, too.
    """
    keys = home.secret_file, home.sealing_file, home.attachments_file
    yield from filter(Path.exists, (*keys, home.path / MADE_UP))
    yield from sorted(home.rules.glob("*.toml"))
    for path in sorted(home.cities.rglob("*")):
        is_scratch = any(part.startswith(".") for part in path.relative_to(home.cities).parts)
        if path.is_file() and not is_scratch:
            yield path


def copy(source: IO[bytes], target: IO[bytes] | None) -> str:
    """Copy a file, to nowhere with None, and return its checksum."""
    digest = hashlib.sha256()
    while block := source.read(BLOCK_BYTES):
        digest.update(block)
        if target is not None:
            target.write(block)
    return digest.hexdigest()


def verify(archive: ZipFile) -> Manifest:
    """Return the manifest of a backup whose every byte is as it was written.

    Raises
    ------
    BackupError
        Where a file is missing, too many or changed, or another version wrote it.
    """
    names = sorted(archive.namelist())
    if MANIFEST not in names:
        raise BackupError("it has no manifest: it is no backup of dayround")
    manifest: Manifest = reader(Manifest)(json.loads(archive.read(MANIFEST)))
    if manifest.revision != HEAD:
        raise BackupError(
            f"it was made at version {manifest.revision} of the tables and this dayround needs "
            f"{HEAD}: restore it with the dayround that made it, then upgrade"
        )
    if names != sorted([MANIFEST, *manifest.files]):
        raise BackupError("files are missing or too many")
    for name, expected in manifest.files.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.parts[0] not in (TABLES, FILES):
            raise BackupError(f"{name!r} leads out of the home")
        with archive.open(name) as file:
            if copy(file, None) != expected:
                raise BackupError(f"{name} is not as it was written")
    return manifest


DAMAGED = (BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError)
"""What reading a damaged zip or manifest raises."""

"""From a backup to an empty home: all of it, or nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from data import database
from data.backup import BATCH, DAMAGED, FILES, Manifest, copy, table_name, verify
from data.errors import BackupError
from data.home import MADE_UP, Home, make_private
from data.migrations import HEAD, revision, upgrade
from data.plain import reader
from data.store.events import Transaction
from data.tables import metadata
from scheduler.ports import By


def restore(source: Path, home: Home, by: By) -> Manifest:
    """Fill an empty home, and its empty database, from a backup; it is verified first.

    Raises
    ------
    BackupError
        Where the file is no whole backup, or the home is not empty or would mix made-up people
        with real ones; nothing is changed then.
    """
    with open_backup(source) as (archive, manifest):
        refuse_to_mix(manifest, home)
        home.create()
        engine = database.make_engine(home.database_url)
        try:
            refuse_unless_empty(engine, home)
            upgrade(engine)
            fill(archive, manifest, engine, home, by)
        finally:
            engine.dispose()
    return manifest


@contextmanager
def open_backup(source: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Open a backup and verify it."""
    try:
        archive = ZipFile(source)
        manifest = verify(archive)
    except FileNotFoundError as error:
        raise BackupError(f"there is no file {source}") from error
    except DAMAGED as error:
        raise BackupError(f"{source} cannot be restored: it is damaged ({error})") from error
    except BackupError as error:
        raise BackupError(f"{source} cannot be restored: {error}") from error
    with archive:
        yield archive, manifest


def refuse_to_mix(manifest: Manifest, home: Home) -> None:
    """Raise BackupError where real people would come to a made-up home, or the reverse."""
    is_made_up = f"{FILES}/{MADE_UP}" in manifest.files
    if home.is_made_up and not is_made_up:
        raise BackupError(
            f"{home.path} is a made-up town's and is thrown away with it: restore into a home of "
            "your own, with --home"
        )
    if is_made_up and home.foreign_url:
        raise BackupError(
            "a made-up town takes no database of yours: restore it without DAYROUND_DATABASE"
        )


def refuse_unless_empty(engine: Engine, home: Home) -> None:
    """Raise BackupError where the home has files of a city, or its database has rows."""
    refusal = BackupError(f"{home.path} is not empty: restore into a new home, with --home")
    if any(home.cities.iterdir()):
        raise refusal
    with database.reading(engine) as connection:
        found = revision(connection)
        if found not in (None, HEAD):
            raise refusal
        if found and any(has_rows(connection, table) for table in metadata.sorted_tables):
            raise refusal


def has_rows(connection: Connection, table: Table) -> bool:
    """Tell whether a table has a row."""
    return connection.execute(select(*table.primary_key).limit(1)).first() is not None


def fill(archive: ZipFile, manifest: Manifest, engine: Engine, home: Home, by: By) -> None:
    """Fill the tables in one transaction, and put the files in place at its end."""
    placed: list[Path] = []
    with TemporaryDirectory(dir=home.path, prefix=".restoring-") as scratch:
        extract(archive, manifest, Path(scratch))
        try:
            with database.writing(engine) as connection:
                for table in metadata.sorted_tables:
                    read_table(archive, connection, table)
                    count_on(connection, table)
                transaction = Transaction(connection, by)
                made = {"made_at": manifest.made_at.isoformat(), "made_by": manifest.made_by}
                transaction.note("backup.restored", "", after=made)
                transaction.write_events()
                place_files(Path(scratch) / FILES, home, placed)
        except BaseException:
            for path in placed:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            raise


def extract(archive: ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write a backup's files, not its tables, below `folder`."""
    for name in manifest.files:
        if name.startswith(f"{FILES}/"):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as file:
                copy(source, file)
            make_private(target)


def read_table(archive: ZipFile, connection: Connection, table: Table) -> None:
    """Insert a table's rows, as they were."""
    kinds: dict[str, Any] = {column.name: column.type.python_type for column in table.columns}
    with archive.open(table_name(table)) as file:
        while lines := list(islice(file, BATCH)):
            rows = [
                {
                    name: None if value is None else reader(kinds[name])(value)
                    for name, value in json.loads(line).items()
                }
                for line in lines
            ]
            connection.execute(insert(table), rows)


def count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL count on from the last id; SQLite does so by itself."""
    column = table.autoincrement_column
    if connection.dialect.name == "sqlite" or column is None:
        return
    last = connection.scalar(select(func.max(column)))
    if last is not None:
        connection.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"),
            {"table": table.name, "column": column.name, "last": last},
        )


def place_files(folder: Path, home: Home, placed: list[Path]) -> None:
    """Move the home's files to their places, and tell in `placed` which were."""
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        target = home.path / path.name
        if target.is_dir():
            target.rmdir()  # `create` made it, and it is empty
        path.replace(target)
        placed.append(target)

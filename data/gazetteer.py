"""The file of a city's addresses that knows the lender's own places, made when they change.

It lies in the city's folder, and its name tells what it was made of: the state of the extract's
gazetteer and the revision of the book. So it is never changed, several processes may make it at
once, and none reads one that another is writing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from routing.gazetteer.own_build import write_with_own
from routing.gazetteer.own_place import OwnPlace
from routing.gazetteer.schema import FORMAT
from routing.geocoders.gazetteer import GazetteerGeocoder
from scheduler.errors import DayroundError
from scheduler.ports import OwnRecord

KEPT_S = 60.0
"""After a newer one was made: so long another process may take to open what it has found."""


class OwnBook(Protocol):
    """A book with the lender's own places."""

    def own_places(self, city: str) -> list[OwnRecord]: ...

    def own_revision(self, city: str) -> str:
        """Return what is another as soon as `own_places` are others; '' where there are none."""
        ...


def with_own(gazetteer: Path, city: str, book: OwnBook | None) -> Path:
    """Return the gazetteer that knows the lender's places of now: the extract's if there are none.

    Raises
    ------
    GazetteerError
        Where the extract's is none of this version.
    """
    revision = book.own_revision(city) if book else ""
    if not (book and revision):
        return gazetteer
    file = gazetteer.with_name(f"own-{_stamp(gazetteer, revision)}.sqlite")
    if not file.exists():
        _write(gazetteer, [record.place for record in book.own_places(city)], file)
        _forget_older(file)
    return file


def geocoder_with(gazetteer: Path, places: Sequence[OwnPlace]) -> GazetteerGeocoder:
    """Return a geocoder that takes `places` for the lender's own; nothing of it is kept."""
    folder = gazetteer.parent
    with TemporaryDirectory(dir=folder, prefix=".own-", ignore_cleanup_errors=True) as scratch:
        file = Path(scratch) / "own.sqlite"
        _write(gazetteer, places, file)
        return GazetteerGeocoder(file)


def _write(gazetteer: Path, places: Sequence[OwnPlace], file: Path) -> None:
    """Write the file, and tell in words where it cannot be."""
    try:
        write_with_own(gazetteer, places, file)
    except (OSError, sqlite3.OperationalError) as error:
        raise DayroundError(
            f"the lender's own places cannot be written into {file.parent}: {error}. Make room "
            "there; they are kept in the book, and are looked for again next time"
        ) from error


def _stamp(gazetteer: Path, revision: str) -> str:
    written = gazetteer.stat()
    told = f"{FORMAT} {written.st_mtime_ns} {written.st_size} {revision}"
    return blake2b(told.encode(), digest_size=12).hexdigest()


def _forget_older(file: Path) -> None:
    """Remove what was made before, but for what another process may be about to open."""
    with suppress(OSError):  # another process removes them too, or one is open on Windows
        newest_s = file.stat().st_mtime
        for other in file.parent.glob("own-*.sqlite"):
            if newest_s - other.stat().st_mtime > KEPT_S:
                other.unlink()

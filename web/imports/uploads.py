"""A list between its upload and its end: the file, what was said of it, what was found in it.

It lies in the home, readable by its owner alone, and goes when it is taken in or a day has passed.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from data.home import Home, make_private
from data.readers.digest import digest
from data.readers.tables import File, Understood
from routing.datum import Datum
from scheduler.errors import NotFoundError

FOLDER = "uploads"
KEPT_FOR = timedelta(days=1)
TOKEN = re.compile(r"[0-9a-f]{32}")
READ_BY = ("city", "kind", "content_digest", "sheet", "encoding", "agency", "datum", "is_whole",
           "understood")  # fmt: skip
"""What decides what is found in a list."""
TOLD, FOUND = "told.json", "found.json"


@dataclass(frozen=True)
class Upload:
    """A list that somebody has sent, of so many `rows`.

    `job` is the long work on it, or on the very same list of somebody else; `batch` is what it has
    become.
    """

    folder: Path
    token: str
    city: str
    user: str
    kind: str
    name: str
    name_digest: str
    content_digest: str
    made_at: datetime
    sheet: str = ""
    encoding: str = ""
    agency: str = ""
    datum: str = ""
    is_whole: bool = False
    understood: Understood | None = None
    rows: int | None = None
    job: int | None = None
    batch: int | None = None
    change: Mapping[str, int] = field(default_factory=dict)

    @property
    def file(self) -> File:
        """The list, to be read as was said."""
        return File(
            next(self.folder.glob("list*")),
            sheet=self.sheet or None,
            encoding=self.encoding or None,
            understood=self.understood,
        )

    @property
    def known_datum(self) -> Datum | None:
        return Datum(self.datum) if self.datum else None

    def said(self, **more: Any) -> Upload:
        """Return it with more said, and kept so."""
        told = replace(self, **more)
        plain = asdict(told) | {"folder": "", "made_at": told.made_at.isoformat()}
        _write(self.folder / TOLD, plain)
        return told

    def keep_found(self, found: Mapping[str, Any]) -> None:
        """Keep what was found in the list."""
        _write(self.folder / FOUND, found)

    @property
    def found(self) -> dict[str, Any] | None:
        """What was found in the list; None where nobody has looked yet."""
        try:
            told: dict[str, Any] = json.loads((self.folder / FOUND).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return told

    def is_read_as(self, other: Upload) -> bool:
        """Whether it is the same list as another, read in the same way: the same is found in it."""
        return all(getattr(self, name) == getattr(other, name) for name in READ_BY)

    def forget_found(self) -> None:
        """Let what was found go: something else is said of the list now."""
        (self.folder / FOUND).unlink(missing_ok=True)

    def forget_rows(self) -> None:
        """Let the list itself go: it is in the book, or nobody wants it."""
        for path in self.folder.glob("list*"):
            path.unlink()


def receive(home: Home, name: str, save: Callable[[Path], None], **told: Any) -> Upload:
    """Keep a list that was sent; those that are older than a day go."""
    at: datetime = told["made_at"]
    base = home.path / FOLDER
    base.mkdir(exist_ok=True)
    make_private(base)
    _clear(base, at)
    token = secrets.token_hex(16)
    folder = base / token
    folder.mkdir()
    make_private(folder)
    path = folder / f"list{_ending(name)}"
    save(path)
    make_private(path)
    key = home.secret()
    content = blake2b(path.read_bytes(), key=key, digest_size=8).hexdigest()
    upload = Upload(
        folder, token, name=name, name_digest=digest(name, key), content_digest=content, **told
    )
    return upload.said()


def find(home: Home, city: str, user: str, token: str) -> Upload:
    """Return what a person has sent; NotFoundError where there is none, or it is another's."""
    folder = home.path / FOLDER / token
    gone = NotFoundError("this list is here no more: send it again")
    if not TOKEN.fullmatch(token) or not (folder / TOLD).is_file():
        raise gone
    told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
    if (told["city"], told["user"]) != (city, user):
        raise gone
    read = told | {
        "folder": folder,
        "made_at": datetime.fromisoformat(told["made_at"]),
        "understood": _understood(told["understood"]),
    }
    return Upload(**read)


def _understood(told: Mapping[str, Any] | None) -> Understood | None:
    if told is None:
        return None
    fields = {int(position): name for position, name in told["fields"].items()}
    return Understood(told["header_line"], fields, told["words"])


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if ending in (".csv", ".xlsx", ".txt", ".tsv") else ""


def _clear(base: Path, at: datetime) -> None:
    """Remove what has lain for a day; what is damaged too."""
    for folder in base.iterdir():
        try:
            told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
            is_old = at - datetime.fromisoformat(told["made_at"]) > KEPT_FOR
        except (OSError, ValueError, KeyError):
            is_old = at.timestamp() - folder.stat().st_mtime > KEPT_FOR.total_seconds()
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)


def _write(path: Path, told: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    make_private(new)
    new.replace(path)

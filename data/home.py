"""The folder that holds a user's book, cities and backups."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from data.errors import DatabaseError

MADE_UP = "MADE-UP"
"""A file of this name says that a home holds a made-up town, which may be thrown away."""

OWNER_ONLY = 0o700
OWNER_ONLY_FILE = 0o600


@dataclass(frozen=True, slots=True)
class Home:
    """A home at `path`.

    dayround.sqlite    the book, unless `DAYROUND_DATABASE` names another database
    secret.key         keys the ids of borrowers known by an identity number
    sealing.key        opens what phones have sealed
    attachments.key    opens photographs, voice notes and signatures that lie in the book
    session.key        signs what browsers keep of a log-in
    following.toml     what follows from results of visits, where the lender says otherwise
    address            where its pages were served last
    cities/NAME/       roads and addresses of a city
    backups/
    """

    path: Path

    @classmethod
    def find(cls, given: Path | None = None) -> Home:
        """Return the home given, else `DAYROUND_HOME`, else the user's data folder."""
        told = os.environ.get("DAYROUND_HOME")
        path = given or (Path(told) if told else platformdirs.user_data_path("dayround", False))
        return cls(path.expanduser().absolute())

    @property
    def database_file(self) -> Path:
        return self.path / "dayround.sqlite"

    @property
    def secret_file(self) -> Path:
        return self.path / "secret.key"

    @property
    def sealing_file(self) -> Path:
        return self.path / "sealing.key"

    @property
    def attachments_file(self) -> Path:
        return self.path / "attachments.key"

    @property
    def address_file(self) -> Path:
        return self.path / "address"

    @property
    def following_file(self) -> Path:
        """The lender's own lines of what follows from the results of visits; it may be missing."""
        return self.path / "following.toml"

    @property
    def cities(self) -> Path:
        return self.path / "cities"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def rules(self) -> Path:
        """Where the lender's own rule profiles lie, if it has any."""
        return self.path / "rules"

    @property
    def is_made_up(self) -> bool:
        """Whether nobody and nothing in it exists."""
        return (self.path / MADE_UP).exists()

    @property
    def database_url(self) -> str:
        """The URL in `DAYROUND_DATABASE`, or in the file that `DAYROUND_DATABASE_FILE` names.

        Raises
        ------
        DatabaseError
            Where both are set, or the file cannot be read.
        """
        return self.foreign_url or f"sqlite:///{self.database_file}"

    @property
    def foreign_url(self) -> str | None:
        """The database that the environment names; real people lie there, so no made-up home's."""
        return None if self.is_made_up else told_url(os.environ)

    @property
    def is_there(self) -> bool:
        """Whether it was made: a book in its own database, or one that the environment names."""
        return self.foreign_url is not None or self.database_file.exists()

    def secret(self) -> bytes:
        """Return the home's own key, under which identity numbers become borrower ids.

        It is made once, and goes into backups: with another key a book's borrowers would not be
        known again.
        """
        return key_in(self.secret_file)

    def sealing_secret(self) -> bytes:
        """Return the secret of the key for which phones seal what they record.

        It goes into backups: without it nobody could open what a phone still holds.
        """
        return key_in(self.sealing_file)

    def attachments_secret(self) -> bytes:
        """Return the key under which attachments lie in the book; it goes into backups, too."""
        return key_in(self.attachments_file)

    def session_secret(self) -> bytes:
        """Return the key that signs sessions. It is in no backup: a new one logs everybody out."""
        return key_in(self.path / "session.key")

    def create(self) -> None:
        """Make the folders and an empty database file, for the owner's eyes alone."""
        for folder in (self.path, self.cities, self.backups):
            folder.mkdir(parents=True, exist_ok=True)
            make_private(folder)
        if self.foreign_url is None:
            self.database_file.touch(OWNER_ONLY_FILE)  # its journal files take the same mode
            make_private(self.database_file)


def key_in(file: Path) -> bytes:
    """Return the random key of a file, which is made at the first call."""
    with suppress(FileExistsError), file.open("xb") as new:
        make_private(file)
        new.write(secrets.token_bytes(32))
    return file.read_bytes()


def make_private(path: Path) -> None:
    """Let only the owner read a file or folder; Windows keeps the user's folder so itself."""
    if os.name != "nt":
        path.chmod(OWNER_ONLY if path.is_dir() else OWNER_ONLY_FILE)


def told_url(environ: Mapping[str, str]) -> str | None:
    """Return the database URL that the environment names, if any."""
    url, file = environ.get("DAYROUND_DATABASE"), environ.get("DAYROUND_DATABASE_FILE")
    if url and file:
        raise DatabaseError("DAYROUND_DATABASE and DAYROUND_DATABASE_FILE are both set: keep one")
    if not file:
        return url or None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise DatabaseError(f"DAYROUND_DATABASE_FILE cannot be read: {error}") from error

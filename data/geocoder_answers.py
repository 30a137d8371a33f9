"""What map services have answered, and how often they were asked: two private SQLite files.

Answers lie in the city's folder, under a hash of the address; accounts lie beside the cities, for
a key is one for all of them. Both names begin with a dot, which keeps them out of backups.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from data.home import make_private
from routing.datum import Datum
from routing.geocoders.limiter import Account
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point

ANSWERS, ACCOUNTS = ".online-answers.sqlite", ".online-accounts.sqlite"
PATIENCE_S = 30.0
"""For another process that writes."""

ANSWER_TABLE = """
CREATE TABLE IF NOT EXISTS answer (
    service TEXT NOT NULL, question TEXT NOT NULL, at REAL NOT NULL, told TEXT NOT NULL,
    PRIMARY KEY (service, question)) WITHOUT ROWID
"""
ACCOUNT_TABLE = """
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, told TEXT NOT NULL) WITHOUT ROWID
"""


@dataclass(frozen=True)
class KeptAnswers:
    """The answers that a city keeps: for so long where a place was found, and where none was."""

    folder: Path
    lasts: Callable[[str, bool], timedelta]
    clock: Callable[[], datetime]

    def find(self, service: str, key: str) -> GeocodeResult | None:
        file = self.folder / ANSWERS
        if not file.exists():
            return None
        query = "SELECT at, told FROM answer WHERE service = ? AND question = ?"
        with _opened(file, ANSWER_TABLE) as kept:
            row = kept.execute(query, (service, _hash(service, key))).fetchone()
        if row is None:
            return None
        found = _result(json.loads(row[1]))
        age_s = self.clock().timestamp() - row[0]
        lasts = self.lasts(service, found.point is not None)
        return found if 0 <= age_s < lasts.total_seconds() else None

    def keep(self, service: str, key: str, answer: GeocodeResult) -> None:
        told = json.dumps(asdict(answer), ensure_ascii=False)
        row = (service, _hash(service, key), self.clock().timestamp(), told)
        with _opened(self.folder / ANSWERS, ANSWER_TABLE) as kept:
            kept.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", row)

    def count(self) -> int:
        """Return how many answers are kept."""
        if not (self.folder / ANSWERS).exists():
            return 0
        with _opened(self.folder / ANSWERS, ANSWER_TABLE) as kept:
            found: int = kept.execute("SELECT COUNT(*) FROM answer").fetchone()[0]
        return found

    def forget(self) -> int:
        """Delete all of them; return how many they were."""
        count = self.count()
        (self.folder / ANSWERS).unlink(missing_ok=True)
        return count


@dataclass(frozen=True)
class KeptAccounts:
    """How often each key was used of late, for all processes of a home."""

    folder: Path

    @contextmanager
    def account(self, name: str) -> Iterator[Account]:
        """Lend an account while nobody else can have it."""
        with _opened(self.folder / ACCOUNTS, ACCOUNT_TABLE) as kept:
            kept.execute("BEGIN IMMEDIATE")
            row = kept.execute("SELECT told FROM account WHERE name = ?", (name,)).fetchone()
            account = _account(json.loads(row[0])) if row else Account()
            yield account
            told = json.dumps(asdict(account))
            kept.execute("INSERT OR REPLACE INTO account VALUES (?, ?)", (name, told))
            kept.execute("COMMIT")


@contextmanager
def _opened(file: Path, table: str) -> Iterator[sqlite3.Connection]:
    """Open a file, for the owner's eyes alone, whose statements commit by themselves."""
    if not file.exists():
        file.touch()
        make_private(file)
    connection = sqlite3.connect(file, timeout=PATIENCE_S, isolation_level=None)
    with closing(connection):
        connection.execute(table)
        yield connection


def _hash(service: str, key: str) -> str:
    return hashlib.sha256(f"{service}\n{key}".encode()).hexdigest()


def _result(told: dict[str, Any]) -> GeocodeResult:
    point = told["point"] and Point(**told["point"])
    close = {"precision": Precision(told["precision"]), "datum": Datum(told["datum"])}
    return GeocodeResult(**told | close | {"point": point})


def _account(told: dict[str, Any]) -> Account:
    spent = {int(hour): count for hour, count in told["spent"].items()}
    return Account(told["next_at"], told["failures"], spent)

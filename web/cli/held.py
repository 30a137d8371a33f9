"""Holding a made-up home: what is thrown away and made anew must not go from under a server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from web.cli.common import fail


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Hold a demo's home for this process while the block runs, or end where another has it.

    A lock of SQLite, on a file beside the home: every system has it, and lets it go however the
    process ends.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    file = home.with_name(f"{home.name}.lock")
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            fail(
                f"a demo is being made or served in {home}: end it by Ctrl-C, or name another "
                "folder with --home"
            )
        yield

"""Writers of one process take turns: none sleeps while nobody writes, and none is let in twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, text

from data import database


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = database.make_engine(f"sqlite:///{tmp_path / 'book.db'}")
    with database.writing(made) as connection:
        connection.execute(text("CREATE TABLE told (number INTEGER)"))
    return made


def test_writers_beside_each_other_all_write(engine: Engine) -> None:
    def write(number: int) -> None:
        with database.writing(engine) as connection:
            last = connection.scalar(text("SELECT coalesce(max(number), 0) FROM told"))
            connection.execute(text("INSERT INTO told VALUES (:next)"), {"next": (last or 0) + 1})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(40)))
    with database.reading(engine) as connection:
        assert list(connection.scalars(text("SELECT number FROM told"))) == list(range(1, 41))


def test_a_writer_that_fails_lets_the_next_one_in(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), database.writing(engine):
        _ = 1 / 0
    with database.writing(engine) as connection:
        connection.execute(text("INSERT INTO told VALUES (1)"))


def test_who_reads_waits_for_no_writer(engine: Engine) -> None:
    is_read = Event()

    def read() -> None:
        with database.reading(engine) as connection:
            assert connection.scalar(text("SELECT count(*) FROM told")) == 0
        is_read.set()

    with ThreadPoolExecutor(1) as threads, database.writing(engine) as connection:
        connection.execute(text("INSERT INTO told VALUES (1)"))
        threads.submit(read).result(timeout=10)
    assert is_read.is_set()

"""A write that is not judged to its end never was: neither its rows, nor its events are there."""

from __future__ import annotations

import os
import signal
from datetime import datetime
from multiprocessing import get_context

import pytest
from sqlalchemy import func, select

from data import database, tables
from data.store import SqlStore, open_store
from scheduler.model import StopFlag
from scheduler.suspending import Judge, Planned
from tests.data.story import MONDAY, Story, planned_book

WRITTEN = (tables.event, tables.suspension, tables.visit_grounds)
STOPPED = frozenset({StopFlag.COMPLAINT})


def rows(store: SqlStore) -> list[int]:
    with database.reading(store.engine) as connection:
        return [connection.scalar(select(func.count()).select_from(one)) or 0 for one in WRITTEN]


def stops(store: SqlStore) -> frozenset[StopFlag]:
    return next(case.stops for case in store.open_day("Town", MONDAY).cases if case.id == "C1")


def die(_: Judge, __: Planned) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_while_judging(url: str, now: datetime) -> None:
    """Write a complaint, and be killed when its first visit is judged."""
    setattr(Judge, "cause", die)  # noqa: B010 - the process is its own
    Story(open_store(url), now).case("C1", stops=STOPPED)


def test_nothing_is_left_of_a_write_whose_judging_fails(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = planned_book(store)
    before = rows(store)

    def fail(_: Judge, __: Planned) -> None:
        raise RuntimeError("out of memory")

    with monkeypatch.context() as broken:
        broken.setattr(Judge, "cause", fail)
        with pytest.raises(RuntimeError, match="out of memory"):
            story.case("C1", stops=STOPPED)
    assert (rows(store), stops(store)) == (before, frozenset())
    story.case("C1", stops=STOPPED)
    assert stops(store) == STOPPED
    assert rows(store)[1] > before[1]


def test_nothing_is_left_of_a_write_whose_process_is_killed(store: SqlStore, url: str) -> None:
    story = planned_book(store)
    before = rows(store)
    killed = get_context("spawn").Process(target=die_while_judging, args=(url, story.now))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert (rows(store), stops(store)) == (before, frozenset())
    story.case("C1", stops=STOPPED)
    assert rows(store)[1] > before[1], "whoever writes next does not wait for the dead"

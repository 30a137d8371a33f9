"""Several processes that write at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from itertools import pairwise
from multiprocessing import get_context
from typing import Any

import pytest

from data.store import SqlStore, create_store, open_store
from scheduler.errors import ConflictError
from scheduler.ports import By, PlanStatus
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, TOWN, new_plan, record

PROCESSES = 3
TIMES = 8


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """Processes of their own, as on a machine where several programs write."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        yield processes


def write_often(process: int, url: str) -> str:
    """Import and plan again and again: what one writes, the others read and change."""
    store = open_store(url)
    for time in range(TIMES):
        by = By(f"writer {process}", NOON + timedelta(seconds=time))
        with store.writing(by) as writer:
            told = [record(1, days_past_due=100 * process + time), record(10 + process)]
            writer.put_cases("Town", told, known=ALL_KNOWN, complete=False)
            writer.add_plan(new_plan())
        store.open_day("Town", TODAY)
    store.close()
    return "done"


def publish_once(process: int, url: str, plan_id: int) -> str:
    """Publish a plan that others publish too."""
    store = open_store(url)
    try:
        with store.writing(By(f"writer {process}", NOON)) as writer:
            writer.publish(plan_id, "")
    except ConflictError:
        return "conflict"
    finally:
        store.close()
    return "published"


def upgrade_once(_: int, url: str) -> str:
    """Make the tables that others make too."""
    create_store(url).close()
    return "done"


def answers(pool: ProcessPoolExecutor, work: Callable[..., str], *told: Any) -> list[str]:
    """Let all processes do `work` at once, and return their answers in order."""
    begun = [pool.submit(work, process, *told) for process in range(PROCESSES)]
    return sorted(future.result() for future in begun)


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    """A store with a town."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
    return store


def test_writers_wait_for_each_other_and_lose_nothing(
    town: SqlStore, url: str, pool: ProcessPoolExecutor
) -> None:
    assert answers(pool, write_often, url) == ["done"] * PROCESSES
    versions = [plan.version for plan in town.plans("Town", TODAY)]
    assert versions == list(range(1, PROCESSES * TIMES + 1))
    # Each wrote what it says of C1 over what another had said: before and after form a chain.
    told = [
        (event.before["case"]["days_past_due"], event.after["case"]["days_past_due"])
        for event in reversed(town.events(subject="C1", limit=1000))
        if event.before and event.after
    ]
    assert len(told) == PROCESSES * TIMES - 1
    assert all(after == before for (_, after), (before, _) in pairwise(told))


def test_of_several_who_publish_at_once_one_does(
    town: SqlStore, url: str, pool: ProcessPoolExecutor
) -> None:
    with town.writing(ALICE) as writer:
        draft = writer.add_plan(new_plan())
    answered = answers(pool, publish_once, url, draft.id)
    assert answered == ["conflict"] * (PROCESSES - 1) + ["published"]
    assert town.plan("Town", TODAY).state is PlanStatus.PUBLISHED


def test_several_may_make_the_tables_at_once(empty_url: str, pool: ProcessPoolExecutor) -> None:
    assert answers(pool, upgrade_once, empty_url) == ["done"] * PROCESSES

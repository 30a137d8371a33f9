"""What the worker makes of each kind of job, here in the tests' own process."""

from __future__ import annotations

import os
import time
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data.jobs import LEASE, Ended, Job, JobKind, JobState, LeaseLostError
from routing.geocoding import GeocodeResult, Precision
from scheduler.engines.registry import ENGINES
from scheduler.plan import LeftOut, Plan, Reason
from tests.data.built_city import add_city
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    NOON,
    TODAY,
    crew,
    new_plan,
    record,
    shift,
    with_home,
)
from tests.web.pages import World
from tests.web.test_dispatch import english
from tests.web.test_map import EXTRACT
from web.jobs.runner import Runner
from web.jobs.work import Beat, await_search, work

ON = TODAY + timedelta(days=7)


def claimed(world: World, kind: JobKind, **parameters: object) -> Job:
    """Put a job into the queue and claim it."""
    on = None if kind is JobKind.GEOCODE else ON
    world.wired.jobs.add(kind, "Town", on, ALICE, **parameters)
    job = world.wired.jobs.claim("r1", NOON)
    assert job is not None
    return job


def add_extract(world: World, tmp_path: Path) -> None:
    add_city(world.wired.home.cities, "Town", EXTRACT)


def add_shifts(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_shifts("Town", [shift(who, day=7) for who in ("alice", "bob", "charlie")])


def left_out_draft(world: World) -> None:
    """Keep a plan in which nobody goes to the home of B1, though Alice and Bob could."""
    homes = world.wired.store.open_day("Town", ON).places
    placed = {home: GeocodeResult(home.point, Precision.CONFIRMED, 0.0, "test") for home in homes}
    with world.wired.store.writing(ALICE) as writer:
        writer.put_positions("Town", placed)
        pair = crew("alice", "bob", window=shift("alice", day=7).window, breaks=())
        writer.put_crews("Town", ON, (pair,))
        entry = LeftOut("B1", Reason.CREWS_FULL, "full", case_ids=("C1",))
        writer.add_plan(new_plan(plan=Plan((), (entry,)), crews=(pair,), targets={}, on=ON))


def test_what_would_help_is_tried_and_told(world: World, tmp_path: Path) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    left_out_draft(world)
    job = claimed(world, JobKind.REMEDIES, case="C1", version=1)
    ended = work(world.wired.home.path, job.id, "r1")
    assert (ended.state, ended.result["is_tried"]) == (JobState.DONE, True)
    assert ended.result["left_out"] == {"reason": "crews_full", "rule": "", "detail": "full"}
    assert ended.result["value"] > 0
    assert {one["crew"] for one in ended.result["remedies"]} == {"alice+bob"}
    world.wired.jobs.finish(job.id, "r1", ended, NOON)
    assert world.wired.jobs.get(job.id).result == ended.result  # as plain values, which are kept


def test_a_trial_that_is_stopped_keeps_nothing(world: World, tmp_path: Path) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    left_out_draft(world)
    job = claimed(world, JobKind.REMEDIES, case="C1", version=1)
    world.wired.jobs.cancel(job.id, ALICE)
    assert work(world.wired.home.path, job.id, "r1") == Ended(JobState.CANCELLED)


def test_addresses_are_looked_up_and_what_was_understood_is_kept(
    world: World, tmp_path: Path
) -> None:
    add_extract(world, tmp_path)
    homes = {7: "中山路", 8: "虹通街80号"}
    told = [with_home(record(n, agency="North"), address=text) for n, text in homes.items()]
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", told, known=ALL_KNOWN, complete=False)
    assert world.wired.desk.standing("Town", TODAY, None).waiting == 2
    ended = work(world.wired.home.path, claimed(world, JobKind.GEOCODE).id, "r1")
    assert (ended.state, ended.result["looked_up"]) == (JobState.DONE, 2)
    assert world.wired.desk.standing("Town", TODAY, None).waiting == 0
    lost = {one.place.id: one for one in world.wired.review.waiting("Town", None)}
    assert "虹通街" in lost["B8-home"].unmatched
    assert "B7-home" not in lost  # the street of the extract


def test_crews_are_formed_and_who_is_alone_is_told(world: World, tmp_path: Path) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    ended = work(world.wired.home.path, claimed(world, JobKind.CREWS).id, "r1")
    assert ended.state is JobState.DONE
    # Alice and Bob are of the agency North; Charlie is alone in South.
    assert list(ended.result["alone"]) == ["charlie"]
    formed, _, _ = world.wired.desk.crews("Town", ON, None)
    assert [crew.members for crew in formed] == [("alice", "bob")]


def test_work_that_cannot_be_done_fails_in_words(world: World) -> None:
    add_shifts(world)
    job = claimed(world, JobKind.PLAN, seconds=0, engine="greedy")
    ended = work(world.wired.home.path, job.id, "r1")
    assert ended.state is JobState.FAILED
    assert "dayround city add" in ended.problem


def test_a_plan_is_not_kept_by_a_runner_that_lost_it(world: World, tmp_path: Path) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    job = claimed(world, JobKind.PLAN, seconds=1, engine="greedy")
    assert world.wired.jobs.claim("r2", NOON + 2 * LEASE) is not None
    with pytest.raises(LeaseLostError):
        work(world.wired.home.path, job.id, "r1")
    assert world.wired.store.plans("Town", ON) == []


def test_a_search_that_is_cut_off_goes_on_from_its_best_plan(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    homes = world.wired.store.open_day("Town", ON).places
    placed = {home: GeocodeResult(home.point, Precision.CONFIRMED, 0.0, "test") for home in homes}
    with world.wired.store.writing(ALICE) as writer:
        writer.put_positions("Town", placed)
    jobs = world.wired.jobs
    monkeypatch.setattr("web.jobs.going_on.KEEP_EVERY_S", 0.0)
    job = claimed(world, JobKind.PLAN, seconds=1, engine="search")
    cut_off(monkeypatch, at=0.5)
    with pytest.raises(LeaseLostError):
        work(world.wired.home.path, job.id, "r1")
    monkeypatch.undo()
    jobs.release(job.id, "r1")
    assert "the best plan so far is kept" in english(world).get(f"/Town/{ON}/progress").text
    again = jobs.claim("r2", NOON)
    assert again is not None
    assert again.reached is not None
    was = again.reached["search"]
    assert 0.4 <= was["share"] <= 0.6
    assert was["days"]
    ended = work(world.wired.home.path, again.id, "r2")
    told = jobs.get(again.id).progress
    assert told is not None
    assert told["gone_on_from"] == was["share"]
    assert len(told["curve"]) > len(again.reached["curve"]) > 2, "one curve of one search"
    (record,) = world.wired.store.plans("Town", ON)
    assert (record.version, record.job) == (ended.result["version"], job.id)
    jobs.release(job.id, "r2")  # its server goes before it can say so
    assert jobs.claim("r3", NOON) is not None
    assert work(world.wired.home.path, job.id, "r3").result == ended.result
    assert len(world.wired.store.plans("Town", ON)) == 1


def cut_off(monkeypatch: pytest.MonkeyPatch, at: float) -> None:
    """Let a worker hear that its job is another's once it has come so far."""
    tell = Beat.tell

    def told(beat: Beat, **progress: Any) -> None:
        tell(beat, **progress)
        if progress.get("share", 0) >= at:
            raise LeaseLostError

    monkeypatch.setattr(Beat, "tell", told)


def test_progress_is_written_at_most_twice_a_second(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = iter([0.0, 0.0, 0.1, 0.4, 0.6, 0.6])  # a write reads the clock twice
    monkeypatch.setattr("web.jobs.work.monotonic", lambda: next(at))
    job = claimed(world, JobKind.GEOCODE)
    beat = Beat(world.wired.jobs, job, "r1")
    kept = []
    for done in range(4):
        beat.tell(done=done, total=4)
        kept.append((world.wired.jobs.get(job.id).progress or {}).get("done"))
    assert kept == [0, 0, 0, 3]


class Compiled:
    """A search of which so many functions are compiled, and that is ready when asked again."""

    def __init__(self, functions: int) -> None:
        self.functions = functions
        self._asked = 0

    def is_over(self, _within_s: float) -> bool:
        self._asked += 1
        return self._asked > 1


@pytest.mark.parametrize(("functions", "told"), [(3, {"compiling": 3}), (0, {})])
def test_who_waits_for_compiling_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, functions: int, told: dict[str, int]
) -> None:
    compiled = Compiled(functions)  # none, where they are only loaded
    monkeypatch.setattr("web.jobs.work.warming", lambda: compiled)
    job = claimed(world, JobKind.PLAN)
    await_search(Beat(world.wired.jobs, job, "r1"))
    assert (world.wired.jobs.get(job.id).progress or {}) == told


def test_who_waits_for_compiling_may_stop(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    monkeypatch.setattr("web.jobs.work.warming", lambda: Compiled(3))
    job = claimed(world, JobKind.PLAN, seconds=0, engine="search")
    world.wired.jobs.cancel(job.id, ALICE)
    assert work(world.wired.home.path, job.id, "r1").state is JobState.CANCELLED
    assert world.wired.store.plans("Town", ON) == []


def test_other_engines_wait_for_no_compiling(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    waited: list[None] = []
    monkeypatch.setattr("web.jobs.work.await_search", lambda _: waited.append(None))
    for engine in ENGINES:
        job = claimed(world, JobKind.PLAN, seconds=0, engine=engine)
        work(world.wired.home.path, job.id, "r1")
        world.wired.jobs.finish(job.id, "r1", Ended(JobState.DONE), NOON)
    assert len(waited) == 1


def run(world: World, runner: Runner, *jobs: Job) -> list[Job]:
    """Let a runner do jobs, and return how they ended."""
    runner.start()
    try:
        until = time.monotonic() + 60
        while not all(world.wired.jobs.get(job.id).state.is_over for job in jobs):
            assert time.monotonic() < until, "nobody does it"
            time.sleep(0.1)
    finally:
        runner.close()
    return [world.wired.jobs.get(job.id) for job in jobs]


def test_a_worker_that_was_gone_is_replaced(world: World) -> None:
    runner = Runner(world.wired)
    with pytest.raises(BrokenProcessPool):
        runner._pool.submit(os._exit, 1).result()
    (ended,) = run(world, runner, world.wired.jobs.add(JobKind.GEOCODE, "Town", None, ALICE))
    assert (ended.state, ended.tries) == (JobState.DONE, 1)


@pytest.mark.slow
def test_a_job_that_cannot_be_ended_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = [{"towns": {1, 2}}, {"towns": [1, 2]}]  # JSON knows no sets
    results = iter(told)
    monkeypatch.setattr(
        "web.jobs.runner.ended", lambda *_: Ended(JobState.DONE, result=next(results))
    )
    jobs = [
        world.wired.jobs.add(kind, "Town", on, ALICE)
        for kind, on in ((JobKind.GEOCODE, None), (JobKind.CREWS, ON))
    ]
    ended = run(world, Runner(world.wired), *jobs)
    assert sorted(job.state for job in ended) == [JobState.DONE, JobState.FAILED]


def test_a_plan_that_was_asked_for_with_reserve_is_kept_with_it(
    world: World, tmp_path: Path
) -> None:
    add_extract(world, tmp_path)
    add_shifts(world)
    job = claimed(world, JobKind.PLAN, seconds=1, engine="greedy", reserve=80)
    ended = work(world.wired.home.path, job.id, "r1")
    assert (ended.state, ended.problem) == (JobState.DONE, "")
    assert world.wired.store.plan("Town", ON).content.reserve == 80

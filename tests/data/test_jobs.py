"""The queue of long work, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context

import pytest

from data.jobs import LEASE, MOST_TRIES, Ended, JobKind, JobState, LeaseLostError
from data.store import SqlStore, open_store
from data.store.jobs import Jobs
from scheduler.errors import ConflictError, NotFoundError
from tests.data.world import ALICE, NOON, TODAY, TOWN

LATER = NOON + LEASE + timedelta(seconds=1)
PROCESSES, JOBS = 3, 12


@pytest.fixture
def jobs(store: SqlStore) -> Jobs:
    """The empty queue of a book with one city."""
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
    return Jobs(store.engine)


def add(jobs: Jobs, day: int = 0) -> int:
    on = TODAY + timedelta(days=day)
    return jobs.add(JobKind.PLAN, "Town", on, ALICE, seconds=10).id


def test_a_job_is_claimed_told_of_and_finished(jobs: Jobs, store: SqlStore) -> None:
    id = add(jobs)
    claimed = jobs.claim("r1", NOON)
    assert claimed is not None
    assert (claimed.id, claimed.state, claimed.runner) == (id, JobState.RUNNING, "r1")
    assert claimed.parameters == {"seconds": 10}
    assert claimed.lease_ends == NOON + LEASE
    assert jobs.tell(id, "r1", {"share": 0.5}) is False
    assert jobs.get(id).progress == {"share": 0.5}
    jobs.finish(id, "r1", Ended(JobState.DONE, {"version": 3}), LATER)
    done = jobs.get(id)
    assert (done.state, done.result, done.finished_at) == (JobState.DONE, {"version": 3}, LATER)
    assert done.state.is_over
    assert next(event.kind for event in store.events()) == "job.added"


def test_what_is_over_goes_on_from_what_it_has_reached(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    jobs.finish(id, "r1", Ended(JobState.CANCELLED, {"version": 3}), NOON)
    again = jobs.again(jobs.get(id), ALICE)
    assert (again.state, again.reached, again.result) == (JobState.QUEUED, {"version": 3}, None)
    assert (again.on, again.parameters) == (TODAY, {"seconds": 10})
    with pytest.raises(ConflictError):
        jobs.again(jobs.get(id), ALICE)


def test_the_oldest_goes_first_and_each_only_once(jobs: Jobs) -> None:
    ids = [add(jobs, day) for day in range(3)]
    claimed = [jobs.claim(f"r{i}", NOON) for i in range(4)]
    assert [job.id if job else None for job in claimed] == [*ids, None]


def test_what_only_looks_is_in_nobodys_way(jobs: Jobs, store: SqlStore) -> None:
    add(jobs)
    text = 'title = "x"'
    looking = jobs.add(JobKind.PREVIEW, "Town", TODAY, ALICE, policy=text, digest="abc")
    with pytest.raises(ConflictError, match="preview is under way already"):
        jobs.add(JobKind.PREVIEW, "Town", TODAY, ALICE, policy="", digest="d")
    assert looking.parameters["policy"] == text
    # Whole texts are not repeated in events: their digest names them.
    assert store.events()[0].after == {"digest": "abc"}
    alive = jobs.alive("Town", TODAY)
    assert alive is not None
    assert alive.kind is JobKind.PLAN
    jobs.cancel(alive.id, ALICE)
    assert jobs.alive("Town", TODAY) is None
    jobs.add(JobKind.CREWS, "Town", TODAY, ALICE)


def test_who_stopped_a_preview_looks_at_another_at_once(jobs: Jobs) -> None:
    first = jobs.add(JobKind.PREVIEW, "Town", TODAY, ALICE, policy="a")
    assert jobs.claim("r1", NOON)
    with pytest.raises(ConflictError, match="preview is under way"):
        jobs.add(JobKind.PREVIEW, "Town", TODAY, ALICE, policy="b")
    jobs.cancel(first.id, ALICE)
    assert jobs.get(first.id).state is JobState.RUNNING  # its runner has not heard of it yet
    second = jobs.add(JobKind.PREVIEW, "Town", TODAY, ALICE, policy="b")
    assert second.state is JobState.QUEUED


def test_lists_are_looked_at_in_turn(jobs: Jobs) -> None:
    first, second = (
        jobs.add(JobKind.LOOK, "Town", TODAY, ALICE, upload=name).id for name in ("a", "b")
    )
    assert [one.id for one in jobs.all_alive("Town", TODAY, JobKind.LOOK)] == [first, second]
    assert jobs.all_alive("Town", TODAY, JobKind.PREVIEW) == []
    taken = jobs.claim("r1", NOON)
    assert taken is not None
    jobs.finish(first, "r1", Ended(JobState.DONE), NOON)
    assert [one.id for one in jobs.all_alive("Town", TODAY, JobKind.LOOK)] == [second]


def test_a_day_has_one_job_at_a_time(jobs: Jobs) -> None:
    id = add(jobs)
    with pytest.raises(ConflictError, match="plan is under way already"):
        jobs.add(JobKind.CREWS, "Town", TODAY, ALICE)
    jobs.add(JobKind.GEOCODE, "Town", None, ALICE)  # of the city, not of the day
    add(jobs, day=1)
    jobs.cancel(id, ALICE)
    assert add(jobs) > id


def test_of_a_city_that_is_not_there_nothing_is_kept(jobs: Jobs) -> None:
    with pytest.raises(NotFoundError, match="no city 'Elsewhere'"):
        jobs.add(JobKind.GEOCODE, "Elsewhere", None, ALICE)
    assert jobs.claim("r1", NOON) is None


def test_a_silent_runner_loses_its_job(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    assert jobs.claim("r2", NOON + LEASE) is None  # its last instant still counts
    taken = jobs.claim("r2", LATER)
    assert taken is not None
    assert (taken.id, taken.runner, taken.tries) == (id, "r2", 2)
    for change in (
        lambda: jobs.renew(id, "r1", LATER),
        lambda: jobs.tell(id, "r1", {}),
        lambda: jobs.release(id, "r1"),
        lambda: jobs.finish(id, "r1", Ended(JobState.DONE), LATER),
    ):
        with pytest.raises(LeaseLostError):
            change()
    assert jobs.get(id).runner == "r2"


def test_a_runner_that_tells_of_itself_keeps_its_job(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    jobs.renew(id, "r1", LATER)
    assert jobs.claim("r2", LATER + LEASE / 2) is None


def test_a_runner_that_goes_gives_its_job_back(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    jobs.release(id, "r1")
    taken = jobs.claim("r2", NOON)  # at once, without waiting for the lease
    assert taken is not None
    assert (taken.runner, taken.tries) == ("r2", 1)


def test_what_was_reached_outlives_its_runner_and_not_the_job(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    jobs.keep(id, "r1", {"share": 0.4})
    jobs.release(id, "r1")
    with pytest.raises(LeaseLostError):
        jobs.keep(id, "r1", {"share": 0.5})
    for runner, at in ("r2", NOON), ("r3", LATER):  # one that says so, and one that dies
        taken = jobs.claim(runner, at)
        assert taken is not None
        assert taken.reached == {"share": 0.4}
    jobs.finish(id, "r3", Ended(JobState.DONE), LATER)
    assert jobs.get(id).reached is None


def test_a_job_whose_worker_died_is_free_at_once_and_the_try_counts(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    jobs.lapse(id, "r1")
    taken = jobs.claim("r1", NOON + timedelta(seconds=1))
    assert taken is not None
    assert taken.tries == 2


def test_a_job_that_kills_its_runners_fails(jobs: Jobs) -> None:
    id = add(jobs)
    at = NOON
    for number in range(MOST_TRIES):
        assert jobs.claim(f"r{number}", at) is not None
        at += LEASE + timedelta(seconds=1)
    assert jobs.claim("r9", at) is None
    failed = jobs.get(id)
    assert failed.state is JobState.FAILED
    assert "was gone" in failed.problem


def test_a_waiting_job_is_cancelled_at_once(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.cancel(id, ALICE)
    assert jobs.get(id).state is JobState.CANCELLED
    assert jobs.claim("r1", NOON) is None


def test_a_running_job_hears_that_it_is_to_stop(jobs: Jobs, store: SqlStore) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    jobs.cancel(id, ALICE)
    jobs.cancel(id, ALICE)  # pressed twice
    assert jobs.get(id).state is JobState.RUNNING
    assert jobs.tell(id, "r1", {}) is True
    jobs.finish(id, "r1", Ended(JobState.CANCELLED, {"version": 1}), NOON)
    jobs.cancel(id, ALICE)
    assert jobs.get(id).result == {"version": 1}
    kinds = [event.kind for event in store.events()]
    assert kinds.count("job.cancelled") == 1


def test_a_cancelled_job_whose_runner_died_is_not_begun_again(jobs: Jobs) -> None:
    id = add(jobs)
    jobs.claim("r1", NOON)
    jobs.cancel(id, ALICE)
    assert jobs.claim("r2", LATER) is None
    assert jobs.get(id).state is JobState.CANCELLED


def test_a_page_finds_what_is_under_way_and_what_was_last(jobs: Jobs) -> None:
    assert jobs.alive("Town", TODAY) is None
    lookup = jobs.add(JobKind.GEOCODE, "Town", None, ALICE).id
    plan = add(jobs)
    tomorrow = TODAY + timedelta(days=1)
    for day in (TODAY, tomorrow):  # looking up is about every day of the city
        found = jobs.alive("Town", day)
        assert found is not None
        assert found.id == lookup
    jobs.cancel(lookup, ALICE)
    found = jobs.alive("Town", TODAY)
    assert found is not None
    assert found.id == plan
    assert jobs.alive("Town", tomorrow) is None
    newest = jobs.newest("Town", None, JobKind.GEOCODE)
    assert newest is not None
    assert newest.id == lookup
    assert jobs.newest("Town", None, JobKind.PLAN) is None


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    """Processes of their own."""
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as processes:
        yield processes


def claim_all(runner: str, url: str) -> list[int]:
    """Claim until nothing is left."""
    store = open_store(url)
    jobs = Jobs(store.engine)
    mine = []
    while claimed := jobs.claim(runner, NOON):
        jobs.tell(claimed.id, runner, {"share": 1})
        jobs.finish(claimed.id, runner, Ended(JobState.DONE), NOON)
        mine.append(claimed.id)
    store.close()
    return mine


def test_processes_share_the_queue_without_a_job_done_twice(
    url: str, jobs: Jobs, pool: ProcessPoolExecutor
) -> None:
    ids = [add(jobs, day) for day in range(JOBS)]
    runners = [f"r{number}" for number in range(PROCESSES)]
    shares = list(pool.map(claim_all, runners, [url] * PROCESSES))
    assert sorted(id for share in shares for id in share) == ids

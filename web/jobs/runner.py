"""The runner: a thread that claims jobs and hands each to a worker process.

The search is the processor's work: in a thread of its own it would make every page wait.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread

from data.jobs import LEASE, Ended, Job, JobKind, JobState, LeaseLostError
from web.child import end_with_server
from web.jobs.warming import warm_up
from web.jobs.work import work
from web.wiring import Wired

LOOK_EVERY_S = 0.5
RENEW_EVERY_S = LEASE.total_seconds() / 6

log = logging.getLogger(__name__)


class Runner:
    """Works through the queue of an open home until it is closed.

    One that dies without a word loses its lease, and another runner begins the job again. It takes
    jobs of `kinds` alone: two runners work beside each other.
    """

    def __init__(self, wired: Wired, kinds: Collection[JobKind] = tuple(JobKind)) -> None:
        self._wired, self._kinds = wired, kinds
        self._folder: Path = wired.home.path
        self._name = secrets.token_hex(8)
        self._is_closing = Event()
        self._pool = new_pool()
        self._thread = Thread(target=self._run, name="runner", daemon=True)

    def start(self) -> None:
        """Begin to work, beside whatever the process does."""
        self._thread.start()

    def warm_up(self) -> None:
        """Let the worker compile the search, if nobody has, or load it."""
        self._pool.submit(warm_up)

    def close(self) -> None:
        """Stop working; a job that is under way goes back to the queue."""
        self._is_closing.set()
        self._thread.join()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while not self._is_closing.wait(LOOK_EVERY_S):
            while job := self._wired.jobs.claim(self._name, self._wired.ports.clock(), self._kinds):
                self._try(job)
                if self._is_closing.is_set():
                    return

    def _try(self, job: Job) -> None:
        """Do a job; whatever goes wrong with one, the others are done."""
        try:
            self._do(job)
        except LeaseLostError:
            return
        except Exception:  # a disk that is full, say, or a result that cannot be written
            log.exception("job %s (%s of %s) could not be ended", job.id, job.kind, job.city)
            failed = Ended(JobState.FAILED)
            with suppress(Exception):
                self._wired.jobs.finish(job.id, self._name, failed, self._wired.ports.clock())

    def _do(self, job: Job) -> None:
        """Hold a job while the worker does it, then write how it ended."""
        done = self._begin(job)
        renewed_s = 0.0
        while not wait([done], timeout=LOOK_EVERY_S).done:
            if self._is_closing.is_set():
                self._wired.jobs.release(job.id, self._name)
                return
            renewed_s += LOOK_EVERY_S
            if renewed_s >= RENEW_EVERY_S:
                self._wired.jobs.renew(job.id, self._name, self._wired.ports.clock())
                renewed_s = 0.0
        if isinstance(done.exception(), BrokenProcessPool):
            self._pool = new_pool()
            self._wired.jobs.lapse(job.id, self._name)
            return
        self._wired.jobs.finish(job.id, self._name, ended(done, job), self._wired.ports.clock())

    def _begin(self, job: Job) -> Future[Ended]:
        told = self._folder, job.id, self._name
        try:
            return self._pool.submit(work, *told)
        except BrokenProcessPool:  # the worker was ended while it had nothing to do
            self._pool = new_pool()
            return self._pool.submit(work, *told)


def new_pool() -> ProcessPoolExecutor:
    """Return a pool of one process, which does not share the server's threads and connections."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_server)


def ended(done: Future[Ended], job: Job) -> Ended:
    """Return how the worker ended; a fault of ours is logged, and told without its insides."""
    error = done.exception()
    if error is None:
        return done.result()
    if isinstance(error, LeaseLostError):
        raise error
    log.error("job %s (%s of %s) failed", job.id, job.kind, job.city, exc_info=error)
    return Ended(JobState.FAILED, problem="")

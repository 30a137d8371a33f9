"""The queue of long work: one table, claimed by one statement, on any number of processes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, false, insert, or_, select, update

from data import database, tables
from data.jobs import (
    ASIDE,
    IN_TURN,
    LEASE,
    MOST_TRIES,
    UNTOLD,
    Ended,
    Job,
    JobKind,
    JobState,
    LeaseLostError,
)
from data.store.accounts import writing
from data.store.cities import get_city
from data.store.rows import from_row
from scheduler.errors import ConflictError, NotFoundError
from scheduler.ports import By

job = tables.job.c
IS_ALIVE = job.state.in_((JobState.QUEUED, JobState.RUNNING))


class Jobs:
    """The queue of a book."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, kind: JobKind, city: str, on: date | None, by: By, **parameters: Any) -> Job:
        """Put work into the queue.

        Raises
        ------
        ConflictError
            Where other work on the same day, or on the city as a whole, is not over; what only
            looks (`ASIDE`) conflicts with its own kind alone, and not where that was stopped;
            some (`IN_TURN`) waits for that instead.
        """
        return self._add(kind, city, on, by, parameters)

    def again(self, past: Job, by: By) -> Job:
        """Put work that is over into the queue once more, to go on from what it has reached.

        Raises
        ------
        ConflictError
            As where it is added.
        """
        reached = past.result or past.reached
        return self._add(past.kind, past.city, past.on, by, past.parameters, reached)

    def _add(
        self,
        kind: JobKind,
        city: str,
        on: date | None,
        by: By,
        parameters: Mapping[str, Any],
        reached: Mapping[str, Any] | None = None,
    ) -> Job:
        with writing(self.engine, by) as tx:
            get_city(tx.connection, city, lock=True)
            same_day = (job.city == city, job.on.is_not_distinct_from(on))
            rivals = _aside(kind) if kind in ASIDE else job.kind.not_in(ASIDE)
            if kind in IN_TURN:
                rivals = false()
            if busy := _first(tx.connection, *same_day, rivals, IS_ALIVE):
                raise ConflictError(f"{busy.kind} is under way already: wait for it, or stop it")
            row: dict[str, Any] = {"kind": kind, "city": city, "on": on, "parameters": parameters}
            row |= {"state": JobState.QUEUED, "is_cancelled": False, "runner": "", "tries": 0}
            row |= {"problem": "", "reached": reached, "made_by": by.actor, "made_at": by.at}
            made = tx.connection.execute(insert(tables.job).values(row).returning(tables.job))
            told = {name: value for name, value in parameters.items() if name not in UNTOLD}
            tx.note("job.added", f"{kind} {on or ''}".strip(), city=city, after=told or None)
            return from_row(Job, made.mappings().one())

    def get(self, id: int) -> Job:
        """Return a job; NotFoundError if there is none."""
        with database.reading(self.engine) as connection:
            found = _first(connection, job.id == id)
        if found is None:
            raise NotFoundError(f"there is no job {id}")
        return found

    def of_city(self, city: str, id: int, kind: JobKind | None = None) -> Job:
        """Return a job of a city, and of a kind where one is named; NotFoundError else."""
        found = self.get(id)
        if found.city != city or kind not in (None, found.kind):
            raise NotFoundError(f"there is no job {id}")
        return found

    def alive(self, city: str, on: date) -> Job | None:
        """Return the oldest work on a day, or on its city as a whole, that is not over.

        What only looks (`ASIDE`) is left aside: it holds nothing up.
        """
        about = or_(job.on == on, job.on.is_(None))
        with database.reading(self.engine) as connection:
            return _first(connection, job.city == city, about, job.kind.not_in(ASIDE), IS_ALIVE)

    def all_alive(self, city: str, on: date, kind: JobKind) -> list[Job]:
        """Return all work of a kind on a day that is not over, the oldest first."""
        where = (job.city == city, job.on == on, job.kind == kind, IS_ALIVE)
        query = select(tables.job).where(*where).order_by(job.id)
        with database.reading(self.engine) as connection:
            return [from_row(Job, row) for row in connection.execute(query).mappings()]

    def newest(self, city: str, on: date | None, *kinds: JobKind) -> Job | None:
        """Return the newest work of these kinds on a day, over or not."""
        about = (job.city == city, job.on.is_not_distinct_from(on), job.kind.in_(kinds))
        with database.reading(self.engine) as connection:
            return _first(connection, *about, newest=True)

    def last(self, city: str, kind: JobKind, count: int) -> list[Job]:
        """Return the newest work of a kind that is about no day, over or not, the newest first."""
        where = (job.city == city, job.on.is_(None), job.kind == kind)
        query = select(tables.job).where(*where).order_by(job.id.desc()).limit(count)
        with database.reading(self.engine) as connection:
            return [from_row(Job, row) for row in connection.execute(query).mappings()]

    def claim(
        self, runner: str, at: datetime, kinds: Collection[JobKind] = tuple(JobKind)
    ) -> Job | None:
        """Take the oldest job of `kinds` that waits, or whose runner was silent for its lease."""
        mine = and_(_is_claimable(at), job.kind.in_(kinds))
        with database.reading(self.engine) as connection:
            if _first(connection, mine) is None:
                return None  # the usual answer, for which nobody else has to wait
        with database.writing(self.engine) as connection:
            _end_lapsed(connection, at)
            oldest = select(job.id).where(mine).order_by(job.id).limit(1)
            oldest = oldest.with_for_update(skip_locked=True)
            taking = update(tables.job).where(job.id == oldest.scalar_subquery())
            row = connection.execute(
                taking.values(
                    state=JobState.RUNNING,
                    runner=runner,
                    lease_ends=at + LEASE,
                    tries=job.tries + 1,
                    progress=None,
                    started_at=at,
                ).returning(tables.job)
            ).mappings()
            found = row.one_or_none()
            return None if found is None else from_row(Job, found)

    def renew(self, id: int, runner: str, at: datetime) -> None:
        """Hold a job for another lease; LeaseLostError where somebody else does."""
        self._change(id, runner, lease_ends=at + LEASE)

    def tell(self, id: int, runner: str, progress: Mapping[str, Any]) -> bool:
        """Keep how far the work is; answer whether it is to stop. LeaseLostError as above."""
        return self._change(id, runner, progress=progress).is_cancelled

    def keep(self, id: int, runner: str, reached: Mapping[str, Any]) -> None:
        """Keep what the work has reached, to go on from. LeaseLostError as above."""
        self._change(id, runner, reached=reached)

    def finish(self, id: int, runner: str, ended: Ended, at: datetime) -> None:
        """Keep how a job ended; LeaseLostError as above."""
        told = asdict(ended)
        ended_at = {"lease_ends": None, "finished_at": at}
        self._change(id, runner, **told, **ended_at, runner="", reached=None)

    def release(self, id: int, runner: str) -> None:
        """Give a job back to the queue, as if never begun. LeaseLostError as above."""
        untouched = {"runner": "", "lease_ends": None, "tries": job.tries - 1}
        self._change(id, runner, state=JobState.QUEUED, **untouched)

    def lapse(self, id: int, runner: str) -> None:
        """Let go of a job that killed its worker: it may be tried again, and not for ever."""
        self._change(id, runner, lease_ends=job.started_at)

    def cancel(self, id: int, by: By) -> None:
        """Ask a job to stop; one that still waits is over at once, one that is over stays so."""
        with writing(self.engine, by) as tx:
            row = update(tables.job).where(job.id == id, IS_ALIVE, ~job.is_cancelled)
            asked = tx.connection.execute(row.values(is_cancelled=True).returning(tables.job))
            if found := asked.mappings().one_or_none():
                tx.note(
                    "job.cancelled",
                    f"{found['kind']} {found['on'] or ''}".strip(),
                    city=found["city"],
                )
            waits = update(tables.job).where(job.id == id, job.state == JobState.QUEUED)
            tx.connection.execute(waits.values(state=JobState.CANCELLED, finished_at=by.at))

    def _change(self, id: int, holder: str, **values: Any) -> Job:
        """Change a job that `holder` holds."""
        held = and_(job.id == id, job.state == JobState.RUNNING, job.runner == holder)
        with database.writing(self.engine) as connection:
            change = update(tables.job).where(held).values(**values).returning(tables.job)
            row = connection.execute(change).mappings().one_or_none()
        if row is None:
            raise LeaseLostError(f"job {id} is not {holder}'s any more")
        return from_row(Job, row)


def _first(connection: Connection, *where: ColumnElement[bool], newest: bool = False) -> Job | None:
    order = job.id.desc() if newest else job.id
    query = select(tables.job).where(*where).order_by(order).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else from_row(Job, row)


def _is_lapsed(at: datetime) -> ColumnElement[bool]:
    return and_(job.state == JobState.RUNNING, job.lease_ends < at)


def _aside(kind: JobKind) -> ColumnElement[bool]:
    """Return what other work of a kind that only looks waits for; none that ends by itself."""
    return and_(job.kind == kind, ~job.is_cancelled)


def _is_claimable(at: datetime) -> ColumnElement[bool]:
    return or_(job.state == JobState.QUEUED, _is_lapsed(at))


def _end_lapsed(connection: Connection, at: datetime) -> None:
    """End the jobs whose runner is gone and that nobody is to begin again."""
    gone = update(tables.job).where(_is_lapsed(at)).values(lease_ends=None, finished_at=at)
    connection.execute(gone.where(job.is_cancelled).values(state=JobState.CANCELLED))
    problem = f"{MOST_TRIES} times the process that worked on it was gone"
    failed = gone.where(job.tries >= MOST_TRIES)
    connection.execute(failed.values(state=JobState.FAILED, problem=problem))

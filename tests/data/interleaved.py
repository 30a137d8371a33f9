"""Two writing transactions of one book, each a step at a time in an order that is given.

A writer's steps are to begin, to act, and to end. Who waits for the other's lock goes on as soon as
it is free; the order is what they are told, not what a database lets them do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from threading import Event, Thread

from sqlalchemy import text

from data.store import SqlStore
from data.store.store import SqlWriter
from scheduler.ports import By

STEPS = 3
WAITS_S = 0.05
"""So long is a step waited for before it counts as one that waits for the other writer."""
ENDS_S = 60

Act = Callable[[SqlWriter], object]


class SteppedWriter(Thread):
    """A writing transaction that takes its next step when it is told to."""

    def __init__(self, store: SqlStore, by: By, act: Act) -> None:
        super().__init__(daemon=True)
        self.store, self.by, self.act = store, by, act
        self.may = [Event() for _ in range(STEPS)]
        self.has = [Event() for _ in range(STEPS)]
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._write()
        except Exception as error:  # noqa: BLE001 - told to the test, which raises it
            self.error = error
        for step in self.has:
            step.set()

    def _write(self) -> None:
        self.may[0].wait()
        with self.store.writing(self.by) as writer:
            connection = writer._tx.connection
            connection.execute(text("SELECT count(*) FROM stop"))  # what it sees, if it keeps that
            self.has[0].set()
            self.may[1].wait()
            self.act(writer)
            self.has[1].set()
            self.may[2].wait()

    def step(self, number: int) -> None:
        """Tell it to take a step, and wait until it has or cannot."""
        self.may[number].set()
        self.has[number].wait(WAITS_S)


def orders() -> Iterator[str]:
    """Yield each order of two writers' steps: 'aaabbb' lets the first end before the other."""
    for places in combinations(range(2 * STEPS), STEPS):
        yield "".join("a" if place in places else "b" for place in range(2 * STEPS))


def run_in(order: str, first: SteppedWriter, second: SteppedWriter) -> None:
    """Let two writers take their steps in an order; raise what one of them could not do."""
    writers = {"a": first, "b": second}
    for writer in writers.values():
        writer.start()
    for place, name in enumerate(order):
        writers[name].step(order[:place].count(name))
    for writer in writers.values():
        writer.join(ENDS_S)
        assert not writer.is_alive(), f"{order}: a writer waits for ever"
        if writer.error is not None:
            raise writer.error

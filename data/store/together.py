"""What several threads ask for at one moment, done at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Together(Generic[Asked, Answer]):
    """Lets threads prepare what they ask for one after the other, and the last do all of it.

    Who finds others behind it leaves what it has prepared to them, so that as many share a commit
    as there are threads. Side by side they would take Python's one lock from each other at each
    row of a database, a hundred times for one request, which takes longer than the request. `do`
    answers all that is asked, in its order, or raises and has done none of it: then each is done
    by itself, so that nobody fails for another.
    """

    def __init__(self, do: Callable[[Sequence[Asked]], Sequence[Answer]]) -> None:
        self._do = do
        self._turn, self._counting = Lock(), Lock()
        self._coming = 0
        self._waiting: list[tuple[Asked, Future[Answer]]] = []

    def ask(self, prepare: Callable[[], Asked]) -> Answer:
        """Return the answer to what `prepare` returns once it is done, or raise why it is not."""
        mine = Future[Answer]()
        with self._counting:
            self._coming += 1
        with self._turn:
            try:
                self._waiting.append((prepare(), mine))
            finally:
                if self._is_last():
                    self._do_all()
        return mine.result()

    def _is_last(self) -> bool:
        """Leave; tell whether nobody comes behind who would do what waits."""
        with self._counting:
            self._coming -= 1
            return self._coming == 0

    def _do_all(self) -> None:
        some, self._waiting = self._waiting, []
        try:
            if some:
                self._settle(some)
        finally:
            for _, future in some:
                future.cancel()  # where a thread was ended amid its work: nobody waits for ever

    def _settle(self, some: Sequence[tuple[Asked, Future[Answer]]]) -> None:
        try:
            answers = self._do([asked for asked, _ in some])
        except Exception as error:  # noqa: BLE001 told to whoever asked, who raises it
            if len(some) == 1:
                some[0][1].set_exception(error)
            else:
                for one in some:
                    self._settle([one])
        else:
            for (_, future), answer in zip(some, answers, strict=True):
                future.set_result(answer)

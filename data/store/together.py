"""What several threads ask for at one moment, done at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Condition
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Together(Generic[Asked, Answer]):
    """Lets one of those who wait do what all of them have asked for.

    While one commit waits for the disk, those who come share the next. `do` answers all that is
    asked, in its order, or raises and has done none of it: then each is done by itself, so that
    nobody fails for another.
    """

    def __init__(self, do: Callable[[Sequence[Asked]], Sequence[Answer]]) -> None:
        self._do = do
        self._changed = Condition()
        self._waiting: list[tuple[Asked, Future[Answer]]] = []
        self._is_at_work = False

    def ask(self, asked: Asked) -> Answer:
        """Return the answer once it is done, or raise why it could not be."""
        mine = Future[Answer]()
        with self._changed:
            self._waiting.append((asked, mine))
            self._changed.wait_for(lambda: mine.done() or not self._is_at_work)
            some = [] if mine.done() else self._begin()
        if some:
            try:
                self._settle(some)
            finally:
                self._end(some)
        return mine.result()

    def _begin(self) -> list[tuple[Asked, Future[Answer]]]:
        some, self._waiting, self._is_at_work = self._waiting, [], True
        return some

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

    def _end(self, some: Sequence[tuple[Asked, Future[Answer]]]) -> None:
        for _, future in some:
            future.cancel()  # only where a thread was ended amid its work: nobody waits for ever
        with self._changed:
            self._is_at_work = False
            self._changed.notify_all()

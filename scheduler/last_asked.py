"""Answers that were asked for last, kept as long as what they stand on is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Generic, TypeVar

from scheduler.errors import DayroundError

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class Kept(Generic[V]):
    """One answer with its stamp, once it is made. Who makes it holds the lock; others wait."""

    lock: Lock = field(default_factory=Lock)
    made: tuple[Hashable, V] | None = None


@dataclass
class LastAsked(Generic[K, V]):
    """At most `most` answers by their questions, each with the stamp that it was made after.

    Threads may ask at once: the second waits for what the first makes.
    """

    most: int
    answers: OrderedDict[K, Kept[V]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def __len__(self) -> int:
        return len(self.answers)

    def get(self, question: K, stamp: Hashable, make: Callable[[], V]) -> V:
        """Return the kept answer where its stamp is `stamp`, else what `make` returns.

        The stamp is to be asked for before: what is written in between is read, and then again.
        """
        kept = self._kept(question)
        with kept.lock:
            if kept.made is None or kept.made[0] != stamp:
                kept.made = stamp, make()
            return kept.made[1]

    def beside(self, question: K, stamp: Hashable, make: Callable[[], V]) -> V | None:
        """Return the answer that was made last, None before the first: nobody waits for `make`.

        Where its stamp is another, a thread makes it anew, one at a time for a question.
        """
        kept = self._kept(question)
        made = kept.made
        if (made is None or made[0] != stamp) and not kept.lock.locked():
            Thread(target=self._renew, args=(question, stamp, make), daemon=True).start()
        return made[1] if made else None

    def _renew(self, question: K, stamp: Hashable, make: Callable[[], V]) -> None:
        try:
            self.get(question, stamp, make)
        except DayroundError:
            return  # who asks for it in person is told why

    def _kept(self, question: K) -> Kept[V]:
        with self.lock:
            kept = self.answers.setdefault(question, Kept())
            self.answers.move_to_end(question)
            while len(self.answers) > self.most:
                self.answers.popitem(last=False)
            return kept

"""Answers that were asked for last, kept as long as what they stand on is the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass
class LastAsked(Generic[K, V]):
    """At most `most` answers by their questions, each with the stamp that it was made after.

    Threads may ask at once; two that find nothing both make the answer.
    """

    most: int
    answers: OrderedDict[K, tuple[int, V]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def __len__(self) -> int:
        return len(self.answers)

    def get(self, question: K, stamp: int, make: Callable[[], V]) -> V:
        """Return the kept answer where its stamp is `stamp`, else what `make` returns.

        The stamp is to be asked for before: what is written in between is read, and then again.
        """
        with self.lock:
            known = self.answers.get(question)
        if known is None or known[0] != stamp:
            known = stamp, make()
        with self.lock:
            self.answers[question] = known
            self.answers.move_to_end(question)
            while len(self.answers) > self.most:
                self.answers.popitem(last=False)
        return known[1]

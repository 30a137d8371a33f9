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
class Recent(Generic[K, V]):
    """At most `most` things by their keys, those used last; threads may ask at once."""

    most: int
    things: OrderedDict[K, V] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def __len__(self) -> int:
        return len(self.things)

    def get(self, key: K) -> V | None:
        """Return what is kept; it is not used by that."""
        with self.lock:
            return self.things.get(key)

    def put(self, key: K, thing: V) -> None:
        """Keep a thing, in the place of the one of the same key."""
        with self.lock:
            self.things[key] = thing
            self._used(key)

    def used(self, key: K, new: Callable[[], V]) -> V:
        """Return what is kept, or what `new` makes at once: no thread has another one."""
        with self.lock:
            if key not in self.things:
                self.things[key] = new()
            self._used(key)
            return self.things[key]

    def _used(self, key: K) -> None:
        self.things.move_to_end(key)
        while len(self.things) > self.most:
            self.things.popitem(last=False)


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

    def __post_init__(self) -> None:
        self.answers: Recent[K, Kept[V]] = Recent(self.most)

    def __len__(self) -> int:
        return len(self.answers)

    def __contains__(self, question: K) -> bool:
        return self.answers.get(question) is not None

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

    def of_stamp(self, question: K, stamp: Hashable) -> V | None:
        """Return the kept answer where it was made after `stamp`; nothing is made for it."""
        kept = self.answers.get(question)
        made = kept.made if kept else None
        return made[1] if made and made[0] == stamp else None

    def _renew(self, question: K, stamp: Hashable, make: Callable[[], V]) -> None:
        try:
            self.get(question, stamp, make)
        except DayroundError:
            return  # who asks for it in person is told why

    def _kept(self, question: K) -> Kept[V]:
        return self.answers.used(question, Kept)

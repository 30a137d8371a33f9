"""Compiling the search beside the pages, so that the first plan need not wait for it.

It goes on in a thread of the worker process: other kinds of work do not wait, and what is compiled
is loaded already where plans are made. Done before, it is a matter of a second or two.
"""

from __future__ import annotations

import logging
from functools import cache
from threading import Thread
from time import monotonic

log = logging.getLogger(__name__)


class Warming:
    """The search on its way to be ready in this process."""

    def __init__(self) -> None:
        self.functions = 0
        self._thread = Thread(target=self._compile, name="warming", daemon=True)
        self._thread.start()

    def is_over(self, within_s: float) -> bool:
        """Wait as long as that, and tell whether a plan may begin.

        So it may where compiling failed: the plan will say why.
        """
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def _compile(self) -> None:
        from scheduler.engines.search.warming import compile_all

        began = monotonic()
        compile_all(self._count)
        if self.functions:
            log.warning(
                "compiled the search: %d functions in %.0f s", self.functions, monotonic() - began
            )

    def _count(self, _name: str) -> None:
        from scheduler.engines.search.warming import notice

        if not self.functions:
            log.warning("%s; pages are served, plans wait for it", notice())
        self.functions += 1


@cache
def warming() -> Warming:
    """Begin to compile, or load, the search in this process; the same each time."""
    return Warming()


def warm_up() -> None:
    """Do it before anybody plans: the first work of a worker process."""
    warming()

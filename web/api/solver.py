"""One process that solves one problem at a time, so that no page waits for a search.

It ends with the server, gives way to it, and is ended where it takes more memory or time than it
may: the next problem gets a new one.
"""

from __future__ import annotations

import math
import os
import sys
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from time import monotonic

from web.api.answers import Answer, answer
from web.api.options import Options
from web.child import end_with_server

GRACE_S = 180
"""For starting the process, loading and a first plan, beside the search's seconds; and for
compiling where nobody has before, which would begin anew each time that it was cut short.
"""

MOST_BYTES = 4 << 30
GIVES_WAY = 10  # of 19: pages come first


class BusyError(Exception):
    """Another problem is being solved; `retry_after_s` is when its search will be over."""

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"busy for {retry_after_s} s")


class OvertimeError(Exception):
    """A problem that took more time or memory than it may."""


class Solver:
    """Solves for many callers, for one of them at a time."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._process: Process | None = None
        self._ends_at = 0.0

    def solve(self, problem: bytes, options: Options) -> Answer:
        """Return the answer to a problem; nothing of it is kept.

        Raises
        ------
        BusyError
            Where another problem is being solved.
        OvertimeError
            Where the process had to be ended.
        """
        if not self._turn.acquire(blocking=False):
            raise BusyError(max(1, math.ceil(self._ends_at - monotonic())))
        try:
            self._ends_at = monotonic() + options.seconds
            return self._ask(problem, options)
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _ask(self, problem: bytes, options: Options) -> Answer:
        self._process = self._process or Process()
        try:
            return self._process.ask(problem, options, options.seconds + GRACE_S)
        except (EOFError, OSError, TimeoutError) as error:
            self.close()
            raise OvertimeError from error


class Process:
    """A process that answers problems, and the pipe to it."""

    def __init__(self) -> None:
        context = get_context("spawn")  # shares neither threads nor connections of the server
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=answer_all, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, problem: bytes, options: Options, most_s: float) -> Answer:
        """Return the answer; TimeoutError, or EOFError where the process is gone."""
        self._pipe.send((problem, options))
        if not self._pipe.poll(most_s):
            raise TimeoutError
        found: Answer = self._pipe.recv()
        return found

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()


def answer_all(pipe: Connection) -> None:
    """Answer what comes by the pipe until the server closes it."""
    end_with_server()
    be_modest()
    with suppress(EOFError):
        while True:
            pipe.send(answer(*pipe.recv()))


def be_modest() -> None:
    """Give way to the pages, and take no more memory than is reasonable; POSIX alone can."""
    if sys.platform == "win32":
        return
    import resource

    os.nice(GIVES_WAY)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))

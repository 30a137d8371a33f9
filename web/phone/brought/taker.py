"""The thread that takes in what phones bring, so that none of them waits for the others."""

from __future__ import annotations

import logging
from threading import Event, Thread
from time import monotonic

from flask import Flask

from web.phone.brought.forgetting import forget_old
from web.phone.brought.taking_in import take_in_waiting

TAKER = "dayround_taker"
LOOK_EVERY_S = 5.0
"""Another process may have kept records and ended before it took them in."""

UPKEEP_FIRST_S, UPKEEP_EVERY_S = 60.0, 24 * 3600.0
"""Not at once: pages and phones that waited for a server come before, and it reads all rules."""

QUIET_S, LONGEST_S = 0.3, 6.0
"""Two hundred phones that come back at once are answered first: who carries one waits for it."""

log = logging.getLogger(__name__)


class Taker:
    """Takes in records beside the pages, until it is closed; it begins with the first wake."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._is_woken, self._is_closing = Event(), Event()
        self._came_at, self._latest = monotonic(), 0.0
        self._upkeep_at = monotonic() + UPKEEP_FIRST_S
        self._thread = Thread(target=self._run, name="taker", daemon=True)

    def start(self) -> None:
        """Begin, and look for what an earlier server has left."""
        self._is_woken.set()
        self._thread.start()

    def wake(self) -> None:
        """Say that something has come."""
        self._came_at = monotonic()
        self._is_woken.set()

    def close(self) -> None:
        """End after the record at hand."""
        self._is_closing.set()
        self._is_woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._is_closing.is_set():
            self._is_woken.wait(LOOK_EVERY_S)
            self._latest = monotonic() + LONGEST_S
            self._let_all_come()
            self._is_woken.clear()
            try:
                take_in_waiting(self._app, self._let_all_come)
            except Exception:  # a database that is away for a moment
                log.exception("what phones brought could not be taken in")
            self._keep_up()

    def _keep_up(self) -> None:
        """Delete once a day, and soon after the start, what phones brought too long ago."""
        if monotonic() < self._upkeep_at:
            return
        self._upkeep_at = monotonic() + UPKEEP_EVERY_S
        try:
            forget_old(self._app)
        except Exception:
            log.exception("what is too old could not be deleted")

    def _let_all_come(self) -> None:
        """Wait until no phone has come for a moment, and not for ever."""
        while (left_s := min(self._came_at + QUIET_S, self._latest) - monotonic()) > 0:
            if self._is_closing.wait(left_s):
                return

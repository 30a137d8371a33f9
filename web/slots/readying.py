"""Slots made ready beside the pages: whoever asks first does not wait for what all share."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from threading import Lock, Thread
from time import sleep

from flask import current_app

from scheduler.errors import DayroundError
from web.wiring import Wired

READYING = "dayround_slots_readying"
FIRST_S = 5.0
"""Pages and phones that waited for a server ask in its first seconds: they come before."""


@dataclass
class Readying:
    """A server's cities whose days ahead were built: each once, when it has a plan ahead."""

    home: Wired
    ready: set[str] = field(default_factory=set)
    looked: set[tuple[str, date]] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)

    def begin(self) -> None:
        """Make the cities ready that have a plan ahead, in a thread of its own, after a moment."""
        Thread(target=self._all, daemon=True).start()

    def look(self, city: str, on: date) -> None:
        """Make a city ready one of whose days somebody opens for the first time, unless it is."""
        if city not in self.ready and (city, on) not in self.looked:
            self.looked.add((city, on))
            Thread(target=self.make, args=(city,), daemon=True).start()

    def make(self, city: str) -> None:
        with self.lock:  # one after the other: the pages have the processor before
            if city in self.ready:
                return
            try:
                is_ready = self.home.slots.make_ready(city)
            except DayroundError:
                is_ready = True  # who asks in person is told why
            if is_ready:
                self.ready.add(city)

    def _all(self) -> None:
        sleep(FIRST_S)
        for city in self.home.store.cities():
            self.make(city.name)


def look_ready(city: str, on: date) -> None:
    """Make a city ready where the app is served; in an app that is only asked nothing goes on."""
    if readying := current_app.extensions.get(READYING):
        readying.look(city, on)

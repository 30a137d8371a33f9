"""Compiling the search before anybody waits for a plan: once for each machine and version.

What to tell who waits all the same, and what is left of versions that nobody uses any longer.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numba.core import event

from routing.compiled.compiling import folder, is_kept
from routing.contraction import compile_roads
from routing.kernels import SOURCES as ROADS
from routing.travel import Mode, TravelMatrix
from scheduler.engines.search.engine import SearchEngine
from scheduler.engines.search.kernels import SOURCES as SEARCH
from scheduler.engines.stop_rules import Iterations
from scheduler.problem import CrewShift, Problem, Visit, VisitOption

OnFunction = Callable[[str], None]
"""Called with the name of each function that numba begins to compile."""

FINGERPRINT = re.compile("[0-9a-f]{24}")


def compile_all(on_function: OnFunction) -> None:
    """Compile the roads and the search, if this machine has not kept them yet.

    About a minute of one core the first time, a second or two from then on.
    """
    with hearing(on_function):
        compile_roads()
        SearchEngine().solve(_smallest(), Iterations(1))


def notice() -> str:
    """Return what to tell who waits for compiling: how long, and whether it is for good."""
    if is_kept(SEARCH):
        return "compiling the search for this machine, once: up to a minute"
    return f"compiling the search for this run alone, up to a minute: {not_kept()}"


def not_kept() -> str:
    """Say why machine code is not kept, and what to do."""
    return (
        f"{folder(SEARCH)} cannot be written to; "
        "set DAYROUND_KERNELS to a folder that can be, and it is compiled once"
    )


def remove_unused(since: datetime) -> list[Path]:
    """Remove the machine code that no process has used `since`, and return where it lay.

    A process marks the folder that it uses. Whatever has another name than such a folder stays.
    """
    in_use = {folder(SEARCH), folder(ROADS)}
    found = (path for path in folder(SEARCH).parent.glob("*") if FINGERPRINT.fullmatch(path.name))
    others = (path for path in found if path not in in_use and path.is_dir())
    unused = sorted(path for path in others if path.stat().st_mtime < since.timestamp())
    for path in unused:
        shutil.rmtree(path, ignore_errors=True)
    return [path for path in unused if not path.exists()]


def _smallest() -> Problem:
    """Return a day of one visit."""
    day_s = (0, 3600)
    visit = Visit("visit", (VisitOption("place", 0, (day_s,), 60, 1),))
    no_way = np.zeros((1, 1, 1, 1), np.int32)
    travel = TravelMatrix((Mode.CAR,), no_way, no_way)
    crew = CrewShift("crew", 0, 0, *day_s)
    return Problem(datetime(2000, 1, 1, tzinfo=UTC), (visit,), (crew,), travel)


@contextmanager
def hearing(on_function: OnFunction) -> Iterator[None]:
    """Hear of every function that numba compiles, not of those that it loads."""
    with event.install_listener("numba:compile", _Ear(on_function)):
        yield


class _Ear(event.Listener):
    def __init__(self, on_function: OnFunction) -> None:
        self._on_function = on_function

    def on_start(self, event: event.Event) -> None:
        self._on_function(event.data["dispatcher"].py_func.__name__)

    def on_end(self, event: event.Event) -> None:
        """Say nothing: numba asks for both."""

"""`dayround compile`: the search as machine code, kept for whoever plans next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

import typer

from web.cli.common import fail, say

if TYPE_CHECKING:
    from rich.console import Console

    from scheduler.engines.search.warming import OnFunction

UNUSED = timedelta(days=30)


def register(app: typer.Typer) -> None:
    app.command("compile", epilog="Example: [bold]dayround compile[/]")(compile_search)


def compile_search() -> None:
    """Compile the search for this machine, once, so that no plan has to wait for it.

    What other versions have left, unused for 30 days, is removed. Says nothing where all was done
    before.
    """
    from rich.console import Console

    from routing.compiled.compiling import is_kept
    from scheduler.engines.search.kernels import SOURCES
    from scheduler.engines.search.warming import compile_all, not_kept, remove_unused

    if not is_kept(SOURCES):
        fail(not_kept())
    began = monotonic()
    with Console(stderr=True).status("loading the search …") as status:
        compiling = Compiling(status.console, status.update)
        compile_all(compiling)
    if compiling.functions:
        say(f"compiled the search: {compiling.functions} functions in {monotonic() - began:.0f} s")
    for folder in remove_unused(datetime.now(UTC) - UNUSED):
        say(f"removed {folder}: compiled for another version, unused for {UNUSED.days} days")


def hearing(engine: str, on_function: OnFunction) -> AbstractContextManager[None]:
    """Hear of what an engine has compiled while the block runs; only ours compiles anything."""
    from scheduler.engines.search.engine import SearchEngine

    if engine != SearchEngine.name:
        return nullcontext()
    from scheduler.engines.search import warming

    return warming.hearing(on_function)


@contextmanager
def telling() -> Iterator[None]:
    """Tell on the terminal that something is compiled while the block runs, if anything is."""
    from rich.console import Console

    from scheduler.engines.search import warming

    with warming.hearing(Compiling(Console(stderr=True), lambda _: None)):
        yield


class Compiling:
    """Counts the functions that are compiled, and tells of them on a console, if there are any."""

    def __init__(self, console: Console, update: Callable[[str], None]) -> None:
        self._console = console
        self._update = update
        self.functions = 0

    def __call__(self, _name: str) -> None:
        from scheduler.engines.search.warming import notice

        if not self.functions:
            self._console.print(notice(), soft_wrap=True, markup=False, highlight=False)
        self.functions += 1
        self._update(f"compiling: {self.functions} functions …")

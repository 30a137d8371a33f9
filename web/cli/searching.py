"""What goes on while a plan is made, on stderr, and Ctrl-C, which keeps the best one."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.cli.compiling import Compiling, hearing
from web.cli.tell import money

if TYPE_CHECKING:
    from scheduler.engines.base import Progress

PREPARING = "preparing the search"
STOPPING = "stopping: the best plan so far is kept; Ctrl-C again ends without it"


@dataclass(frozen=True)
class Watched:
    """Tells the person what a search does, and whether she has stopped it."""

    on_step: Callable[[str], None]
    on_progress: Callable[[Progress], None]
    is_cancelled: Callable[[], bool]


def in_words(now: Progress) -> str:
    return f"{now.visits:,} visits, cost {money(now.cost)}"


@contextmanager
def searching(engine: str, in_words: Callable[[Progress], str] = in_words) -> Iterator[Watched]:
    """Show on stderr what is done before and after a search, and how far it is in between.

    The first Ctrl-C ends the search and keeps the best plan; the second ends the command.
    """
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    text, best = TextColumn("{task.description}"), TextColumn("{task.fields[best]}")
    columns = (SpinnerColumn(), text, BarColumn(), best)
    shown = Bar(*columns, console=Console(stderr=True), transient=True)
    with shown as bar, interrupted(lambda: bar.console.print(STOPPING)) as is_cancelled:
        task = bar.add_task(PREPARING, total=None, best="")

        def on_step(words: str) -> None:
            bar.update(task, description=words, total=None)

        def on_progress(now: Progress) -> None:
            words = "searching" if now.share < 1 else "seeing why the others are left out"
            bar.update(task, description=words, total=1.0, completed=now.share, best=in_words(now))

        with hearing(engine, Compiling(bar.console, on_step)):
            yield Watched(on_step, on_progress, is_cancelled)


@contextmanager
def interrupted(on_first: Callable[[], object]) -> Iterator[Callable[[], bool]]:
    """Answer whether Ctrl-C was pressed while the block runs; the second time it is as ever.

    `on_first` is called at once when it is pressed first.
    """
    pressed = False

    def note(*_: object) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, before)
        on_first()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)

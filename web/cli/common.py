"""What all commands share: options, the wiring, printing, progress, errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn
from zoneinfo import ZoneInfo

import typer

from web.told_days import day_of

if TYPE_CHECKING:
    from scheduler.model import City
    from scheduler.ports import By
    from web.wiring import Wired

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
CityOption = Annotated[
    str | None, typer.Option("--city", help="Which city; needed where there are several.")
]
WhoseAddresses = Annotated[str, typer.Argument(metavar="CITY", help="Whose addresses.")]
DateArgument = Annotated[
    str, typer.Argument(metavar="DATE", help="2026-11-23, 'today' or 'tomorrow'.")
]
VersionOption = Annotated[
    int | None, typer.Option("--version", help="Of the day's plan; the newest by default.")
]
LARGEST = 2**31 - 1
"""No list counts further; a larger number would break the database, and names nothing."""

YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@dataclass(frozen=True)
class Session:
    """What was said before the command: whose home, and who acts."""

    home: Path | None
    actor: str

    def wired(self) -> Wired:
        """Open the home; the import is here because `--help` needs none of it."""
        from web.wiring import wire

        return wire(self.home)


def session(context: typer.Context) -> Session:
    """Return the session of the command that runs."""
    found = context.find_object(Session)
    assert found is not None, "the main callback makes it"
    return found


@dataclass(frozen=True)
class Open:
    """An open home, and the city that a command is about."""

    wired: Wired
    city: City
    actor: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.city.zone)

    def collector_ids(self) -> set[str]:
        return {one.id for one in self.wired.store.collectors(self.city.name)}

    def by(self) -> By:
        return self.wired.ports.by(self.actor)

    def day(self, text: str) -> date:
        """Read a date; 'today' and 'tomorrow' are the city's."""
        today = self.wired.ports.clock().astimezone(self.zone).date()
        near = {"today": today, "tomorrow": today + timedelta(days=1)}
        try:
            return near.get(text.lower()) or day_of(text)
        except ValueError:
            fail(f"{text!r} is no date: write 2026-11-23, 'today' or 'tomorrow'")


def opened(context: typer.Context, city: str | None) -> Open:
    """Open the home for a command about the named city, or about the only one."""
    here = session(context)
    wired = here.wired()
    if city:
        return Open(wired, wired.store.city(city), here.actor)
    cities = wired.store.cities()
    if not cities:
        fail("there is no city yet: dayround city add NAME FILE")
    if len(cities) > 1:
        fail(f"say which city with --city: {', '.join(one.name for one in cities)}")
    return Open(wired, cities[0], here.actor)


def fail(message: str) -> NoReturn:
    """End the command with a message on stderr and exit code 1."""
    say(f"[bold red]error:[/] {escaped(message)}")
    raise typer.Exit(1)


def escaped(text: str) -> str:
    """Return `text` so that rich shows its brackets."""
    from rich.markup import escape

    return escape(text)


def say(text: str) -> None:
    """Tell the person something; stdout stays free for the answer."""
    from rich.console import Console

    Console(stderr=True, highlight=False, soft_wrap=True, emoji=False).print(text)


def answer(text: str) -> None:
    """Print the command's answer on stdout."""
    from rich.console import Console

    Console(highlight=False, soft_wrap=True, emoji=False).print(text)


def answer_json(value: Any) -> None:
    """Print the command's answer as JSON; dates as ISO, money and the like as text."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def answer_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    right: Sequence[str] = (),
    whole: Sequence[str] = (),
) -> None:
    """Print rows below their headers; columns named in `right` hold figures.

    What stands in those of `whole` is typed again: it is never broken, however narrow it gets.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    cells = [[str(cell) for cell in row] for row in rows]
    for number, column in enumerate(columns):
        longest = max((len(row[number]) for row in cells), default=0) if column in whole else None
        side: Literal["left", "right"] = "right" if column in right else "left"
        table.add_column(column, justify=side, overflow="fold", min_width=longest)
    for row in cells:
        table.add_row(*map(escaped, row))
    Console(highlight=False, emoji=False).print(table)


def answer_list(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    as_json: bool,
    whole: Sequence[str] = (),
) -> None:
    """Print rows as a table, or for a program as objects named by the columns."""
    if as_json:
        answer_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        answer_table(title, columns, rows, whole=whole)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on stderr while something is counted: call the result with (done, of all)."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def waiting(what: str) -> AbstractContextManager[object]:
    """Show on stderr that something goes on whose end is not known."""
    from rich.console import Console

    return Console(stderr=True).status(f"{what} …")


def needs_an_answer(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be undone; `--yes` has answered already."""
    if not yes and not typer.confirm(question, err=True):
        fail("nothing was changed")

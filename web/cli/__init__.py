"""The command line: `dayround --help`."""

from __future__ import annotations

import getpass
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from web.cli import (
    agency,
    city,
    compiling,
    compliance,
    contact,
    days,
    demo,
    doors,
    export,
    figures,
    files,
    foretell,
    gazetteer,
    outcomes,
    places,
    policy,
    restraints,
    robot,
    rules,
    saying,
    serve,
    setup,
    simulate,
    slots,
    solve,
    tls,
    token,
    urgent,
    user,
)
from web.cli.common import Session, fail

app = typer.Typer(
    name="dayround",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,  # a traceback must not show what is in the book
    help=(
        "Tell it who is owed a visit and who is on shift; "
        "it gives every collector a lawful, drivable day."
    ),
    epilog=(
        "A first day: [bold]dayround init[/], [bold]city add[/], [bold]import[/] collectors, "
        "shifts and cases, [bold]geocode[/], [bold]plan DATE[/], [bold]publish DATE[/]. "
        "Or see a made-up town: [bold]dayround demo[/]."
    ),
)
BEFORE_ANY_COMMAND = ("--home", "--as")


@app.callback()
def begin(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            envvar="DAYROUND_HOME",
            help="Folder of the database, cities and caches.",
            show_default="the user's data folder",
        ),
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--as", help="Who acts, for the events.", show_default="you")
    ] = None,
) -> None:
    """Note whose home it is and who acts."""
    context.obj = Session(home, actor or getpass.getuser())


setup.register(app)
compiling.register(app)
contact.register(app)
city.register(app)
files.register(app)
gazetteer.register(app)
places.register(app)
policy.register(app)
days.register(app)
doors.register(app)
slots.register(app)
urgent.register(app)
outcomes.register(app)
export.register(app)
figures.register(app)
foretell.register(app)
simulate.register(app)
solve.register(app)
user.register(app)
serve.register(app)
tls.register(app)
token.register(app)
compliance.register(app)
restraints.register(app)
saying.register(app)
rules.register(app)
agency.register(app)
robot.register(app)
demo.register(app)


def hoisted(arguments: list[str]) -> list[str]:
    """Put `--home` and `--as` before the command, wherever they were written."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word in BEFORE_ANY_COMMAND:
            front += [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word.startswith(tuple(f"{option}=" for option in BEFORE_ANY_COMMAND)):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def in_words(error: Exception) -> str:
    """Return an error of ours as it stands, one of the system's without its number."""
    if type(error).__module__ == "builtins" and isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def write_unicode() -> None:
    """Write UTF-8 into files and pipes too, where Windows would take a code page without 中."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")


def main() -> None:
    """Run the command line; what a person can mend is told without a traceback."""
    from routing.errors import RoutingError
    from scheduler.errors import DayroundError

    write_unicode()
    try:
        app(hoisted(sys.argv[1:]))
    except (DayroundError, RoutingError, OSError) as error:
        try:
            fail(in_words(error))
        except typer.Exit as ended:
            sys.exit(ended.exit_code)

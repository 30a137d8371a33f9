"""`dayround init | backup | restore | doctor | db upgrade`: the home itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from web.cli.common import JsonOption, answer, answer_json, answer_table, fail, session, waiting

db = typer.Typer(no_args_is_help=True, help="The database's tables.")


def register(app: typer.Typer) -> None:
    app.command("init", epilog="Example: [bold]dayround init --home ./desk[/]")(init)
    app.command("doctor", epilog="Example: [bold]dayround doctor --json[/]")(doctor)
    app.command("backup", epilog="Example: [bold]dayround backup friday.zip[/]")(backup)
    app.command("restore", epilog="Example: [bold]dayround restore friday.zip --home ./new[/]")(
        restore
    )
    app.add_typer(db, name="db")


def init(context: typer.Context) -> None:
    """Make a home: an empty database and the folders beside it, for your eyes alone."""
    from data.home import Home
    from data.store import create_store, has_book

    home = Home.find(session(context).home)
    is_known = home.is_there or home.is_made_up
    if not is_known and home.path.is_dir() and any(home.path.iterdir()):
        fail(f"{home.path} holds something else: name an empty folder, or one that is not there")
    had_book = has_book(home)
    create_store(home).close()
    answer(f"home is {'there already, and up to date' if had_book else 'ready'}: {home.path}")
    answer("next: dayround city add NAME FILE")


def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """Look whether all is well with the home; exit code 1 where something is not."""
    from data.doctor import findings
    from data.home import Home

    found = list(findings(Home.find(session(context).home)))
    if as_json:
        answer_json([{"what": f.what, "is_well": f.is_well, "text": f.text} for f in found])
    else:
        rows = [("ok" if f.is_well else "NOT WELL", f.what, f.text) for f in found]
        answer_table("Doctor", ("", "what", "found"), rows)
    if not all(finding.is_well for finding in found):
        raise typer.Exit(1)


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; backups/ by default.")] = None,
) -> None:
    """Write the whole home into one file, while others work."""
    from data.backup import backup as write

    wired = session(context).wired()
    by = wired.ports.by(session(context).actor)
    target = file or wired.home.backups / f"dayround-{by.at:%Y%m%dT%H%M%SZ}.zip"
    with waiting("writing"):
        write(wired.home, target, by)
    answer(f"wrote {target}")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
) -> None:
    """Fill an empty home from a backup: all of it, or nothing."""
    from data.home import Home
    from data.restore import restore as read
    from scheduler.ports import By

    here = session(context)
    home = Home.find(here.home)
    with waiting("reading"):
        read(file, home, By(here.actor, datetime.now(UTC)))
    answer(f"restored {file} into {home.path}")


@db.command("upgrade")
def upgrade(context: typer.Context) -> None:
    """Bring the database's tables to this version of dayround."""
    from data.home import Home
    from data.store import create_store

    home = Home.find(session(context).home)
    create_store(home).close()
    answer("the database is up to date")

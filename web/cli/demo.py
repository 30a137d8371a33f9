"""`dayround demo`: a made-up town, its day planned by the very commands a user has, and served."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from scheduler.engines import LARGEST_SEED
from web.cli import days, setup
from web.cli.common import (
    JsonOption,
    Session,
    answer,
    answer_json,
    escaped,
    fail,
    say,
    session,
)
from web.cli.demo_past import Place, live_through
from web.cli.held import held
from web.cli.log_ins import LogIn, make_log_ins
from web.cli.serve import Listening, serve_at

if TYPE_CHECKING:
    from data.towns.town import Town

NAME, PROFILE, ZONE = "ningzhou", "CN", ZoneInfo("Asia/Shanghai")
HOST, PORT, PORTS_TRIED, MOST_PORTS = "127.0.0.1", 8000, 100, 65_536
CASES_PER_COLLECTOR, FEWEST_COLLECTORS = 15, 8
NODES_PER_CASE, FEWEST_NODES = 33, 5_000
MADE = "made.log"
"""What the commands that make it have answered, beside the lists that they took in."""

SHIFTS_AHEAD = timedelta(days=6)
"""So that the dispatcher can plan the days after by herself."""


def register(app: typer.Typer) -> None:
    app.command("demo", epilog="Example: [bold]dayround demo --cases 200[/]")(demo)


def demo(
    context: typer.Context,
    cases: Annotated[int, typer.Option("--cases", min=50, max=50_000)] = 600,
    seed: Annotated[
        int, typer.Option("--seed", min=0, max=LARGEST_SEED, help="Another seed, another town.")
    ] = 7,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="How long to search.")] = 10,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65_535, help="The next free one, if it is taken.")
    ] = PORT,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Whether to open its pages.")
    ] = True,
    as_json: JsonOption = False,
) -> None:
    """Make a town that does not exist, plan and publish its day, make log-ins, and serve it.

    Five weeks of calls, visits, promises and payments lie behind it, so that figures show some.
    It has a home of its own, made anew each time; your book is not touched. Ctrl-C ends it.
    """
    home = (session(context).home or usual_home()).expanduser().absolute()
    context.obj = Session(home, "demo")
    on = day_of_visits(datetime.now(UTC))
    with held(home):
        empty(home)
        say(f"making a town of {cases:,} cases …")
        with quietly(home / "town" / MADE):
            make_day(context, home, on, made_town(on, seed, cases), seconds)
        log_ins = make_log_ins(session(context).wired(), NAME, on)
        where = Listening(HOST, free_port(port) if serve else port)
        (tell_as_json if as_json else tell)(home, on, where.url if serve else "", log_ins)
        if serve and where.port != port:
            say(f"port {port} is taken: this one is served at {where.port}")
        if serve:
            serve_at(context, where)


@contextmanager
def quietly(file: Path) -> Iterator[None]:
    """Let the answers of the commands go into a file: they are long, and nobody asked for them."""
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8") as told, redirect_stdout(told):
        yield


def make_day(context: typer.Context, home: Path, on: date, town: Town, seconds: float) -> None:
    """Bring a town through some weeks to a published day."""
    setup.init(context)
    live_through(context, town, home / "town", Place(NAME, PROFILE, ZONE), on)
    days.plan(context, on.isoformat(), seconds=seconds, seed=town.seed)
    days.publish(context, on.isoformat(), note="made-up data")


def usual_home() -> Path:
    import platformdirs

    return platformdirs.user_data_path("dayround-demo", appauthor=False)


def empty(home: Path) -> None:
    """Make an empty demo home; a folder that is no demo's is refused, not emptied."""
    from data.home import MADE_UP, Home

    if home.exists() and any(home.iterdir()):
        if not Home(home).is_made_up:
            fail(f"{home} holds something else than a demo: name an empty folder with --home")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MADE_UP).write_text("made-up data / 演示数据\n", encoding="utf-8")


def day_of_visits(now: datetime) -> date:
    """Return the town's today, which phones open on; in days without visits, the next after them.

    Weekends are planned like other days: more people are at home, and the law allows it.
    """
    from data.profiles import TomlProfiles
    from scheduler.calendar import lunar_new_year

    kept_free = TomlProfiles().rules(PROFILE).facts["spring_festival"]
    on = now.astimezone(ZONE).date()
    while any(fact.value.hold(lunar_new_year(on.year), on) for fact in kept_free):
        on += timedelta(days=1)
    return on


def made_town(on: date, seed: int, cases: int) -> Town:
    from data.towns.town import NODES, make_town

    return make_town(
        seed,
        on,
        until=on + SHIFTS_AHEAD,
        cases=cases,
        collectors=max(FEWEST_COLLECTORS, cases // CASES_PER_COLLECTOR),
        nodes=min(NODES, max(FEWEST_NODES, NODES_PER_CASE * cases)),
    )


def free_port(port: int) -> int:
    """Return the port, or the next after it that is free."""
    tried = range(port, min(port + PORTS_TRIED, MOST_PORTS))
    found = next(filter(is_free, tried), None)
    if found is None:
        fail(f"ports {tried[0]} to {tried[-1]} are taken: name another with --port")
    return found


def is_free(port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket() as probe:
        if os.name != "nt":  # there it would take a port away from who has it
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def tell(home: Path, on: date, url: str, log_ins: Sequence[LogIn]) -> None:
    """Print how to sign in, and what to ask on the command line."""
    folder = escaped(str(home))
    here = f"{sys.argv[0]} --home {folder}"
    answer(
        f"\n[bold]Made-up data[/]: nobody and nothing of it exists. It lies in {folder}; ask it:"
    )
    answer(f"  {here} explain DEMO-000001 --date {on}\n  {here} check {on}")
    if not url:
        answer(f"  {here} serve")
    answer("\nLog-ins; one browser holds one, so take a private window for the next:")
    for one in log_ins:
        answer(f"  {one.name:13}  [bold]{one.password}[/]  {url}{one.opens}  {one.work}")
    if url:
        first = log_ins[0]
        answer(f"\nOpen [bold]{url}[/] and log in as {first.name} with {first.password}.")


def tell_as_json(home: Path, on: date, url: str, log_ins: Sequence[LogIn]) -> None:
    """Print the same for a program."""
    answer_json(
        {
            "home": home,
            "city": NAME,
            "date": on,
            "url": url or None,
            "log_ins": [asdict(one) for one in log_ins],
        }
    )
    sys.stdout.flush()

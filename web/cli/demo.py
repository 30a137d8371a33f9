"""`dayround demo`: a made-up town, and its day planned by the very commands a user has."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli import city, days, files, setup
from web.cli.common import Session, answer, fail, say, session

if TYPE_CHECKING:
    from data.towns.town import Town

NAME = "ningzhou"
CASES_PER_COLLECTOR = 15
FEWEST_COLLECTORS = 8


def register(app: typer.Typer) -> None:
    app.command("demo", epilog="Example: [bold]dayround demo --cases 200[/]")(demo)


def demo(
    context: typer.Context,
    cases: Annotated[int, typer.Option("--cases", min=50, max=50_000)] = 600,
    seed: Annotated[int, typer.Option("--seed", help="Another seed, another town.")] = 7,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="How long to search.")] = 10,
) -> None:
    """Make a town that does not exist, import its lists, plan and publish its next working day.

    It has a home of its own, made anew each time; your book is not touched.
    """
    from data.towns.town import write_town

    home = emptied(session(context).home or usual_home())
    context.obj = Session(home, "demo")
    on = next_working_day()
    say(f"making a town of {cases:,} cases …")
    made = made_town(on, seed, cases)
    town = write_town(made, home / "town")
    setup.init(context)
    city.add(context, NAME, town.extract)
    files.collectors(context, town.collectors)
    files.shifts(context, town.shifts)
    if made.pairs:
        files.pairs(context, town.pairs)
    files.cases(context, town.cases)
    days.geocode(context)
    days.plan(context, on.isoformat(), seconds=seconds, seed=seed)
    days.publish(context, on.isoformat(), note="made-up data")
    answer(
        f"\n[bold]Made-up data[/]: nobody and nothing of it exists. It lies in {home}; ask it:\n"
        f"  {sys.argv[0]} --home {home} explain DEMO-000001 --date {on}\n"
        f"  {sys.argv[0]} --home {home} check {on}"
    )


def usual_home() -> Path:
    import platformdirs

    return platformdirs.user_data_path("dayround-demo", appauthor=False)


def emptied(home: Path) -> Path:
    """Return an empty demo home; a folder that is no demo's is refused, not emptied."""
    from data.home import MADE_UP, Home

    if home.exists() and any(home.iterdir()):
        if not Home(home).is_made_up:
            fail(f"{home} holds something else than a demo: name an empty folder with --home")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MADE_UP).write_text("made-up data / 演示数据\n", encoding="utf-8")
    return home


def next_working_day() -> date:
    """Return the first working day after today."""
    from scheduler.calendar import DayKind, day_info

    on = datetime.now(UTC).date() + timedelta(days=1)
    while day_info("CN", on).kind not in (DayKind.WORKING, DayKind.MAKE_UP):
        on += timedelta(days=1)
    return on


def made_town(on: date, seed: int, cases: int) -> Town:
    from data.towns.town import make_town

    collectors = max(FEWEST_COLLECTORS, cases // CASES_PER_COLLECTOR)
    return make_town(seed, on, cases=cases, collectors=collectors)

"""`dayround export`: a published day as a file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    CityOption,
    DateArgument,
    JsonOption,
    Open,
    answer,
    answer_json,
    escaped,
    fail,
    opened,
    waiting,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date as Date  # noqa: N812

    from data.exports.exporter import OnTime
    from data.exports.sight import Sight


def register(app: typer.Typer) -> None:
    app.command(
        "export",
        epilog="Example: [bold]dayround export 2026-11-23 --format xlsx --out day.xlsx[/]",
    )(export)


def export(
    context: typer.Context,
    date: DateArgument,
    format: Annotated[str, typer.Option("--format", help="csv, xlsx, ics, gpx, pdf or geojson.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where to.", show_default="CITY-DATE.FORMAT here"),
    ] = None,
    city: CityOption = None,
    collector: Annotated[
        str | None, typer.Option("--collector", help="The day of one collector, by id.")
    ] = None,
    full: Annotated[
        bool,
        typer.Option("--full", help="Names, telephone numbers and sums in full, if you may."),
    ] = False,
    language: Annotated[
        str, typer.Option("--language", help="Of headers and words: en or zh.")
    ] = "en",
    as_json: JsonOption = False,
) -> None:
    """Write a published day to a file, people masked; each export is an event.

    Whoever --as names exports what their roles show. A name without a log-in is taken for the
    keeper of the home, who sees what a dispatcher does.
    """
    from data.exports.exporter import Asked, file_name
    from data.exports.words import WORDS

    desk = opened(context, city)
    if language not in WORDS:
        fail(f"--language {language!r} is none of {', '.join(WORDS)}")
    sight = sight_for(desk, collector, in_full=full)
    on = desk.day(date)
    asked = Asked(desk.city.name, on, format, sight, language, on_time(desk, on))
    target = out or Path(file_name(asked, is_made_up=desk.wired.home.is_made_up))
    if target.exists():
        fail(f"{target} is there already: name another file, or move it away")
    with waiting("exporting"):
        made = desk.wired.exporter.export(asked, desk.by())
    write(target, made.content)
    if as_json:
        told = {"version": made.version, "stops": made.stops, "masking": made.masking}
        answer_json({"file": str(target), **told})
    else:
        answer(
            f"wrote {escaped(str(target))}: {made.stops:,} visits of version {made.version}, "
            f"people told as: {made.masking}"
        )


def on_time(desk: Open, on: Date) -> OnTime:
    """Return what tells of a version of a day how likely its visits are on time."""
    from scheduler.errors import DayroundError
    from web.cli.foretell import foretold

    def of_version(version: int) -> Mapping[str, float]:
        try:
            _, found = foretold(desk, on, version)
        except DayroundError:
            return {}  # a city without roads, say: the day is handed out all the same
        return found.told.on_time if found else {}

    return of_version


def sight_for(desk: Open, collector: str | None, *, in_full: bool) -> Sight:
    """Return what the one who acts may see."""
    from data.access import Role
    from data.exports.sight import Sight, masking_asked, sight_of

    user = desk.wired.users.find(desk.actor)
    if user is None:
        return Sight(masking_asked(Role.DISPATCHER, in_full=in_full), None, collector)
    return sight_of(user, desk.city.name, collector_id=collector, in_full=in_full)


def write(file: Path, content: bytes) -> None:
    """Write a new file that its owner alone can read: it tells where people live."""
    from data.home import make_private

    with file.open("xb") as new:
        make_private(file)
        new.write(content)

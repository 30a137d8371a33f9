"""Commands about promises: what was promised, and whether it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from data.plain import to_plain
from web.cli.case_story import PROMISES, promise_row
from web.cli.common import CityOption, JsonOption, answer_list, opened

if TYPE_CHECKING:
    from scheduler.promises import Month

promises = typer.Typer(no_args_is_help=True, help="What was promised, and whether it was kept.")

MONTHS = ("month", "due", "kept", "partly_kept", "promised", "paid", "kept_rate")


@promises.command("list", epilog="Example: [bold]dayround promises list --month 2026-11[/]")
def list_promises(
    context: typer.Context,
    month: Annotated[str | None, typer.Option("--month", help="2026-11; this by default.")] = None,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what falls due in a month, as it stands by the payments of now."""
    from calendar import monthrange

    desk = opened(context, city)
    today = desk.day("today")
    first = desk.day(f"{month}-01") if month else today.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = desk.wired.stories.promises(desk.city.name, first, last, today, None)
    rows = [promise_row(one) for one in found]
    answer_list(f"{len(rows):,} promises due in {first:%Y-%m}", PROMISES, rows, as_json=as_json)


def sums_of(month: Month) -> tuple[object, object]:
    """Return what was promised for a month and paid of it, as a person writes sums."""
    return to_plain(month.promised), to_plain(month.paid)


@promises.command("judge", epilog="Example: [bold]dayround promises judge[/]")
def judge(context: typer.Context, city: CityOption = None, as_json: JsonOption = False) -> None:
    """Judge promises by the payments of now, and tell the kept rate by month.

    It is done whenever a day is planned, too.
    """
    from datetime import date

    from scheduler.promises import by_month

    desk = opened(context, city)
    with desk.wired.store.writing(desk.by()) as writer:
        changed = writer.judge_promises(desk.city.name)
    name, today = desk.city.name, desk.day("today")
    judged = desk.wired.stories.promises(name, date.min, date.max, today, None)
    rows = [
        (f"{m.first:%Y-%m}", m.due, m.kept, m.partly_kept, *sums_of(m), m.kept_rate)
        for m in by_month(judged)
    ]
    title = f"promises that stand otherwise than before: {len(changed):,}"
    answer_list(title, MONTHS, rows, as_json=as_json)

"""What has happened with a case, and lifting a stop that was told at its door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from data.plain import to_plain
from web.cli.common import CityOption, JsonOption, Open, answer, answer_json, escaped, fail, opened

if TYPE_CHECKING:
    from datetime import tzinfo

    from data.store.stories import Story
    from scheduler.model import City
    from scheduler.promises import Promise
    from scheduler.timeline import Entry

case = typer.Typer(no_args_is_help=True, help="What has happened with a case.")

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The contract's id.")]

PROMISES = ("due", "case", "amount", "paid", "status", "grace_days", "method")


@case.command("release", epilog="Example: [bold]dayround case release K-1024 paid[/]")
def release(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a contract or a borrower.")],
    flag: Annotated[str, typer.Argument(metavar="STOP", help="paid, disputed, complaint, …")],
    city: CityOption = None,
) -> None:
    """Lift a stop that was told at the door; one on the lender's list stays."""
    from scheduler.model import StopFlag

    desk = opened(context, city)
    if flag not in list(StopFlag):
        fail(f"{flag!r} is no stop; there are {', '.join(StopFlag)}")
    borrower_id = desk.wired.store.borrowers_by_case(desk.city.name).get(id)
    case_id = id if borrower_id else ""
    with desk.wired.store.writing(desk.by()) as writer:
        writer.lift_stop(desk.city.name, borrower_id or id, StopFlag(flag), case_id)
    answer(f"the stop {flag} of {id} is lifted")


@case.command("show", epilog="Example: [bold]dayround case show K-1024[/]")
def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a contract or a borrower.")],
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a borrower's cases, promises and timeline; nobody's name or address."""
    from scheduler.timeline import timeline

    desk = opened(context, city)
    found = story_of(desk, id)
    entries = timeline(found.events)
    if as_json:
        told = [entry_plain(one, desk.zone) for one in entries]
        answer_json({"borrower": found.borrower.id, **facts(found), "timeline": told})
        return
    answer(f"borrower [bold]{escaped(found.borrower.id)}[/]")
    for name, lines in facts(found).items():
        answer(f"{name}: {escaped('; '.join(lines)) or 'none'}")
    for one in entries:
        at = f"{one.at.astimezone(desk.zone):%Y-%m-%d %H:%M}"
        answer(f"{at}  {entry_line(one, desk.city)} [dim]{escaped(one.by)}[/]")


def story_of(desk: Open, id: str) -> Story:
    """Return a story, or end the command."""
    found = desk.wired.stories.story(desk.city.name, id, desk.day("today"), None)
    if found is None:
        fail(f"{desk.city.name} has no case and no borrower {id!r}")
    return found


def facts(found: Story) -> dict[str, list[str]]:
    return {
        "cases": [one.id for one in found.cases],
        "stops": sorted(found.borrower.stops.union(*(one.stops for one in found.cases))),
        "tasks": [f"{one.due} {one.task} {one.id}" for one in found.dossier.follow_ups],
        "promises": [" ".join(map(str, row)).strip() for row in promise_rows(found)],
    }


def promise_rows(found: Story) -> list[tuple[object, ...]]:
    return [promise_row(one) for one in found.dossier.promises]


def promise_row(one: Promise) -> tuple[object, ...]:
    sums = to_plain(one.amount), to_plain(one.paid)
    return one.due, one.case_id, *sums, str(one.status), one.grace_days, one.method


def entry_plain(one: Entry, zone: tzinfo) -> dict[str, str]:
    """Return an entry of a timeline for a program."""
    told = ", ".join(f"{name} {value}" for name, value in one.told.items())
    at = one.at.astimezone(zone).isoformat()
    return {"at": at, "kind": one.kind, "subject": one.subject, "by": one.by, "told": told}


def entry_line(one: Entry, city: City) -> str:
    """Write an entry of a timeline in words."""
    from web.borrower.words import EVENT_KINDS, entry_told, subject_told

    told = ", ".join(" ".join(filter(None, each)) for each in entry_told(one, city))
    kind = EVENT_KINDS.get(one.kind, one.kind)
    return escaped(f"{kind}, {subject_told(one)}{told and ': '}{told}")

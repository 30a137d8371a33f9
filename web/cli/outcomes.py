"""Commands about cases: what has happened, what came of a visit, and what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from data.plain import to_plain
from web.cli.common import (
    CityOption,
    JsonOption,
    Open,
    answer,
    answer_json,
    answer_list,
    escaped,
    fail,
    opened,
)

if TYPE_CHECKING:
    from datetime import datetime, tzinfo
    from decimal import Decimal

    from data.store.stories import Story
    from scheduler.agreements import Details
    from scheduler.lifecycle import Code
    from scheduler.model import Case, City, Window
    from scheduler.ports import Outcome
    from scheduler.promises import Month, Promise
    from scheduler.timeline import Entry

case = typer.Typer(no_args_is_help=True, help="What has happened with a case.")
outcome = typer.Typer(no_args_is_help=True, help="What came of visits.")
promises = typer.Typer(no_args_is_help=True, help="What was promised, and whether it was kept.")

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The contract's id.")]
OPTIONS = {"amount": "--amount", "due": "--due", "next_time": "--suits"}
PROMISES = ("due", "case", "amount", "paid", "status", "grace_days", "method")
MONTHS = ("month", "due", "kept", "partly_kept", "promised", "paid", "kept_rate")


def register(app: typer.Typer) -> None:
    app.add_typer(case, name="case")
    app.add_typer(outcome, name="outcome")
    app.add_typer(promises, name="promises")


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


@outcome.command(
    "add", epilog="Example: [bold]dayround outcome add K-1024 PTP --amount 500 --due 2026-12-01[/]"
)
def add(
    context: typer.Context,
    id: CaseArgument,
    code: Annotated[str, typer.Argument(metavar="CODE", help="PTP, NOT_HOME, …")],
    city: CityOption = None,
    place: Annotated[
        str | None, typer.Option("--place", help="Where; needed where she has several places.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="When, such as 2026-11-23T10:30; now by default.")
    ] = None,
    crew: Annotated[str, typer.Option("--crew", help="Who went: ids with + between.")] = "",
    amount: Annotated[str | None, typer.Option("--amount", help="Paid or promised.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="Day of a promise.")] = None,
    method: Annotated[str, typer.Option("--method", help="How it is to be paid.")] = "",
    suits: Annotated[
        str | None, typer.Option("--suits", help="2026-11-24T18:00/20:00: when she asks for.")
    ] = None,
    details: Annotated[
        str | None,
        typer.Option("--details", metavar="JSON", help='Such as {"attitude": "upset"}.'),
    ] = None,
    corrects: Annotated[
        str, typer.Option("--corrects", metavar="KEY", help="The outcome that it replaces.")
    ] = "",
    key: Annotated[
        str | None, typer.Option("--key", help="Your own, so that sending twice records once.")
    ] = None,
) -> None:
    """Record what came of a visit, with all that follows from it."""
    from scheduler.lifecycle import MET, NOT_MADE
    from scheduler.ports import Outcome

    desk = opened(context, city)
    hers = case_of(desk, id)
    result = code_of(code)
    new = Outcome(
        key=key or uuid4().hex,
        borrower_id=hers.borrower_id,
        place_id=place_of(desk, hers, place),
        at=moment_of(desk, at) if at else desk.wired.ports.clock(),
        code=result,
        crew=tuple(one for one in crew.split("+") if one),
        was_made=result not in NOT_MADE,
        was_met=result in MET,
        amount=sum_of(amount),
        due=desk.day(due) if due else None,
        method=method,
        suits=window_of(desk, suits) if suits else None,
        case_id=hers.id,
        details=details_of(details) if details else None,
        corrects=corrects,
    )
    refuse_incomplete(desk, new)
    record(desk, new)


def refuse_incomplete(desk: Open, new: Outcome) -> None:
    """End the command where a result lacks what it is nothing without, or cannot be so."""
    from data.secured import known_secured
    from scheduler.lifecycle import COLLATERAL, Code, Detail, lacking

    told = {Detail.AMOUNT: new.amount, Detail.DUE: new.due, Detail.NEXT_TIME: new.suits}
    lacks = lacking(Code(new.code), {name for name, value in told.items() if value is not None})
    wrong = [f"{new.code} needs {OPTIONS[one]}" for one in lacks]
    if new.at > desk.wired.ports.clock():
        wrong.append(f"--at {new.at:%Y-%m-%d %H:%M} lies in the future; write when it was")
    if new.due is not None and new.due < new.at.astimezone(desk.zone).date():
        wrong.append(f"--due {new.due} lies before the visit")
    if strangers := sorted(set(new.crew) - desk.collector_ids()):
        wrong.append(f"--crew names nobody who visits: {', '.join(strangers)}")
    products = [one.product for one in story_of(desk, new.borrower_id).cases]
    setting = known_secured(desk.wired.cities.path(desk.city.name))
    if Code(new.code) in COLLATERAL and not setting.may_be_secured(products):
        wrong.append(
            f"{new.code} is of collateral, and no contract of {new.borrower_id} is secured"
        )
    if wrong:
        fail("; ".join(wrong))


def record(desk: Open, new: Outcome) -> None:
    """Keep an outcome, say its key, which a correction names, and what followed from it."""
    from scheduler.timeline import timeline

    before = {one.id for one in story_of(desk, new.borrower_id).events}
    with desk.wired.store.writing(desk.by()) as writer:
        is_new = writer.record_outcome(desk.city.name, new)
    answer(f"{'recorded' if is_new else 'known already'}: {new.code} of {new.case_id}, {new.key}")
    for one in reversed(timeline(story_of(desk, new.borrower_id).events)):
        if one.id not in before and one.kind != "outcome.recorded":
            answer(f"  {entry_line(one, desk.city)}")


def case_of(desk: Open, id: str) -> Case:
    hers = next((one for one in story_of(desk, id).cases if one.id == id), None)
    if hers is None:
        fail(f"{id!r} is a borrower: name the case")
    return hers


def place_of(desk: Open, hers: Case, id: str | None) -> str:
    """Return the place that is named, or her only one."""
    places = [one.id for one in story_of(desk, hers.id).places]
    if id is None and len(places) == 1:
        return places[0]
    if id not in places:
        fail(f"say which place with --place: {', '.join(places) or 'there is none'}")
    return str(id)


def code_of(text: str) -> Code:
    from scheduler.lifecycle import Code

    if text.upper() not in list(Code):
        fail(f"{text!r} is no result code; there are: {', '.join(Code)}")
    return Code(text.upper())


def sum_of(text: str | None) -> Decimal | None:
    """Read a sum, more than 0."""
    from decimal import Decimal, InvalidOperation

    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        fail(f"{text!r} is no sum: write 500 or 500.50")
    if not amount.is_finite() or amount <= 0:
        fail(f"a sum is more than 0, not {text}")
    return amount


def details_of(text: str) -> Details:
    """Read attitude, hardship, assessment, agreement and the like, as JSON tells them."""
    import json

    from data.plain import reader
    from data.plain_faults import faults_of
    from scheduler.agreements import Details

    try:
        told = json.loads(text)
        wrong = "; ".join(faults_of(Details, told))
    except (RecursionError, ValueError) as error:
        told, wrong = None, str(error)
    if wrong:
        fail(f"the details cannot be read: {wrong}; docs/outcomes.md shows how they are written")
    found = reader(Details)(told)
    assert isinstance(found, Details)
    return found


def moment_of(desk: Open, text: str) -> datetime:
    """Read an instant; without an offset it is the city's clock."""
    from datetime import datetime

    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{text!r} is no instant: write 2026-11-23T10:30")
    return at if at.tzinfo else at.replace(tzinfo=desk.zone)


def window_of(desk: Open, text: str) -> Window:
    """Read 2026-11-24T18:00/20:00."""
    from scheduler.model import Window

    first, _, last = text.partition("/")
    start = moment_of(desk, first)
    end = moment_of(desk, last if "T" in last else f"{first.partition('T')[0]}T{last}")
    try:
        return Window(start, end)
    except ValueError as error:
        fail(str(error))


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

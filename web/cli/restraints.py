"""Commands for what a borrower's life asks: pauses, wishes and consents."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import LARGEST, CityOption, JsonOption, answer, answer_list, fail, opened

if TYPE_CHECKING:
    from scheduler.model import DailyWindow

pause = typer.Typer(no_args_is_help=True, help="Days on which a borrower is not visited.")
wish = typer.Typer(no_args_is_help=True, help="Hours, places and channels that are not wanted.")
consent = typer.Typer(no_args_is_help=True, help="Consents of borrowers that widen a rule.")

BorrowerArgument = Annotated[str, typer.Argument(metavar="BORROWER", help="Whose.")]
BorrowerOption = Annotated[str | None, typer.Option("--borrower", help="Of one borrower alone.")]
NumberArgument = Annotated[
    int, typer.Argument(metavar="NUMBER", help="As the list has it.", min=1, max=LARGEST)
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Last day.")]
SourceOption = Annotated[str, typer.Option("--source", help="Who said so, or where it stands.")]
HoursOption = Annotated[
    list[str] | None, typer.Option("--hours", metavar="HH:MM-HH:MM", help="May be given again.")
]
PlaceOption = Annotated[str, typer.Option("--place", help="At this place alone, by its id.")]


def register(app: typer.Typer) -> None:
    app.add_typer(pause, name="pause")
    app.add_typer(wish, name="wish")
    app.add_typer(consent, name="consent")


def read_hours(spans: list[str] | None) -> tuple[DailyWindow, ...]:
    """Read '08:00-12:00', as often as it was given."""
    from scheduler.model import DailyWindow

    found = []
    for span in spans or ():
        try:
            start, end = (time.fromisoformat(part) for part in span.split("-"))
            found.append(DailyWindow(start, end))
        except (TypeError, ValueError):  # an offset from UTC behind one of them is the former
            fail(f"{span!r} is no span of hours: write 08:00-12:00")
    return tuple(found)


@pause.command(
    "add",
    epilog='Example: [bold]dayround pause add B1 mourning --until 2026-12-01 --source "son"[/]',
)
def add_pause(
    context: typer.Context,
    borrower: BorrowerArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="mourning, disaster, illness, …")],
    source: SourceOption,
    first: FromOption = None,
    last: UntilOption = None,
    city: CityOption = None,
) -> None:
    """Let a borrower not be visited from a day on, until a day or until it is ended."""
    from scheduler.restraints import Pause, PauseKind

    desk = opened(context, city)
    if kind not in list(PauseKind):
        fail(f"{kind!r} is no kind of pause; there are {', '.join(PauseKind)}")
    until = desk.day(last) if last else None
    new = Pause(0, borrower, PauseKind(kind), desk.day(first or "today"), until, source)
    with desk.wired.store.writing(desk.by()) as writer:
        kept = writer.put_pause(desk.city.name, new)
    answer(f"pause {kept.id} of {borrower}: {kind} from {kept.first} until {kept.last or 'ended'}")


@pause.command("list", epilog="Example: [bold]dayround pause list --borrower B1[/]")
def list_pauses(
    context: typer.Context,
    borrower: BorrowerOption = None,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the pauses that nobody has ended."""
    desk = opened(context, city)
    pauses, _, _ = desk.wired.store.restraints(desk.city.name, borrower)
    columns = ("id", "borrower_id", "kind", "first", "last", "source")
    rows = [tuple(getattr(one, column) for column in columns) for one in pauses]
    answer_list(f"{len(rows):,} pauses", columns, rows, as_json=as_json)


@pause.command("end", epilog="Example: [bold]dayround pause end 3[/]")
def end_pause(context: typer.Context, number: NumberArgument, city: CityOption = None) -> None:
    """End a pause: the borrower may be visited again."""
    desk = opened(context, city)
    with desk.wired.store.writing(desk.by()) as writer:
        ended = writer.end_pause(desk.city.name, number)
    answer(f"pause {number} of {ended.borrower_id} is ended")


@wish.command(
    "add", epilog='Example: [bold]dayround wish add B1 --hours 12:00-14:00 --source "her letter"[/]'
)
def add_wish(
    context: typer.Context,
    borrower: BorrowerArgument,
    source: SourceOption,
    hours: HoursOption = None,
    kind: Annotated[
        str | None, typer.Option("--place-kind", help="home, registered, work or other.")
    ] = None,
    place: PlaceOption = "",
    channel: Annotated[
        str | None, typer.Option("--channel", help="call, sms, visit, …: about that alone.")
    ] = None,
    of_employer: Annotated[
        bool, typer.Option("--employer", help="The employer forbids it, not the borrower.")
    ] = False,
    first: FromOption = None,
    last: UntilOption = None,
    city: CityOption = None,
) -> None:
    """Note hours, a place or a channel that a borrower does not want."""
    from scheduler.contacts import Channel
    from scheduler.model import PlaceKind
    from scheduler.restraints import Wish, WishBy

    desk = opened(context, city)
    if kind is not None and kind not in list(PlaceKind):
        fail(f"{kind!r} is no kind of place; there are {', '.join(PlaceKind)}")
    if channel is not None and channel not in list(Channel):
        fail(f"{channel!r} is no channel; there are {', '.join(Channel)}")
    new = Wish(
        0, borrower, source, read_hours(hours), PlaceKind(kind) if kind else None, place,
        Channel(channel) if channel else None, desk.day(first) if first else None,
        desk.day(last) if last else None, WishBy.EMPLOYER if of_employer else WishBy.BORROWER,
    )  # fmt: skip
    with desk.wired.store.writing(desk.by()) as writer:
        kept = writer.put_wish(desk.city.name, new)
    answer(f"wish {kept.id} of {borrower} is kept")


@wish.command("list", epilog="Example: [bold]dayround wish list --borrower B1[/]")
def list_wishes(
    context: typer.Context,
    borrower: BorrowerOption = None,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the wishes that nobody has ended."""
    desk = opened(context, city)
    _, wishes, _ = desk.wired.store.restraints(desk.city.name, borrower)
    columns = ("id", "borrower_id", "by", "hours", "place_kind", "place_id", "channel", "source")
    rows = [
        (
            one.id,
            one.borrower_id,
            one.by,
            spans(one.blocked),
            *(one.place_kind or "", one.place_id, one.channel or "", one.source),
        )
        for one in wishes
    ]
    answer_list(f"{len(rows):,} wishes", columns, rows, as_json=as_json)


def spans(hours: tuple[DailyWindow, ...]) -> str:
    """Return hours as a clock has them."""
    return ", ".join(f"{one.start:%H:%M}-{one.end:%H:%M}" for one in hours)


@wish.command("end", epilog="Example: [bold]dayround wish end 3[/]")
def end_wish(context: typer.Context, number: NumberArgument, city: CityOption = None) -> None:
    """End a wish: it holds no more."""
    desk = opened(context, city)
    with desk.wired.store.writing(desk.by()) as writer:
        ended = writer.end_wish(desk.city.name, number)
    answer(f"wish {number} of {ended.borrower_id} is ended")


@consent.command(
    "add",
    epilog="Example: [bold]dayround consent add B1 house_hours --hours 20:30-21:30 "
    '--scope "in the evening" --evidence "call 2026-11-20, recording 77"[/]',
)
def add_consent(
    context: typer.Context,
    borrower: BorrowerArgument,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Which rule it widens.")],
    scope: Annotated[str, typer.Option("--scope", help="What is allowed, in words.")],
    evidence: Annotated[str, typer.Option("--evidence", help="Where it is kept.")],
    given: Annotated[str, typer.Option("--given", metavar="DATE", help="When.")] = "today",
    until: UntilOption = None,
    hours: HoursOption = None,
    place: PlaceOption = "",
    case: Annotated[str, typer.Option("--case", help="For this case alone.")] = "",
    city: CityOption = None,
) -> None:
    """Keep a borrower's consent; it widens a rule as far as the profile lets a consent."""
    from scheduler.restraints import Consent

    desk = opened(context, city)
    new = Consent(
        0, borrower, rule, scope, desk.day(given), evidence, desk.day(until) if until else None,
        place, case, read_hours(hours),
    )  # fmt: skip
    with desk.wired.store.writing(desk.by()) as writer:
        kept = writer.put_consent(desk.city.name, new)
    answer(f"consent {kept.id} of {borrower} to {rule} is kept")


@consent.command("list", epilog="Example: [bold]dayround consent list --borrower B1[/]")
def list_consents(
    context: typer.Context,
    borrower: BorrowerOption = None,
    city: CityOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the consents that nobody has withdrawn."""
    desk = opened(context, city)
    _, _, consents = desk.wired.store.restraints(desk.city.name, borrower)
    columns = ("id", "borrower_id", "rule", "scope", "given_on", "expires", "evidence")
    rows = [tuple(getattr(one, column) for column in columns) for one in consents]
    answer_list(f"{len(rows):,} consents", columns, rows, as_json=as_json)


@consent.command("end", epilog="Example: [bold]dayround consent end 3[/]")
def end_consent(context: typer.Context, number: NumberArgument, city: CityOption = None) -> None:
    """End a consent: it was withdrawn."""
    desk = opened(context, city)
    with desk.wired.store.writing(desk.by()) as writer:
        ended = writer.end_consent(desk.city.name, number)
    answer(f"consent {number} of {ended.borrower_id} is ended")

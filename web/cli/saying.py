"""What a dispatcher says of borrowers for a day: must go, not today, not before a day."""

from __future__ import annotations

from typing import Annotated

import typer

from web.cli.common import LARGEST, CityOption, JsonOption, answer, answer_list, fail, opened

say = typer.Typer(no_args_is_help=True, help="Who must be visited on a day, and who may not.")

CasesArgument = Annotated[
    list[str], typer.Argument(metavar="CASE…", help="Contracts, or borrowers.")
]
OnOption = Annotated[str, typer.Option("--on", metavar="DATE", help="The day; today if not told.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why, for the borrower's page.")]
KeyOption = Annotated[
    str | None, typer.Option("--key", help="Your own: the same key says it once.")
]


def register(app: typer.Typer) -> None:
    app.add_typer(say, name="say")


@say.command("must", epilog="Example: [bold]dayround say must HT-1 HT-2 --on tomorrow[/]")
def must(
    context: typer.Context,
    cases: CasesArgument,
    on: OnOption = "today",
    reason: ReasonOption = "",
    key: KeyOption = None,
    city: CityOption = None,
) -> None:
    """Let visits come before any sum of money on a day; no rule gives way to it."""
    _say(context, "must", cases, on, reason, key, city)


@say.command(
    "not-today", epilog='Example: [bold]dayround say not-today HT-1 --reason "son rang"[/]'
)
def not_today(
    context: typer.Context,
    cases: CasesArgument,
    on: OnOption = "today",
    reason: ReasonOption = "",
    key: KeyOption = None,
    city: CityOption = None,
) -> None:
    """Let nobody visit on a day; planned visits are suspended at once."""
    _say(context, "not_today", cases, on, reason, key, city)


@say.command("not-before", epilog="Example: [bold]dayround say not-before 2026-12-01 HT-1[/]")
def not_before(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="DATE", help="First day of visits again.")],
    cases: CasesArgument,
    reason: ReasonOption = "",
    key: KeyOption = None,
    city: CityOption = None,
) -> None:
    """Let nobody visit before a day."""
    _say(context, "not_before", cases, first, reason, key, city)


@say.command("list", epilog="Example: [bold]dayround say list[/]")
def list_said(context: typer.Context, city: CityOption = None, as_json: JsonOption = False) -> None:
    """List what was said and nobody has taken back."""
    desk = opened(context, city)
    columns = ("id", "borrower_id", "kind", "on", "said_by", "reason")
    said = desk.wired.store.directives(desk.city.name)
    rows = [tuple(getattr(one, column) for column in columns) for one in said]
    answer_list(f"{len(rows):,} words", columns, rows, as_json=as_json)


@say.command("end", epilog="Example: [bold]dayround say end 3 4[/]")
def end(
    context: typer.Context,
    numbers: Annotated[
        list[int],
        typer.Argument(metavar="NUMBER…", help="As the list has them.", min=1, max=LARGEST),
    ],
    city: CityOption = None,
) -> None:
    """Take words back; what they took the place of holds again."""
    desk = opened(context, city)
    with desk.wired.store.writing(desk.by()) as writer:
        ended = writer.end_directives(desk.city.name, numbers)
    for one in ended:
        answer(f"word {one.id} of {one.borrower_id} is taken back")


def _say(
    context: typer.Context,
    kind: str,
    cases: list[str],
    on: str,
    reason: str,
    key: str | None,
    city: str | None,
) -> None:
    from data.store.directives import Words
    from scheduler.directives import DirectiveKind

    desk = opened(context, city)
    owners = desk.wired.store.borrowers_by_case(desk.city.name)
    known = {*owners.values()}
    if missing := [id for id in cases if id not in owners and id not in known]:
        fail(f"{desk.city.name} has no open case {', '.join(map(repr, missing))}")
    who = [owners.get(id, id) for id in cases]
    told = Words(DirectiveKind(kind), desk.day(on), who, reason, key)
    with desk.wired.store.writing(desk.by()) as writer:
        kept = writer.put_directives(desk.city.name, told)
    for one in kept:
        answer(f"word {one.id} of {one.borrower_id}: {one.kind.replace('_', ' ')} {one.on}")

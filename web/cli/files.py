"""`dayround import` and `dayround template`: lists of cases and people in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from web.cli.common import (
    Open,
    YesOption,
    answer,
    answer_json,
    answer_table,
    counting,
    escaped,
    fail,
    needs_an_answer,
    opened,
    say,
    waiting,
)
from web.cli.lists import ListFile, PlacedListFile, takes

if TYPE_CHECKING:
    from data.readers.report import ReadResult
    from scheduler.ports import BookChange, Writer

SOME_ROWS_REFUSED = 3
"""Exit code where the good rows are in and some rows are not."""

MUCH_GONE = 0.10
SHOWN = 10

imports = typer.Typer(
    no_args_is_help=True,
    help="Take in a CSV or XLSX file. Bad rows are all told at once, the good ones are in. "
    f"Exit code {SOME_ROWS_REFUSED} says that some rows were refused.",
)


def register(app: typer.Typer) -> None:
    app.add_typer(imports, name="import")
    app.command("template", epilog="Example: [bold]dayround template cases cases.xlsx[/]")(template)


@imports.command(
    "cases", epilog="Example: [bold]dayround import cases book.xlsx --city ningzhou[/]"
)
@takes(PlacedListFile)
def cases(
    context: typer.Context,
    told: PlacedListFile,
    complete: Annotated[
        bool, typer.Option("--complete", help="The file is the whole book: close what it lacks.")
    ] = False,
    yes: YesOption = False,
    gone: Annotated[
        bool, typer.Option("--gone", help=f"Close more than {MUCH_GONE:.0%} of the book, too.")
    ] = False,
) -> None:
    """Take in overdue contracts with their borrowers and places."""
    from data.readers.cases import read_cases

    desk = opened(context, told.city)
    with counting("reading cases") as count:
        read = read_cases(
            told.file(),
            zone=desk.zone,
            agency=told.agency,
            datum=told.as_datum(),
            key=desk.wired.home.secret(),
            now=desk.wired.ports.clock(),
            progress=count,
        )
    if complete:
        confirm_complete(desk, read, yes=yes, gone=gone)
    finish(
        desk,
        told,
        read,
        lambda writer: writer.put_cases(
            desk.city.name, read.records, known=read.known, complete=complete
        ),
    )


@imports.command(
    "collectors", epilog="Example: [bold]dayround import collectors collectors.xlsx[/]"
)
@takes(PlacedListFile)
def collectors(context: typer.Context, told: PlacedListFile) -> None:
    """Take in the people who visit."""
    from data.readers.collectors import read_collectors
    from scheduler.service import point_of

    desk = opened(context, told.city)
    with counting("reading collectors") as count:
        read = read_collectors(
            told.file(),
            agency=told.agency,
            datum=told.as_datum(),
            place=lambda address: point_of(desk.wired.ports, desk.city.name, address),
            progress=count,
        )
    finish(desk, told, read, lambda writer: writer.put_collectors(desk.city.name, read.records))


@imports.command("shifts", epilog="Example: [bold]dayround import shifts november.xlsx[/]")
@takes(ListFile)
def shifts(context: typer.Context, told: ListFile) -> None:
    """Take in who works when, with breaks."""
    from data.readers.shifts import read_shifts

    desk = opened(context, told.city)
    with counting("reading shifts") as count:
        known = desk.collector_ids()
        read = read_shifts(told.file(), zone=desk.zone, collectors=known, progress=count)
    finish(desk, told, read, lambda writer: writer.put_shifts(desk.city.name, read.records))


@imports.command("pairs", epilog="Example: [bold]dayround import pairs pairs.csv[/]")
@takes(ListFile)
def pairs(context: typer.Context, told: ListFile) -> None:
    """Take in who goes with whom, every day or on one."""
    from data.readers.pairs import read_pairs

    desk = opened(context, told.city)
    with counting("reading pairs") as count:
        read = read_pairs(told.file(), collectors=desk.collector_ids(), progress=count)
    finish(desk, told, read, lambda writer: writer.put_pairs(desk.city.name, read.records))


@imports.command("contacts", epilog="Example: [bold]dayround import contacts calls.csv[/]")
@takes(ListFile)
def contacts(context: typer.Context, told: ListFile) -> None:
    """Take in a contact log: calls, messages and letters, with what came of them."""
    from data.readers.contacts import read_contacts

    desk = opened(context, told.city)
    whose = desk.wired.store.borrowers_by_case(desk.city.name)
    with counting("reading contacts") as count:
        read = read_contacts(
            told.file(),
            zone=desk.zone,
            now=desk.wired.ports.clock(),
            borrowers_by_case=whose,
            progress=count,
        )
    finish(desk, told, read, lambda writer: writer.add_contacts(desk.city.name, read.records))


@imports.command("payments", epilog="Example: [bold]dayround import payments paid.xlsx[/]")
@takes(ListFile)
def payments(context: typer.Context, told: ListFile) -> None:
    """Take in payments and balances: a case that is paid off is planned no more."""
    from data.readers.payments import balances_in, payments_in, read_payments

    desk = opened(context, told.city)
    whose = desk.wired.store.borrowers_by_case(desk.city.name)
    with counting("reading payments") as count:
        read = read_payments(
            told.file(),
            zone=desk.zone,
            now=desk.wired.ports.clock(),
            borrowers_by_case=whose,
            progress=count,
        )
    finish(
        desk,
        told,
        read,
        lambda writer: writer.add_payments(
            desk.city.name, payments_in(read.records), balances_in(read.records)
        ),
    )


@imports.command("scores", epilog="Example: [bold]dayround import scores scores.csv[/]")
@takes(ListFile)
def scores(context: typer.Context, told: ListFile) -> None:
    """Take in what a model or a bureau says of cases; it moves the chance that she pays."""
    from data.readers.scores import read_scores

    desk = opened(context, told.city)
    known = desk.wired.store.borrowers_by_case(desk.city.name)
    with counting("reading scores") as count:
        read = read_scores(told.file(), cases=known, today=desk.day("today"), progress=count)
    finish(desk, told, read, lambda writer: writer.add_scores(desk.city.name, read.records))


def template(
    kind: Annotated[
        str,
        typer.Argument(
            help="cases, collectors, shifts, pairs, gazetteer, contacts, payments or scores."
        ),
    ],
    file: Annotated[
        Path | None, typer.Argument(help="Where to; KIND.xlsx here by default.")
    ] = None,
) -> None:
    """Write a workbook to fill in: headers in both languages, what each column does."""
    from data.readers.templates import REGISTRIES
    from data.readers.templates import template as workbook

    if kind not in REGISTRIES:
        fail(f"there is no template {kind!r}; take one of {', '.join(REGISTRIES)}")
    target = file or Path(f"{kind}.xlsx")
    if target.exists():
        fail(f"{target} is there already: name another file, or move it away")
    target.write_bytes(workbook(kind))
    answer(f"wrote {target}")


def confirm_complete(desk: Open, read: ReadResult[Any], *, yes: bool, gone: bool) -> None:
    """Show what a complete book would change, and ask; ask again where much would go."""
    if read.errors:
        show_errors(read)
        fail(
            "the file has faults, and a complete book closes what it lacks: mend them first, "
            "or import without --complete"
        )
    store, name = desk.wired.store, desk.city.name
    with waiting("comparing with the book"):
        change = store.compare_cases(name, read.records, known=read.known)
    say(f"would be {in_words(change)}; gone are closed, not deleted")
    if change.gone:
        more = " …" if len(change.gone) > SHOWN else ""
        say(f"gone: {escaped(', '.join(change.gone[:SHOWN]))}{more}")
    needs_an_answer("Take it as the complete book?", yes=yes)
    held = len(change.gone) + len(change.changed) + len(change.unchanged)
    if len(change.gone) > MUCH_GONE * held:
        needs_an_answer(
            f"{len(change.gone):,} of {held:,} contracts would be closed; --gone allows it. Sure?",
            yes=gone,
        )


def finish(
    desk: Open, told: ListFile, read: ReadResult[Any], put: Callable[[Writer], BookChange]
) -> None:
    """Keep the good rows in one transaction, and tell all that there is to tell."""
    from data.made_up import refuse_real_people
    from data.readers.report import with_refused

    refuse_real_people(desk.wired.home, read.records)
    with waiting("keeping the rows"), desk.wired.store.writing(desk.by()) as writer:
        change = put(writer)
    read = with_refused(read, change.refused)
    if told.as_json:
        answer_json(
            {
                **{name: len(getattr(change, name)) for name in STATES},
                "clashing": change.clashing,
                "errors": [dict_of(error) for error in read.errors],
                "notes": read.notes,
            }
        )
    else:
        answer(f"{escaped(told.path.name)}: {in_words(change)}")
        for note in read.notes:
            answer(f"  note: {escaped(note)}")
        show_errors(read)
        show_clashing(change)
    if read.errors or change.clashing:
        raise typer.Exit(SOME_ROWS_REFUSED)


STATES = ("new", "changed", "unchanged", "gone")


def in_words(change: BookChange) -> str:
    return ", ".join(f"{len(getattr(change, state)):,} {state}" for state in STATES)


def dict_of(error: Any) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(error)


def show_clashing(change: BookChange) -> None:
    if change.clashing:
        more = " …" if len(change.clashing) > SHOWN else ""
        answer(
            f"{len(change.clashing):,} not taken: the book holds something else under their keys "
            f"({escaped(', '.join(change.clashing[:SHOWN]))}{more})"
        )


def show_errors(read: ReadResult[Any]) -> None:
    if read.errors:
        answer_table(
            "1 fault; its row is not in"
            if len(read.errors) == 1
            else f"{len(read.errors):,} faults; their rows are not in",
            ("line", "column", "value", "what to do"),
            [(error.line, error.column, error.value, error.problem) for error in read.errors],
            right=("line",),
        )

"""`dayround gazetteer`: the lender's own compounds, lanes and buildings beside the extract."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from web.cli.common import (
    JsonOption,
    Open,
    WhoseAddresses,
    YesOption,
    answer,
    answer_json,
    answer_table,
    counting,
    escaped,
    fail,
    needs_an_answer,
    opened,
    waiting,
)
from web.cli.files import SOME_ROWS_REFUSED, STATES, dict_of, in_words, show_errors, template
from web.cli.lists import DatumOption, EncodingOption, MapOption, PlacedListFile, SheetOption

if TYPE_CHECKING:
    from data.readers.report import ReadResult
    from routing.gazetteer.own_place import OwnPlace
    from scheduler.gazetteer import LookedUpAgain
    from scheduler.ports import BookChange, OwnRecord

gazetteer = typer.Typer(
    no_args_is_help=True,
    help="Compounds, lanes and buildings that the extract lacks: a list of your own beside it.",
)

COLUMNS = ("id", "kind", "place", "other names", "at", "radius", "of")


def register(app: typer.Typer) -> None:
    app.add_typer(gazetteer, name="gazetteer")
    gazetteer.command("list")(list_places)
    gazetteer.command("export")(export)
    gazetteer.command("remove")(remove)
    gazetteer.command(
        "template", epilog="Example: [bold]dayround gazetteer template places.xlsx[/]"
    )(own_template)


@gazetteer.command(
    "import",
    epilog="Example: [bold]dayround gazetteer import ningbo compounds.csv --datum GCJ-02[/]",
)
def take_in(
    context: typer.Context,
    city: WhoseAddresses,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file.")],
    datum: DatumOption = None,
    source: Annotated[
        str | None,
        typer.Option("--source", help="What it replaces and is listed as; the file's name."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would change and place.")
    ] = False,
    sheet: SheetOption = None,
    encoding: EncodingOption = None,
    mapping: MapOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take in a list; it replaces what an earlier one of its name said.

    Addresses that name a place of it are looked up again; what somebody has confirmed stays.
    """
    from data.readers.gazetteer import read_gazetteer
    from scheduler.gazetteer import take_own_places, would_place

    desk, name = opened(context, city), source or file.name
    told = PlacedListFile(file, city, sheet, encoding, mapping, as_json, datum=datum)
    with counting("reading places") as count:
        within = desk.wired.cities.extent(city)
        read = read_gazetteer(told.file(), datum=told.as_datum(), within=within, progress=count)
    if dry_run:
        with waiting("looking up what waits"):
            change = desk.wired.store.compare_own_places(city, read.records, name)
            again = would_place(desk.wired.ports, city, read.records, name)
    else:
        with counting("looking up what waits") as count:
            change, again = take_own_places(
                desk.wired.ports, city, read.records, name, desk.actor, count
            )
    tell(desk, name, read, change, again, as_json=as_json, would="would be " if dry_run else "")
    if read.errors:
        raise typer.Exit(SOME_ROWS_REFUSED)


def tell(
    desk: Open,
    name: str,
    read: ReadResult[OwnPlace],
    change: BookChange,
    again: LookedUpAgain,
    *,
    as_json: bool,
    would: str,
) -> None:
    """Tell what became of a list, and of the addresses that it concerns."""
    if as_json:
        answer_json(
            {
                **{state: len(getattr(change, state)) for state in STATES},
                "placed": len(again.placed),
                "unplaced": len(again.waiting),
                "waiting": waiting_now(desk) if not would else None,
                "errors": [dict_of(error) for error in read.errors],
                "notes": read.notes,
            }
        )
        return
    answer(f"{escaped(name)}: {would}{in_words(change)}")
    tell_again(desk, again, would)
    for note in read.notes:
        answer(f"  note: {escaped(note)}")
    show_errors(read)


def tell_again(desk: Open, again: LookedUpAgain, would: str = "") -> None:
    """Tell how many addresses are placed that waited, and the reverse."""
    before = waiting_now(desk) + (0 if would else len(again.placed) - len(again.waiting))
    answer(f"  {would}placed: {len(again.placed):,} of {before:,} addresses that waited")
    if again.waiting:
        answer(f"  {would}without a place: {len(again.waiting):,} addresses that had one")


def waiting_now(desk: Open) -> int:
    """Count the addresses that are not known closely enough."""
    found = desk.wired.store.unconfirmed(desk.city.name)
    return sum(not place.is_placed for place in found)


def list_places(
    context: typer.Context,
    city: WhoseAddresses,
    find: Annotated[
        str, typer.Option("--find", help="Only names, streets and files with it.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """List the places, pins of dispatchers among them; degrees are WGS-84."""
    from data.plain import to_plain

    desk = opened(context, city)
    found = [record for record in desk.wired.store.own_places(city) if record.place.has(find)]
    if as_json:
        answer_json([to_plain(record) for record in found])
    else:
        answer_table(f"{len(found):,} places of your own", COLUMNS, map(listed, found))


def listed(record: OwnRecord) -> tuple[object, ...]:
    """Return a row of the list, under `COLUMNS`."""
    place = record.place
    at = f"{place.point.lat:.6f}, {place.point.lon:.6f}"
    told = (place.title, ", ".join(place.aliases), at, f"{place.radius_m:.0f} m", place.source)
    return (record.id, place.kind, *told)


def export(
    context: typer.Context,
    city: WhoseAddresses,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file to write.")],
) -> None:
    """Write all places as a list that `import` takes again."""
    from data.exports.gazetteer import gazetteer_csv

    desk = opened(context, city)
    if file.exists():
        fail(f"{file} is there already: name another file, or move it away")
    places = [record.place for record in desk.wired.store.own_places(city)]
    file.write_bytes(gazetteer_csv(places))
    answer(f"wrote {len(places):,} places to {escaped(str(file))}")


def remove(
    context: typer.Context,
    city: WhoseAddresses,
    what: Annotated[
        str, typer.Argument(metavar="SOURCE|ID", help="A file's name, 'pin', or a place's id.")
    ],
    yes: YesOption = False,
) -> None:
    """Take out a place, or all of a file; what they placed is looked up without them."""
    from scheduler.gazetteer import remove_own_place, take_own_places

    desk = opened(context, city)
    ports = desk.wired.ports
    sources = [record.place.source for record in desk.wired.store.own_places(city)]
    if what in sources:
        needs_an_answer(f"Take out {sources.count(what):,} places of {what!r}?", yes=yes)
        change, again = take_own_places(ports, city, (), what, desk.actor)
        answer(f"{escaped(what)}: {len(change.gone):,} places are taken out")
    elif what.isdecimal():
        record, again = remove_own_place(ports, city, int(what), desk.actor)
        answer(f"{escaped(record.place.title)} is taken out")
    else:
        there = ", ".join(sorted(set(sources))) or "none yet"
        fail(f"{city} has no places of {what!r}; there are those of: {there}")
    tell_again(desk, again)


def own_template(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; gazetteer.xlsx here by default.")
    ] = None,
) -> None:
    """Write a workbook to fill in: headers in both languages, what each column does."""
    template("gazetteer", file)

"""`dayround places`: the addresses that wait for a person, and what people decided about them."""

from __future__ import annotations

from typing import Annotated

import typer

from web.cli.common import (
    LARGEST,
    JsonOption,
    WhoseAddresses,
    answer,
    answer_list,
    escaped,
    fail,
    opened,
)
from web.cli.lists import datum_named

places = typer.Typer(
    no_args_is_help=True,
    help="Addresses that were not found closely or surely enough, the most overdue first.",
)
WAITING = ("place", "overdue", "cases", "address", "found", "why")
DECIDED = ("id", "address", "at", "by", "when", "of")


def register(app: typer.Typer) -> None:
    app.add_typer(places, name="places")


@places.command("list", epilog="Example: [bold]dayround places list ningbo[/]")
def list_places(context: typer.Context, city: WhoseAddresses, as_json: JsonOption = False) -> None:
    """List what waits; names and telephone numbers in an address are left out."""
    from routing.gazetteer.doubts import doubt_of
    from routing.gazetteer.private import split_private

    desk = opened(context, city)
    found = desk.wired.review.waiting(city, None)
    rows = [
        (
            *(one.place.id, round(one.overdue, 2), len(one.case_ids)),
            split_private(one.place.address).address,
            one.place.precision,
            doubt_of(one.place.precision, one.unmatched),
        )
        for one in sorted(found, key=lambda one: (-one.overdue, one.place.id))
    ]
    answer_list(f"{len(rows):,} places to check", WAITING, rows, as_json=as_json, whole=("place",))


@places.command("decided", epilog="Example: [bold]dayround places decided ningbo[/]")
def decided(context: typer.Context, city: WhoseAddresses, as_json: JsonOption = False) -> None:
    """List the decisions in force, by which addresses are placed before any look-up."""
    desk = opened(context, city)
    rows = [
        (
            *(one.id, one.address, f"{one.point.lat:.6f}, {one.point.lon:.6f}"),
            *(one.decided_by, f"{one.decided_at.astimezone(desk.zone):%Y-%m-%d %H:%M}", one.source),
        )
        for one in desk.wired.store.overrides(city).values()
    ]
    answer_list(f"{len(rows):,} addresses decided", DECIDED, rows, as_json=as_json, whole=("id",))


@places.command(
    "set",
    epilog="Example: [bold]dayround places set ningbo HT-0042:home:1f 29.87,121.54[/]",
    context_settings={"ignore_unknown_options": True},  # southern latitudes begin with a dash
)
def set_place(
    context: typer.Context,
    city: WhoseAddresses,
    place: Annotated[str, typer.Argument(metavar="PLACE", help="Its id, as `places list` has it.")],
    position: Annotated[str, typer.Argument(metavar="LAT,LON", help="In degrees.")],
    datum: Annotated[
        str, typer.Option("--datum", help="WGS-84, GCJ-02 (Amap, Tencent) or BD-09.")
    ] = "WGS-84",
) -> None:
    """Say where an address is; every place of its text is put there, today's and later ones."""
    from routing.datum import read_position
    from routing.gazetteer.private import address_key

    desk = opened(context, city)
    found = desk.wired.review.place(city, place, None)
    if found is None:
        fail(f"{city} has no place {place!r}: dayround places list {city} shows them")
    try:
        point = read_position(position, datum_named(datum))
    except ValueError:
        fail(f"{position!r} is no position: write latitude,longitude, as in 30.2741,120.1551")
    if not desk.wired.cities.holds(city, point):
        fail(
            f"{position} lies outside the city's map ({desk.wired.cities.extent(city)}): look "
            "whether latitude and longitude are swapped, and at --datum"
        )
    address = found.place.address
    standing = desk.wired.store.overrides(city).get(address_key(address))
    known = standing.id if standing else None
    with desk.wired.store.writing(desk.by()) as writer:
        made = writer.put_override(city, address, point, "dispatcher", known=known)
    answer(f"{escaped(made.address)} is at {point.lat:.6f}, {point.lon:.6f}: decision {made.id}")


@places.command("undo", epilog="Example: [bold]dayround places undo ningbo 7[/]")
def undo(
    context: typer.Context,
    city: WhoseAddresses,
    id: Annotated[
        int, typer.Argument(metavar="ID", help="As `places decided` has it.", max=LARGEST)
    ],
) -> None:
    """Take a decision back; the one before it stands again, or its places are looked up."""
    from scheduler.service import undo_override

    desk = opened(context, city)
    undone = undo_override(desk.wired.ports, city, id, desk.actor)
    answer(f"the decision about {escaped(undone.address)} is taken back")

"""The lender's own gazetteer: its places, a file in, one of them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Response, abort, flash, g, redirect, request, url_for

from data.access import Role
from routing.datum import Datum
from routing.gazetteer.own_place import OwnPlace
from scheduler.errors import DayroundError
from scheduler.gazetteer import LookedUpAgain, remove_own_place, take_own_places
from web.auth.access import current_user, needs
from web.context import wired
from web.dispatch.places import DATUMS
from web.dispatch.room import Answer, dispatch, only_for_the_whole_city, page
from web.language import t, tn

if TYPE_CHECKING:
    from data.readers.report import ReadResult

PER_PAGE = 50
ROWS_SHOWN = 300


@dispatch.get("/<city>/<day:on>/gazetteer")
@needs(Role.DISPATCHER)
def gazetteer(city: str, on: date, **told: object) -> str:
    """List the places that fit what is looked for, the newest first."""
    only_for_the_whole_city()
    number, looked_for = max(1, request.args.get("page", 1, type=int)), request.args.get("q", "")
    known = wired().store.own_places(city)
    found = [record for record in reversed(known) if record.place.has(looked_for.strip())]
    first = (number - 1) * PER_PAGE
    return page(
        "gazetteer",
        on,
        records=found[first : first + PER_PAGE],
        has_more=len(found) > first + PER_PAGE,
        number=number,
        looked_for=looked_for,
        total=len(known),
        sources=sorted(Counter(record.place.source for record in known).items()),
        datums=DATUMS,
        rows_shown=ROWS_SHOWN,
        **told,
    )


@dispatch.post("/<city>/<day:on>/gazetteer")
@needs(Role.DISPATCHER)
def take_places_in(city: str, on: date) -> Answer:
    """Take a list in, place whoever's address names a place of it, and tell all there is to."""
    only_for_the_whole_city()
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return gazetteer(city=city, on=on, wrong=t("Choose a file first.")), 400
    try:
        read = read_upload(upload.filename, upload.save)
        change, again = take_own_places(
            wired().ports, city, read.records, upload.filename, current_user.name
        )
    except DayroundError as error:
        return gazetteer(city=city, on=on, wrong=str(error)), 400
    taken = {"name": upload.filename, "change": change, "read": read}
    return gazetteer(city=city, on=on, taken=taken, again=in_words(again))


def read_upload(name: str, save: Callable[[Path], None]) -> ReadResult[OwnPlace]:
    """Read a list that was sent, which lies in the home only as long as that takes."""
    from data.readers.gazetteer import read_gazetteer
    from data.readers.tables import File

    told = request.form.get("datum")
    datum = Datum(told) if told in set(Datum) else None
    with TemporaryDirectory(dir=wired().home.path, prefix=".upload-") as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()}"
        save(path)
        file = File(path, sheet=request.form.get("sheet") or None)
        return read_gazetteer(file, datum=datum, within=wired().cities.extent(g.city.name))


@dispatch.post("/<city>/<day:on>/gazetteer/remove")
@needs(Role.DISPATCHER)
def remove_place(city: str, on: date) -> Answer:
    """Take out a place by its number, or all of a file by its name."""
    only_for_the_whole_city()
    ports, actor, source = wired().ports, current_user.name, request.form.get("source")
    if source is not None:
        _, again = take_own_places(ports, city, (), source, actor)
        name = source
    else:
        id = request.form.get("id", type=int)
        if id is None:
            abort(400)
        record, again = remove_own_place(ports, city, id, actor)
        name = record.place.title
    flash(" ".join((t("%(name)s is taken out.", name=name), *in_words(again))))
    return redirect(url_for("dispatch.gazetteer", city=city, on=on, q=request.args.get("q")))


def in_words(again: LookedUpAgain) -> list[str]:
    """Say what became of the addresses that were looked up again."""
    placed, waiting = len(again.placed), len(again.waiting)
    told = tn(
        "%(num)d address that waited has a place.",
        "%(num)d addresses that waited have a place.",
        placed,
    )
    lost = tn("%(num)d address waits now.", "%(num)d addresses wait now.", waiting)
    return [told, *([lost] if waiting else [])]


@dispatch.get("/<city>/gazetteer.csv")
@needs(Role.DISPATCHER)
def gazetteer_file(city: str) -> Response:
    """Send all places as a list that can be imported again."""
    from data.exports.gazetteer import gazetteer_csv

    only_for_the_whole_city()
    places = [record.place for record in wired().store.own_places(city)]
    name = {"Content-Disposition": "attachment; filename=gazetteer.csv"}
    return Response(gazetteer_csv(places), mimetype="text/csv", headers=name)

"""The lender's own gazetteer as a list that `read_gazetteer` takes again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from data.exports.separated import guarded
from data.readers.gazetteer_columns import GAZETTEER
from routing.datum import Datum, convert
from routing.gazetteer.own_place import OwnPlace

DECIMALS = 8
"""Of degrees: finer than they are read, so that a datum there and back changes nothing."""
DATUMS = {Datum.WGS84: "WGS-84", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}


def gazetteer_csv(places: Iterable[OwnPlace]) -> bytes:
    """Return places as CSV in UTF-8, each in the datum that it was told in."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.title for column in GAZETTEER.columns])
    for place in places:
        cells = _cells(place)
        writer.writerow([cells[column.field] for column in GAZETTEER.columns])
    return stream.getvalue().encode("utf-8-sig")


def _cells(place: OwnPlace) -> dict[str, object]:
    """Return the cells of a place by field."""
    lat, lon = convert(place.point.lat, place.point.lon, Datum.WGS84, place.datum)
    return {
        "kind": place.kind.value,
        "name": guarded(place.name),
        "aliases": guarded("；".join(place.aliases)),
        "street": guarded(place.street),
        "number": guarded(place.number),
        "district": guarded(place.district),
        "lat": f"{float(lat):.{DECIMALS}f}",
        "lon": f"{float(lon):.{DECIMALS}f}",
        "datum": DATUMS[place.datum],
        "radius_m": f"{place.radius_m:.0f}",
    }

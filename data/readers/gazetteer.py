"""The lender's own gazetteer: compounds, lanes, buildings and street numbers with coordinates."""

from __future__ import annotations

from collections.abc import Sequence

from data.readers.gazetteer_columns import GAZETTEER
from data.readers.positions import check_positions, points
from data.readers.report import FileError, Progress, ReadResult, lines_text
from data.readers.rows import Row, Rows, read_rows
from data.readers.tables import File
from routing.datum import Datum
from routing.extent import Box
from routing.gazetteer.buildings import SIGNED, building_key
from routing.gazetteer.numbers import house_numbers
from routing.gazetteer.own_place import OwnKind, OwnPlace, pin_kind
from routing.gazetteer.text import chinese_key
from routing.point import Point

DECIMALS = 6
"""Of degrees: a tenth of a metre, so that a list that was exported reads back as it was."""

NEEDS = {
    OwnKind.COMPOUND: ("name",),
    OwnKind.LANE: ("name",),
    OwnKind.BUILDING: ("name", "number"),
    OwnKind.NUMBER: ("street", "number"),
}
HOW_TO_WRITE = {
    "name": "write what the compound or lane is called",
    "street": "write the street of the number",
    "number": "write the number, as in 88号, or the building, as in 3栋",
}


def read_gazetteer(
    file: File,
    *,
    datum: Datum | None = None,
    within: Box | None = None,
    progress: Progress | None = None,
) -> ReadResult[OwnPlace]:
    """Read a list of the lender's own places.

    Parameters
    ----------
    file
        CSV or XLSX with the columns of `GAZETTEER`; coordinates, and a name or a street number,
        are required.
    datum
        Of coordinates in rows that name none.
    within
        Where the city's extract lies; what lies outside is refused. None accepts any place.
    progress
        Called with (rows done, rows in all).

    Raises
    ------
    FileError
        Where nothing can be imported.
    """
    rows = read_rows(file, GAZETTEER)
    if not rows.has("name", "street"):
        raise FileError("no column names the places; add '名称 / Name', or a street and a number")
    check_positions(rows, ("",), datum)
    at = points(rows, "", datum)
    _refuse_outside(rows, at, within)
    places = [_place(row, at[row.index], datum) for row in rows]
    _refuse_repeated(rows, places)
    return rows.result(lambda row: places[row.index], progress=progress)


def _place(row: Row, at: Point | None, datum: Datum | None) -> OwnPlace | None:
    kind = row.get("kind") or _kind(row)
    name = _lane_name(row) if kind is OwnKind.LANE else row.get("name", "")
    for needed in NEEDS[kind]:
        if not (name if needed == "name" else row.get(needed)) and not row.has_fault(needed):
            row.refuse(needed, f"is empty; {HOW_TO_WRITE[needed]}")
    if kind is OwnKind.NUMBER and row.get("number") and not house_numbers(row.get("number")):
        row.refuse("number", "is no street number; write it as 88号")
    if kind is OwnKind.BUILDING and row.get("number") and not building_key(row.get("number")):
        row.refuse("number", "names no building; write it as 3栋")
    if row.is_bad or at is None:
        return None
    return OwnPlace(
        kind=kind,
        name=name,
        point=Point(round(at.lat, DECIMALS), round(at.lon, DECIMALS)),
        radius_m=float(row.get("radius_m", kind.radius_m)),
        aliases=tuple(alias for alias in row.get("aliases", ()) if alias != name),
        street=row.get("street", ""),
        number=row.get("number", ""),
        district=row.get("district", ""),
        datum=row.get("datum", datum),
    )


def _kind(row: Row) -> OwnKind:
    """Tell the kind of a row that names none."""
    name, number = row.get("name", ""), row.get("number", "")
    if not name:
        return OwnKind.NUMBER
    if number and SIGNED.search(chinese_key(number)):
        return OwnKind.BUILDING
    return pin_kind(name)


def _lane_name(row: Row) -> str:
    """Return a lane's whole name: of 18弄 beside 东河路, in columns of their own, both."""
    name, street = row.get("name") or row.get("number", ""), row.get("street", "")
    return name if not street or street in name else f"{street}{name}"


def _refuse_outside(rows: Rows, at: Sequence[Point | None], within: Box | None) -> None:
    """Keep out what lies where the city has no map; swapped coordinates are called so."""
    for row in rows if within else ():
        point = at[row.index]
        if point is None or within is None or within.contains(point.lat, point.lon):
            continue
        is_swapped = within.contains(point.lon, point.lat)
        why = "latitude and longitude are swapped" if is_swapped else "look at both, and the datum"
        row.refuse("lat", f"with its longitude lies outside the city's map ({within}): {why}")


def _refuse_repeated(rows: Rows, places: Sequence[OwnPlace | None]) -> None:
    """Keep out all rows that say where one place is."""
    lines: dict[tuple[str, ...], list[Row]] = {}
    for row, place in zip(rows, places, strict=True):
        if place is not None:
            lines.setdefault(place.identity, []).append(row)
    for those in lines.values():
        for row in those if len(those) > 1 else ():
            told = "name" if row.text("name") else "number"
            where = lines_text(other.line for other in those)
            row.refuse(told, f"stands on {where}; keep one row per place, or tell its district")

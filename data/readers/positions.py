"""Coordinates of a file: pairs, in a stated datum, to points in WGS-84."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from data.readers.report import FileError
from data.readers.rows import Row, Rows
from routing.datum import Datum, convert
from routing.point import Point


def check_positions(rows: Rows, prefixes: Iterable[str], datum: Datum | None) -> None:
    """Refuse a file whose coordinates could mean several places.

    Raises
    ------
    FileError
        Where a latitude has no longitude column beside it or the reverse, or where neither the
        file nor `datum` says what the coordinates are measured in.
    """
    fields = [f"{prefix}{axis}" for prefix in prefixes for axis in ("lat", "lon")]
    present = [name for name in fields if rows.has(name)]
    problems = [
        f"column {rows.headers[name]!r} has no partner; add the column {_partner(name)!r}"
        for name in present
        if not rows.has(_partner(name))
    ]
    if present and datum is None and not rows.has("datum"):
        named = " and ".join(repr(rows.headers[name]) for name in present[:2])
        problems.append(
            f"{named} are coordinates without a datum: say whether they are WGS-84 (GPS, OSM), "
            "GCJ-02 (高德, 腾讯) or BD-09 (百度), in a column '坐标系 / Datum' or once for the file"
        )
    if problems:
        raise FileError("; ".join(problems))


def points(rows: Rows, prefix: str, datum: Datum | None) -> list[Point | None]:
    """Return a point per row from the columns `prefix`lat and `prefix`lon, None where empty.

    `datum` holds where the row's own datum is empty. Faults are refused in `rows`.
    """
    found: list[Point | None] = [None] * len(rows)
    by_datum: dict[Datum, list[Row]] = {}
    for row in rows if rows.has(f"{prefix}lat", f"{prefix}lon") else ():
        if _is_pair(row, prefix):
            measured_in = row.get("datum", datum)
            if measured_in is not None:
                by_datum.setdefault(measured_in, []).append(row)
            elif not row.has_fault("datum"):
                row.refuse("datum", "is empty beside coordinates; write WGS-84, GCJ-02 or BD-09")
    for measured_in, those in by_datum.items():
        for row, point in zip(those, _converted(those, prefix, measured_in), strict=True):
            found[row.index] = point
    return found


def _converted(rows: list[Row], prefix: str, datum: Datum) -> Iterator[Point]:
    lats, lons = ([row.get(f"{prefix}{axis}") for row in rows] for axis in ("lat", "lon"))
    for lat, lon in zip(*convert(lats, lons, datum, Datum.WGS84), strict=True):
        yield Point(float(lat), float(lon))


def _is_pair(row: Row, prefix: str) -> bool:
    """Tell whether both coordinates are there and right; refuse one without the other."""
    names = f"{prefix}lat", f"{prefix}lon"
    if any(row.has_fault(name) for name in names):
        return False
    empty = [name for name in names if row.get(name) is None]
    if len(empty) == 1:
        row.refuse(empty[0], "is empty beside its partner; fill in both or neither")
    elif not empty and row.get(names[0]) == row.get(names[1]) == 0:
        row.refuse(names[0], "with 0 beside it lies in the open sea; leave both empty if unknown")
        return False
    return not empty


def _partner(name: str) -> str:
    return f"{name[:-3]}{'lon' if name.endswith('lat') else 'lat'}"

"""The places of a row: an address or coordinates, each with its own windows and source."""

from __future__ import annotations

from typing import Any

from data.readers.digest import digest
from data.readers.place_columns import PREFIXES
from data.readers.positions import check_positions, points
from data.readers.report import FileError
from data.readers.rows import Row, Rows
from data.readers.words import fold
from routing.datum import Datum
from routing.geocoding import Precision
from routing.point import Point
from scheduler.model import Place, PlaceKind

KIND_BY_PREFIX = {prefix.field: prefix.kind for prefix in PREFIXES}

DEFAULT_SOURCE = "lender's file"
DEFAULT_LAWFUL_BASIS = "contract"


class Places:
    """The place columns of a file.

    Windows, source, lawful basis, validity and note without the name of a place hold for every
    place that has none of its own; coordinates without a name belong to the file's only address.
    """

    def __init__(self, rows: Rows, datum: Datum | None) -> None:
        addresses = [prefix for prefix in KIND_BY_PREFIX if rows.has(f"{prefix}address")]
        located = [prefix for prefix in KIND_BY_PREFIX if rows.has(f"{prefix}lat", f"{prefix}lon")]
        _check_columns(addresses, located)
        check_positions(rows, located, datum)
        self._points = {prefix: points(rows, prefix, datum) for prefix in located}
        if "" in located and len(addresses) == 1 and addresses[0] not in located:
            self._points[addresses[0]] = self._points.pop("")
        self._prefixes = [
            prefix for prefix in KIND_BY_PREFIX if prefix in {*addresses, *self._points}
        ]
        fields = (f"{p}{part}" for p in KIND_BY_PREFIX for part in ("address", "lat", "lon"))
        self._fields = list(filter(rows.has, fields))

    def of(self, row: Row, borrower_id: str) -> tuple[Place, ...]:
        """Return the places of `row`; one without any is refused."""
        found = [self._place(row, borrower_id, prefix) for prefix in self._prefixes]
        places = tuple(place for place in found if place is not None)
        if not places and not any(row.text(name) or row.has_fault(name) for name in self._fields):
            row.refuse(self._fields[0], "is empty, and so are coordinates; fill in one of them")
        return places

    def _place(self, row: Row, borrower_id: str, prefix: str) -> Place | None:
        def own(part: str, default: Any) -> Any:
            return row.get(f"{prefix}{part}", row.get(part, default))

        address = row.get(f"{prefix}address", "")
        point = self._points[prefix][row.index] if prefix in self._points else None
        if not address and point is None:
            return None
        kind = KIND_BY_PREFIX[prefix] or row.get("place_kind", PlaceKind.OTHER)
        return Place(
            id=place_id(borrower_id, kind, address, point),
            borrower_id=borrower_id,
            kind=kind,
            address=address,
            source=own("source", DEFAULT_SOURCE),
            lawful_basis=own("lawful_basis", DEFAULT_LAWFUL_BASIS),
            point=point,
            precision=Precision.NONE if point is None else Precision.CONFIRMED,
            windows=own("windows", ()),
            is_valid=own("valid", True),
            access_note=own("access_note", ""),
        )


def _check_columns(addresses: list[str], located: list[str]) -> None:
    """Refuse a file without places, or with coordinates that could belong to several."""
    if not addresses and not located:
        raise FileError("no column has an address or coordinates; add one, or map yours")
    if "" in located and "" not in addresses and len(addresses) > 1:
        raise FileError(
            "coordinates without the name of a place stand beside several addresses; name them "
            "after one: '家庭纬度 / Home latitude'"
        )


def place_id(borrower_id: str, kind: PlaceKind, address: str, point: Point | None) -> str:
    """Return an id that a later file gives again: spaces, width and punctuation do not matter."""
    where = fold(address) or (f"{point.lat:.6f},{point.lon:.6f}" if point else "")
    return f"{borrower_id}:{kind}:{digest(where)}"

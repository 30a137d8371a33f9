"""Answers of the lender's own gazetteer: whose they are, and which building of a compound."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from routing.datum import Datum
from routing.gazetteer.buildings import building_in
from routing.gazetteer.index import Entry, Gazetteer, marks
from routing.gazetteer.own_place import OwnKind
from routing.gazetteer.private import split_private
from routing.gazetteer.text import name_key
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point, distance_m

TELLABLE = (Precision.EXACT, Precision.COMPOUND, Precision.STREET)
"""What may be an own place's answer; the rest is reckoned from several, or waits for a person."""


SOURCE = "own gazetteer"


@dataclass(frozen=True, slots=True)
class Row:
    """An own place as the file keeps it."""

    entry: int | None
    kind: OwnKind
    title: str
    at: Point
    radius_m: float
    datum: Datum
    source: str


class OwnAnswers:
    """Tells which answers of a gazetteer are the lender's own."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        query = "SELECT 1 FROM sqlite_master WHERE name = 'own_place'"
        self.are_there = bool(gazetteer.ask(query))

    def told(self, found: GeocodeResult, address: str) -> GeocodeResult:
        """Return an answer as the lender's own, where it is: its kind, source and datum.

        Of a compound whose building the address names, and a row places, it is that building.
        """
        if not self.are_there or found.point is None or found.precision not in TELLABLE:
            return found
        row = self._at(found.point)
        if row and row.kind.precision is Precision.EXACT:
            return _as_own(found, row)
        entries = self._entries(found, found.point)
        areas = self._rows(entries, OwnKind.COMPOUND, OwnKind.LANE)
        row = row or (areas[-1] if areas else None)
        if building := self._building(entries, found, address):
            told = _as_own(found, building)
            return replace(
                told, point=building.at, radius_m=building.radius_m, matched=building.title
            )
        return _as_own(found, row) if row else found

    def _at(self, point: Point) -> Row | None:
        """Return the newest own place of exactly that point, not a building of a compound."""
        where = "lat = ? AND lon = ? AND building = ''"
        rows = self._query(where, (point.lat, point.lon))
        return rows[-1] if rows else None

    def _entries(self, found: GeocodeResult, at: Point) -> dict[int, Entry]:
        """Return what an answer may have matched: what has its name, and lies in its circle."""
        words = found.matched.split()
        keys = {name_key(" ".join(words[start:])) for start in range(len(words))}
        named = (entry for those in self.gazetteer.entries(keys).values() for entry in those)
        return {
            entry.id: entry
            for entry in named
            if distance_m(entry.circle.point, at) <= found.radius_m + entry.circle.radius_m
        }

    def _building(
        self, entries: Mapping[int, Entry], found: GeocodeResult, address: str
    ) -> Row | None:
        """Return the building that an address names, if only one can be meant."""
        if found.precision is Precision.STREET:
            return None
        text = split_private(address).address
        keys = {building_in(text, entry.name) for entry in entries.values()} - {""}
        rows = self._query(
            f"entry IN ({marks(entries)}) AND building IN ({marks(keys)}) AND building != ''",
            (*entries, *keys),
        )
        return rows[0] if len(rows) == 1 else None

    def _rows(self, entries: Collection[int], *kinds: OwnKind) -> list[Row]:
        where = f"entry IN ({marks(entries)}) AND kind IN ({marks(kinds)})"
        return self._query(where, (*entries, *kinds))

    def _query(self, where: str, values: Sequence[object]) -> list[Row]:
        query = (
            "SELECT entry, kind, title, lat, lon, radius_m, datum, source FROM own_place"
            f" WHERE {where} ORDER BY rowid"
        )
        return [_row(*row) for row in self.gazetteer.ask(query, values)]


def _row(
    entry: int | None, kind: str, title: str, lat: float, lon: float, radius_m: float,
    datum: str, source: str,
) -> Row:  # fmt: skip
    return Row(entry, OwnKind(kind), title, Point(lat, lon), radius_m, Datum(datum), source)


def _as_own(found: GeocodeResult, row: Row) -> GeocodeResult:
    source = f"{SOURCE} ({row.source})"
    return replace(found, precision=row.kind.precision, source=source, datum=row.datum)

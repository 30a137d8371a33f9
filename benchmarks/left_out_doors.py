"""Leave one door out: what is told of each, when the map lacks its street, lane and number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.address_doors import Door, extract_file
from benchmarks.known_doors import Told, pct, sample
from benchmarks.measure import Figures
from routing.gazetteer.build import build_gazetteer
from routing.gazetteer.circle import circle_around
from routing.gazetteer.index import Gazetteer, Kind
from routing.gazetteer.match import find
from routing.gazetteer.numbers import house_numbers
from routing.gazetteer.text import name_key

NEAR_M = 200.0


class Thinned(Gazetteer):
    """A gazetteer in memory, out of which doors are taken and put back."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        kept = self._file
        self._file = sqlite3.connect(":memory:", isolation_level=None)
        kept.backup(self._file)
        kept.close()

    @contextmanager
    def without(self, door: Door) -> Iterator[None]:
        """Take out all that the map has of an address, whatever it is the number of."""
        self._file.execute("BEGIN")
        query = "SELECT entry FROM name JOIN entry ON id = entry WHERE key = ? AND kind = ?"
        streets = self._file.execute(query, (name_key(door.street), Kind.STREET)).fetchall()
        for (street,) in streets:
            for number in house_numbers(door.number):
                gone = (street, number.key)
                self._file.execute("DELETE FROM house WHERE entry = ? AND number = ?", gone)
            self._recount(street)
        yield
        self._file.execute("ROLLBACK")

    def _recount(self, street: int) -> None:
        """Let a street be what it is without the door; gone, where nothing else told of it."""
        span = "(SELECT {}(value) FROM house WHERE entry = ?1)"
        self._file.execute(
            f"UPDATE entry SET first_number = {span.format('MIN')},"
            f" last_number = {span.format('MAX')} WHERE id = ?1",
            (street,),
        )
        if self._has("course", street):
            return
        left = self._file.execute("SELECT lat, lon FROM house WHERE entry = ?", (street,))
        points = left.fetchall()
        if points:
            circle = circle_around(points, on_a_point=True)
            place = (circle.lat, circle.lon, circle.radius_m, street)
            self._file.execute(
                "UPDATE entry SET lat = ?, lon = ?, radius_m = ? WHERE id = ?", place
            )
        else:
            self._file.execute("DELETE FROM name WHERE entry = ?", (street,))

    def _has(self, table: str, entry: int) -> bool:
        found = self._file.execute(f"SELECT 1 FROM {table} WHERE entry = ?", (entry,))
        return found.fetchone() is not None


def told(city: str, doors: Sequence[Door] | None = None) -> list[Told]:
    """Return what is told of each door of a city's sample when the map lacks it."""
    with TemporaryDirectory(prefix="dayround-") as folder:
        build_gazetteer(extract_file(city), Path(folder) / "city.sqlite")
        thinned = Thinned(Path(folder) / "city.sqlite")
        found = []
        for door in doors or sample(city):
            with thinned.without(door):
                found.append(Told(door, find(thinned, door.text).result))
        thinned.close()
        return found


def figures(city: str) -> Figures:
    """Return how far off the answers are: metres, and shares in percent."""
    found = told(city)
    off_m = [each.off_m for each in found]
    return {
        "near_pct": pct([off <= NEAR_M for off in off_m]),
        "median_m": median(off_m),
        "told exact_pct": pct([each.is_exact for each in found]),
        "plannable_pct": pct([each.result.is_plannable for each in found]),
    }

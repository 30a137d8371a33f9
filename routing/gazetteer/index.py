"""The gazetteer file: opening it and asking it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from routing.errors import GazetteerError
from routing.gazetteer.areas import Area, AreaName, Areas
from routing.gazetteer.circle import Circle
from routing.gazetteer.course import Course
from routing.gazetteer.misspelt import forms, is_alike
from routing.gazetteer.numbers import HouseNumber, house_number
from routing.gazetteer.schema import APPLICATION_ID, FORMAT
from routing.gazetteer.text import bigrams, name_key
from routing.point import distance_m

SIMILAR_SHARE = 0.5
BESIDE_M = 100.0
"""From the edge of a compound to the middle of a street that it is said to be on."""
ANY_STREET = 0
"""Stands for the streets beside a compound that no extract has: those that run by its circle."""


BLOCKS = "counts by blocks"
"""A trait of a town: see around.py."""


class Kind(StrEnum):
    STREET = "street"
    COMPOUND = "compound"


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of a street, or a compound; `numbers` are its first and last known, if any."""

    id: int
    kind: Kind
    name: str
    component: int
    areas: frozenset[AreaName]
    circle: Circle
    numbers: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Door:
    """A house number of the extract."""

    value: float
    circle: Circle
    areas: frozenset[AreaName]


def areas_text(areas: Iterable[AreaName]) -> str:
    """Return areas as the file keeps them: 'city:臺北市|district:中山區'."""
    return "|".join(sorted(f"{area.level}:{area.key}" for area in areas))


@lru_cache(maxsize=4096)
def areas_from(text: str) -> frozenset[AreaName]:
    return frozenset(AreaName(*part.split(":", 1)) for part in text.split("|") if part)


class Gazetteer:
    """An open gazetteer file, read only. It is safe to share between threads.

    Raises
    ------
    GazetteerError
        Where the file is absent, is not one of ours, was never finished, or is of another format.
    """

    def __init__(self, file: Path) -> None:
        self._file = _opened(file)
        self.areas = self._areas()
        self.area_names = frozenset(
            AreaName(level, key) for key, area in self.areas.items() for level in area.levels
        )
        blocks = "SELECT 1 FROM trait WHERE name = ? AND holds"
        self.counts_by_blocks = bool(self.ask(blocks, [BLOCKS]))

    def close(self) -> None:
        self._file.close()

    def ask(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """Return the rows that answer a query of ours."""
        return self._file.execute(query, values).fetchall()

    def _areas(self) -> Areas:
        rows: dict[str, list[tuple[str, str, Circle | None]]] = defaultdict(list)
        query = "SELECT key, name, level, lat, lon, radius_m FROM area ORDER BY radius_m DESC"
        for key, name, level, *circle in self._file.execute(query):
            rows[key].append((name, level, None if circle[0] is None else Circle(*circle)))
        return Areas(
            {
                key: Area(
                    name=found[0][0],
                    levels=frozenset(level for _, level, _ in found),
                    circle=next((circle for _, _, circle in found if circle), None),
                )
                for key, found in rows.items()
            }
        )

    def entries(self, keys: Collection[str]) -> dict[str, list[Entry]]:
        """Return the streets and compounds of each of the names `keys` that is known."""
        query = (
            "SELECT name.key, entry.* FROM name JOIN entry ON entry.id = name.entry"
            f" WHERE name.key IN ({marks(keys)}) ORDER BY entry.id"
        )
        found: dict[str, list[Entry]] = defaultdict(list)
        for key, *row in self._file.execute(query, tuple(keys)):
            found[key].append(_entry(row))
        return found

    def doors(self, streets: Sequence[Entry], number: HouseNumber) -> list[Door]:
        """Return the doors of `streets` that have this number."""
        return self._doors(streets, "number = ?", number.key)

    def neighbours(
        self, streets: Sequence[Entry], number: HouseNumber
    ) -> tuple[Door | None, Door | None]:
        """Return the nearest known doors below and above `number`.

        They are on its own side of the street if both are, else on any.
        """
        found: tuple[Door | None, Door | None] = None, None
        for side in ("is_odd = 1 AND" if number.is_odd else "is_odd = 0 AND", ""):
            below = self._doors(streets, f"{side} value < ? ORDER BY value DESC", number.value, 1)
            above = self._doors(streets, f"{side} value > ? ORDER BY value", number.value, 1)
            found = next(iter(below), None), next(iter(above), None)
            if below and above:
                break
        return found

    def numbered(self, streets: Sequence[Entry]) -> list[Door]:
        """Return all doors of `streets`, by their numbers."""
        return self._doors(streets, "value >= ? ORDER BY value", 0)

    def _doors(
        self, streets: Sequence[Entry], condition: str, value: object, limit: int = -1
    ) -> list[Door]:
        query = (
            "SELECT value, lat, lon, radius_m, areas FROM house"
            f" WHERE entry IN ({marks(streets)}) AND {condition} LIMIT {limit}"
        )
        rows = self._file.execute(query, (*(street.id for street in streets), value))
        return [Door(row[0], Circle(*row[1:4]), areas_from(row[4])) for row in rows]

    def doors_around(
        self, value: float, within: float, box: tuple[float, float, float, float]
    ) -> NDArray[np.float64]:
        """Return the doors about a number in a box of degrees: south, north, west, east.

        float64[n, 6]: value, latitude, longitude, the direction of the street at it (east, north)
        and the piece of street; those whose street is not drawn are left out.
        """
        query = (
            "SELECT value, lat, lon, east, north, entry FROM house WHERE value BETWEEN ? AND ?"
            " AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? AND east IS NOT NULL"
        )
        rows = self._file.execute(query, (value - within, value + within, *box)).fetchall()
        return np.array(rows, float).reshape(-1, 6)

    def course(self, streets: Sequence[Entry]) -> Course:
        """Return where streets run; nothing of those that only houses tell of."""
        return self.course_of([street.id for street in streets])

    def course_of(self, streets: Sequence[int]) -> Course:
        query = f"SELECT points FROM course WHERE entry IN ({marks(streets)})"
        return Course.of_bytes([row[0] for row in self._file.execute(query, streets)])

    def some_doors(self, count: int) -> Iterator[tuple[int, HouseNumber, Door]]:
        """Yield about so many doors of drawn streets, evenly out of all: street, number, door."""
        all_doors = self._file.execute("SELECT COUNT(*) FROM house").fetchone()[0]
        query = (
            "SELECT entry, number, value, lat, lon, radius_m, areas FROM house"
            " WHERE rowid % ? = 0 AND east IS NOT NULL ORDER BY rowid"
        )
        for row in self._file.execute(query, (max(1, all_doors // count),)).fetchall():
            if number := house_number(row[1]):
                yield row[0], number, Door(row[2], Circle(*row[3:6]), areas_from(row[6]))

    def alike(self, names: Collection[str]) -> dict[str, list[str]]:
        """Return, for each of `names` that has any, the known names that one slip makes of it."""
        asked: dict[str, list[str]] = defaultdict(list)
        for name in names:
            for form in forms(name):
                asked[form].append(name)
        query = f"SELECT form, key FROM slip WHERE form IN ({marks(asked)}) ORDER BY key"
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for form, key in self._file.execute(query, tuple(asked)):
            for name in filter(partial(is_alike, key), asked[form]):
                found[name][key] = None
        return {name: list(keys) for name, keys in found.items()}

    def are_beside(self, compounds: Sequence[Entry], streets: Sequence[Entry]) -> bool:
        """Whether one of `compounds` stands by one of `streets`."""
        query = (
            f"SELECT compound, street FROM beside WHERE compound IN ({marks(compounds)})"
            f" AND street IN ({marks(streets)}, {ANY_STREET})"
        )
        ids = (entry.id for entry in (*compounds, *streets))
        by_id = {compound.id: compound for compound in compounds}
        return any(
            street != ANY_STREET or self._runs_by(streets, by_id[compound].circle)
            for compound, street in self._file.execute(query, tuple(ids))
        )

    def _runs_by(self, streets: Sequence[Entry], place: Circle) -> bool:
        """Whether one of `streets` runs by a place; one that is not drawn may, where it is near."""
        course = self.course(streets)
        if len(course):
            _, apart_m = course.nearest(place.lat, place.lon)
            return apart_m <= place.radius_m + BESIDE_M
        circles = [street.circle for street in streets]
        return any(
            distance_m(each.point, place.point) <= each.radius_m + place.radius_m
            for each in circles
        )

    def similar(self, text: str, limit: int = 5) -> list[Entry]:
        """Return the entries whose names share half of their bigrams with `text`, or of its own."""
        grams = bigrams(name_key(text))
        query = (
            "SELECT name.key FROM bigram JOIN name ON name.key = bigram.key"
            f" WHERE bigram.gram IN ({marks(grams)}) GROUP BY name.key, name.entry"
            " HAVING COUNT(*) >= ? * MIN(name.grams, ?)"
            " ORDER BY COUNT(*) DESC, name.grams, name.key LIMIT ?"
        )
        asked = (*grams, SIMILAR_SHARE, len(grams), limit)
        keys = [row[0] for row in self._file.execute(query, asked)]
        found = self.entries(set(keys))
        return [entry for key in dict.fromkeys(keys) for entry in found[key]][:limit]


def _opened(file: Path) -> sqlite3.Connection:
    if not file.is_file():
        raise GazetteerError(f"there is no gazetteer at {file}; build it from the city's extract")
    # sqlite3 serialises calls itself; the file never changes in place, so no lock is needed.
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        told = [
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
    except sqlite3.DatabaseError:
        told = []
    if told != [APPLICATION_ID, FORMAT]:
        connection.close()
        raise GazetteerError(
            f"{file} is no whole gazetteer of this version; build it again from the extract"
        )
    return connection


def _entry(row: Sequence[Any]) -> Entry:
    number, kind, name, component, areas, lat, lon, radius_m, first, last = row
    return Entry(
        id=number,
        kind=Kind(kind),
        name=name,
        component=component,
        areas=areas_from(areas),
        circle=Circle(lat, lon, radius_m),
        numbers=None if first is None else (first, last),
    )


def marks(values: Collection[object]) -> str:
    """Return the question marks that stand for values in a query."""
    return ",".join("?" * len(values))

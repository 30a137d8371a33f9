"""Building a gazetteer file from an extract."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from routing.errors import ExtractError
from routing.gazetteer.areas import AreaName, area_name
from routing.gazetteer.around import tells_by_blocks
from routing.gazetteer.circle import Circle, circle_around, cover
from routing.gazetteer.course import Course
from routing.gazetteer.extract import (
    DEFAULT_PLACE_RADIUS_M,
    Extract,
    House,
    read_extract,
)
from routing.gazetteer.index import BESIDE_M, BLOCKS, Gazetteer, Kind, areas_text
from routing.gazetteer.misspelt import kept_forms
from routing.gazetteer.near import Surroundings
from routing.gazetteer.numbers import house_numbers
from routing.gazetteer.outlines import areas_touched
from routing.gazetteer.schema import APPLICATION_ID, FORMAT, INDEXES, SCHEMA
from routing.gazetteer.streets import Piece, street_pieces, tagged_areas
from routing.gazetteer.text import bigrams, name_key

WIDEST_M = 1_000.0
"""Of a compound's radius: a forest's would reach the streets of half a city."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: counts, the size of the file and how long it took."""

    houses: int
    streets: int
    compounds: int
    areas: int
    size_bytes: int
    seconds: float


def build_gazetteer(extract_file: Path, gazetteer_file: Path) -> BuildReport:
    """Read an extract and write its gazetteer.

    Raises
    ------
    ExtractError
        Where the extract cannot be read, or names neither a street nor a place.
    """
    started = perf_counter()
    report = write_gazetteer(read_extract(extract_file), gazetteer_file)
    return replace(report, seconds=perf_counter() - started)


def write_gazetteer(extract: Extract, gazetteer_file: Path) -> BuildReport:
    """Write a gazetteer; an older file is replaced only when the new one is whole.

    Raises
    ------
    ExtractError
        Where nothing in `extract` has a name.
    """
    started = perf_counter()
    if not (extract.streets or extract.houses or extract.compounds):
        raise ExtractError(
            f"{extract.source} has no named street, address or place; "
            "geocoding needs an extract with names"
        )
    partial = gazetteer_file.with_name(gazetteer_file.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as file:
            _fill(file, extract)
            report = _count(file)
        _note_blocks(partial)
        partial.replace(gazetteer_file)
    finally:
        partial.unlink(missing_ok=True)
    return BuildReport(*report, gazetteer_file.stat().st_size, perf_counter() - started)


def _fill(file: sqlite3.Connection, extract: Extract) -> None:
    file.execute("PRAGMA journal_mode = OFF")  # a half-written file is thrown away as a whole
    file.execute("PRAGMA synchronous = OFF")
    file.executescript(SCHEMA)
    pieces = street_pieces(extract)
    circles = [circle_around(compound.points) for compound in extract.compounds]
    streets = [put_street(file, piece) for piece in pieces]
    compounds = _put_compounds(file, extract, circles)
    beside = ((compounds[c], streets[piece]) for c, piece in _beside(circles, pieces))
    file.executemany("INSERT INTO beside VALUES (?, ?)", beside)
    file.executemany("INSERT OR IGNORE INTO area VALUES (?, ?, ?, ?, ?, ?)", _area_rows(extract))
    put_spellings(file, [key for (key,) in file.execute("SELECT DISTINCT key FROM name")])
    file.executescript(INDEXES)
    file.execute("ANALYZE")
    file.execute(f"PRAGMA user_version = {FORMAT}")
    file.commit()
    file.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # last: the mark of a whole file
    file.commit()


def put_spellings(file: sqlite3.Connection, keys: Collection[str]) -> None:
    """Insert by what names like these are found: pairs of characters, and forms with a slip."""
    grams = ((gram, key) for key in keys for gram in bigrams(key))
    file.executemany("INSERT OR IGNORE INTO bigram VALUES (?, ?)", grams)
    file.executemany("INSERT OR IGNORE INTO slip VALUES (?, ?)", kept_forms(keys))


def put_street(file: sqlite3.Connection, piece: Piece) -> int:
    """Insert a piece with its houses and return its id."""
    areas = piece.areas | tagged_areas(piece.houses)
    entry = put_entry(file, Kind.STREET, tuple(piece.names), piece.component, areas, piece.circle)
    file.execute("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", _name_row(piece.key, entry))
    if len(piece.course):
        file.execute("INSERT INTO course VALUES (?, ?)", (entry, piece.course.to_bytes()))
    put_houses(file, entry, piece.houses, piece.areas, piece.course)
    return entry


def put_houses(
    file: sqlite3.Connection,
    street: int,
    houses: Iterable[House],
    areas: frozenset[AreaName],
    course: Course,
) -> None:
    """Insert houses of a piece that touches `areas`, and tell it the span of its numbers."""
    doors = [(n, house) for house in houses for n in house_numbers(house.number)]
    file.executemany(
        "INSERT INTO house VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (street, n.key, n.value, n.is_odd, house.circle.lat, house.circle.lon,
             house.circle.radius_m, areas_text(house.areas | areas), *_ahead(course, house))
            for n, house in doors
        ),
    )  # fmt: skip
    values = [number.value for number, _ in doors]
    if values:
        file.execute(
            "UPDATE entry SET first_number = MIN(?, IFNULL(first_number, ?)),"
            " last_number = MAX(?, IFNULL(last_number, ?)) WHERE id = ?",
            (*[min(values)] * 2, *[max(values)] * 2, street),
        )


def _ahead(course: Course, house: House) -> tuple[float | None, float | None]:
    """Return the direction of a drawn street at a house, east and north."""
    if not len(course):
        return None, None
    nearest, _ = course.nearest(house.circle.lat, house.circle.lon)
    ahead = course.direction[nearest]
    return float(ahead.real), float(ahead.imag)


def _note_blocks(written: Path) -> None:
    """Keep whether the town counts by blocks, so that nobody who asks waits for the trial."""
    with closing(Gazetteer(written)) as gazetteer:
        holds = tells_by_blocks(gazetteer)
    with closing(sqlite3.connect(written)) as file, file:
        file.execute("INSERT INTO trait VALUES (?, ?)", (BLOCKS, holds))


def _put_compounds(
    file: sqlite3.Connection, extract: Extract, circles: Sequence[Circle]
) -> list[int]:
    """Insert all compounds and return their ids."""
    areas = areas_touched([compound.points for compound in extract.compounds], extract.regions)
    return [
        put_entry(file, Kind.COMPOUND, compound.names, 0, touched, circle)
        for compound, circle, touched in zip(extract.compounds, circles, areas, strict=True)
    ]


def _beside(circles: Sequence[Circle], pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Yield each compound and each piece of a street that it stands by, as indices."""
    near = Surroundings([piece.points for piece in pieces]).near(
        [(circle.lat, circle.lon) for circle in circles],
        [min(circle.radius_m, WIDEST_M) + BESIDE_M for circle in circles],
    )
    return ((compound, piece) for compound, found in enumerate(near) for piece in found)


def put_entry(
    file: sqlite3.Connection,
    kind: Kind,
    names: Sequence[str],
    component: int,
    areas: Iterable[AreaName],
    circle: Circle,
) -> int:
    """Insert an entry with all its names and return its id."""
    cursor = file.execute(
        "INSERT INTO entry VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        (
            *(kind, names[0], component, areas_text(areas)),
            *(circle.lat, circle.lon, circle.radius_m),
        ),
    )
    entry = int(cursor.lastrowid or 0)
    rows = (_name_row(name_key(name), entry) for name in names)
    file.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", (r for r in rows if r[0]))
    return entry


def _name_row(key: str, entry: int) -> tuple[str, int, int]:
    return key, entry, len(bigrams(key))


def _area_rows(extract: Extract) -> Iterator[tuple[object, ...]]:
    """Yield each named area once per level, in the largest circle that the extract tells."""
    circles: dict[AreaName, list[Circle]] = {}
    for region in extract.regions:
        for name in region.names:
            known = circles.setdefault(area_name(name, region.level), [])
            known.extend([region.circle] if region.circle else [])
    houses: dict[AreaName, list[Circle]] = defaultdict(list)
    for house in extract.houses:
        for area in house.areas:
            houses[area].append(house.circle)
    for area, doors in houses.items():
        circle = cover(doors)  # the few doors that name their town do not bound it
        radius_m = max(circle.radius_m, DEFAULT_PLACE_RADIUS_M)
        circles.setdefault(area, []).append(replace(circle, radius_m=radius_m))
    for area, known in circles.items():
        largest = max(known, key=lambda circle: circle.radius_m, default=None)
        place = (largest.lat, largest.lon, largest.radius_m) if largest else (None, None, None)
        yield area.key, area.name, area.level, *place


def _count(file: sqlite3.Connection) -> tuple[int, int, int, int]:
    row = file.execute(
        "SELECT (SELECT COUNT(*) FROM house),"
        " (SELECT COUNT(DISTINCT component) FROM entry WHERE kind = ?),"
        " (SELECT COUNT(*) FROM entry WHERE kind = ?), (SELECT COUNT(*) FROM area)",
        (Kind.STREET, Kind.COMPOUND),
    ).fetchone()
    return row[0], row[1], row[2], row[3]

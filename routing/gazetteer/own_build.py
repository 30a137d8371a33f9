"""Writing the lender's own places into a copy of the extract's gazetteer.

One file holds both, so that whatever reads a gazetteer reads the lender's places too: their typing
errors, their conflicts, what stands beside them. What the extract says of the same place leaves the
copy; the extract's own file stays as it is.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from routing.gazetteer.index import Gazetteer
from routing.gazetteer.own_joining import Joining
from routing.gazetteer.own_place import PIN, OwnKind, OwnPlace
from routing.gazetteer.text import name_key

SCHEMA = """
CREATE TABLE own_place (
    entry INTEGER, building TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
    lat REAL NOT NULL, lon REAL NOT NULL, radius_m REAL NOT NULL,
    datum TEXT NOT NULL, source TEXT NOT NULL);
CREATE INDEX own_place_at ON own_place (lat, lon);
CREATE INDEX own_place_building ON own_place (entry, building);
"""


def write_with_own(gazetteer_file: Path, places: Sequence[OwnPlace], file: Path) -> None:
    """Write a gazetteer of an extract and of `places`, which come the oldest first.

    `file` is replaced only when the new one is whole, whoever else is writing it.

    Raises
    ------
    GazetteerError
        Where there is no gazetteer of the extract, or it is none of ours.
    """
    with closing(Gazetteer(gazetteer_file)) as extract, _partial(file) as partial:
        shutil.copyfile(gazetteer_file, partial)
        with closing(sqlite3.connect(partial)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")  # a half-written file is thrown away
            copy.execute("PRAGMA synchronous = OFF")
            copy.executescript(SCHEMA)
            Joining(copy, extract).put(standing(places))
            copy.commit()
        partial.replace(file)


@contextmanager
def _partial(file: Path) -> Iterator[Path]:
    """Give a file to write beside `file` that nobody else writes."""
    with TemporaryDirectory(dir=file.parent, prefix=".own-") as scratch:
        yield Path(scratch) / file.name


def standing(places: Iterable[OwnPlace]) -> list[OwnPlace]:
    """Return the places that count where several say where one is: a pin, else the newest."""
    by_identity = {place.identity: place for place in sorted(places, key=_is_pin)}
    pinned = defaultdict[str, set[str]](set)
    for place in filter(_is_pin, by_identity.values()):
        pinned[name_key(place.name)].add(name_key(place.district))

    def is_overruled(place: OwnPlace) -> bool:
        districts = pinned.get(name_key(place.name), set())
        is_area = place.kind in (OwnKind.COMPOUND, OwnKind.LANE)
        told = name_key(place.district)
        is_same = not told or "" in districts or told in districts
        return is_area and not _is_pin(place) and bool(districts) and is_same

    return [place for place in by_identity.values() if not is_overruled(place)]


def _is_pin(place: OwnPlace) -> bool:
    return place.source == PIN

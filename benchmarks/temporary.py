"""A desk to measure at: a temporary home, and the time that opening and filling it takes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from benchmarks.measure import NotHereError
from benchmarks.stopwatch import Stopwatch

if TYPE_CHECKING:
    from data.readers.report import ReadResult
    from data.towns.town import TownFiles
    from scheduler.model import City
    from scheduler.ports import BookChange, CaseRecord
    from web.wiring import Wired

ACTOR = "benchmark"
OTHER_BOOKS = ("DAYROUND_DATABASE", "DAYROUND_DATABASE_FILE")


@dataclass(frozen=True)
class Desk:
    """An open home with one city, and the stopwatch that its work is timed by."""

    wired: Wired
    city: City
    watch: Stopwatch

    def add_roads(self, extract: Path) -> None:
        self.wired.ports.profiles.rules(self.city.profile)  # what `city add` asks first
        with self.watch.stage("city add"), self.watch.steps() as on_step:
            self.wired.cities.add(self.city.name, extract, on_step)
        with self.watch.stage("roads load again"):
            self.wired.cities.roads(self.city.name)

    def import_lists(self, files: TownFiles, *, has_pairs: bool = True) -> None:
        """Take in the four lists, in the order in which they need each other.

        A small town may have nobody who always goes with the same mate: a list without rows.
        """
        from data.readers.collectors import read_collectors
        from data.readers.pairs import read_pairs
        from data.readers.shifts import read_shifts
        from data.readers.tables import File

        zone, stage = ZoneInfo(self.city.zone), self.watch.stage
        with stage("import collectors"):
            self.put("put_collectors", staff := read_collectors(File(files.collectors)))
        ids = {collector.id for collector in staff.records}
        with stage("import shifts"):
            self.put("put_shifts", read_shifts(File(files.shifts), zone=zone, collectors=ids))
        if has_pairs:
            with stage("import pairs"):
                self.put("put_pairs", read_pairs(File(files.pairs), collectors=ids))
        with stage("import cases"):
            self.put_cases(self.read_cases(files.cases))

    def put(self, method: str, read: ReadResult[Any]) -> None:
        """Keep what was read, by that method of the book's writer."""
        with self.wired.store.writing(self.wired.ports.by(ACTOR)) as writer:
            getattr(writer, method)(self.city.name, read.records)

    def read_cases(self, file: Path) -> ReadResult[CaseRecord]:
        from data.readers.cases import read_cases
        from data.readers.tables import File

        zone, key = ZoneInfo(self.city.zone), self.wired.home.secret()
        return read_cases(File(file), zone=zone, key=key)

    def put_cases(self, read: ReadResult[CaseRecord]) -> BookChange:
        with self.wired.store.writing(self.wired.ports.by(ACTOR)) as writer:
            return writer.put_cases(self.city.name, read.records, known=read.known, complete=False)


def sign_all(wired: Wired, city: City) -> None:
    """Sign the values of a city's rules that are known from memory or a draft only."""
    from scheduler.compliance import sign_profile
    from scheduler.signing import digest_of

    if digest := digest_of(wired.ports.profiles.rules(city.profile)):
        sign_profile(wired.ports, city.name, city.profile, digest, ACTOR)


@contextmanager
def temporary_desk(profile: str) -> Iterator[Desk]:
    """Open a home that is gone afterwards, with a city that has no roads yet.

    Raises
    ------
    NotHereError
        Where the environment names a database: it would be filled with made-up cases.
    """
    from data.home import Home
    from data.store import create_store
    from web.cli.city import usual
    from web.wiring import wire

    if told := [name for name in OTHER_BOOKS if name in os.environ]:
        raise NotHereError(f"{told[0]} names a book that is no benchmark's: unset it")
    city = usual("ningzhou", profile)
    with TemporaryDirectory(prefix="dayround-") as folder:
        create_store(Home(Path(folder))).close()
        wired = wire(Path(folder))
        with wired.store.writing(wired.ports.by(ACTOR)) as writer:
            writer.put_city(city)
        sign_all(wired, city)
        yield Desk(wired, city, Stopwatch())
        wired.store.close()

"""The roads and addresses of each city, built once from an extract and kept in the home."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np

from data.gazetteer import OwnBook, geocoder_with, with_own
from data.home import OWNER_ONLY
from data.maps.city_map import CityMap, write_map
from data.maps.scenery import Scenery, read_scenery
from data.online import Online, usual_name
from data.peak_hours import peaks
from data.travel_server import travel_server
from routing.connectivity import ConnectivityReport, connectivity_report
from routing.extent import Box
from routing.gazetteer.build import BuildReport, write_gazetteer
from routing.gazetteer.extract import Extract, read_extract
from routing.gazetteer.from_roads import named_streets
from routing.gazetteer.index import Gazetteer
from routing.gazetteer.own_place import OwnPlace
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import Geocoder
from routing.mode_roads import Roads
from routing.osmnx_graph import fetch_place
from routing.paces import AS_ROADS_SAY, Paces
from routing.paths import RoadPaths
from routing.peaks import FREE, Factors, Peaks
from routing.point import Point
from routing.reading import read_roads
from routing.roads import RoadNetwork
from routing.sources.hourly import HourlyPaths, HourlyTimes
from routing.sources.paced import PacedTimes
from routing.sources.road_network import RoadTravelTimes
from routing.sources.served import ServedTimes
from routing.speeds import MODES
from routing.storing import load_roads, save_roads
from routing.travel import Mode, TravelTimes
from scheduler.errors import DayroundError, NotFoundError

GRAPHML = ".graphml"
ROADS, GAZETTEER = "roads.npz", "gazetteer.sqlite"
NAME = re.compile(r"[\w\- ]{1,60}")

WORTH_TELLING = 50_000
"""Nodes of a network that takes over a second for each mode."""

CITIES_AT_ONCE = 16
"""Whose roads one process keeps in memory."""

AROUND_DEG = 0.02
"""About 2 km: what is looked for around a city's roads."""

OnStep = Callable[[str], None]
"""Told what is done next, for a person who waits."""


@dataclass(frozen=True, slots=True)
class CityReport:
    """What an extract gave: roads, what is cut off of them, and addresses."""

    roads: RoadNetwork
    connectivity: ConnectivityReport
    addresses: BuildReport


class CityBook(OwnBook, Protocol):
    """A book that knows what people have decided about a city's places and times."""

    def paces(self, city: str) -> Paces: ...


@dataclass(frozen=True)
class CityFiles:
    """One folder per city: roads, ways by mode, addresses, and its map.

    `book` has the lender's own places, which stand beside those of the extract, and the paces that
    plans keep; without one there are none. It is asked here, where every geocoder and all travel
    times are made, so that none can forget them.
    """

    folder: Path
    book: CityBook | None = None

    def add(self, name: str, extract: Path, on_step: OnStep) -> CityReport:
        """Read `extract` and keep its roads and addresses; an earlier one stays until both are.

        Raises
        ------
        ExtractError
            Where the file is no extract, or has no roads.
        """
        on_step("reading roads")
        roads = read_roads(extract)
        on_step("reading addresses")
        if extract.suffix.lower() == GRAPHML:
            return self._keep(name, roads, named_streets(roads), Scenery(), on_step)
        addresses = read_extract(extract)
        on_step("reading water, green and buildings")
        return self._keep(name, roads, addresses, read_scenery(extract), on_step)

    def fetch(self, name: str, place: str, on_step: OnStep) -> CityReport:
        """Fetch the roads of a place from OpenStreetMap; nothing but its name is sent.

        Raises
        ------
        FetchError
            Where the services cannot be reached, or know no such place.
        """
        self.path(name)
        on_step(f"asking OpenStreetMap for the roads of {place!r}")
        roads = fetch_place(place)
        return self._keep(name, roads, named_streets(roads), Scenery(), on_step)

    def path(self, name: str) -> Path:
        """Return the folder of a city, which need not be there yet."""
        if not NAME.fullmatch(name):
            raise DayroundError(
                f"{name!r} cannot name a city: take letters, digits, spaces, - and _, at most 60"
            )
        return self.folder / name

    def roads(self, city: str) -> RoadNetwork:
        return load_roads(self._file(city, ROADS))

    def holds(self, city: str, point: Point) -> bool:
        """Whether a point lies where the city has a map; any does where it has none yet."""
        try:
            return self.extent(city).contains(point.lat, point.lon)
        except NotFoundError:
            return True

    def extent(self, city: str) -> Box:
        """Return where a city's roads lie, and a little around them."""
        roads = self.roads(city)
        lats, lons = roads.lat, roads.lon
        west, east = lons.min(), lons.max()
        if east - west > 180:  # it lies on both sides of 180°
            west, east = lons[lons > 0].min(), lons[lons < 0].max()
        corners = np.array([(west, lats.min()), (east, lats.max())], float)
        corners += np.array([[-AROUND_DEG], [AROUND_DEG]])
        return Box(*np.clip(corners, -180, 180).round(4).ravel().tolist())

    def travel_times(self, city: str, *, is_working: bool = True) -> TravelTimes:
        """Return how long it takes: by the city's own roads, unless a server is named for it.

        Where its peaks are told, by the hours of a day that is worked, or of a day off. Where
        somebody has decided it, at the paces that crews were seen to keep.
        """
        times, paces = self.times_unlearned(city, is_working=is_working), self.paces(city)
        return times if paces.changes_nothing else PacedTimes(times, paces)

    def times_unlearned(self, city: str, *, is_working: bool = True) -> TravelTimes:
        """Return what `travel_times` does, without what was learned from crews."""
        if server := self.server(city):
            return server
        file = _Stamped.of(self._file(city, ROADS))
        if (told := self.peaks(city)) is None:
            return _times(file, FREE)
        return HourlyTimes(told.of_day(is_working), partial(_times, file))

    def paces(self, city: str) -> Paces:
        """Return the paces that a city's plans keep; without a decision, what roads say."""
        return self.book.paces(city) if self.book else AS_ROADS_SAY

    def prepare_peaks(self, city: str, on_step: OnStep) -> None:
        """Build the ways of a city's peaks, if it has any, so that nobody waits for them."""
        file, kept = _Stamped.of(self._file(city, ROADS)), set()
        for mode, factors in sorted(_profiles(self.peaks(city)), key=repr):
            on_step(f"preparing ways for {mode} in its peaks")
            kept.add(_slower_once(file, factors).of_modes[mode].keep())
        for other in set(self.path(city).glob("ways-*-*.npz")) - kept:
            other.unlink()

    def server(self, city: str) -> ServedTimes | None:
        """Return the server that an administrator named for a city's travel times, if any."""
        return travel_server(self.path(city))

    def peaks(self, city: str) -> Peaks | None:
        """Return the hours in which a city's roads are slower, if somebody has named any."""
        return peaks(self.path(city))

    def paths(self, city: str, *, is_working: bool = True) -> HourlyPaths:
        """Return what draws a leg along the city's own roads, not a server's."""
        file, told = _Stamped.of(self._file(city, ROADS)), self.peaks(city)
        day = told.of_day(is_working) if told and not self.server(city) else None
        return HourlyPaths(day, partial(_paths_once, file))

    def map(self, city: str) -> CityMap:
        """Return a city's map.

        A city that was added before there were maps gets one now, of its roads alone.
        """
        made = CityMap(self.path(city))
        if not made.is_there:
            roads = self.roads(city)
            with self._making(city) as folder:
                write_map(roads, Scenery(), folder, lambda _: None)
        return made

    def geocoder(self, city: str) -> Geocoder:
        """Return what finds addresses: the extract, the lender's places, then services if on."""
        own = GazetteerGeocoder(with_own(self._file(city, GAZETTEER), city, self.book))
        return self.online(city).after(own, lambda: self.extent(city))

    def geocoder_with(self, city: str, places: Sequence[OwnPlace]) -> Geocoder:
        """Return one that takes `places` for the lender's, for a look at what they would place."""
        return geocoder_with(self._file(city, GAZETTEER), places)

    def online(self, city: str) -> Online:
        """Return the map services that may be asked for a city's addresses; mostly none."""
        return Online(self.path(city))

    def usual_name(self, city: str) -> str:
        """Return what a city's own map calls it; '' where there is none, or it names several."""
        file = self.path(city) / GAZETTEER
        return usual_name(Gazetteer(file)) if file.is_file() else ""

    def _file(self, city: str, name: str) -> Path:
        file = self.path(city) / name
        if not file.is_file():
            raise NotFoundError(
                f"{city} has no {name}: dayround city add {city!r} FILE with an .osm or .osm.pbf "
                "extract makes it"
            )
        return file

    def _keep(
        self, name: str, roads: RoadNetwork, extract: Extract, scenery: Scenery, on_step: OnStep
    ) -> CityReport:
        on_step("looking for what is cut off")
        connectivity = connectivity_report(roads)
        with _room_for(name, self.folder), self._making(name) as folder:
            save_roads(roads, folder / ROADS)
            _build_ways(roads, folder, on_step)
            addresses = write_gazetteer(extract, folder / GAZETTEER)
            write_map(roads, scenery, folder, on_step)
        return CityReport(roads, connectivity, addresses)

    @contextmanager
    def _making(self, name: str) -> Iterator[Path]:
        """Give a folder to fill; it takes the place of the city's only when all went well."""
        target = self.path(name)
        with TemporaryDirectory(dir=self.folder, prefix=".making-") as scratch:
            yield Path(scratch)
            target.mkdir(mode=OWNER_ONLY, exist_ok=True)
            CityMap(target).forget()  # a map of tiles is not to stand beside one without
            for file in Path(scratch).iterdir():
                file.replace(target / file.name)


@contextmanager
def _room_for(name: str, folder: Path) -> Iterator[None]:
    """Tell in words where a city cannot be written."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:  # SQLite has its own word for a full disk
        number = getattr(error, "errno", None)
        why = os.strerror(number) if number else error
        raise DayroundError(
            f"{name} cannot be kept in {folder}: {why}. What was there stays; make room, and add "
            "the city again"
        ) from error


def _build_ways(network: RoadNetwork, folder: Path, on_step: OnStep) -> None:
    """Build the hierarchies of all modes, so that nobody waits for one when a day is planned."""
    for mode, roads in Roads(network, folder).of_modes.items():
        on_step(f"preparing ways for {mode}")
        roads.build(_Quarters(f"preparing ways for {mode}", on_step))


class _Quarters:
    """Tells of each quarter that is done, where there is enough to do that somebody waits."""

    def __init__(self, what: str, on_step: OnStep) -> None:
        self._what, self._on_step, self._told = what, on_step, 0

    def __call__(self, done: int, total: int) -> None:
        quarters = 4 * done // total
        if self._told < quarters < 4 and total >= WORTH_TELLING:
            self._told = quarters
            self._on_step(f"{self._what}: {25 * quarters} %")


def _profiles(told: Peaks | None) -> set[tuple[Mode, Factors]]:
    """Return the factors of each mode, on any day, that are not those of the free road."""
    days = (told.weekday, told.weekend) if told else ()
    return {
        (mode, factors)
        for day in days
        for mode, profiles in day.slots(MODES).profiles.items()
        for factors in profiles
        if factors != FREE
    }


@dataclass(frozen=True, slots=True)
class _Stamped:
    """A file and when it was written: one that is written again is read again."""

    file: Path
    written_ns: int

    @classmethod
    def of(cls, file: Path) -> _Stamped:
        return cls(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=CITIES_AT_ONCE)
def _roads_once(stamped: _Stamped) -> Roads:
    return Roads(load_roads(stamped.file), stamped.file.parent)


@lru_cache(maxsize=8 * CITIES_AT_ONCE)
def _slower_once(stamped: _Stamped, factors: Factors) -> Roads:
    return _roads_once(stamped).at(factors)


def _times(stamped: _Stamped, factors: Factors) -> RoadTravelTimes:
    return RoadTravelTimes(_slower_once(stamped, factors))


@lru_cache(maxsize=8 * CITIES_AT_ONCE)
def _paths_once(stamped: _Stamped, factors: Factors) -> RoadPaths:
    return RoadPaths(_slower_once(stamped, factors))

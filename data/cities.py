"""The roads and addresses of each city, built once from an extract and kept in the home."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from data.home import OWNER_ONLY
from data.maps.city_map import CityMap, write_map
from data.maps.scenery import Scenery, read_scenery
from data.travel_server import travel_server
from routing.connectivity import ConnectivityReport, connectivity_report
from routing.gazetteer.build import BuildReport, write_gazetteer
from routing.gazetteer.extract import Extract, read_extract
from routing.gazetteer.from_roads import named_streets
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import Geocoder
from routing.mode_roads import Roads
from routing.osmnx_graph import fetch_place
from routing.paths import RoadPaths
from routing.reading import read_roads
from routing.roads import RoadNetwork
from routing.sources.road_network import RoadTravelTimes
from routing.sources.served import ServedTimes
from routing.storing import load_roads, save_roads
from routing.travel import TravelTimes
from scheduler.errors import DayroundError, NotFoundError

GRAPHML = ".graphml"
ROADS, GAZETTEER = "roads.npz", "gazetteer.sqlite"
NAME = re.compile(r"[\w\- ]{1,60}")

WORTH_TELLING = 50_000
"""Nodes of a network that takes over a second for each mode."""

OnStep = Callable[[str], None]
"""Told what is done next, for a person who waits."""


@dataclass(frozen=True, slots=True)
class CityReport:
    """What an extract gave: roads, what is cut off of them, and addresses."""

    roads: RoadNetwork
    connectivity: ConnectivityReport
    addresses: BuildReport


@dataclass(frozen=True)
class CityFiles:
    """One folder per city: roads, ways by mode, addresses, and its map."""

    folder: Path

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

    def travel_times(self, city: str) -> TravelTimes:
        """Return how long it takes: by the city's own roads, unless a server is named for it."""
        return self.server(city) or RoadTravelTimes(_roads_once(self._file(city, ROADS)))

    def server(self, city: str) -> ServedTimes | None:
        """Return the server that an administrator named for a city's travel times, if any."""
        return travel_server(self.path(city))

    def paths(self, city: str) -> RoadPaths:
        """Return what draws a leg along the city's own roads, not a server's."""
        return _paths_once(self._file(city, ROADS))

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
        return GazetteerGeocoder(self._file(city, GAZETTEER))

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
        with self._making(name) as folder:
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


@cache
def _roads_once(file: Path) -> Roads:
    return Roads(load_roads(file), file.parent)


@cache
def _paths_once(file: Path) -> RoadPaths:
    return RoadPaths(_roads_once(file))

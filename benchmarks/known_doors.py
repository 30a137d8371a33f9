"""What is told of doors that the map has, and of addresses that are nowhere, on a real extract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from statistics import fmean
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks import address_slips as slips
from benchmarks.address_doors import FILES, Door, doors, extract_file
from benchmarks.measure import Figures
from benchmarks.road_graphs import extracts
from routing.gazetteer.build import build_gazetteer
from routing.gazetteer.extract import read_extract
from routing.gazetteer.text import name_key
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import GeocodeResult, Precision

SAMPLE = 4_000
"""Doors of an extract that has more."""
NEAR_M = 50.0
NUMBERED = (Precision.EXACT, Precision.INTERPOLATED)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a door that was written in some way."""

    door: Door
    result: GeocodeResult

    @property
    def is_exact(self) -> bool:
        return self.result.precision is Precision.EXACT

    @property
    def off_m(self) -> float:
        return self.door.off_m(self.result.point) if self.result.point else float("inf")

    @property
    def is_its_street(self) -> bool:
        return name_key(self.door.street) in name_key(self.result.matched)


def sample(city: str, seed: int = 1) -> list[Door]:
    """Return the doors that are asked for: all, or so many of them by seed."""
    found = doors(city)
    return found if len(found) <= SAMPLE else Random(seed).sample(found, SAMPLE)


def figures(city: str) -> Figures:
    """Return shares in percent, and the seconds that building the index took, and 10,000 looks."""
    with TemporaryDirectory(prefix="dayround-") as folder:
        file = Path(folder) / "city.sqlite"
        began = process_time()
        build_gazetteer(extract_file(city), file)
        index_s = process_time() - began
        geocoder = GazetteerGeocoder(file)
        chosen = sample(city)
        began, asked = perf_counter(), 0
        found = {name: list(each) for name, each in _told(geocoder, chosen)}
        asked = sum(map(len, found.values()))
        ten_thousand_s = (perf_counter() - began) / asked * 10_000
        nowhere = {name: _share(geocoder, texts) for name, texts in _nowhere(city, chosen)}
        geocoder.gazetteer.close()
    exact = [told for each in found.values() for told in each if told.is_exact]
    shares = {name: pct(told.is_exact for told in each) for name, each in found.items()}
    return {
        **{f"{name} exact_pct": share for name, share in shares.items()},
        "spoilt exact_pct": fmean(shares[name] for name in slips.SLIPS),
        "near_pct": pct(told.off_m <= NEAR_M for told in exact),
        "another street": sum(not told.is_its_street for told in exact),
        **nowhere,
        "index_s": index_s,
        "10,000_s": ten_thousand_s,
    }


def pct(flags: Iterator[bool] | Sequence[bool]) -> float:
    """Return the share of those that are true, in percent."""
    known = list(flags)
    return 100 * sum(known) / len(known)


def _told(
    geocoder: GazetteerGeocoder, chosen: Sequence[Door]
) -> Iterator[tuple[str, Iterator[Told]]]:
    """Yield what is told of doors as they are written clean, then with each kind of slip."""
    yield "clean", (Told(door, geocoder.locate(door.text)) for door in chosen)
    for name, slip in slips.SLIPS.items():
        rng = Random(name)
        yield name, (Told(door, geocoder.locate(slip(door, rng))) for door in chosen)


def _nowhere(city: str, chosen: Sequence[Door]) -> Iterator[tuple[str, list[str]]]:
    """Yield addresses that do not exist, by how they come not to."""
    rng = Random(1)
    strange = _strange_streets(city)
    last: dict[str, int] = {}
    for door in doors(city):
        key = name_key(door.street)
        last[key] = max(last.get(key, 0), slips.main_number(door.number))
    yield "no such street_pct", [slips.other_street(door, rng, strange) for door in chosen]
    ends = [last[name_key(door.street)] for door in chosen]
    yield (
        "no such number_pct",
        [slips.beyond(d, rng, end) for d, end in zip(chosen, ends, strict=True)],
    )
    yield "another city_pct", [slips.other_city(door, rng) for door in chosen]


def _share(geocoder: GazetteerGeocoder, texts: Sequence[str]) -> float:
    return pct([geocoder.locate(text).precision in NUMBERED for text in texts])


@lru_cache(maxsize=8)
def _strange_streets(city: str) -> tuple[str, ...]:
    """Return names of real streets elsewhere that this extract does not have."""
    if city == "Taipei":
        shanghai = read_extract(extracts() / "osm" / "shanghai-downtown.osm")
        elsewhere = {name for street in shanghai.streets for name in street.names}
    else:
        others = [other for other in FILES if other not in (city, "Taipei")]
        elsewhere = {door.street for other in others for door in doors(other)}
    own = read_extract(extract_file(city))
    known = {name_key(name) for street in own.streets for name in street.names}
    known |= {name_key(house.street) for house in own.houses}
    return tuple(sorted(name for name in elsewhere if name_key(name) not in known))

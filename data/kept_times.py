"""Travel times of each city that keep their legs, while somebody waits on the phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from data.cities import ROADS, CityFiles
from data.peak_hours import SETTING as PEAKS
from data.travel_server import SETTING as SERVER
from routing.growing import GrowingTimes
from routing.paces import Paces

Stamp = tuple[tuple[int, ...], Paces]


@dataclass
class KeptTimes:
    """By city and kind of day, as long as its roads, peaks, server and paces are the same."""

    cities: CityFiles
    kept: dict[tuple[str, bool], tuple[Stamp, GrowingTimes]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def travel_times(self, city: str, *, is_working: bool = True) -> GrowingTimes:
        """Return what `CityFiles.travel_times` does, with the legs that it was asked for before."""
        stamp = self._stamp(city)
        with self.lock:
            known = self.kept.get((city, is_working))
            if known is None or known[0] != stamp:
                times = self.cities.travel_times(city, is_working=is_working)
                known = self.kept[city, is_working] = stamp, GrowingTimes(times)
            return known[1]

    def _stamp(self, city: str) -> Stamp:
        files = (self.cities.path(city) / name for name in (ROADS, PEAKS, SERVER))
        written = tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)
        return written, self.cities.paces(city)

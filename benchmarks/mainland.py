"""A town as mainland China is mapped: streets, lanes and compounds, and no house number."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.measure import Figures
from routing.geocoding import Precision
from routing.point import distance_m

NODES = 12_000
ADDRESSES = 2_000
SETBACK_M = 50.0
"""Between a door and where the map has its street."""


def figures(seed: int) -> Figures:
    """Return what is told of addresses as people write them: shares of all."""
    from data.towns.map import make_map
    from data.towns.names import NameBook
    from data.towns.osm_file import write_osm
    from data.towns.people import make_neighbourhood
    from data.towns.writing import Scribe
    from routing.gazetteer.build import write_gazetteer
    from routing.gazetteer.extract import read_extract
    from routing.geocoders.gazetteer import GazetteerGeocoder

    made, rng = make_map(seed, NODES), Random(f"{seed}:mainland")
    district_of = {q: district.name for district in made.districts for q in district.quarters}
    scribe = Scribe(rng, NameBook(rng, set(made.book.given)), district_of)
    homes = make_neighbourhood(made.directory, made.ground.radius_m).homes
    addresses = [homes.take(rng) for _ in range(ADDRESSES)]
    points = made.ground.points([address.at for address in addresses])
    with TemporaryDirectory(prefix="dayround-") as folder:
        file = Path(folder) / "town.osm.pbf"
        write_osm(made.sheet, file)
        extract = read_extract(file)
        extract.houses.clear()
        write_gazetteer(extract, Path(folder) / "town.sqlite")
        geocoder = GazetteerGeocoder(Path(folder) / "town.sqlite")
        told = [geocoder.locate(scribe.write(address)) for address in addresses]
        geocoder.gazetteer.close()
    off_m = [distance_m(r.point, at) for r, at in zip(told, points, strict=True) if r.point]
    placed = [result for result in told if result.is_plannable]
    inside = [off <= r.radius_m + SETBACK_M for r, off in zip(told, off_m, strict=False)]
    numbered = (Precision.EXACT, Precision.INTERPOLATED)
    return {
        "placed_pct": 100 * len(placed) / len(told),
        "exact_pct": 100 * sum(r.precision in numbered for r in told) / len(told),
        "inside_pct": 100 * sum(inside) / len(told),
    }

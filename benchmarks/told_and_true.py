"""How sure the geocoder says it is, against how often it is right; as figures and as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import log10
from pathlib import Path
from random import Random
from statistics import fmean, quantiles
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, ElementTree

from benchmarks import left_out_doors
from benchmarks.address_doors import FILES, extract_file
from benchmarks.address_slips import SLIPS
from benchmarks.kept_runs import ROOT
from benchmarks.known_doors import Told, sample
from benchmarks.measure import Figures
from benchmarks.plot import INK, OURS, Scale, add, write
from routing.gazetteer.build import build_gazetteer
from routing.geocoders.gazetteer import GazetteerGeocoder

PICTURE = ROOT / "docs" / "pictures" / "addresses-told-and-true.svg"
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.96, 1.0)
"""Of confidence: one dot for each."""
RADII_M = (0, 50, 100, 200, 400, 800, 1600, 100_000)
SITE_M = 20.0
"""Between the middle of a house, which the map has, and its door."""
EACH = 800
"""Doors of one city and one way of asking: so that no city outweighs the others."""
WIDTH, HEIGHT, LEFT, TOP = 400, 300, 52, 48


def figures() -> Figures:
    """Return the shares by band, how many, and the mean distance between told and true."""
    found = [told for city in FILES for told in asked(city) if told.result.point]
    result: dict[str, float] = {}
    off = 0.0
    for low, high in pairwise(BANDS):
        band = [t for t in found if low < t.result.confidence <= high]
        if len(band) < 20:
            continue
        said = fmean(told.result.confidence for told in band)
        true = fmean(is_inside(told) for told in band)
        off += len(band) / len(found) * abs(said - true)
        result |= {f"said {high}": said, f"true {high}": true, f"n {high}": len(band)}
    for low_m, high_m in pairwise(RADII_M):
        ring = [t for t in found if low_m < t.result.radius_m <= high_m]
        if len(ring) >= 20:
            radii = [told.result.radius_m for told in ring]
            errors = [told.off_m for told in ring]
            result |= {
                f"radius {high_m}": fmean(radii),
                f"off {high_m}": quantiles(errors, n=10)[-1],
            }
    return result | {"off": 100 * off, "n": len(found)}


def is_inside(told: Told) -> bool:
    """Whether the door lies in the circle that was told."""
    return told.off_m <= told.result.radius_m + SITE_M


def asked(city: str) -> list[Told]:
    """Return doors left out, doors written clean, and doors with every slip: as many of each."""
    doors = sample(city)
    some = Random(7).sample(doors, min(EACH, len(doors)))
    found = left_out_doors.told(city, some)
    with TemporaryDirectory(prefix="dayround-") as folder:
        build_gazetteer(extract_file(city), Path(folder) / "city.sqlite")
        geocoder = GazetteerGeocoder(Path(folder) / "city.sqlite")
        for number, slip in enumerate(SLIPS.values()):
            rng = Random(number)
            part = some[number :: len(SLIPS)]
            found += [Told(door, geocoder.locate(slip(door, rng))) for door in part]
        geocoder.gazetteer.close()
    return found


def draw(measured: Figures, file: Path = PICTURE) -> Path:
    """Write the drawing and return its file."""
    root = Element("svg", xmlns="http://www.w3.org/2000/svg")
    root.attrib |= {"font-family": "sans-serif", "font-size": "12", "fill": INK}
    root.set("viewBox", f"0 0 {2 * WIDTH} {HEIGHT}")
    add(root, "rect", width=2 * WIDTH, height=HEIGHT, fill="#ffffff")
    bands = [(measured[f"said {b}"], measured[f"true {b}"], f"{measured[f'n {b}']:,.0f}")
             for b in BANDS[1:] if f"said {b}" in measured]  # fmt: skip
    title = "How often the door is in the circle, by how sure we say we are"
    _panel(add(root, "g"), title, bands, (0.3, 1.0))
    rings = [(measured[f"radius {r}"], measured[f"off {r}"], "")
             for r in RADII_M[1:] if f"radius {r}" in measured]  # fmt: skip
    place = add(root, "g", transform=f"translate({WIDTH} 0)")
    powers = [(log10(x), log10(y), f"{x:,.0f}") for x, y, _ in rings]
    title = "Metres to nine of ten doors, by the radius told (by powers)"
    _panel(place, title, powers, (0.7, 4.0), lambda power: f"{10**power:,.0f}")
    ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)
    return file


def _panel(
    root: Element,
    title: str,
    dots: Sequence[tuple[float, float, str]],
    span: tuple[float, float],
    figure: Callable[[float], str] = "{:.2f}".format,
) -> None:
    x = Scale.of(span, LEFT, WIDTH - LEFT - 20)
    y = Scale.of(span, HEIGHT - TOP, TOP)
    write(root, LEFT - 20, TOP - 24, title)
    ends = f"{x.at(span[0])},{y.at(span[0])} {x.at(span[1])},{y.at(span[1])}"
    add(root, "polyline", points=ends, fill="none", stroke=INK, **{"stroke-dasharray": "1 5"})
    for number, (said, true, count) in enumerate(dots):
        add(root, "circle", cx=x.at(said), cy=y.at(true), r=4, fill=OURS)
        write(root, x.at(said) - 7, y.at(true) + (16 if number % 2 else -6), count, "end")
    for value in (span[0], (span[0] + span[1]) / 2, span[1]):
        write(root, x.at(value), HEIGHT - TOP + 22, figure(value), "middle")
        write(root, LEFT - 10, y.at(value) + 4, figure(value), "end")

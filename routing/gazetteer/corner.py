"""Two streets and no number: 文一路与学院路交叉口, Main Street & 2nd Avenue."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from routing.gazetteer.circle import Circle
from routing.gazetteer.index import Entry, Gazetteer, Kind
from routing.gazetteer.ladder import result_at
from routing.gazetteer.localities import Localities, localities
from routing.gazetteer.text import chinese_key, fold, is_chinese, name_key
from routing.geocoding import GeocodeResult, Precision
from routing.point import METRES_PER_DEGREE, steps_deg

CHINESE = re.compile(
    r"(?P<one>.+?[路街道巷弄])(?:[与和及跟、/&]|交)?(?P<other>.+?[路街道巷弄])"
    r"(?:路口|交叉口|交叉路口|交汇处|交汇口|交界处|交界|口)"
)
WESTERN = re.compile(
    r"(?:corner of )?(?P<one>[^,;&/]+?)(?: and | at |\s*[&/]\s*)(?P<other>[^,;&/]+)(?P<rest>.*)"
)
APART_M, RADIUS_M = 60.0, 60.0
"""Between two streets that meet, at most; and from where they do to the doors that are meant."""


def at_corner(gazetteer: Gazetteer, text: str) -> GeocodeResult | None:
    """Return where two streets meet; None where the text names no two that do."""
    pattern = CHINESE if is_chinese(text) else WESTERN
    folded = chinese_key(text) if is_chinese(text) else fold(text)
    found = pattern.match(folded.replace("/", "与") if is_chinese(text) else folded)
    if not found:
        return None
    for one in _streets(gazetteer, found["one"]):
        for other in _streets(gazetteer, found["other"]):
            if circle := _meeting(gazetteer, one, other):
                matched = f"{one[0].name} × {other[0].name}"
                return result_at(Precision.STREET, circle, matched, "")
    return None


def _streets(gazetteer: Gazetteer, text: str) -> Iterator[list[Entry]]:
    """Yield the streets that end a text whose beginning is areas; a western one is its whole."""
    starts = range(max(1, len(text) - 1)) if is_chinese(text) else (0,)
    keys = {name_key(text[start:]): start for start in reversed(starts)}
    known = gazetteer.entries(keys)
    for key, start in keys.items():
        before = localities(text[:start], gazetteer.areas) if start else Localities((), "")
        streets = [entry for entry in known.get(key, ()) if entry.kind is Kind.STREET]
        if streets and not before.rest:
            yield streets


def _meeting(gazetteer: Gazetteer, one: list[Entry], other: list[Entry]) -> Circle | None:
    """Return the circle about where two streets come nearest, if that is near."""
    a, b = gazetteer.course(one), gazetteer.course(other)
    if not len(a) or not len(b):
        return None
    apart_m = METRES_PER_DEGREE * np.abs(
        steps_deg(a.lat[:, None], a.lon[:, None], b.lat[None, :], b.lon[None, :])
    )
    i, j = np.unravel_index(apart_m.argmin(), apart_m.shape)
    if apart_m[i, j] > APART_M:
        return None
    return Circle(float(a.lat[i] + b.lat[j]) / 2, float(a.lon[i] + b.lon[j]) / 2, RADIUS_M)

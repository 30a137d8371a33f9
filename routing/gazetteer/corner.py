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

MEETING = re.compile(
    r"(?:路口|交叉(?:路)?口|交[汇会]处?口?|交界处?|口)(?:[东南西北]{0,2}[侧角面]?)$"
)
BETWEEN = re.compile(r"[与和及跟/&]|(?<=[路街道巷弄段])")
WESTERN = re.compile(
    r"(?:corner of )?(?P<one>[^,;&/]+?)(?: and | at |\s*[&/]\s*)(?P<other>[^,;&/]+)(?P<rest>.*)"
)
APART_M, RADIUS_M = 60.0, 60.0
"""Between two streets that meet, at most; and from where they do to the doors that are meant."""


def at_corner(gazetteer: Gazetteer, text: str) -> GeocodeResult | None:
    """Return where two streets meet; None where the text names no two that do."""
    for one, other in _pairs(text):
        for street in _streets(gazetteer, one):
            for crossed in _streets(gazetteer, other):
                if circle := _meeting(gazetteer, street, crossed):
                    matched = f"{street[0].name} × {crossed[0].name}"
                    return result_at(Precision.STREET, circle, matched, "")
    return None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may be the two streets: every way to part a Chinese text that says they meet."""
    if not is_chinese(text):
        found = WESTERN.match(fold(text))
        return iter([(found["one"], found["other"])] if found else [])
    key = chinese_key(text)
    meeting = MEETING.search(key)
    head = key[: meeting.start()] if meeting else ""
    return ((head[: b.start()], head[b.end() :]) for b in BETWEEN.finditer(head))


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

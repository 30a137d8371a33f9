"""GeoJSON (RFC 7946): a point per visit, and each crew's way along the roads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from data.exports.day import CrewRows, ExportDay, StopRow
from data.exports.legs import way_of
from routing.lines import simplified
from routing.point import Point

BEND_M = 1.5
"""Bends smaller than this are left out: no map shows them."""

DECIMALS = 6
"""Of a degree: a decimetre."""


def write_geojson(day: ExportDay) -> bytes:
    """Return the day as a feature collection; positions are longitude, latitude in WGS-84."""
    told: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": day.title,
        "city": day.city.name,
        "date": day.on.isoformat(),
        "version": day.version,
        "features": [feature for crew in day.crews for feature in features(day, crew)],
    }
    told["bbox"] = bbox(told["features"])
    return json.dumps(told, ensure_ascii=False, allow_nan=False).encode()


def bbox(features: list[dict[str, Any]]) -> list[float]:
    """Return west, south, east, north of all features, of which each crew's way is one."""
    told = [each["geometry"]["coordinates"] for each in features]
    at = np.vstack([np.reshape(one, (-1, 2)) for one in told])
    return [*at.min(axis=0).tolist(), *at.max(axis=0).tolist()]


def features(day: ExportDay, crew: CrewRows) -> Iterator[dict[str, Any]]:
    """Yield a crew's way, then its visits; one whose place is not in the book any more lacks."""
    yield route(day, crew)
    for stop in crew.visits:
        if stop.point:
            where = {"type": "Point", "coordinates": position(stop.point)}
            yield feature(where, visit(day, crew, stop))


def route(day: ExportDay, crew: CrewRows) -> dict[str, Any]:
    """Return a crew's day as a line; where no road is known it is straight, and that is told."""
    way = way_of(day, crew)
    (line,) = simplified([np.concatenate(way.lines)], BEND_M)
    where = {"type": "LineString", "coordinates": line[:, ::-1].round(DECIMALS).tolist()}
    told = {
        "kind": "route",
        "crew": crew.id,
        "collectors": list(crew.members),
        "mode": crew.mode.value,
        "starts": crew.starts.isoformat(),
        "ends": crew.ends.isoformat(),
        "legs_without_road": way.without_road,
    }
    return feature(where, told)


def visit(day: ExportDay, crew: CrewRows, stop: StopRow) -> dict[str, Any]:
    """Return what the reader may see of a visit; what is not told is left out."""
    told = {
        "name": stop.name,
        "telephone": stop.phone,
        "place": stop.kind and stop.kind.value,
        "address": stop.where,
        "contracts": list(stop.contracts),
        "overdue": None if stop.overdue is None else f"{stop.overdue:f}",
        "currency": None if stop.overdue is None else day.city.currency,
    }
    return {
        "kind": "visit",
        "crew": crew.id,
        "number": stop.number,
        "starts": stop.starts.isoformat(),
        "ends": stop.ends.isoformat(),
        **{name: value for name, value in told.items() if value},
    }


def feature(where: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Return a feature of its geometry and properties."""
    return {"type": "Feature", "geometry": where, "properties": told}


def position(point: Point) -> list[float]:
    """Return a point as RFC 7946 writes it: longitude first."""
    return [round(point.lon, DECIMALS), round(point.lat, DECIMALS)]

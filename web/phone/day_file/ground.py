"""The map of a crew's day as one small file: `GET /my/DAY/map.pmtiles`.

It shows where doors are: only she who goes there may have it, and no cache keeps it beside the
phone's own, which is encrypted.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from flask import Response, request

from data.access import Role
from data.maps.city_map import CityMap
from data.maps.day_clip import Clip
from scheduler.errors import NotFoundError
from web.auth.access import needs
from web.context import wired
from web.map.pages import PMTILES
from web.phone.day_file.route import Way, ground, way_of
from web.phone.room import MyDay, needed_day, phone


@phone.get("/my/<day:on>/map.pmtiles")
@needs(Role.COLLECTOR)
def day_map(on: date) -> Response:
    """Return the map of her day; 304 where the phone has it as it is."""
    made = clip(needed_day(on))
    if made is None:
        raise NotFoundError("there is no map of this day: the city has none, or not there")
    answer = Response(made.content, mimetype=PMTILES)
    answer.set_etag(made.etag)
    answer.make_conditional(request)
    return answer


def told_map(day: MyDay, way: Way) -> dict[str, Any] | None:
    """Return how large the map of a day is and what it is known by; None where there is none."""
    file = tiles_of(day)
    told = wired().clips.told(file, ground(day, way)) if file else None
    return {"bytes": told.bytes, "etag": told.etag} if told else None


def clip(day: MyDay) -> Clip | None:
    """Return the map of a day; None where there is none."""
    file = tiles_of(day)
    return wired().clips.clip(file, ground(day, way_of(day))) if file else None


def tiles_of(day: MyDay) -> Path | None:
    """Return the tiles of a city as far as they are made: a phone does not wait for a new map."""
    return CityMap(wired().cities.path(day.city.name)).tiles

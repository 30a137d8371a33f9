"""The map's page, and what its script asks for: the map of a city, the drawing of a day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from flask import Blueprint, Response, g, render_template, request, send_file, url_for

from data.access import Role
from data.maps.levels import LEVELS
from scheduler.errors import NotFoundError
from scheduler.model import City
from scheduler.service import is_working
from web.auth.access import current_user, needs
from web.context import wired
from web.files import compressed, digest_of, packed
from web.map.drawing import DayDrawing, Draw
from web.security import A_YEAR_S

day_map = Blueprint(
    "map",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/static/map",
)
PMTILES = "application/vnd.pmtiles"
ON_THE_GROUND = (Role.DISPATCHER, Role.PLANNER, Role.ADMINISTRATOR)
"""Who sees a city's streets; what lies on them is another matter."""


@day_map.get("/<city>/<day:on>/map")
@needs(Role.DISPATCHER)
def page(city: str, on: date) -> str:
    """Show the newest plan of a day on a map of its own."""
    g.place = "dispatch.today"
    plans = wired().store.plans(city, on)
    return render_template("map/page.html", city=city, on=on, plan=plans[-1] if plans else None)


@day_map.get("/<city>/ground.json")
@needs(*ON_THE_GROUND)
def ground(city: str) -> dict[str, Any]:
    """Say where the map of a city is: its tiles, or GeoJSON by zoom where it has none."""
    file = wired().cities.map(city).tiles
    if file is None:
        zooms = [level.from_zoom for level in LEVELS]
        return {"levels": url_for("map.level", city=city), "zooms": zooms}
    return {"tiles": url_for("map.tiles", city=city, v=digest_of(file))}


@day_map.get("/<city>/map.pmtiles")
@needs(*ON_THE_GROUND)
def tiles(city: str) -> Response:
    """Return a city's tiles, or the range of them that is asked for.

    A browser keeps them for good under the address that `ground` tells, and asks again whether they
    are still the same under any other.
    """
    file = wired().cities.map(city).tiles
    if file is None:
        raise NotFoundError(f"{city} has no tiles: its map is GeoJSON by zoom")
    version = digest_of(file)
    is_its_own = request.args.get("v") == version
    kept_s = A_YEAR_S if is_its_own else None  # which is: ask whether it is still the same
    response = send_file(file, mimetype=PMTILES, etag=version, max_age=kept_s)
    response.cache_control.private, response.cache_control.public = True, False
    response.cache_control.immutable = is_its_own
    return response


@day_map.get("/<city>/map.geojson")
@needs(*ON_THE_GROUND)
def level(city: str) -> Response:
    """Return the map of a city without tiles at the zoom `z`; kept until it changes."""
    file = wired().cities.map(city).level(request.args.get("z", LEVELS[-1].from_zoom, type=int))
    if not file.is_file():
        raise NotFoundError(f"{city} has no GeoJSON by zoom: its map is tiles")
    response = packed(file.read_bytes())
    response.set_etag(digest_of(file), weak=True)
    response.cache_control.private = True
    response.cache_control.no_cache = True  # that is: ask whether it is still the same
    response.make_conditional(request)
    return response


@day_map.get("/<city>/<day:on>/plan/<int:version>/map.json")
@needs(Role.DISPATCHER)
def drawing(city: str, on: date, version: int) -> Response:
    """Return the routes, stops and left-out cases of a plan; it says where people live: not kept.

    Somebody who sees one agency alone is shown its crews and cases.
    """
    store = wired().store
    record, day = store.plan(city, on, version), store.open_day(city, on)
    agencies = current_user.agencies(Role.DISPATCHER, city)
    told = DayDrawing(record, day, drawer(day.city, on), agencies).told()
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return packed(compressed(text.encode()))


def drawer(city: City, on: date) -> Draw:
    """Return what draws legs along a city's roads; nothing where it has lost them."""
    try:
        paths = wired().cities.paths(city.name, is_working=is_working(wired().ports, city, on))
    except NotFoundError:
        return lambda legs, *_: [None] * len(legs)
    return paths.paths

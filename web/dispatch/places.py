"""Places to check: what was understood of an address, and a position by hand."""

from __future__ import annotations

from datetime import date

from flask import flash, redirect, request, url_for

from data.access import Role
from routing.datum import Datum, to_wgs84
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point
from scheduler.errors import NotFoundError
from web.auth.access import by, needs
from web.context import wired
from web.dispatch.room import Answer, dispatch, page, seen_agencies
from web.language import t

PER_PAGE = 50
DATUMS = {
    Datum.WGS84: "WGS-84 (GPS)",
    Datum.GCJ02: "GCJ-02 (高德, 腾讯)",
    Datum.BD09: "BD-09 (百度)",
}


@dispatch.get("/<city>/<day:on>/places")
@needs(Role.DISPATCHER)
def places(city: str, on: date, wrong: tuple[str, str] = ("", "")) -> str:
    """List the places that were not found closely enough; `wrong`: a place, and what is wrong."""
    number = max(1, request.args.get("page", 1, type=int))
    first = (number - 1) * PER_PAGE
    found = wired().desk.places_to_check(city, seen_agencies(), first, PER_PAGE + 1)
    return page(
        "places",
        on,
        places=found[:PER_PAGE],
        has_more=len(found) > PER_PAGE,
        number=number,
        datums=DATUMS,
        wrong=wrong,
    )


@dispatch.post("/<city>/<day:on>/places/<path:place>")
@needs(Role.DISPATCHER)
def confirm(city: str, on: date, place: str) -> Answer:
    """Put a place where the dispatcher says, by coordinates in a datum that she names."""
    told = wired().desk.place(city, place, seen_agencies())
    if told is None:
        raise NotFoundError(f"there is no place {place!r} to check")
    try:
        point = position(request.form["position"], Datum(request.form["datum"]))
    except ValueError:
        text = t("Write latitude and longitude in degrees, as in 30.2741, 120.1551.")
        return places(city=city, on=on, wrong=(place, text)), 400
    result = GeocodeResult(point, Precision.CONFIRMED, 0.0, "dispatcher", matched=told.address)
    with wired().store.writing(by()) as writer:
        writer.put_positions(city, {told: result})
    flash(t("The place is confirmed."))
    number = request.args.get("page", type=int)
    return redirect(url_for("dispatch.places", city=city, on=on, page=number))


def position(text: str, datum: Datum) -> Point:
    """Read 'latitude, longitude', as map services copy them; ValueError where it is none."""
    lat, lon = (float(part) for part in text.replace("，", ",").split(","))
    return to_wgs84(lat, lon, datum)

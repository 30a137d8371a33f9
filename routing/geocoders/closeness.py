"""How closely the services that geopy knows say they found an address, read from their raw answer.

Each function reads what one service tells; what it does not tell stays `UNTOLD`, a district, so
that a person looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from routing.geocoders.level import (
    BETWEEN_DOORS,
    BUILDING,
    COMPOUND,
    CROSSING,
    DOOR,
    STREET,
    TOWN,
    UNTOLD,
    Level,
    of_number,
)
from routing.point import Point, distance_m

Raw = Mapping[str, Any]
Reader = Callable[[str, Raw], Level]
"""From what was asked and the raw answer to a level."""

PARTIAL = 0.5
"""The chance that is left where a service says that it understood a part only."""

NAMED_PLACES = (
    "amenity",
    "building",
    "craft",
    "healthcare",
    "leisure",
    "office",
    "shop",
    "tourism",
)


def untold(_asked: str, _raw: Raw) -> Level:
    return UNTOLD


def nominatim(asked: str, raw: Raw) -> Level:
    """Read class, type and house number (asked for by addressdetails), and the bounding box.

    https://nominatim.org/release-docs/develop/api/Output/
    """
    number = raw.get("address", {}).get("house_number", "")
    if number and raw.get("osm_type") == "way" and raw.get("class") == "place":
        return BETWEEN_DOORS  # a line of interpolation
    if number:
        return of_number(DOOR, asked, number)
    if raw.get("class") == "highway" or raw.get("addresstype") == "road":
        return _wide(STREET, raw)
    if raw.get("class") in NAMED_PLACES:
        return _wide(BUILDING, raw)
    if raw.get("addresstype") == "residential":
        return _wide(COMPOUND, raw)
    return _wide(UNTOLD, raw)


def photon(asked: str, raw: Raw) -> Level:
    """Read type and house number: https://github.com/komoot/photon/blob/master/docs/api-v1.md."""
    told = raw["properties"]
    if told.get("type") == "house":
        number = told.get("housenumber", "")
        return of_number(DOOR, asked, number) if number else BUILDING
    return STREET if told.get("type") == "street" else TOWN


def google(asked: str, raw: Raw) -> Level:
    """Read location_type, types and partial_match.

    https://developers.google.com/maps/documentation/geocoding/requests-geocoding#Types
    """
    kinds, near = set(raw.get("types", ())), raw["geometry"].get("location_type")
    found = UNTOLD
    if near == "ROOFTOP" and kinds & {"street_address", "premise", "subpremise"}:
        found = of_number(DOOR, asked, _google_number(raw))
    elif near == "RANGE_INTERPOLATED":
        found = BETWEEN_DOORS
    elif kinds & {"route", "intersection"}:
        found = CROSSING if "intersection" in kinds else STREET
    elif kinds & {"premise", "establishment", "point_of_interest"} and near != "APPROXIMATE":
        found = BUILDING
    return found.doubted(PARTIAL, found.unmatched) if raw.get("partial_match") else found


def _google_number(raw: Raw) -> str:
    parts = raw.get("address_components", ())
    return next((one["long_name"] for one in parts if "street_number" in one["types"]), "")


def arcgis(asked: str, raw: Raw) -> Level:
    """Read Addr_type and score.

    https://developers.arcgis.com/rest/geocode/api-reference/geocoding-service-output.htm
    """
    told = raw.get("attributes", {})
    found = {
        "PointAddress": of_number(DOOR, asked, str(told.get("AddNum", ""))),
        "Subaddress": of_number(DOOR, asked, str(told.get("AddNum", ""))),
        "StreetAddress": BETWEEN_DOORS,
        "StreetInt": CROSSING,
        "StreetName": STREET,
        "POI": BUILDING,
    }.get(told.get("Addr_type", ""), UNTOLD)
    return _shared(found, float(raw.get("score", 0)) / 100)


def here(asked: str, raw: Raw) -> Level:
    """Read resultType, houseNumberType and scoring.

    https://www.here.com/docs/bundle/geocoding-and-search-api-v7-api-reference
    """
    found = {
        "houseNumber": of_number(DOOR, asked, raw.get("address", {}).get("houseNumber", "")),
        "place": BUILDING,
        "intersection": CROSSING,
        "street": STREET,
    }.get(raw.get("resultType", ""), UNTOLD)
    if raw.get("houseNumberType") == "interpolated":
        found = BETWEEN_DOORS
    return _shared(found, float(raw.get("scoring", {}).get("queryScore", PARTIAL)))


def opencage(asked: str, raw: Raw) -> Level:
    """Read the kind of the place: https://opencagedata.com/api#response."""
    told = raw.get("components", {})
    if number := told.get("house_number", ""):
        return of_number(DOOR, asked, str(number))
    return {"building": BUILDING, "road": STREET}.get(told.get("_type", ""), UNTOLD)


def mapbox(asked: str, raw: Raw) -> Level:
    """Read place_type, accuracy and relevance: https://docs.mapbox.com/api/search/geocoding-v5."""
    kind = (raw.get("place_type") or [""])[0]
    accuracy = raw.get("properties", {}).get("accuracy", "")
    found = {"address": DOOR, "poi": BUILDING}.get(kind, UNTOLD)
    if kind == "address":
        found = {"interpolated": BETWEEN_DOORS, "street": STREET, "intersection": CROSSING}.get(
            accuracy, of_number(DOOR, asked, str(raw.get("address", "")))
        )
        if "address" not in raw:  # the street, without the number
            found = STREET
    return _shared(found, float(raw.get("relevance", PARTIAL)))


def pelias(asked: str, raw: Raw) -> Level:
    """Read layer, match_type and confidence: https://geocode.earth/docs/forward/search/."""
    told = raw["properties"]
    number = str(told.get("housenumber", ""))
    found = {"address": of_number(DOOR, asked, number), "venue": BUILDING, "street": STREET}.get(
        told.get("layer", ""), UNTOLD
    )
    if told.get("match_type") == "interpolated":
        found = BETWEEN_DOORS
    return _shared(found, float(told.get("confidence", PARTIAL)))


def _shared(found: Level, share: float) -> Level:
    """Return a level whose chance is lessened by what the service says of its own."""
    share = max(0.0, min(1.0, share))
    return replace(found, confidence=round(found.confidence * share, 3))


def _wide(found: Level, raw: Raw) -> Level:
    """Return a level whose radius reaches the corners of the answer's bounding box."""
    if len(raw.get("boundingbox", ())) != 4:
        return found
    south, north, west, east = map(float, raw["boundingbox"])
    reach_m = distance_m(Point(south, west), Point(north, east)) / 2
    return replace(found, radius_m=round(max(reach_m, DOOR.radius_m), 1))

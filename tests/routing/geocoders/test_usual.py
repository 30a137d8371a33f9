"""geopy's own geocoders: narrowed to the city, and read as closely as they tell."""

from __future__ import annotations

from typing import Any

import pytest
from geopy.exc import GeocoderServiceError

from routing.datum import Datum, to_wgs84
from routing.extent import Box
from routing.geocoders import closeness
from routing.geocoders.services import SERVICES, Access
from routing.geocoders.usual import UsualGeocoder
from routing.geocoding import GeocodeResult, Precision, locate
from routing.point import Point
from tests.routing.geocoders.recorded import EARTH, KEY, always, asked_of, geocoder, playing
from tests.routing.little_server import serving

QUEENS = Box(-74.0, 40.5, -73.7, 40.8)
DOOR = "37-20 74th Street"


def found(service: str, name: str, address: str = DOOR) -> GeocodeResult:
    with playing(service, name) as server:
        return locate(geocoder(service, server.url, box=QUEENS), address)


@pytest.mark.parametrize(
    ("service", "name", "precision", "is_plannable"),
    [
        ("nominatim", "door", Precision.EXACT, True),
        ("nominatim", "other door", Precision.STREET, False),
        ("nominatim", "street", Precision.STREET, True),
        ("nominatim", "suburb", Precision.DISTRICT, False),
        ("nominatim", "nothing", Precision.NONE, False),
        ("photon", "door", Precision.EXACT, True),
        ("photon", "street", Precision.STREET, True),
        ("photon", "nothing", Precision.NONE, False),
        ("google", "door", Precision.EXACT, True),
        ("google", "between doors", Precision.INTERPOLATED, True),
        ("google", "street", Precision.STREET, True),
        ("google", "partly", Precision.EXACT, False),
        ("google", "area", Precision.DISTRICT, False),
        ("google", "nothing", Precision.NONE, False),
    ],
)
def test_closeness_is_read_where_it_is_told(
    service: str, name: str, precision: Precision, is_plannable: bool
) -> None:
    result = found(service, name)
    assert (result.precision, result.is_plannable) == (precision, is_plannable)
    assert result.source == (service if result.point else "UsualGeocoder")


def test_the_radius_reaches_the_corners_of_the_bounding_box() -> None:
    # 0.009° of latitude are 1,001 m, 0.003° of longitude at 40.7° 253 m: half the diagonal.
    assert found("nominatim", "street").radius_m == pytest.approx(516, abs=3)


def test_the_question_is_narrowed_to_the_box_of_the_city() -> None:
    with playing("nominatim", "nothing") as server:
        geocoder("nominatim", server.url, box=QUEENS).geocode(DOOR)
        asked = asked_of(server)
    assert (asked["viewbox"], asked["bounded"]) == ("-74.0,40.5,-73.7,40.8", "1")
    with playing("google", "nothing") as server:
        geocoder("google", server.url, box=QUEENS).geocode(DOOR)
        asked = asked_of(server)
    assert (asked["bounds"], asked["key"]) == ("40.5,-74.0|40.8,-73.7", KEY)


def test_all_candidates_are_told_where_they_are_asked_for() -> None:
    with playing("photon", "door") as server:
        found = geocoder("photon", server.url).geocode(DOOR, exactly_one=False, timeout=3)
    assert [one.raw["precision"] for one in found] == [Precision.EXACT]


@pytest.mark.parametrize("name", ["wrong key", "quota"])
def test_a_refusal_of_geopys_own_classes_is_one_of_its_errors(name: str) -> None:
    with playing("google", name) as server, pytest.raises(GeocoderServiceError):
        geocoder("google", server.url).geocode(DOOR)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_can_be_made(name: str) -> None:
    service = SERVICES[name]
    url = "https://maps.lan/v2" if service.may_move else ""
    made = service.make(Access("Queens", QUEENS, KEY, url=url, contact="ops@lender.example"))
    inner = made.geocoder if isinstance(made, UsualGeocoder) else made
    told: dict[str, Any] = vars(inner)
    assert told["headers"]["User-Agent"] == "dayround (ops@lender.example)"
    assert service.home or not service.needs_key
    assert service.every_s > 0
    assert service.a_day > 0


@pytest.mark.parametrize(
    ("read", "raw", "precision", "confidence"),
    [
        (closeness.arcgis, {"score": 100, "attributes": {"Addr_type": "PointAddress", "AddNum": 5}},
         Precision.EXACT, 0.9),
        (closeness.arcgis, {"score": 80, "attributes": {"Addr_type": "StreetAddress"}},
         Precision.INTERPOLATED, 0.64),
        (closeness.arcgis, {"score": 100}, Precision.DISTRICT, 0.5),
        (closeness.here, {"resultType": "houseNumber", "address": {"houseNumber": "5"},
                          "scoring": {"queryScore": 1}}, Precision.EXACT, 0.9),
        (closeness.here, {"resultType": "houseNumber", "address": {"houseNumber": "5"},
                          "houseNumberType": "interpolated"}, Precision.INTERPOLATED, 0.4),
        (closeness.opencage, {"components": {"house_number": "5"}}, Precision.EXACT, 0.9),
        (closeness.opencage, {"components": {"_type": "road"}}, Precision.STREET, 0.7),
        (closeness.mapbox, {"place_type": ["address"], "address": "5", "relevance": 1},
         Precision.EXACT, 0.9),
        (closeness.mapbox, {"place_type": ["address"], "relevance": 1}, Precision.STREET, 0.7),
        (closeness.mapbox, {"place_type": ["address"], "address": "5", "relevance": 1,
                            "properties": {"accuracy": "interpolated"}},
         Precision.INTERPOLATED, 0.8),
        (closeness.pelias, {"properties": {"layer": "address", "housenumber": "5",
                                           "confidence": 1}}, Precision.EXACT, 0.9),
        (closeness.pelias, {"properties": {"layer": "locality"}}, Precision.DISTRICT, 0.25),
        (closeness.untold, {"whatever": 1}, Precision.DISTRICT, 0.5),
    ],
)  # fmt: skip
def test_what_each_service_tells_of_its_closeness(
    read: closeness.Reader, raw: dict[str, Any], precision: Precision, confidence: float
) -> None:
    level = read("5 Oak Avenue", raw)
    assert level.precision is precision
    assert level.confidence == pytest.approx(confidence)


def test_a_point_in_the_mainland_of_an_unknown_datum_waits_for_a_person() -> None:
    answer = {
        "features": [{"geometry": {"coordinates": [116.3, 39.9]}, "place_name": "Oak Avenue",
                      "place_type": ["address"], "address": "5", "relevance": 1}]
    }  # fmt: skip
    with serving(always(answer)) as server:
        result = locate(geocoder("mapbox", server.url, box=EARTH), "5 Oak Avenue")
    assert (result.precision, result.radius_m) == (Precision.DISTRICT, 750.0)
    assert "datum" in result.unmatched


def test_google_tells_gcj02_in_the_mainland() -> None:
    assert to_wgs84(40.7, -73.9, Datum.GCJ02) == Point(40.7, -73.9)  # not shifted elsewhere
    assert found("google", "door").datum is Datum.GCJ02

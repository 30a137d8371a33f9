"""Confirmed before: what somebody has decided is answered first, everything else asked on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from geopy.location import Location

from routing.gazetteer.private import address_key
from routing.geocoders.confirmed import ConfirmedGeocoder
from routing.geocoding import Locator, Precision, locate
from routing.point import Point

HERE = Point(25.05, 121.55)
DECIDED = {address_key("宁州市东河路18号"): HERE}


@dataclass
class Service:
    """A geocoder of geopy that knows one street, and remembers what it was asked."""

    asked: list[tuple[str, bool]] = field(default_factory=list)

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:  # noqa: ARG002
        self.asked.append((query, exactly_one))
        found = Location("西河路", (25.0, 121.5), {"precision": "street", "radius_m": 90})
        return found if exactly_one else [found]


def test_a_decided_text_is_answered_in_any_of_its_spellings_and_nobody_is_asked() -> None:
    service = Service()
    found = locate(ConfirmedGeocoder(DECIDED, service), "宁州市 东河路１８號，张先生 13800000000")
    assert (found.point, found.precision, found.radius_m) == (HERE, Precision.CONFIRMED, 0)
    assert (found.confidence, found.is_plannable) == (1, True)
    assert "13800000000" not in found.matched
    assert service.asked == []


def test_every_other_text_is_asked_on() -> None:
    service = Service()
    geocoder = ConfirmedGeocoder(DECIDED, service)
    assert isinstance(geocoder, Locator)
    assert locate(geocoder, "西河路7号").precision is Precision.STREET
    several: Any = geocoder.geocode("西河路7号", exactly_one=False)
    assert [one.address for one in several] == ["西河路"]
    assert service.asked == [("西河路7号", True), ("西河路7号", False)]


def test_geopys_own_way_to_ask_gets_the_same_answer() -> None:
    geocoder = ConfirmedGeocoder(DECIDED, Service())
    one: Any = geocoder.geocode("宁州市东河路18号")
    several: Any = geocoder.geocode("宁州市东河路18号", exactly_one=False)
    assert len(several) == 1
    for found in (one, *several):
        assert (found.latitude, found.longitude) == (25.05, 121.55)
        assert found.raw["precision"] is Precision.CONFIRMED

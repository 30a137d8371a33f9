"""The own map first; services for the rest; the better answer wins, and a failure stops nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from routing.geocoders.chain import Chain, tallies
from routing.geocoders.confirmed import ConfirmedGeocoder
from routing.geocoders.online import Tally
from routing.geocoding import GeocodeResult, Precision
from routing.point import Point

HERE = Point(30.0, 121.5)
FAR = Point(30.2, 121.5)  # 22 km
NOWHERE = GeocodeResult(None, Precision.NONE, 0.0, "own", unmatched="幻想路")


def at(point: Point, precision: Precision, confidence: float = 0.9, **more: Any) -> GeocodeResult:
    told: dict[str, Any] = {"radius_m": 100.0, "source": "amap"} | more
    return GeocodeResult(point, precision, confidence=confidence, **told)


@dataclass
class Own:
    found: GeocodeResult

    def locate(self, query: str) -> GeocodeResult:  # noqa: ARG002
        return self.found

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        return query, exactly_one, timeout


@dataclass
class Service:
    found: GeocodeResult | None
    tally: Tally = field(default_factory=lambda: Tally("amap"))

    def locate(self, query: str) -> GeocodeResult | None:  # noqa: ARG002
        self.tally.asked += 1
        return self.found


def asked(own: GeocodeResult, *services: Service) -> GeocodeResult:
    return Chain(Own(own), services).locate("中山路1号")


def test_what_the_own_map_tells_closely_is_asked_of_nobody() -> None:
    service = Service(at(FAR, Precision.EXACT))
    own = at(HERE, Precision.STREET, source="own")
    assert asked(own, service) == own
    assert service.tally.asked == 0


@pytest.mark.parametrize(
    "own",
    [
        NOWHERE,
        at(HERE, Precision.DISTRICT, radius_m=5_000.0),
        at(HERE, Precision.EXACT, confidence=0.4),
    ],
)
def test_what_it_does_not_tell_closely_is_asked_until_one_is_sure(own: GeocodeResult) -> None:
    door = at(HERE, Precision.EXACT)
    services = [
        Service(None),
        Service(at(HERE, Precision.STREET, 0.3)),
        Service(door),
        Service(door),
    ]
    assert asked(own, *services) == door
    assert [service.tally.asked for service in services] == [1, 1, 1, 0]


def test_the_better_of_two_that_are_not_sure_wins() -> None:
    own = at(HERE, Precision.DISTRICT, radius_m=5_000.0, source="own")
    street = at(HERE, Precision.STREET, 0.5)
    assert asked(own, Service(street)) == street
    town = at(HERE, Precision.DISTRICT, 0.5)
    assert asked(own, Service(town)) == own
    assert asked(NOWHERE, Service(town)) == town


def test_a_service_that_fails_leaves_the_own_answer() -> None:
    assert asked(NOWHERE, Service(None)) == NOWHERE


def test_an_answer_beyond_where_the_own_map_has_the_address_waits_for_a_person() -> None:
    own = at(HERE, Precision.DISTRICT, radius_m=5_000.0, matched="城东区", source="own")
    door = at(FAR, Precision.EXACT)
    found = asked(own, Service(door))
    assert (found, found.is_plannable) == (
        replace(door, confidence=0.3, unmatched="it lies 17.1 km beyond 城东区"),
        False,
    )
    # Where the own map knows nothing, nobody disputes it.
    assert asked(NOWHERE, Service(door)) == door


def test_why_an_answer_is_no_place_is_told_beside_what_is_known() -> None:
    outside = replace(NOWHERE, source="amap", unmatched="the place lies outside the city")
    found = asked(NOWHERE, Service(outside), Service(outside))
    assert found == replace(NOWHERE, unmatched="幻想路; the place lies outside the city")


def test_candidates_are_asked_of_the_own_map_alone() -> None:
    service = Service(at(HERE, Precision.EXACT))
    chain = Chain(Own(NOWHERE), [service])
    assert chain.geocode("中山路1号", exactly_one=False) == ("中山路1号", False, None)
    assert service.tally.asked == 0


def test_tallies_are_found_behind_what_people_have_decided() -> None:
    service = Service(at(HERE, Precision.EXACT))
    chain = Chain(Own(NOWHERE), [service])
    chain.locate("中山路1号")
    assert tallies(ConfirmedGeocoder({}, chain)) == tallies(chain) == [service.tally]
    assert tallies(ConfirmedGeocoder({}, Own(NOWHERE))) == tallies(Own(NOWHERE)) == ()

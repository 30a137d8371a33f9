"""Every geocoder answers as geopy's do, and `locate` reads each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from routing.gazetteer.build import build_gazetteer
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import (
    LONGEST_ACCESS_WALK_M,
    GeocodeResult,
    Precision,
    access_walk_m,
    locate,
)
from routing.point import Point
from tests.routing.little_places import two_towns


@pytest.fixture(scope="module")
def geocoder(tmp_path_factory: pytest.TempPathFactory) -> GazetteerGeocoder:
    folder = tmp_path_factory.mktemp("towns")
    build_gazetteer(two_towns(folder / "towns.osm"), folder / "towns.gazetteer")
    return GazetteerGeocoder(folder / "towns.gazetteer")


class Service(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Stands for a service of geopy, which tells a place and what it likes beside it."""

    def __init__(self, raw: dict[str, Any] | None) -> None:
        super().__init__()
        self.raw = raw

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        assert exactly_one
        assert timeout is None
        return None if self.raw is None else Location(query.upper(), (1.0, 2.0), self.raw)


def test_the_gazetteer_is_a_geocoder_of_geopy(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)
    location = geocoder.geocode("5 Oak Avenue, Westham", timeout=3)
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == pytest.approx((51.0051, 0.006))
    assert location.address == "Oak Avenue 5"
    assert location.raw["precision"] is Precision.EXACT
    assert location.raw["radius_m"] == 10.0


def test_nothing_found_is_none(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("Atlantis") is None
    assert geocoder.geocode("Atlantis", exactly_one=False) is None


def test_candidates_are_a_list_and_each_as_if_chosen(geocoder: GazetteerGeocoder) -> None:
    candidates = geocoder.geocode("1 High Street", exactly_one=False)
    assert isinstance(candidates, list)
    assert {round(place.longitude, 4) for place in candidates} == {0.2051, 0.0051}
    assert all(place.raw["precision"] is Precision.EXACT for place in candidates)


def test_a_street_with_two_slips_is_offered_but_not_taken(geocoder: GazetteerGeocoder) -> None:
    assert geocoder.geocode("7 Mil Lanee") is None
    candidates = geocoder.geocode("7 Mil Lanee", exactly_one=False)
    assert isinstance(candidates, list)
    assert candidates[0].address == "Mill Lane"


def test_locate_tells_why_nothing_was_found(geocoder: GazetteerGeocoder) -> None:
    result = locate(geocoder, "91-21 Mill Lane, Nowhere")
    assert result == geocoder.locate("91-21 Mill Lane, Nowhere")
    assert result.precision is Precision.NONE
    assert "nowhere" in result.unmatched


def test_a_service_that_tells_no_precision_waits_for_a_person() -> None:
    result = locate(Service({"place_id": 7}), "somewhere")
    assert result.point == Point(1.0, 2.0)
    assert result.precision is Precision.DISTRICT
    assert (result.source, result.matched) == ("Service", "SOMEWHERE")


def test_a_service_that_tells_its_precision_is_believed() -> None:
    raw = {"precision": "street", "radius_m": 120, "source": "ours", "unmatched": "7"}
    expected = GeocodeResult(
        Point(1.0, 2.0), Precision.STREET, 120.0, "ours", matched="SOMEWHERE", unmatched="7"
    )
    assert locate(Service(raw), "somewhere") == expected


def test_a_service_that_finds_nothing_tells_so() -> None:
    result = locate(Service(None), "somewhere")
    assert (result.point, result.precision) == (None, Precision.NONE)
    assert result.unmatched == "somewhere"


@pytest.mark.parametrize("precision", [Precision.CONFIRMED, Precision.EXACT])
def test_there_is_no_walk_to_a_known_door(precision: Precision) -> None:
    assert access_walk_m(precision, 80.0) == 0


def test_the_walk_is_half_the_radius_and_never_the_whole_street() -> None:
    assert access_walk_m(Precision.COMPOUND, 100.0) == 50.0
    assert access_walk_m(Precision.STREET, 5_000.0) == LONGEST_ACCESS_WALK_M


@given(st.floats(0, 1e5), st.floats(0, 1e5))
def test_a_larger_radius_never_shortens_the_walk(one: float, other: float) -> None:
    near, far = sorted((one, other))
    assert access_walk_m(Precision.STREET, near) <= access_walk_m(Precision.STREET, far)


def test_a_gazetteer_is_shared_between_threads(geocoder: GazetteerGeocoder) -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = ["5 Oak Avenue, Westham", "1 High Street, Eastham", "High Street"] * 50
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(geocoder.locate, texts)) == [geocoder.locate(text) for text in texts]


def test_the_file_may_have_any_name(tmp_path: Path) -> None:
    file = tmp_path / "安平 100%?.gazetteer"
    build_gazetteer(two_towns(tmp_path / "t.osm"), file)
    assert GazetteerGeocoder(file).geocode("5 Oak Avenue") is not None

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.datum import Datum, convert, to_wgs84
from routing.point import Point, distances_m

ABROAD = {
    **{"Seoul": (37.5665, 126.978), "Pyongyang": (39.03, 125.75), "Tokyo": (35.68, 139.69)},
    **{"Taipei": (25.033, 121.5654), "Kaohsiung": (22.62, 120.31), "Manila": (14.6, 120.98)},
    **{"Hong Kong": (22.28, 114.16), "Sheung Shui": (22.5015, 114.128), "Macau": (22.2, 113.545)},
    **{"Hanoi": (21.0285, 105.8542), "Vientiane": (17.97, 102.6), "Bangkok": (13.75, 100.5)},
    **{"Delhi": (28.61, 77.2), "Kathmandu": (27.7, 85.3), "Thimphu": (27.47, 89.64)},
    **{"Almaty": (43.24, 76.9), "Bishkek": (42.87, 74.57), "Ulaanbaatar": (47.92, 106.91)},
    **{"Vladivostok": (43.1, 131.9), "Khabarovsk": (48.48, 135.07), "London": (51.5, -0.13)},
}
MAINLAND = {
    **{"Beijing": (39.9, 116.4), "Shanghai": (31.23, 121.47), "Urumqi": (43.8, 87.6)},
    **{"Harbin": (45.8, 126.5), "Kunming": (25.04, 102.7), "Haikou": (20.04, 110.35)},
    **{"Shenzhen": (22.543, 114.06), "Zhuhai": (22.27, 113.57), "Xiamen": (24.48, 118.09)},
    **{"Kashgar": (39.47, 75.99), "Lhasa": (29.65, 91.1), "Dandong": (40.13, 124.37)},
    **{"Sanya": (18.25, 109.5), "Heihe": (50.245, 127.48), "Weihai": (37.5, 122.1)},
}
PAIRS = [(source, target) for source in Datum for target in Datum if source is not target]


def shift_m(lat: float, lon: float, source: Datum, target: Datum) -> float:
    return float(distances_m(lat, lon, *convert(lat, lon, source, target)))


@pytest.mark.parametrize("place", ABROAD.values(), ids=ABROAD)
@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_nothing_is_shifted_abroad(
    place: tuple[float, float], source: Datum, target: Datum
) -> None:
    assert shift_m(*place, source, target) == 0


@pytest.mark.parametrize("place", MAINLAND.values(), ids=MAINLAND)
def test_the_mainland_is_shifted_by_some_hundreds_of_metres(place: tuple[float, float]) -> None:
    assert 240 < shift_m(*place, Datum.WGS84, Datum.GCJ02) < 800
    assert 500 < shift_m(*place, Datum.GCJ02, Datum.BD09) < 1200


def test_known_pairs() -> None:
    """The examples that the readme of the widely used `coordtransform` library prints."""
    gcj02 = convert(39.915, 116.404, Datum.WGS84, Datum.GCJ02)
    assert gcj02.lat == pytest.approx(39.91640428150164, abs=1e-12)
    assert gcj02.lon == pytest.approx(116.41024449916938, abs=1e-12)
    bd09 = convert(39.915, 116.404, Datum.GCJ02, Datum.BD09)
    assert bd09.lat == pytest.approx(39.92133699351021, abs=1e-12)
    assert bd09.lon == pytest.approx(116.41036949371029, abs=1e-12)


# A rectangle well inside: where the outline runs through the shift there is no way back.
@given(st.floats(26, 40), st.floats(105, 115), st.sampled_from(PAIRS))
def test_there_and_back_is_the_same_to_a_hundredth_of_a_millimetre(
    lat: float, lon: float, pair: tuple[Datum, Datum]
) -> None:
    there = convert(lat, lon, *pair)
    back = convert(*there, pair[1], pair[0])
    assert distances_m(lat, lon, *back) < 1e-5


def test_baidu_to_wgs84_goes_by_gcj02() -> None:
    by_gcj02 = convert(*convert(31.2, 121.5, Datum.BD09, Datum.GCJ02), Datum.GCJ02, Datum.WGS84)
    direct = convert(31.2, 121.5, Datum.BD09, Datum.WGS84)
    assert distances_m(*by_gcj02, *direct) < 1e-5


def test_many_at_once_keep_their_order_and_shape() -> None:
    lat, lon = (
        np.array([[39.9, 25.03], [31.23, 22.28]]),
        np.array([[116.4, 121.56], [121.47, 114.16]]),
    )
    many = convert(lat, lon, Datum.GCJ02, Datum.WGS84)
    assert many.lat.shape == (2, 2)
    for cell in np.ndindex(2, 2):
        one = convert(lat[cell], lon[cell], Datum.GCJ02, Datum.WGS84)
        assert (many.lat[cell], many.lon[cell]) == (one.lat, one.lon)
    assert (many.lat[:, 1] == lat[:, 1]).all()  # Taipei and Hong Kong
    assert (many.lat[:, 0] != lat[:, 0]).all()


def test_the_arrays_given_are_not_changed() -> None:
    lat, lon = np.array([39.9]), np.array([116.4])
    convert(lat, lon, Datum.GCJ02, Datum.WGS84)
    assert (lat.tolist(), lon.tolist()) == ([39.9], [116.4])


def test_one_pair_becomes_a_point() -> None:
    assert to_wgs84(25.033, 121.5654, Datum.GCJ02) == Point(25.033, 121.5654)
    assert to_wgs84(39.9, 116.4, Datum.WGS84) == Point(39.9, 116.4)
    with pytest.raises(ValueError, match="latitude 116"):
        to_wgs84(116.4, 39.9, Datum.BD09)


def test_a_datum_may_be_given_by_its_word_and_an_unknown_one_is_refused() -> None:
    by_word = convert(39.9, 116.4, "gcj02", "wgs84")  # type: ignore[arg-type]
    assert by_word.lat == convert(39.9, 116.4, Datum.GCJ02, Datum.WGS84).lat
    with pytest.raises(ValueError, match="cgcs2000"):
        convert(39.9, 116.4, "cgcs2000", "wgs84")  # type: ignore[arg-type]

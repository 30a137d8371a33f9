"""The four Chinese services: what they are asked, how they answer, and how they refuse."""

from __future__ import annotations

import hashlib
from urllib.parse import quote_plus

import pytest
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderUnavailable,
)
from geopy.geocoders.base import Geocoder

from routing.datum import Datum, convert, to_wgs84
from routing.geocoders import amap, baidu, tencent, tianditu
from routing.geocoders.baidu import Baidu
from routing.geocoders.refusal import refusal
from routing.geocoding import GeocodeResult, Precision, locate
from routing.point import distance_m
from tests.routing.geocoders.recorded import (
    KEY,
    SECRET,
    always,
    asked_of,
    exchanges,
    geocoder,
    playing,
)
from tests.routing.little_server import serving

OURS = ("amap", "tianditu", "tencent", "baidu")
DOORS = {
    "amap": ("阜通东大街6号", 39.990496, 116.482086, Datum.GCJ02),
    "tianditu": ("莲花池西路28号", 39.894696, 116.290158, Datum.WGS84),
    "tencent": ("海淀西大街74号", 39.982915, 116.307015, Datum.GCJ02),
    "baidu": ("上地十街10号", 40.05682848596073, 116.3076223267197, Datum.BD09),
}


def found(service: str, name: str, address: str = "") -> GeocodeResult:
    with playing(service, name) as server:
        return locate(geocoder(service, server.url, "北京市"), address or DOORS[service][0])


@pytest.mark.parametrize("service", OURS)
def test_a_door_is_told_in_wgs84_with_the_datum_it_came_in(service: str) -> None:
    _, lat, lon, datum = DOORS[service]
    result = found(service, "door")
    assert result.point == to_wgs84(lat, lon, datum)
    assert (result.precision, result.source, result.datum) == (Precision.EXACT, service, datum)
    assert result.is_plannable
    # There and back: in its own datum it stands where the service said.
    assert result.point
    back = convert(result.point.lat, result.point.lon, Datum.WGS84, datum)
    assert (float(back.lat), float(back.lon)) == pytest.approx((lat, lon), abs=1e-8)


def test_the_datums_lie_apart_as_they_should() -> None:
    # GCJ-02 is some 600 m off in Beijing, BD-09 another 700 to 900 m.
    for service, least_m, most_m in (("amap", 450, 700), ("baidu", 900, 1_500)):
        _, lat, lon, datum = DOORS[service]
        apart_m = distance_m(to_wgs84(lat, lon, datum), to_wgs84(lat, lon, Datum.WGS84))
        assert least_m < apart_m < most_m


@pytest.mark.parametrize("service", OURS)
def test_a_street_is_told_as_one(service: str) -> None:
    assert found(service, "street").precision is Precision.STREET


@pytest.mark.parametrize("service", ["tianditu", "tencent", "baidu"])
def test_an_answer_that_the_service_doubts_waits_for_a_person(service: str) -> None:
    assert not found(service, "unsure").is_plannable


@pytest.mark.parametrize("service", OURS)
def test_nothing_found_is_no_error(service: str) -> None:
    assert found(service, "nothing").precision is Precision.NONE


def test_another_number_than_was_asked_for_is_only_the_street() -> None:
    for service, address in (("amap", "阜通东大街８号"), ("tencent", "海淀西大街7号")):
        result = found(service, "door", address)
        assert (result.precision, result.is_plannable) == (Precision.STREET, False)
        assert "the service knows number" in result.unmatched


def test_two_places_far_apart_wait_for_a_person() -> None:
    result = found("amap", "ambiguous")
    assert (result.precision, result.is_plannable) == (Precision.COMPOUND, False)
    assert result.unmatched == "the service knows 2 such places"
    with playing("amap", "ambiguous") as server:
        both = geocoder("amap", server.url).geocode("阜通", exactly_one=False)
    assert len(both) == 2


def test_baidu_tells_its_radius_and_its_chance() -> None:
    door, street = found("baidu", "door"), found("baidu", "street")
    assert (door.radius_m, door.confidence) == (100.0, 0.91)  # confidence 80, comprehension 100
    assert (street.radius_m, street.confidence) == (500.0, 0.5)  # 60, and not precise


REFUSED = {
    "wrong key": GeocoderAuthenticationFailure,
    "another machine": GeocoderInsufficientPrivileges,
    "too often": GeocoderRateLimited,
    "quota": GeocoderQuotaExceeded,
    "not understood": GeocoderQueryError,
}


@pytest.mark.parametrize("service", OURS)
@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_raised_as_geopy_has_it(service: str, name: str) -> None:
    if name not in exchanges(service):  # Tianditu's quota is told by 429, too
        return
    with playing(service, name) as server, pytest.raises(REFUSED[name]) as caught:
        geocoder(service, server.url).geocode(DOORS[service][0])
    assert type(caught.value) is REFUSED[name]
    told = f"{caught.value!r} {caught.value.__cause__!r}"
    assert KEY not in told
    assert DOORS[service][0] not in told
    assert "203.0.113" not in told  # nor our own address, which Tencent repeats


@pytest.mark.parametrize("module", [amap, tencent, baidu, tianditu])
def test_a_code_that_nobody_knows_is_a_failure_of_the_service(module: object) -> None:
    known = module.REFUSALS  # type: ignore[attr-defined]
    error = refusal(known, "99999-with-a-long-tail")
    assert type(error) is GeocoderServiceError
    assert error.code == "99999-with-a"


def test_a_code_is_read_by_what_tells_most_of_it() -> None:
    for code, kind in (
        ("10003", GeocoderQuotaExceeded), ("20001", GeocoderQueryError),
        ("20003", GeocoderUnavailable), ("32200", GeocoderQueryError),
        ("40000", GeocoderQuotaExceeded),
    ):  # fmt: skip
        assert type(refusal(amap.REFUSALS, code)) is kind
    assert type(refusal(baidu.REFUSALS, 211)) is GeocoderAuthenticationFailure
    assert type(refusal(baidu.REFUSALS, 210)) is GeocoderInsufficientPrivileges
    assert type(refusal(tencent.REFUSALS, 311)) is GeocoderAuthenticationFailure
    assert type(refusal(tencent.REFUSALS, 306)) is GeocoderQueryError


STRANGE: dict[str, list[object]] = {
    "amap": [{}, {"status": "1"}, {"infocode": "10000"}, {"infocode": "10000", "geocodes": [{}]}],
    "tianditu": [{"status": "0", "location": {"lon": "x"}}, {"status": "0", "location": 7}],
    "tencent": [{}, {"status": 0}, {"status": 0, "result": {"location": {}}}],
    "baidu": [{}, {"status": 0}, {"status": 0, "result": {"location": {"lng": 1e9, "lat": 1}}}],
}


@pytest.mark.parametrize("service", OURS)
def test_an_answer_of_another_form_is_told(service: str) -> None:
    for answer in ([], "text", 7, *STRANGE[service]):
        with (
            serving(always(answer)) as server,
            pytest.raises(GeocoderParseError) as caught,
        ):
            geocoder(service, server.url).geocode("某路1号")
        assert "某路" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_good_without_a_place_is_nothing_found() -> None:
    # Baidu's documentation says that it happens.
    for service, answer in (("baidu", {"status": 0, "result": []}), ("tianditu", {"status": "0"})):
        with serving(always(answer)) as server:
            assert geocoder(service, server.url).geocode("某路1号") is None


@pytest.mark.parametrize("service", OURS)
def test_the_city_narrows_the_question(service: str) -> None:
    with playing(service, "nothing") as server:
        assert isinstance(geocoder(service, server.url), Geocoder)
        geocoder(service, server.url, "宁波市").geocode("中山路1号")
        asked = asked_of(server)
        geocoder(service, server.url, "宁波市").geocode("宁波市中山路1号")
    if service in ("amap", "baidu"):
        assert (asked["city"], asked["address"]) == ("宁波市", "中山路1号")
    else:
        assert "宁波市中山路1号" in (asked.get("address") or asked["ds"])
        assert "宁波市宁波市" not in str(asked_of(server))


def test_baidu_is_not_sent_more_than_it_takes() -> None:
    long = "浙江省宁波市海曙区中山西路一百二十八弄三十六号东河花园二期十五幢二单元三〇二室"
    with playing("baidu", "door") as server:
        result = locate(geocoder("baidu", server.url), long)
        sent = asked_of(server)["address"]
    assert len(sent.encode()) == 84
    assert sent + result.unmatched == long


def test_baidu_signs_as_its_documentation_shows() -> None:
    class OfDocumentation(Baidu):
        path = "/geocoder/v2/"

    signer = OfDocumentation("yourak", secret_key="yoursk")
    asked = {"address": "百度大厦", "output": "json", "ak": "yourak"}
    assert signer.signature(asked) == {"sn": "7de5a22212ffaa9e326444c75a58f9a0"}
    assert Baidu("yourak").signature(asked) == {}


def test_amap_and_tencent_sign_sorted_parameters_before_encoding() -> None:
    with playing("amap", "door") as server:
        geocoder("amap", server.url, "北京", SECRET).geocode("阜通 6号")
        asked = asked_of(server)
    text = f"address=阜通 6号&city=北京&key={KEY}&output=JSON{SECRET}"
    assert asked["sig"] == hashlib.md5(text.encode()).hexdigest()
    with playing("tencent", "door") as server:
        geocoder("tencent", server.url, "", SECRET).geocode("海淀西大街74号")
        asked = asked_of(server)
        assert quote_plus(SECRET) not in server.asked[-1]
    text = f"/ws/geocoder/v1/?address=海淀西大街74号&key={KEY}&output=json{SECRET}"
    assert asked["sig"] == hashlib.md5(text.encode()).hexdigest()


@pytest.mark.parametrize("service", OURS)
def test_no_key_stands_in_a_repr(service: str) -> None:
    made = geocoder(service, "https://maps.lan", secret=SECRET)
    assert KEY not in repr(made)
    assert SECRET not in repr(made)

"""One service: what it answered before stands before its limits, and only the address is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from geopy.exc import GeocoderAuthenticationFailure, GeocoderTimedOut
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from routing.extent import Box
from routing.gazetteer.private import address_key
from routing.geocoders.level import DOOR
from routing.geocoders.limiter import Limiter, Limits
from routing.geocoders.online import OUTSIDE, KeylessService, OnlineService
from routing.geocoding import Precision
from tests.routing.geocoders.little_ledger import LittleAnswers, LittleClock, LittleLedger
from tests.routing.geocoders.recorded import always, exchanges, geocoder
from tests.routing.little_server import serving

CITY = Box(121.0, 29.5, 122.0, 30.5)


@dataclass
class Service:
    """A geocoder that answers with one place, or raises one error."""

    found: tuple[float, float] | None = (30.0, 121.5)
    error: Exception | None = None
    asked: list[str] = field(default_factory=list)

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        assert exactly_one
        assert timeout is None
        self.asked.append(query)
        if self.error:
            raise self.error
        if self.found is None:
            return None
        raw = {"precision": DOOR.precision, "radius_m": DOOR.radius_m, "confidence": 0.9}
        return Location("there", self.found, raw)


@dataclass
class Scene:
    service: Service
    limits: Limits = field(default_factory=lambda: Limits(1.0, 1_000))
    clock: LittleClock = field(default_factory=LittleClock)
    answers: LittleAnswers = field(default_factory=LittleAnswers)

    def __post_init__(self) -> None:
        limiter = Limiter("amap", self.limits, LittleLedger(), self.clock, self.clock.sleep)
        self.online = OnlineService("amap", self.service, CITY, limiter, self.answers)


def test_an_answer_is_kept_and_neither_asked_nor_waited_for_again() -> None:
    here = Scene(Service())
    first = here.online.locate("中山路1号")
    assert first is not None
    assert (first.precision, first.source) == (Precision.EXACT, "amap")
    for same in ("中山路1号", "中山路 １号", "中山路1號，13800000000"):
        assert here.online.locate(same) == first
    assert here.service.asked == ["中山路1号"]
    assert here.clock.slept_s == []
    tally = here.online.tally
    assert (tally.asked, tally.kept, tally.found, tally.failed) == (1, 3, 4, {})


@given(st.lists(st.sampled_from(["中山路1号", "中山路 1号", "解放路2号", "东河路3弄", "1 Oak"])))
def test_nothing_is_asked_twice(addresses: list[str]) -> None:
    here = Scene(Service())
    for address in addresses:
        here.online.locate(address)
    keys = list(map(address_key, here.service.asked))
    assert len(keys) == len(set(keys)) == len(set(map(address_key, addresses)))


def test_nothing_found_is_kept_too_and_without_the_address() -> None:
    here = Scene(Service(found=None))
    for _ in range(2):
        found = here.online.locate("幻想路9号")
        assert found is not None
        assert (found.point, found.precision) == (None, Precision.NONE)
    assert here.service.asked == ["幻想路9号"]
    assert "幻想路" not in repr(list(here.answers.kept.values()))


def test_telephone_numbers_and_names_are_not_sent() -> None:
    here = Scene(Service())
    here.online.locate("宁州市东河路18号，张先生 13800000000")
    assert here.service.asked == ["宁州市东河路18号"]


def test_a_failure_is_counted_in_words_and_not_kept() -> None:
    error = GeocoderAuthenticationFailure("key 123 for 中山路1号")
    error.code = "10001"
    here = Scene(Service(error=error))
    assert here.online.locate("中山路1号") is None
    assert here.online.tally.failed == {"it does not accept the key (10001)": 1}
    assert here.online.locate("中山路1号") is None  # it is left alone now
    assert here.online.tally.asked == 1
    assert sum(here.online.tally.failed.values()) == 2
    assert here.answers.kept == {}
    assert "中山路" not in repr(here.online.tally)


def test_each_try_is_a_question() -> None:
    here = Scene(Service(error=GeocoderTimedOut("slow")), Limits(1.0, 1_000, tries=3))
    assert here.online.locate("中山路1号") is None
    assert here.online.tally.asked == 3
    assert here.online.tally.failed == {"it did not answer in time": 1}


@pytest.mark.parametrize(("lat", "lon"), [(31.0, 121.5), (30.0, 120.5), (-30.0, 121.5)])
def test_a_place_outside_the_city_is_not_taken(lat: float, lon: float) -> None:
    here = Scene(Service(found=(lat, lon)))
    found = here.online.locate("中山路1号")
    assert found is not None
    assert (found.point, found.unmatched, found.is_plannable) == (None, OUTSIDE, False)
    assert here.online.tally.found == 0


def test_a_service_without_a_key_is_not_asked() -> None:
    service = KeylessService("amap", "DAYROUND_AMAP_KEY")
    assert service.locate("中山路1号") is None
    assert service.tally.failed == {"it has no key: set DAYROUND_AMAP_KEY": 1}
    assert service.tally.asked == 0


@pytest.mark.parametrize(
    "answer", [{"results": 7, "status": "OK"}, {"status": "OK", "results": [{}]}, [], "x", 7]
)
def test_an_answer_that_geopy_trips_over_is_told_as_one_that_cannot_be_read(answer: Any) -> None:
    with serving(always(answer)) as server:
        limiter = Limiter("google", Limits(1, 9), LittleLedger(), LittleClock())
        asked = geocoder("google", server.url)
        online = OnlineService("google", asked, CITY, limiter, LittleAnswers())
        assert online.locate("中山路1号") is None
    assert online.tally.failed == {"its answer cannot be read": 1}


def test_what_a_service_says_itself_is_not_repeated() -> None:
    told = exchanges("google")["quota"]
    with serving(always(told["answer"])) as server:
        limiter = Limiter("google", Limits(1, 9), LittleLedger(), LittleClock())
        asked = geocoder("google", server.url)
        online = OnlineService("google", asked, CITY, limiter, LittleAnswers())
        assert online.locate("37-20 74th St") is None
    assert online.tally.failed == {"its quota for this key is used up": 1}

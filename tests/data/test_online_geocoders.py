"""Addresses leave a city only where its setting says so in full, with who said it and when."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.backup import kept_files
from data.cities import CityFiles
from data.doctor import Finding, findings
from data.geocoder_answers import ACCOUNTS, ANSWERS, KeptAccounts, KeptAnswers
from data.geocoder_keys import FILE, GeocoderKeyError, Key, key_of
from data.home import Home
from data.online import Online, usual_name
from data.online_geocoders import (
    SETTING,
    GeocoderSettingError,
    OnlineSetting,
    notice,
    online_setting,
    put_online_setting,
)
from data.store import SqlStore, create_store
from routing.extent import Box
from routing.gazetteer.build import build_gazetteer
from routing.gazetteer.index import Gazetteer
from routing.geocoders.chain import Chain, tallies
from routing.geocoders.gazetteer import GazetteerGeocoder
from routing.geocoding import GeocodeResult, Precision, locate
from routing.point import Point
from scheduler.ports import By
from tests.data.built_city import add_city
from tests.data.test_cities import STREET
from tests.data.world import ALICE, TOWN
from tests.routing.geocoders.little_ledger import LittleClock
from tests.routing.little_places import two_towns
from tests.routing.little_server import LittleServer, Told, serving

LEAVE = "addresses_may_leave = true\n"
USE = 'use = ["nominatim"]\n'
UNKNOWN = "幻想路9号"
DOOR = {"lat": "30.0002", "lon": "122.004", "class": "place", "display_name": "幻想路",
        "osm_type": "node", "address": {"house_number": "9"}}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the city of one street."""
    made = Home(tmp_path / "home")
    create_store(made).close()
    add_city(made.cities, "dong", STREET)
    return made


@pytest.fixture
def folder(home: Home) -> Path:
    return home.cities / "dong"


@pytest.fixture
def server() -> Iterator[LittleServer]:
    with serving(lambda path, body: Told(200, [DOOR])) as running:  # noqa: ARG005
        yield running


def put(folder: Path, text: str) -> None:
    (folder / SETTING).write_text(text, encoding="utf-8")


def own_server(server: LittleServer) -> str:
    return f'{LEAVE}{USE}[nominatim]\nurl = "{server.url}"\nevery_s = 0.001\n'


def chained(folder: Path, **more: Any) -> Any:
    own = GazetteerGeocoder(folder / "gazetteer.sqlite")
    return Online(folder, **more).after(own, lambda: Box(121.9, 29.9, 122.1, 30.1))


# Off by default.


def test_a_city_without_the_file_connects_to_nobody(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was made")

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("DAYROUND_AMAP_KEY", "a key alone switches nothing on")
    geocoder = CityFiles(home.cities).geocoder("dong")
    assert isinstance(geocoder, GazetteerGeocoder)
    for address in ("东河路18号", UNKNOWN, "幻想路", ""):
        locate(geocoder, address)
    assert tallies(geocoder) == ()


def test_a_city_that_names_none_connects_to_nobody(folder: Path) -> None:
    put(folder, "addresses_may_leave = false\nuse = []\n")
    assert isinstance(CityFiles(folder.parent).geocoder("dong"), GazetteerGeocoder)


def test_a_city_asks_for_what_its_own_map_lacks_and_keeps_the_answer(
    folder: Path, server: LittleServer
) -> None:
    put(folder, own_server(server))
    geocoder = CityFiles(folder.parent).geocoder("dong")
    assert isinstance(geocoder, Chain)
    assert locate(geocoder, "东河路18号").source == "gazetteer"
    assert server.asked == []
    for again in (geocoder, CityFiles(folder.parent).geocoder("dong")):
        found = locate(again, UNKNOWN)
        assert (found.source, found.precision) == ("nominatim", Precision.EXACT)
        assert found.point == Point(30.0002, 122.004)
    assert len(server.asked) == 1  # the second time, by another process as it were
    assert "viewbox=121.98%2C29.98%2C122.03%2C30.02" in server.asked[0]


def test_what_lies_outside_the_city_is_not_taken(folder: Path) -> None:
    away = DOOR | {"lat": "31.0"}
    with serving(lambda path, body: Told(200, [away])) as server:  # noqa: ARG005
        put(folder, own_server(server))
        found = locate(CityFiles(folder.parent).geocoder("dong"), UNKNOWN)
    assert found.point is None
    assert "the place lies outside the city" in found.unmatched


def test_nothing_of_an_address_is_logged(
    folder: Path, server: LittleServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    put(folder, own_server(server))
    locate(CityFiles(folder.parent).geocoder("dong"), UNKNOWN)
    assert len(server.asked) == 1
    for hidden in ("幻想", "%E5%B9%BB", server.url):
        assert hidden not in caplog.text


def test_a_service_without_a_key_stops_no_other_answer(folder: Path) -> None:
    put(folder, f'{LEAVE}use = ["amap"]\n')
    geocoder = chained(folder, environ={})
    assert locate(geocoder, "东河路18号").precision is Precision.EXACT
    assert locate(geocoder, UNKNOWN).source == "gazetteer"
    (tally,) = tallies(geocoder)
    assert (tally.asked, tally.failed) == (0, {"it has no key: set DAYROUND_AMAP_KEY": 1})


def test_a_service_that_is_down_stops_no_other_answer(folder: Path) -> None:
    put(folder, f'{LEAVE}{USE}[nominatim]\nurl = "http://127.0.0.1:9"\n')
    clock = LittleClock()
    geocoder = chained(folder, clock=clock, sleep=clock.sleep, environ={})
    assert locate(geocoder, UNKNOWN).source == "gazetteer"
    (tally,) = tallies(geocoder)
    assert sum(tally.failed.values()) == 1


# The setting.


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (USE, "addresses would go to these services; write addresses_may_leave = true if they may"),
        ("addresses_may_leave = 1\n" + USE, "addresses would go to these services"),
        (LEAVE + 'use = ["goggle"]', "there is no service 'goggle'; there are amap, tianditu"),
        (LEAVE + 'use = "amap"', r"use is no list of services; write it as in \[\"amap\""),
        (LEAVE + "use = [7]", "use is no list of services"),
        (LEAVE + 'use = ["amap", "amap"]', "names a service twice"),
        (LEAVE + 'use = ["amap", "baidu", "here", "google"]', "use names 4 services; 3 are asked"),
        (
            LEAVE + 'use = ["pelias"]',
            r"pelias is a server of your own: name its url below \[",
        ),
        (LEAVE + USE + "proxy = 1", "'proxy' is not known; known: addresses_may_leave, city"),
        (LEAVE + USE + "city = 7", "city is no text in quotes"),
        (LEAVE + USE + "said_at = 2026-11-22", "said_at is no time with its zone"),
        (LEAVE + USE + "said_at = 2026-11-22T08:00:00", "said_at is no time with its zone"),
        (LEAVE + USE + "nothing_days = 0", "nothing_days should be a whole number above 0, at mo"),
        (LEAVE + USE + "amap = 7", r"amap is no table; write \[amap\]"),
        (LEAVE + USE + "[amap]\nspeed = 7", "amap.speed is not known; known: url, every_s, a_day"),
        (LEAVE + USE + "[amap]\na_day = 1.5", "amap.a_day should be a whole number above 0"),
        (LEAVE + USE + "[amap]\na_day = true", "amap.a_day should be a whole number above 0"),
        (LEAVE + USE + "[amap]\nevery_s = -1", "amap.every_s should be a number above 0, at most"),
        (LEAVE + USE + "[here]\nurl = 'http://here'", "here.url cannot be chosen"),
        (LEAVE + USE + "[amap]\nurl = 'maps.lan'", "amap.url should be as in http://127.0.0.1"),
        (LEAVE + USE + "[amap]\nurl = 'http://a:b@maps.lan'", "amap.url should be as in"),
        (LEAVE + USE + "[amap]\nurl = 7", "amap.url should be as in"),
        ("use =", "is no TOML"),
    ],
)
def test_a_fault_sends_nothing(folder: Path, text: str, fault: str) -> None:
    put(folder, text)
    with pytest.raises(GeocoderSettingError, match=rf"(?s)^dong/geocoders\.toml.*{fault}"):
        CityFiles(folder.parent).geocoder("dong")


def test_a_setting_that_is_no_text_sends_nothing(folder: Path) -> None:
    (folder / SETTING).write_bytes(b"\xff")
    with pytest.raises(GeocoderSettingError, match=r"dong/geocoders\.toml is not UTF-8 \(line 1\)"):
        CityFiles(folder.parent).geocoder("dong")


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    setting = OnlineSetting(
        use=("amap", "nominatim"),
        said_by='li "the \\ first"\n',
        said_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
        city="宁波市",
        contact="ops@lender.example",
        nothing_days=3,
        own={"amap": {"every_s": 0.1, "a_day": 9}, "nominatim": {"url": "http://maps.lan"}},
    )
    put_online_setting(setting, tmp_path / "dong")
    assert online_setting(tmp_path / "dong") == setting
    assert setting.of("amap", "a_day") == 9
    assert setting.of("baidu", "a_day") == 5_000
    assert (setting.of("nominatim", "url"), setting.of("amap", "url")) == ("http://maps.lan", "")


def test_a_setting_that_would_not_be_understood_is_not_kept(folder: Path) -> None:
    put(folder, LEAVE + USE)
    with pytest.raises(GeocoderSettingError, match="there is no service 'goggle'"):
        put_online_setting(OnlineSetting(use=("goggle",)), folder)
    assert online_setting(folder).use == ("nominatim",)


def test_the_notice_says_who_gets_what() -> None:
    own = {"nominatim": {"url": "http://maps.lan"}}
    told = notice(OnlineSetting(use=("amap", "nominatim"), own=own))
    assert "高德 Amap (restapi.amap.com), Nominatim (http://maps.lan)" in told
    assert "leave the building" in told


@pytest.fixture
def store(home: Home) -> Iterator[SqlStore]:
    opened = create_store(home)
    with opened.writing(ALICE) as writer:
        writer.put_city(TOWN)
    yield opened
    opened.close()


def test_switching_is_an_event_and_keeps_what_was_set_by_hand(
    folder: Path, store: SqlStore
) -> None:
    put(folder, "[amap]\na_day = 9\n")
    online, by = Online(folder), By("li", datetime(2026, 11, 22, 8, tzinfo=UTC))
    with store.writing(by) as writer:
        online.switch(writer, online.choice(by, ["amap", "baidu"], "宁波市"))
    setting = online.setting
    assert (setting.use, setting.said_by, setting.said_at) == (("amap", "baidu"), "li", by.at)
    assert (setting.city, setting.of("amap", "a_day")) == ("宁波市", 9)
    with store.writing(by) as writer:
        online.switch(writer, online.choice(by, []))
    assert (online.setting.use, online.setting.city) == ((), "宁波市")
    off, on, *_ = store.events(subject="dong")
    assert (on.kind, on.actor, on.city) == ("city.geocoders", "li", "dong")
    assert (on.before, on.after) == (
        {"use": [], "called": ""},
        {"use": ["amap", "baidu"], "called": "宁波市"},
    )
    assert off.after == {"use": [], "called": "宁波市"}


def test_what_is_refused_is_no_event(folder: Path, store: SqlStore) -> None:
    by = By("li", datetime(2026, 11, 22, 8, tzinfo=UTC))
    with pytest.raises(GeocoderSettingError, match="there is no service 'goggle'"):
        Online(folder).choice(by, ["goggle"])
    with pytest.raises(GeocoderSettingError), store.writing(by) as writer:
        Online(folder).switch(writer, OnlineSetting(use=("goggle",)))
    assert store.events(subject="dong") == []
    assert not (folder / SETTING).exists()


# Keys.


def test_a_key_comes_from_the_environment_or_a_private_file(tmp_path: Path) -> None:
    assert key_of("amap", tmp_path, {}) == Key()
    file = tmp_path / FILE
    file.write_text('amap = "of the file"\namap_secret = "signs"\n', encoding="utf-8")
    file.chmod(0o600)
    assert key_of("amap", tmp_path, {}) == Key("of the file", "signs")
    assert key_of("baidu", tmp_path, {}) == Key()
    environ = {"DAYROUND_AMAP_KEY": " told ", "DAYROUND_AMAP_SECRET": "signs, too"}
    assert key_of("amap", tmp_path, environ) == Key("told", "signs, too")
    elsewhere = {"DAYROUND_GEOCODER_KEYS": str(file)}
    assert key_of("amap", tmp_path / "other", elsewhere).text == "of the file"


@pytest.mark.skipif(os.name == "nt", reason="no modes on Windows")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    file = tmp_path / FILE
    file.write_text('amap = "hidden"\n', encoding="utf-8")
    file.chmod(mode)
    with pytest.raises(GeocoderKeyError, match=r"others can read the keys in .*: chmod 600"):
        key_of("amap", tmp_path, {})


@pytest.mark.parametrize("text", ["amap = hidden", 'amap = "hidden', "amap = 7777", "\udcff"])
def test_a_file_that_is_not_understood_shows_no_key(tmp_path: Path, text: str) -> None:
    file = tmp_path / FILE
    file.write_bytes(text.encode(errors="surrogateescape"))
    file.chmod(0o600)
    with pytest.raises(GeocoderKeyError) as caught:
        key_of("amap", tmp_path, {})
    assert "hidden" not in str(caught.value)
    assert "7777" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_key_stands_in_no_repr(folder: Path) -> None:
    assert "hidden" not in repr(Key("hidden", "hidden"))
    assert "hidden" not in repr(Online(folder, environ={"DAYROUND_AMAP_KEY": "hidden"}))


# What is kept.


def kept(folder: Path, clock: LittleClock) -> KeptAnswers:
    return KeptAnswers(folder, OnlineSetting().lasts, clock)


FOUND = GeocodeResult(Point(30.0, 122.0), Precision.STREET, 9.5, "amap", "东河路", "7", 0.7)
NOTHING = GeocodeResult(None, Precision.NONE, 0.0, "amap")


def test_answers_last_as_long_as_is_said_and_nothing_found_is_asked_sooner(folder: Path) -> None:
    clock = LittleClock()
    answers = kept(folder, clock)
    assert answers.find("amap", "东河路") is None
    answers.keep("amap", "东河路", FOUND)
    answers.keep("amap", "幻想路", NOTHING)
    assert answers.find("amap", "东河路") == FOUND
    assert answers.find("baidu", "东河路") is None
    clock.at += timedelta(days=13)
    assert answers.find("amap", "幻想路") == NOTHING
    clock.at += timedelta(days=1)
    assert answers.find("amap", "幻想路") is None
    clock.at += timedelta(days=165)
    assert answers.find("amap", "东河路") == FOUND
    clock.at += timedelta(days=1)
    assert answers.find("amap", "东河路") is None


def test_answers_are_private_hold_no_question_and_can_be_deleted(home: Home, folder: Path) -> None:
    answers = kept(folder, LittleClock())
    assert (answers.count(), answers.forget()) == (0, 0)
    answers.keep("amap", "某甲的幻想路九号", NOTHING)
    KeptAccounts(folder.parent).account("amap").__enter__()
    file = folder / ANSWERS
    assert "某甲".encode() not in file.read_bytes()
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
        assert (folder.parent / ACCOUNTS).stat().st_mode & 0o777 == 0o600
    assert not {ANSWERS, ACCOUNTS} & {path.name for path in kept_files(home)}  # in no backup
    assert answers.forget() == 1
    assert not file.exists()


def test_an_account_is_one_for_all_who_ask(folder: Path) -> None:
    with KeptAccounts(folder).account("amap") as account:
        account.next_at, account.failures = 7.5, 2
        account.spent[490_000] = 3
    with KeptAccounts(folder).account("amap") as again:
        assert (again.next_at, again.failures, again.spent) == (7.5, 2, {490_000: 3})
    with KeptAccounts(folder).account("baidu") as other:
        assert other.spent == {}


def test_an_account_that_failed_half_way_stays_as_it_was(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), KeptAccounts(folder).account("amap") as account:
        account.failures = 1 // 0
    with KeptAccounts(folder).account("amap") as again:
        assert again.failures == 0


# What the city is called, where it lies, and what the doctor says.


def test_a_city_is_called_as_its_own_map_calls_it_where_that_names_one(tmp_path: Path) -> None:
    build_gazetteer(two_towns(tmp_path / "towns.osm"), tmp_path / "towns.sqlite")
    assert usual_name(Gazetteer(tmp_path / "towns.sqlite")) == ""
    files = CityFiles(tmp_path)
    assert files.usual_name("nowhere") == ""


def test_the_doctor_says_where_addresses_go_and_which_key_is_lacking(
    home: Home, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DAYROUND_AMAP_KEY", raising=False)

    def told() -> Finding:
        return next(found for found in findings(home) if found.what == "map services of dong")

    assert (told().is_well, told().text) == (True, "none: no address leaves the building")
    put(folder, f'{LEAVE}use = ["amap", "nominatim"]\nsaid_by = "li"')
    assert not told().is_well
    assert told().text == (
        "addresses go to amap, nominatim, as li said; without a key: set DAYROUND_AMAP_KEY"
    )
    monkeypatch.setenv("DAYROUND_AMAP_KEY", "hidden")
    assert (told().is_well, told().text) == (True, "addresses go to amap, nominatim, as li said")
    put(folder, USE)
    assert "addresses_may_leave = true if they may" in told().text

"""Navigators: none unless an administrator allows some, and then told by coordinates alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.navigators import EVENT, SETTING, NavigatorSettingError, allowed, navigator_setting
from routing.navigation import NAVIGATORS
from tests.data.world import TODAY
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from web.phone.brought.taking_in import take_in_waiting

PAGE = "/settings/cities/Town/navigators"
DAY = f"/my/{TODAY}/day.json"


def folder(world: World) -> Path:
    return world.wired.cities.path("Town")


def agree(world: World, *use: str, **more: str) -> Any:
    return world.visitor("ada").post(PAGE, {"use": list(use), **more})


def places(world: World) -> Iterator[dict[str, Any]]:
    told = world.visitor("alice").get(DAY).get_json()
    yield from (one["place"] for one in told["stops"] if one["kind"] == "visit")


def test_none_is_allowed_by_itself(world: World) -> None:
    assert world.visitor("alice").get(DAY).get_json()["navigators"] == []
    assert [one["links"] for one in places(world)] == [{}]
    assert "no position of a door leaves the building" in world.visitor(
        "ada", **{"Accept-Language": "en"}
    ).page(PAGE)


def test_what_is_allowed_stands_at_every_door(world: World) -> None:
    assert agree(world, "amap", "google", consent="yes").status_code == 302
    told = world.visitor("alice").get(DAY).get_json()
    assert told["navigators"] == [[one, NAVIGATORS[one].title] for one in ("amap", "google")]
    (place,) = places(world)
    assert list(place["links"]) == ["amap", "google"]
    assert "destination=25.010000,121.500000" in place["links"]["google"]  # Taipei: no shift
    assert not any(part in str(place["links"]) for part in ("王", "中山路", "B1"))
    (event,) = [one for one in world.wired.store.events(limit=50) if one.kind == EVENT]
    assert (event.actor, event.after) == ("ada", {"navigators": ["amap", "google"]})


def test_without_consent_nothing_is_kept(world: World) -> None:
    answer = agree(world, "amap")
    assert answer.status_code == 400
    assert allowed(folder(world)) == ()
    assert 'value="amap" checked' in answer.text  # what was chosen stays in the form


def test_an_unknown_one_is_refused_and_all_can_be_taken_back(world: World) -> None:
    agree(world, "apple", consent="yes")
    assert agree(world, "apple", "atlas", consent="yes").status_code == 400
    assert allowed(folder(world)) == ("apple",)
    assert agree(world).status_code == 302
    assert navigator_setting(folder(world)).use == ()


@pytest.mark.parametrize("who", ["dora", "alice", "nemo"])
def test_only_an_administrator_allows_them(world: World, who: str) -> None:
    assert world.visitor(who).get(PAGE).status_code == 403
    assert world.visitor(who).post(PAGE, {"use": "amap", "consent": "yes"}).status_code == 403
    assert allowed(folder(world)) == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('use = ["amap"]\n', "doors_may_leave = true"),
        ('doors_may_leave = true\nuse = ["atlas"]\n', "there is no navigator 'atlas'"),
        ("doors_may_leave = true\nuse = 3\n", "no list of navigators"),
        ("use = [\n", "is no TOML"),
        ("goes = 1\n", "'goes' is not known"),
        ("said_by = 3\n", "said_by is no text"),
        ("said_at = 2026-11-23T09:00:00\n", "said_at is no time with its zone"),
    ],
)
def test_a_file_that_is_not_understood_allows_nothing(world: World, text: str, fault: str) -> None:
    folder(world).mkdir(exist_ok=True)
    (folder(world) / SETTING).write_text(text, encoding="utf-8")
    with pytest.raises(NavigatorSettingError, match=r"^Town/navigators.toml") as told:
        navigator_setting(folder(world))
    assert fault in str(told.value)
    assert world.visitor("alice").get(DAY).get_json()["navigators"] == []
    assert SETTING in world.visitor("ada").page(PAGE)


def test_opening_one_is_an_event_that_names_the_navigator_alone(world: World) -> None:
    phone = let_in(world, "alice")
    key = phone.record("navigate", "B1", navigator="amap", note="王小明 中山路 1 号")
    phone.bring()
    take_in_waiting(world.app)
    assert phone.ask(key)[key]["state"] == "applied"
    (event,) = [one for one in world.wired.store.events(limit=9) if one.kind == "door.navigated"]
    assert event.subject == "B1"
    assert event.after
    assert (event.after["navigator"], event.after["visit"]) == ("amap", "B1")
    assert "中山路" not in str(event.after)

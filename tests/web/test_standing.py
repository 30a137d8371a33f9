"""Where a collector's phone stands: told at two presses, kept where it is of use, else nowhere."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from data.store.rounds import Rounds
from routing.point import Point
from scheduler.ports import Mark, MarkKind
from tests.data.world import TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World, trip
from tests.web.phone_days import at_eleven, publish, put_city
from tests.web.test_phone import DAY, VISIT, alice, begun, press

HERE = {"lat": "25.0123456789", "lon": "121.5", "accuracy_m": "12.5"}
POINT = Point(25.012346, 121.5)


def marks(world: World) -> dict[tuple[MarkKind, str], Mark]:
    rounds = Rounds(world.wired.store.engine)
    found = rounds.round("Town", TODAY, "alice")
    assert found is not None
    told = rounds.progress("Town", found, "alice").marks
    return {(mark.kind, mark.visit_id): mark for mark in told}


def arrived_with(world: World, **told: str) -> Mark:
    assert press(begun(world), f"{VISIT}/arrive", **told).status_code == 302
    return marks(world)[MarkKind.ARRIVE, "B1"]


def test_arrive_and_leave_keep_where_the_phone_stood(world: World) -> None:
    arrived = arrived_with(world, **HERE)
    assert (arrived.stood, arrived.accuracy_m) == (POINT, 12.5)
    press(alice(world), f"{VISIT}/leave", **HERE | {"accuracy_m": "8"})
    left = marks(world)[MarkKind.LEAVE, "B1"]
    assert (left.stood, left.accuracy_m) == (POINT, 8.0)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"lat": "25", "lon": "121.5"},
        HERE | {"lat": "nan"},
        HERE | {"lat": "90.1"},
        HERE | {"lon": "inf"},
        HERE | {"lon": "north"},
        HERE | {"accuracy_m": "nan"},
        HERE | {"accuracy_m": "0"},
        HERE | {"accuracy_m": "-3"},
        HERE | {"accuracy_m": "100.1"},
        HERE | {"accuracy_m": "inf"},
        HERE | {"accuracy_m": ""},
    ],
)
def test_a_press_without_a_position_of_use_is_a_press(world: World, told: dict[str, str]) -> None:
    arrived = arrived_with(world, **told)
    assert (arrived.stood, arrived.accuracy_m) == (None, None)


def test_a_city_may_do_without(world: World) -> None:
    put_city(world, profile="US", learns_doors=False)
    assert arrived_with(world, **HERE).stood is None
    assert "standing.js" not in alice(world).page("/my/day")


def test_the_page_says_what_is_told_and_asks_only_at_a_door(world: World) -> None:
    assert "standing.js" not in alice(world).page("/my/day"), "the day has not begun"
    page = begun(world).page("/my/day")
    assert "Tell where I stand when I arrive and leave" in page
    assert "forgotten after 180 days" in page
    assert page.count("data-stands") == 1
    chinese = world.visitor("alice", **{"Accept-Language": "zh"}).page("/my/day")
    assert "到达和离开时告知我所在的位置" in chinese


def test_beginning_the_day_tells_no_position(world: World) -> None:
    press(alice(world), f"{DAY}/begin", **HERE)
    assert marks(world)[MarkKind.BEGIN, ""].stood is None


def test_a_door_that_is_left_by_arriving_elsewhere_was_not_there(world: World) -> None:
    publish(
        world, replace(trip("alice", "B1"), stops=(*trip("alice", "B1").stops, at_eleven("B2")))
    )
    phone = begun(world)
    press(phone, f"{DAY}/v2/1/arrive", **HERE)
    press(phone, f"{DAY}/v2/2/arrive", **HERE | {"lat": "25.02"})
    found = marks(world)
    assert found[MarkKind.LEAVE, "B1"].stood is None
    assert found[MarkKind.ARRIVE, "B2"].stood == Point(25.02, 121.5)


def test_a_press_that_is_sent_again_keeps_the_first_position(world: World) -> None:
    phone = begun(world)
    for lat in ("25.01", "25.02"):
        told = HERE | {"lat": lat}
        assert press(phone, f"{VISIT}/leave", key="one-press", **told).status_code == 302
        assert press(phone, f"{VISIT}/arrive", key="the-press", **told).status_code == 302
    assert marks(world)[MarkKind.ARRIVE, "B1"].stood == Point(25.01, 121.5)


def test_no_log_and_no_event_tells_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        arrived_with(world, **HERE)
    assert "25.0123" not in caplog.text
    assert all("25.0123" not in str(event) for event in world.wired.store.events(limit=100))


def test_the_phones_pages_alone_may_ask_the_browser(world: World) -> None:
    phone, asked = alice(world), "geolocation=(self)"
    assert asked in phone.get("/my/day").headers["Permissions-Policy"]
    for path in ("/password", "/no-such", f"/Town/{TODAY}/"):
        for who in ("alice", "dora"):
            told = world.visitor(who).get(path).headers["Permissions-Policy"]
            assert "geolocation=()" in told

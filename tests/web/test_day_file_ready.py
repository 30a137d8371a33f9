"""A server makes one day's file beside the pages, and what it needs is loaded by then."""

from __future__ import annotations

import logging

import pytest

from tests.data.world import TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.phone_days import full_trip, publish
from web.context import wired
from web.phone.day_file import readying
from web.phone.day_file.kept import KEY
from web.phone.room import MyDay


def whose_day(world: World) -> MyDay | None:
    with world.app.test_request_context():
        return readying.somebodys_day(wired().store.city("Town"))


def test_the_day_is_that_of_a_collector_whom_the_published_plan_sends_out(world: World) -> None:
    day = whose_day(world)
    assert day is not None
    assert (day.on, day.round.crew.members) == (TODAY, (day.collector_id,))
    publish(world, full_trip("bob"))
    later = whose_day(world)
    assert later is not None
    assert later.collector_id == "bob"


def test_where_nobody_goes_out_nothing_is_made(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[MyDay | None] = []
    monkeypatch.setattr(readying, "made", made.append)
    world.clock.pass_by(days=1)
    readying.make_ready(world.app)
    assert made == [None]
    world.clock.pass_by(days=-1)
    readying.make_ready(world.app)
    assert made[1] is not None
    assert made[1].on == TODAY


def test_a_file_is_made_and_none_is_kept_for_it_was_nobodys_question(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    events = world.wired.store.events()
    readying.make_ready(world.app)
    assert caplog.records == []
    assert KEY not in world.app.extensions
    assert world.wired.store.events() == events, "nobody has looked at anything"


def test_what_fails_is_told_to_the_log_and_stops_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_day: MyDay | None) -> None:
        raise OSError("the disk is away")

    monkeypatch.setattr(readying, "made", broken)
    readying.make_ready(world.app)
    assert [one.levelno for one in caplog.records] == [logging.ERROR]

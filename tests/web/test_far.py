"""Far from the door: the phone asks why, and the desk reads it on the stop's sheet."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.test_dispatch import DAY, english
from web.phone.brought.taking_in import take_in_waiting

WHERE = f"{DAY}/desk/stop/B1"


def arrive(world: World, **body: Any) -> str:
    """Arrive at B1 as a phone tells it, and return what the desk's sheet says then."""
    phone = let_in(world, "alice")
    phone.record("arrive", "B1", **body)
    phone.bring()
    take_in_waiting(world.app)
    return english(world).page(WHERE)


def test_the_desk_reads_how_far_and_why(world: World) -> None:
    page = arrive(world, far_m=180, why="gate")
    assert "180 m from the door" in page
    assert "Stopped at the gate" in page


def test_the_desk_reads_that_a_reason_was_said_before(world: World) -> None:
    page = arrive(world, far_m=1800, why="phone", repeated=True)
    assert "The phone is wrong about where it is · as said before that day" in page


def test_what_is_noted_holds_no_position(world: World) -> None:
    arrive(world, far_m=180, why="gate", lat=25.02, lon=121.5, accuracy_m=12)
    (event,) = [one for one in world.wired.store.events(limit=50) if one.kind == "visit.far"]
    assert event.subject == "B1"
    assert event.after is not None
    assert sorted(event.after) == ["at", "device", "far_m", "key", "visit", "what", "why"]


@pytest.mark.parametrize(
    "body", [{}, {"far_m": 180}, {"far_m": "far", "why": "gate"}, {"far_m": 180, "why": "words"}]
)
def test_what_the_page_does_not_ask_is_not_noted(world: World, body: dict[str, Any]) -> None:
    assert "m from the door" not in arrive(world, **body)
    assert world.events("visit.far") == []

"""Cities are made ready once, by the first who asks; what stands in the way is nobody's wait."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import cast

from scheduler.errors import NotFoundError
from web.slots.readying import Readying
from web.wiring import Wired

TODAY = date(2026, 11, 23)


class Slots:
    """Town has a plan, Village none yet, and of Ruin nothing is known."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def make_ready(self, city: str) -> bool:
        self.asked.append(city)
        if city == "Ruin":
            raise NotFoundError("there is no city Ruin")
        return city == "Town"


def readying_of(slots: Slots) -> Readying:
    return Readying(cast(Wired, SimpleNamespace(slots=slots)))


def test_a_city_is_made_ready_once_and_one_without_a_plan_again() -> None:
    slots = Slots()
    readying = readying_of(slots)
    for city in ("Town", "Village", "Ruin") * 2:
        readying.make(city)
    assert slots.asked == ["Town", "Village", "Ruin", "Village"]


def test_a_day_that_is_open_is_looked_at_once() -> None:
    slots = Slots()
    readying = readying_of(slots)
    readying.make("Town")
    readying.look("Town", TODAY)
    assert readying.looked == set(), "it is ready"
    for _ in range(3):
        readying.look("Village", TODAY)
    assert readying.looked == {("Village", TODAY)}
    with readying.lock:
        assert slots.asked.count("Village") <= 1

"""True days of a made-up town: slower than told, lasting as long as they do, never before hours."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.profiles import TomlProfiles
from data.store import SqlStore
from data.store.driven import read_driven
from data.towns.past import visited_on
from scheduler.figures import Span
from scheduler.forecast import learn, recorded
from tests.data.story import ZONE
from tests.data.towns.test_past import TODAY, live, rows  # noqa: F401  a fixture


@pytest.fixture(scope="module")
def book(live: Callable[[int, int], SqlStore]) -> SqlStore:  # noqa: F811
    return live(7, 40)


def test_what_phones_told_of_a_past_teaches_that_visits_are_shorter_than_planned(
    book: SqlStore,
) -> None:
    days = visited_on(TODAY)
    driven = read_driven(book.engine, TomlProfiles(), "Town", Span(min(days), max(days)))
    told = recorded(driven)
    assert len(told.lengths) > 20
    learned = learn(told, 20 * 60)
    # Half are met, for 17 minutes, and the others not, for 6: some 12 to 15, drawn to 20.
    assert 12 * 60 <= learned.service_s < 20 * 60
    assert learned.spreads.met.median_s > 2 * learned.spreads.not_met.median_s


def test_nobody_stands_at_a_door_outside_the_hours_of_the_house(book: SqlStore) -> None:
    clocks = [one["at"].astimezone(ZONE).strftime("%H:%M") for one in rows(book, "visit_mark")]
    assert clocks
    assert min(clocks) >= "09:00"
    assert max(clocks) <= "20:30"

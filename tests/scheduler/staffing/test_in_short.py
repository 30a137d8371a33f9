"""A plan's day in few figures, of what somebody sees of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.forecast import SpreadsNow
from scheduler.staffing.foretelling import Foretelling, foretell
from scheduler.staffing.in_short import InShort, in_short
from scheduler.staffing.told import CrewTold, Told
from tests.scheduler.staffing.test_believed import a_day, likely

TOLD = Told(
    {"v1": 0.9, "v2": 0.7, "v3": 0.5},
    {"a": CrewTold(100, 200, 0.25, 0), "b": CrewTold(100, 300, 0.5, 1)},
    1.0,
)
FOUND = Foretelling(TOLD, SpreadsNow(), frozenset({"v2"}))


def test_means_counts_and_the_latest_crew_are_told() -> None:
    short = in_short(FOUND, {"v1", "v2", "v3"}, {"a", "b"})
    assert (short.visits, short.low, short.musts) == (3, 2, 1)
    assert short.on_time == pytest.approx(0.7)
    assert short.musts_on_time == pytest.approx(0.7)
    assert (short.home_most_s, short.overtime) == (300, 0.75)


def test_it_is_of_the_visits_and_crews_that_are_seen() -> None:
    short = in_short(FOUND, {"v1", "gone"}, {"a"})
    assert short == InShort(1, 0.9, 0, None, 0, 200, 0.25)
    assert in_short(FOUND, (), ()) == InShort(0, None, 0, None, 0, None, 0)


def test_must_visits_are_those_of_the_problem() -> None:
    day, plan = a_day(likely(1), replace(likely(2), is_required=True))
    assert foretell(day, plan, SpreadsNow()).musts == {"v2"}

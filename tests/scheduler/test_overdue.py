"""Whom the desk asks after, and what a crew's own word of being late changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler.field.lateness import told_lateness
from scheduler.field.overdue import HOUSE, Awaited, Overdue, Patience, overdue, patience_of
from scheduler.plan import Plan
from scheduler.ports import Late, MarkKind, Told
from scheduler.problem import CrewBreak
from scheduler.running import State
from tests.data.world import TOWN
from tests.problems import MINUTE_S
from tests.scheduler.running_days import ORIGIN, mark, running, told_of
from tests.scheduler.test_running import at, expected, line

BEGIN, ARRIVE, LEAVE = MarkKind.BEGIN, MarkKind.ARRIVE, MarkKind.LEAVE


@pytest.mark.parametrize(
    ("what", "minutes"), [(Awaited.BEGIN, 15), (Awaited.ARRIVE, 15), (Awaited.LEAVE, 45)]
)
def test_nobody_is_asked_after_before_the_house_says_so(what: Awaited, minutes: int) -> None:
    wait_s = minutes * MINUTE_S
    assert overdue(what, 1000, None, 1000 + wait_s - 1) is None
    assert overdue(what, 1000, None, 1000 + wait_s) == Overdue(what, 1000, wait_s)


def test_who_has_told_anything_since_is_not_lost() -> None:
    assert overdue(Awaited.ARRIVE, 0, 600, 600 + HOUSE.arrive_s - 1) is None
    assert overdue(Awaited.ARRIVE, 0, 600, 600 + HOUSE.arrive_s) is not None
    early = overdue(Awaited.ARRIVE, 1000, 600, 1000 + HOUSE.arrive_s)
    assert early is not None, "what was told before it was due does not count"


def test_a_city_waits_as_long_as_it_says() -> None:
    assert patience_of(TOWN) == HOUSE
    patient = replace(TOWN, arrive_within_min=30, leave_within_min=5)
    assert patience_of(patient) == Patience(1800, 300)


def told_with(plan: Plan, *told: Late, **more: object) -> Told:
    return replace(told_of(plan), lates=told, **more)  # type: ignore[arg-type]


def late(minute: float, minutes: float) -> Late:
    return Late("a", ORIGIN + timedelta(seconds=at(minute)), timedelta(minutes=minutes))


def test_a_day_that_was_not_begun_is_asked_after_once_it_should_have() -> None:
    problem, plan = line(None)  # planned to leave at eight
    for minute, is_asked in ((14, False), (15, True)):
        found = running(problem, plan, told_of(plan), at(minute)).crews["a"].overdue
        assert (found is not None) is is_asked
        assert found is None or found.what is Awaited.BEGIN
    begun = told_of(plan, mark("a", BEGIN, at(0)))
    assert running(problem, plan, begun, at(24)).crews["a"].overdue is None
    missed = running(problem, plan, begun, at(25)).crews["a"].overdue
    assert missed == Overdue(Awaited.ARRIVE, at(10), 15 * MINUTE_S)


def test_a_crew_that_was_to_come_after_its_break_is_asked_after_too() -> None:
    rest = CrewBreak("tea", (at(30), at(60)), 15 * MINUTE_S)
    problem, plan = line(None, None, breaks=(rest,))
    assert [stop.id for stop in plan.itineraries[0].stops] == ["v1", "tea", "v2"]
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1"))
    # Fifteen minutes of break, ten of way: at the second door at 8:55.
    found = running(problem, plan, told, at(70)).crews["a"].overdue
    assert found == Overdue(Awaited.ARRIVE, at(55), 15 * MINUTE_S)


def test_who_has_ended_her_day_or_made_all_of_it_is_not_asked_after() -> None:
    problem, plan = line(None, None)
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1"))
    assert running(problem, plan, told, at(90)).crews["a"].overdue is not None
    ended = replace(told, ended={"a": ORIGIN + timedelta(seconds=at(31))})
    assert running(problem, plan, ended, at(90)).crews["a"].overdue is None
    again = replace(told, ended={"a": ORIGIN + timedelta(seconds=at(20))})
    assert running(problem, plan, again, at(90)).crews["a"].overdue is not None, "she went on"
    problem, plan = line(None)
    told = told_of(plan, mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1"))
    assert running(problem, plan, told, at(600)).crews["a"].overdue is None


def test_a_crew_that_says_it_is_late_shifts_the_rest_of_its_day() -> None:
    problem, plan = line(None, (0, 65))  # the second may begin until 9:05
    found = running(problem, plan, told_with(plan, late(1, 20)), at(2))
    assert expected(found) == {"v1": (30, State.LATE), "v2": (60, State.TIGHT)}
    worse = running(problem, plan, told_with(plan, late(1, 30)), at(2))
    assert expected(worse)["v2"] == (70, State.MISSED)
    assert worse.crews["a"].said is not None
    assert running(problem, plan, told_with(plan, late(1, 0)), at(2)).plan == plan


def test_at_the_door_she_says_how_late_she_comes_to_the_next() -> None:
    problem, plan = line(None, None)
    door = mark("a", ARRIVE, at(10), "v1")
    told = replace(told_of(plan, door), lates=(late(12, 25),))
    assert expected(running(problem, plan, told, at(13)))["v2"] == (65, State.LATE)


def test_a_check_in_after_it_wins_and_before_it_does_not() -> None:
    problem, plan = line(None, None)
    came = mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1")
    earlier = replace(told_of(plan, *came), lates=(late(5, 60),))
    assert expected(running(problem, plan, earlier, at(31)))["v2"] == (40, State.ON_TIME)
    later = replace(told_of(plan, *came), lates=(late(31, 20),))
    assert expected(running(problem, plan, later, at(32)))["v2"] == (60, State.LATE)
    # No word brings her to a door before the roads do: she left it a quarter of an hour late.
    slow = mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(45), "v1")
    hopeful = replace(told_of(plan, *slow), lates=(late(46, 5),))
    assert expected(running(problem, plan, hopeful, at(46)))["v2"] == (55, State.LATE)


def test_nobody_asks_after_a_crew_for_as_long_as_it_said() -> None:
    problem, plan = line(None)
    told = told_with(plan, late(1, 30))
    assert running(problem, plan, told, at(44)).crews["a"].overdue is None
    found = running(problem, plan, told, at(45)).crews["a"].overdue
    assert found == Overdue(Awaited.BEGIN, at(30), 15 * MINUTE_S)


@pytest.mark.parametrize(
    ("body", "minutes"),
    [({"minutes": 20}, 20), ({"minutes": "20"}, 20), ({"minutes": 0}, 0)],
)
def test_minutes_are_read_as_phones_send_them(body: dict[str, object], minutes: int) -> None:
    assert told_lateness(body) == timedelta(minutes=minutes)


@pytest.mark.parametrize("minutes", ["", None, "soon", -5, 721, 1.5])
def test_what_is_no_number_of_minutes_shifts_nothing(minutes: object) -> None:
    assert told_lateness({"minutes": minutes}) is None
    assert told_lateness({}) is None

"""Which ways and visits are believed, and why others are not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from routing.paces import ModePaces, Paces
from routing.travel import Mode, Spot
from scheduler.forecast import Aside, recorded
from tests.scheduler.forecast.driven import EAST, HOUR_S, day, visit

THREE = (visit(0), visit(1), visit(2))


def test_a_day_driven_as_planned_tells_a_leg_between_doors_and_the_length_of_each_visit() -> None:
    told = recorded([day(THREE)])
    # Left at 9:20 and 9:50, arrived ten minutes later each.
    assert [(one.leave_s, one.took_s, one.planned_s) for one in told.legs] == [
        (9 * HOUR_S + 1200, 600, 600),
        (9 * HOUR_S + 3000, 600, 600),
    ]
    assert [one.took_s for one in told.lengths] == [1200, 1200, 1200]
    assert not told.aside


def test_doors_in_another_order_are_asked_of_the_roads_once_for_all_pairs() -> None:
    first, second, third = THREE
    later: dict[str, Any] = {"arrived_s": third.arrived_s, "left_s": third.left_s}
    earlier: dict[str, Any] = {"arrived_s": second.arrived_s, "left_s": second.left_s}
    swapped = day([first, replace(second, **later), replace(third, spot=Spot(EAST), **earlier)])
    asked = []

    def roads(ways: Any) -> list[int | None]:
        asked.append(len(ways))
        return [500, None]

    told = recorded([swapped], roads)
    assert asked == [2]
    assert [(one.to, one.planned_s, one.took_s) for one in told.legs] == [(EAST, 500, 600)]
    assert told.aside == {Aside.NO_WAY: 1}


def test_what_was_planned_at_learned_paces_is_told_of_the_roads_alone_too() -> None:
    slow = Paces((0,), (ModePaces(Mode.CAR, (1.2,)),))
    told = recorded([day(THREE, paces=slow)])
    assert [one.base_s for one in told.legs] == pytest.approx([500, 500])


@pytest.mark.parametrize(
    ("changes", "why", "legs"),
    [
        ({"left_s": None}, Aside.MARK_MISSING, 0),
        ({"left_s": 9 * HOUR_S + 1700}, Aside.LEFT_BEFORE_ARRIVAL, 0),
        ({"left_s": 9 * HOUR_S + 1805}, Aside.PRESSED_TOGETHER, 0),
        ({"left_s": 20 * HOUR_S}, Aside.TOO_LONG_VISIT, 0),
        ({"was_made": False}, Aside.NOT_MADE, 2),
        ({"was_met": None}, Aside.NO_RESULT, 2),
    ],
)  # fmt: skip
def test_a_visit_that_is_not_believed_breaks_the_ways_around_it(
    changes: dict[str, Any], why: Aside, legs: int
) -> None:
    told = recorded([day([visit(0), visit(1, **changes), visit(2)])])
    assert told.aside[why] == 1
    assert len(told.lengths) == 2
    # The way from the first door to the third would hold a visit.
    assert len(told.legs) == legs


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"arrived_s": 9 * HOUR_S + 1100}, Aside.OVERLAPS),
        ({"arrived_s": 9 * HOUR_S + 1205}, Aside.TOLD_LATER),
        ({"planned_start_s": 9 * HOUR_S + 1800 + 121}, Aside.WAITED),
        ({"planned_leg_s": 59}, Aside.NEXT_DOOR),
        ({"planned_leg_s": 60, "arrived_s": 9 * HOUR_S + 1200 + 1441}, Aside.TOO_LONG),
        ({"planned_after": "", "spot": None}, Aside.NO_WAY),
    ],
)
def test_a_way_that_tells_nothing_of_roads_is_set_aside(
    changes: dict[str, Any], why: Aside
) -> None:
    told = recorded([day([visit(0), visit(1, left_s=9 * HOUR_S + 3000, **changes)])])
    assert told.aside == {why: 1}
    assert not told.legs
    assert len(told.lengths) == 2


@pytest.mark.parametrize("rest_s", [(9 * HOUR_S + 1300, 9 * HOUR_S + 1500)])
def test_a_way_with_a_planned_break_in_it_is_set_aside(rest_s: tuple[int, int]) -> None:
    told = recorded([day(THREE, rests=(rest_s,))])
    assert told.aside == {Aside.BREAK: 1}
    assert len(told.legs) == 1


def test_who_comes_before_the_hours_planned_for_her_has_waited_for_them() -> None:
    # Planned at half past nine without a wait, come at ten past nine: her hours begin at 9:20.
    at_s = 9 * HOUR_S
    came = visit(1, arrived_s=at_s + 600, left_s=at_s + 2100, opens_s=at_s + 1200)
    late = replace(came, arrived_s=at_s + 1500)
    unknown = replace(came, opens_s=None)
    lengths = [recorded([day([one])]).lengths[0].took_s for one in (came, late, unknown)]
    assert lengths == [900, 600, 1500]


def test_waiting_for_her_hours_is_no_part_of_a_visit() -> None:
    # Planned to come at half past nine and to wait until ten; left at ten past ten.
    waited = visit(1, planned_start_s=10 * HOUR_S, left_s=10 * HOUR_S + 600)
    told = recorded([day([waited])])
    assert [one.took_s for one in told.lengths] == [600]


def test_marks_pressed_in_the_evening_lie_between_the_doors_where_they_were_planned() -> None:
    evening = visit(1, arrived_s=19 * HOUR_S, left_s=19 * HOUR_S + 3)
    told = recorded([day([visit(0), evening, visit(2)])])
    assert told.aside == {Aside.PRESSED_TOGETHER: 1, Aside.DOOR_BETWEEN: 1}
    assert not told.legs

"""How odds held week after week, and whether the latest days ask to forget quicker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.availability.calibration import calibration
from scheduler.availability.drifting import drifting
from tests.scheduler.availability.worlds import TODAY, World, changed, flat, turned_round


def test_weeks_of_a_world_that_stays_hold_and_are_judged_by_what_came_before() -> None:
    visits = list(World(flat).attempts(30))
    told = drifting(visits, TODAY)
    # Four weeks lie behind the first days; before the oldest of six there is nothing to learn from.
    assert [(TODAY - one.first).days for one in told.weeks] == [28, 21, 14, 7]
    assert all(one.last - one.first == timedelta(days=6) for one in told.weeks)
    assert [one.met.of for one in told.weeks] == [7 * 120] * 4
    assert not any(one.drift.is_clear for one in told.weeks[1:])
    judged = calibration(visits, TODAY)
    assert judged is not None
    assert (told.weeks[-1].brier, told.weeks[-1].drift) == (judged.learned.brier, judged.drift)
    assert (told.forgetting.days, told.forgetting.is_quicker) == (21.0, False)
    assert told.forgetting.latest == 5 * 120


def test_the_week_of_a_change_did_not_hold_and_the_ones_before_it_did() -> None:
    """The world became another fifteen days ago, in the last day of the third week before."""
    told = drifting(World(changed).attempts(45), TODAY)
    held = {(TODAY - one.first).days: not one.drift.is_clear for one in told.weeks}
    assert held[28]
    assert not held[14], "the first whole week after the change"


def test_a_change_within_the_last_week_is_followed_by_forgetting_quicker() -> None:
    before = [one for one in World(flat).attempts(40) if one.on < TODAY - timedelta(days=8)]
    since = World(turned_round).attempts(8, seed=2)
    forgets = drifting([*before, *since], TODAY).forgetting
    assert forgets.is_known
    assert forgets.is_quicker
    assert forgets.days < forgets.usual_days == 21.0


@pytest.mark.parametrize("days", [0, 3])
def test_too_few_visits_tell_nothing(days: int) -> None:
    told = drifting(list(World(flat, a_day=10).attempts(days)), TODAY)
    assert told.weeks == ()
    assert not told.forgetting.is_known

"""Weeks of a little town: whom a team reaches, how soon, and whom nobody could."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import numpy as np
import pytest

from scheduler.check import check_plan
from scheduler.headcount.book import Book
from scheduler.headcount.scenario import Scenario, Target
from scheduler.model import Borrower, Pair, Shift, StopFlag
from scheduler.plan import Reason
from scheduler.problem import Problem
from scheduler.staffing.believed import Attendance, Believed
from scheduler.staffing.chance import Chance
from scheduler.staffing.fates import Fate
from scheduler.staffing.world import Certain
from tests.scheduler.headcount.weeks_of_a_town import owing, weeks, worked
from tests.scheduler.little_book import ON, case, collector, day, window
from tests.scheduler.staffing.worlds import Otherwise

ALWAYS_THERE: dict[str, Any] = {"absence": 0.0}


def one_visit_a_day(count: int) -> Scenario:
    """Thirty-five minutes hold one visit of twenty, and the way there and back."""
    hours = time(9), time(9, 35)
    return Scenario(count, Target("M2", 14), hours=hours, **ALWAYS_THERE)


def test_one_collector_reaches_as_many_as_her_days_hold() -> None:
    """One visit a day on ten working days of fourteen: ten of twelve."""
    came = worked(owing(12), one_visit_a_day(1))
    assert came.asked == 12
    assert came.made.tolist() == [10, 10]
    assert came.coverage.tolist() == [10 / 12] * 2
    # Visited on the days 0 to 4 and 7 to 11; the two who are left wait all fourteen days.
    assert came.waited == pytest.approx([(10 + 45 + 2 * 14) / 12] * 2)
    per_day = np.diff(came.reached[:, 0], prepend=0).tolist()
    assert per_day == [1, 1, 1, 1, 1, 0, 0] * 2


def test_two_reach_all_in_half_the_time_and_one_more_changes_nothing() -> None:
    two, three = (worked(owing(12), one_visit_a_day(count)) for count in (2, 3))
    assert two.coverage.tolist() == three.coverage.tolist() == [1, 1]
    assert two.reached[7, 0] == 12, "six working days of two visits: the eighth day is a Monday"


def test_nobody_employed_reaches_nobody_who_was_asked_for() -> None:
    came = worked(owing(3), one_visit_a_day(0))
    assert (came.made.tolist(), came.coverage.tolist()) == ([0, 0], [0, 0])
    assert (came.asked, came.unserved) == (3, {})
    assert came.waited.tolist() == [14, 14]


def test_all_absent_every_day_are_as_good_as_nobody() -> None:
    came = worked(owing(3), replace(one_visit_a_day(5), absence=1.0))
    assert (came.made.tolist(), came.coverage.tolist()) == ([0, 0], [0, 0])
    assert came.on_shift == 0


def test_who_does_not_show_up_was_planned_for_and_who_said_so_was_not() -> None:
    """Both reach nobody: but one day's plans were made, and their visits are left undone."""

    def away(problem: Problem) -> Believed:
        gone = Attendance(absent=1.0)
        return Believed(problem, Chance(1), problem.origin.date().toordinal(), attendance=gone)

    planned = worked(owing(3), one_visit_a_day(2), world=away)
    assert (planned.made.tolist(), planned.on_shift, planned.on_road) == ([0, 0], 2, 0)
    assert planned.crews_out == 0
    assert planned.undone[Fate.NOBODY].tolist() == [20, 20]
    known = worked(owing(3), replace(one_visit_a_day(2), absence=1.0))
    assert (known.made.tolist(), known.on_shift, known.undone) == ([0, 0], 0, {})


def test_a_book_of_nobody_is_covered_by_anybody() -> None:
    came = worked(day([]), one_visit_a_day(1))
    assert came.asked == 0
    assert came.coverage.tolist() == [1, 1]
    assert came.waited.tolist() == [0, 0]


def test_a_profile_that_forbids_visits_reaches_nobody_and_names_the_rule() -> None:
    """Colombia's Ley 2300 forbids the visit for a consumer loan."""
    came = worked(owing(3), one_visit_a_day(2), profile="CO")
    assert came.made.tolist() == [0, 0]
    assert came.unserved == {Reason.RULE: 3}
    assert came.refused_by == {"product_bound": 3}


def test_who_is_stopped_is_not_asked_for_and_told_apart() -> None:
    first = owing(2)
    stopped = Borrower("b1", "somebody", stops=frozenset({StopFlag.COMPLAINT}))
    first = replace(first, borrowers=[stopped, *first.borrowers[1:]])
    came = worked(first, one_visit_a_day(1))
    assert came.asked == 1
    assert came.unserved == {Reason.RULE: 1}
    assert came.refused_by == {"house_stops": 1}


def test_only_cases_from_the_bucket_on_are_asked_for() -> None:
    """Thirty days past due are M1, thirty-one are M2."""
    cases = [case(f"c{days}", f"b{days}", days_past_due=days) for days in (30, 31)]
    assert worked(day(cases), one_visit_a_day(1)).asked == 1


def test_pairs_need_two_who_work_for_one_agency() -> None:
    """Under CN two go together: three make one pair, and one is left alone."""
    three = [collector(name) for name in ("ann", "ben", "eve")]
    shifts = [Shift(one.id, window("09:00-18:00")) for one in three]
    first = owing(4, collectors=three, shifts=shifts)
    simulated = next(
        weeks(first, Scenario(3, **ALWAYS_THERE), profile="CN").execution(Book(first, Chance(1)))
    )
    assert (simulated.on_shift, simulated.unfit) == (3, 0)
    assert len(simulated.book.crews) == 1


def test_crews_are_told_beside_the_people_in_them() -> None:
    """Under CN three make one pair; under UK each goes alone, for there are cases enough."""
    names = ("ann", "ben", "eve")
    shifts = [Shift(name, window("09:00-18:00")) for name in names]
    first = owing(4, collectors=[collector(name) for name in names], shifts=shifts)
    paired = worked(first, Scenario(3, Target("M2", 1), **ALWAYS_THERE), profile="CN")
    assert (paired.on_shift, paired.on_road, paired.crews_out) == (3, 2, 1)
    alone = worked(first, replace(one_visit_a_day(3), target=Target("M2", 1)))
    assert (alone.on_shift, alone.on_road, alone.crews_out) == (3, 3, 3)


def test_of_a_pair_whose_one_does_not_show_up_one_is_on_the_road() -> None:
    """The lender's file pairs them, and under UK one is enough at a door."""

    def without_ben(problem: Problem) -> Otherwise:
        return Otherwise(problem, absent=frozenset({"ben"}))

    first = owing(4, pairs=[Pair("ann", "ben")])
    came = worked(first, replace(one_visit_a_day(2), target=Target("M2", 1)), world=without_ben)
    assert (came.on_shift, came.on_road, came.crews_out) == (2, 1, 1)


def test_a_visit_that_met_nobody_is_tried_again_and_counts_as_made() -> None:
    """b1 is never in: three days lie between visits, two visits in a week at most."""

    def away(problem: Problem) -> Otherwise:
        return Otherwise(problem, out=frozenset({"b1"}))

    came = worked(owing(1), one_visit_a_day(1), world=away)
    assert came.met.tolist() == [0, 0]
    assert came.made[0] > 1
    assert came.coverage.tolist() == [1, 1]


def test_each_day_is_planned_lawfully_with_what_was_made_before() -> None:
    first = owing(6)
    made = weeks(first, one_visit_a_day(2))
    for simulated in made.execution(Book(first, Chance(1))):
        if simulated.drive is not None and simulated.problem is not None:
            assert check_plan(simulated.problem, simulated.drive.plan) == []


def test_the_same_weeks_come_again() -> None:
    scenario = Scenario(2, Target("M2", 7), absence=0.3, growth=0.5)
    one, other = (worked(owing(20), scenario) for _ in range(2))
    assert (one.reached == other.reached).all()
    assert one.recovered.tolist() == other.recovered.tolist()


def test_more_people_never_reach_fewer_where_absence_is_theirs() -> None:
    """The same person is absent on the same days whoever else is employed."""
    reached = [
        worked(owing(40), replace(one_visit_a_day(count), absence=0.3)).reached[-1, 0]
        for count in range(5)
    ]
    assert reached == sorted(reached)
    assert reached[-1] > reached[0]


def test_who_comes_new_is_visited_and_not_counted_in_the_first_morning() -> None:
    came = worked(owing(10), Scenario(2, Target("M2", 14), growth=1.0, **ALWAYS_THERE))
    assert came.asked == 10
    assert came.made[0] > 10


def test_money_is_expected_of_those_met_alone() -> None:
    """5,000 overdue in M4, of which .14 is expected of whoever is met."""

    def nobody_in(problem: Problem) -> Otherwise:
        return Otherwise(problem, out=frozenset({"b1"}))

    scenario = replace(one_visit_a_day(1), target=Target("M2", 1))
    assert worked(owing(1), scenario).recovered.tolist() == pytest.approx([700, 700])
    assert worked(owing(1), scenario, world=nobody_in).recovered.tolist() == [0, 0]


def test_a_weekend_is_worked_where_that_is_asked_and_days_off_are_spread() -> None:
    saturday = ON + timedelta(days=5)
    first = owing(12)
    scenario = replace(one_visit_a_day(7), weekends=True)
    days = {one.on: one for one in weeks(first, scenario).execution(Book(first, Chance(1)))}
    assert days[saturday].on_shift == 5, "of seven who work five days, two are off on each"


@pytest.mark.parametrize("world", [Certain])
def test_hours_out_of_the_law_reach_nobody(world: type[Certain]) -> None:
    night = Scenario(1, Target("M2", 2), hours=(time(22), time(23)), **ALWAYS_THERE)
    came = worked(owing(2), night, world=world)
    assert came.made.tolist() == [0, 0]

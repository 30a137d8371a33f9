"""Who is off when: against every team's week that there is, on tiny teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.headcount.demand import WEEK, Demand, Line, Shifts, concave, lines_of
from scheduler.headcount.roster import (
    CHANGED,
    EVEN,
    Pattern,
    TeamWeek,
    lawful_weeks,
    one_more,
    patterns,
    rests,
    team_week,
)
from scheduler.headcount.scenario import Scenario

E, L = Shifts.EARLY, Shifts.LATE
FIVE = tuple(patterns(range(WEEK), 5, [E]))
SIX_LATE = tuple(patterns(range(WEEK), 6, [E, L]))


def worth(week: TeamWeek, before: TeamWeek, demand: Demand) -> float:
    """Return what is covered, and what it is worth that people keep their weeks, and are spread."""
    same = (Counter(before.patterns) & Counter(week.patterns)).total()
    come = (sum(one[at] is not None for one in week.patterns) for at in range(WEEK))
    fewest = min((n for at, n in enumerate(come) if demand.lines[at]), default=len(week.patterns))
    return demand.covered(week.people(demand)) + CHANGED * same + EVEN * fewest


def best(before: TeamWeek, demand: Demand, lawful: Sequence[Pattern]) -> float:
    teams = combinations_with_replacement(lawful, len(before.patterns) + 1)
    return max(worth(TeamWeek(team), before, demand) for team in teams)


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    """Draw curves of two points by weekday, and what is done late."""
    visits = st.integers(0, 12)
    lines = tuple(
        lines_of([(1.0, draw(visits)), (2.0, draw(visits))], float(draw(visits)))
        for _ in range(WEEK)
    )
    late = st.tuples(*[st.sampled_from((0.0, 0.5, 1.0, 1.5))] * WEEK)
    return Demand(lines, draw(late))


@settings(max_examples=15, deadline=None)  # the first loads OR-Tools
@given(demands())
def test_no_other_weeks_of_three_people_cover_more(demand: Demand) -> None:
    week = TeamWeek()
    for _ in range(3):
        more = one_more(week, demand, FIVE)
        assert worth(more, week, demand) == pytest.approx(best(week, demand, FIVE), abs=0.01)
        week = more


@settings(max_examples=10, deadline=None)  # CP-SAT waits where others work
@given(demands())
def test_nor_of_two_of_whom_some_work_late(demand: Demand) -> None:
    first = one_more(TeamWeek(), demand, SIX_LATE)
    second = one_more(first, demand, SIX_LATE)
    assert worth(second, first, demand) == pytest.approx(best(first, demand, SIX_LATE), abs=0.01)


@settings(max_examples=15)
@given(demands(), st.integers(0, 4))
def test_one_more_never_covers_less(demand: Demand, count: int) -> None:
    fewer, more = (team_week(n, demand, FIVE) for n in (count, count + 1))
    assert demand.covered(more.people(demand)) >= demand.covered(fewer.people(demand)) - 0.01


def test_two_days_off_lie_together_and_a_week_has_no_seam() -> None:
    """Of 21 ways to be off on two days of seven, 7 are of neighbours, Sunday and Monday among."""
    off = {tuple(at for at in range(WEEK) if one[at] is None) for one in FIVE}
    assert off == {(at, at + 1) for at in range(6)} | {(0, 6)}
    assert len(tuple(patterns(range(WEEK), 6, [E]))) == 7
    assert tuple(patterns(range(5), 5, [E])) == ((E,) * 5 + (None, None),)


def test_no_early_shift_follows_a_late_one() -> None:
    assert rests((E, E, L, L, L, None, None))
    assert not rests((L, E, E, E, E, None, None))
    assert not rests((E, L, L, L, L, L, L)), "Sunday's late shift is followed by Monday's early one"
    assert rests((L,) * 7)


def test_everybody_works_as_many_days_as_was_asked() -> None:
    for days in range(1, 8):
        weeks = lawful_weeks(Scenario(1, days_a_week=days, weekends=True))
        assert {WEEK - one.count(None) for one in weeks} == {days}
    offices = lawful_weeks(Scenario(1, days_a_week=7))
    assert offices == ((E,) * 5 + (None, None),)


def test_people_work_where_there_is_more_to_do() -> None:
    """Nothing is to be done from Monday to Tuesday: both are off then."""
    busy = (Line(5.0, 0.0), Line(0.0, 100.0))
    demand = Demand(((), (), busy, busy, busy, busy, busy))
    assert team_week(2, demand, FIVE).people(demand) == (0, 0, 2, 2, 2, 2, 2)


def test_people_are_spread_where_more_of_them_bring_less() -> None:
    """Thirty-five shifts on seven days are five on each, but for what keeping weeks is worth."""
    less = lines_of([(float(n), 10 * (1 - 0.5**n)) for n in range(1, 8)], 10.0)
    demand = Demand((less,) * WEEK)
    people = team_week(7, demand, FIVE).people(demand)
    assert sum(people) == 35
    assert set(people) <= {4, 5, 6}
    assert demand.covered(people) > demand.covered((5,) * WEEK) - CHANGED


def test_whoever_can_keeps_her_week_as_the_team_grows() -> None:
    demand = Demand(tuple(lines_of([(1.0, 4.0 + at), (4.0, 9.0)], 20.0) for at in range(WEEK)))
    for count in range(1, 8):
        fewer, more = (team_week(n, demand, FIVE).patterns for n in (count, count + 1))
        changed = [n for n in range(count) if fewer[n] != more[n]]
        common = (Counter(fewer) & Counter(more)).total()
        assert len(changed) == count - common


def test_pairs_have_one_week_and_who_is_left_over_waits_for_her_mate() -> None:
    demand = Demand((lines_of([(2.0, 4.0), (4.0, 6.0)], 20.0),) * WEEK)
    five = team_week(5, demand, FIVE, size=2).patterns
    assert (five[0], five[2]) == (five[1], five[3])
    assert team_week(6, demand, FIVE, size=2).patterns == (*five, five[4])


def test_the_same_week_comes_again() -> None:
    demand = Demand((lines_of([(1.0, 4.0)], 20.0),) * WEEK, (1.2,) * WEEK)
    one = team_week(5, demand, SIX_LATE)
    one_more.cache_clear()
    assert team_week(5, demand, SIX_LATE) == one


def test_without_a_lawful_week_nobody_is_given_one() -> None:
    with pytest.raises(ValueError, match="no week is lawful"):
        team_week(1, Demand(((),) * WEEK), ())


def test_a_curve_lies_above_its_points_and_bends_down() -> None:
    assert concave([(1, 5), (2, 6), (3, 9)]) == [(0, 0), (1, 5), (3, 9)]
    assert concave([(1, 5), (2, 4)]) == [(0, 0), (1, 5)]
    assert concave([]) == [(0, 0)]
    assert concave([(2, 3), (2, 7)]) == [(0, 0), (2, 7)]


def test_a_weekday_never_covers_more_than_is_open() -> None:
    lines = lines_of([(1, 5), (3, 9)], 12)
    told = [min(line.slope * n + line.intercept for line in lines) for n in (0, 1, 2, 3, 4, 9)]
    assert told == [0, 5, 7, 9, 11, 12]
    assert lines_of([], 12) == ()


def test_a_week_tells_how_many_work_early_and_late_on_each_day() -> None:
    week = TeamWeek(((E, E, None, None, L, L, L), (E, None, None, E, E, E, E)))
    assert week.by_weekday() == ((2, 0), (1, 0), (0, 0), (1, 0), (1, 1), (1, 1), (1, 1))
    assert TeamWeek().by_weekday() == ((0, 0),) * WEEK


def test_where_weekdays_bring_alike_not_all_are_off_on_the_same() -> None:
    """Thursday brings a hundredth less: two crews off on it would leave it to nobody."""
    about = [5.0, 5.0, 5.0, 4.99, 5.0, 5.0, 5.0]
    demand = Demand(tuple((Line(slope, 0.0), Line(0.0, 100.0)) for slope in about))
    for crews, at_least in ((2, 1), (3, 2), (7, 4)):
        assert min(team_week(crews, demand, FIVE).people(demand)) >= at_least
    one = team_week(1, demand, FIVE).patterns[0]
    assert one[3] is None, "who is alone is off where least is to be done"

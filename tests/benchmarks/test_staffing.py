"""Ways to plan are compared by what a lender would know, on the same days and hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from benchmarks.staffing import apart, off_ninety
from benchmarks.staffing_known import Ledger, Windows, driven_days, learned_times
from benchmarks.staffing_sure import covered, stops_off
from benchmarks.staffing_towns import TownBook, weeks_of, worked
from benchmarks.staffing_usual import usual_plan
from benchmarks.staffing_ways import Setting, Way, compared
from data.towns.truth import Truth
from routing.paces import AS_ROADS_SAY
from routing.sources.straight_line import StraightLineTimes
from scheduler.availability import PRIORS, SLOTS, Asked, LearnedOdds, Told
from scheduler.calendar import DayKind
from scheduler.forecast import recorded
from scheduler.headcount.scenario import Scenario
from scheduler.headcount.weeks import SimulatedDay
from scheduler.model import PlaceKind, Shift
from scheduler.staffing.chance import Chance
from tests.scheduler.headcount.weeks_of_a_town import greedy, owing, weeks
from tests.scheduler.little_book import ON, case, collector, day, place, rules_of, window

WEEK = [ON + timedelta(days=ahead) for ahead in range(7)]


@pytest.fixture(scope="module")
def town() -> TownBook:
    """Thirty borrowers and two collectors who go alone, for four hours: more than they can see."""
    two = [collector(name) for name in ("ann", "ben")]
    shifts = [Shift(one.id, window("15:00-19:00")) for one in two]
    first = owing(30, collectors=two, shifts=shifts)
    return TownBook(first, rules_of("UK"), lambda _: StraightLineTimes())


def driven(town: TownBook) -> tuple[list[SimulatedDay], Ledger]:
    """Return a week that the hidden truth was driven through, and the book after it."""
    ledger, days = Ledger(town.first, Chance(1), rules=town.rules), []
    for one, evening in worked(weeks_of(town, Truth(1), greedy, 3), ledger, WEEK):
        days.append(one)
        ledger = replace(ledger, made=evening.made)
    return days, ledger


@pytest.mark.parametrize("kind", PlaceKind)
@pytest.mark.parametrize("day_kind", DayKind)
def test_windows_alone_know_no_hour_from_another(kind: PlaceKind, day_kind: DayKind) -> None:
    failed = Asked(kind, day_kind, "b1", "retired", failed_hours=(10, 10, 18))
    [level] = set(Windows().curve(failed))
    assumed = PRIORS.curve(Asked(kind, day_kind))
    open_hours = assumed[16:42]  # 08:00 to 21:00
    assert level == pytest.approx(np.mean(open_hours))
    assert len(Windows().curve(failed)) == SLOTS


def test_what_is_learned_from_is_what_one_day_told_of_visits_that_were_made(
    town: TownBook,
) -> None:
    days, ledger = driven(town)
    told = ledger.attempts(town.rules)
    drives = [one.drive for one in days if one.drive is not None]
    assert len(told) == sum(int(drive.visits_made[0]) for drive in drives) > 0
    met = [one for one in told if one.told is Told.MET]
    assert len(met) == sum(int(drive.visits_met[0]) for drive in drives)
    begun = {int(at) for drive in drives for at in drive.start_s[:, 0]}
    assert {one.second for one in told} <= begun


def test_a_morning_rests_on_the_visits_before_it_and_on_no_later_one(town: TownBook) -> None:
    _, ledger = driven(town)
    assert ledger.on(ON).odds == PRIORS
    wednesday = ledger.on(WEEK[2]).odds
    assert isinstance(wednesday, LearnedOdds)
    assert wednesday.basis.visits == sum(one.on < WEEK[2] for one in ledger.made)


def test_who_does_not_learn_plans_by_the_odds_that_were_given(town: TownBook) -> None:
    _, ledger = driven(town)
    assert replace(ledger, rules=None, odds=Windows()).on(WEEK[6]).odds == Windows()


def test_a_certain_day_teaches_the_times_that_it_was_planned_by() -> None:
    """Doors lie 2.2 km apart: ways of minutes, or they would tell of stairs."""
    numbers = range(1, 7)
    cases = [case(f"c{n}", f"b{n}") for n in numbers]
    first = day(cases, [place(f"b{n}", step=20 * n) for n in numbers])
    book = Ledger(first, Chance(1), odds=Windows())  # no hour is waited for
    certain = weeks(first, Scenario(1, absence=0.0)).day(book, ON)
    told = recorded(driven_days(certain, rules_of("UK")))
    assert len(told.lengths) == 6
    assert len(told.legs) == 5
    assert {one.took_s - one.planned_s for one in (*told.lengths, *told.legs)} == {0}
    learned = learned_times([certain], rules_of("UK"), 1200)
    assert (learned.paces, learned.service_s) == (AS_ROADS_SAY, 1200)


LITTLE = Setting(known_days=7, days=7, replications=4)


def compare(town: TownBook, *ways: Way) -> dict[str, float]:
    return dict(compared(town, Truth(1), ways, LITTLE, lambda _: greedy))


def test_each_way_goes_its_own_path_whatever_others_are_compared(town: TownBook) -> None:
    both = compare(town, Way.USUAL, Way.LEARNED)
    alone = compare(town, Way.LEARNED)
    hers = {name: value for name, value in alone.items() if name.startswith("learned: ")}
    assert hers
    assert hers.items() <= both.items()
    ours, theirs = (both[f"{way}: met, shift hour"] for way in (Way.LEARNED, Way.USUAL))
    assert both["beside usual way"] == pytest.approx(ours / theirs)


def test_on_the_same_mornings_who_plans_alike_meets_alike(town: TownBook) -> None:
    same = replace(LITTLE, same_mornings=True)
    ways = (Way.WINDOWS, Way.PRIORS, Way.LEARNED)
    told = compared(town, Truth(1), ways, same, lambda _: usual_plan)
    figures = {told[f"{way}: met, shift hour"] for way in ways}
    assert len(figures) == 1, "a plan that heeds no odds is the same for all"


def test_windows_alone_know_the_hours_that_she_named() -> None:
    asked = Asked(PlaceKind.HOME, DayKind.WORKING, stated=((36_000, 43_199),))
    curve = Windows().curve(asked)
    assert curve[20:24] == pytest.approx([0.85 * 0.9 * 0.65] * 4)
    assert len(set(curve)) == 2


def test_no_way_is_paid_more_hours_than_its_shifts_have_but_for_overtime(town: TownBook) -> None:
    told = compare(town, *Way)
    assert all(0 < told[f"{way}: of the shift paid"] <= 1 for way in Way)


def test_intervals_are_held_against_a_mean_that_they_had_no_part_in() -> None:
    same = np.ones(30)
    assert covered(same, many=10, each=5) == 1
    other = np.concatenate([np.zeros(10), np.ones(20)])
    assert covered(other, many=10, each=5) == 0
    half = np.concatenate([np.ones(10), np.zeros(5), np.ones(5), np.zeros(5), np.ones(5)])
    assert covered(half, many=10, each=5) == 0.5


def test_a_stop_that_comes_at_another_second_is_counted(town: TownBook) -> None:
    made = weeks_of(town, Truth(1), greedy, 1).day(Ledger(town.first, Chance(1)), ON)
    assert made.problem is not None
    assert made.drive is not None
    plan = made.drive.plan
    assert stops_off(made.problem, plan) == 0
    first, *rest = plan.itineraries
    longer = replace(plan, itineraries=(replace(first, end_s=first.end_s + 1), *rest))
    assert stops_off(made.problem, longer) == 1


@pytest.mark.parametrize(
    ("ratios", "percent"), [([1.02, 1.0, 0.98], 0.0), ([0.96, 1.0], 2.0), ([1.04, 1.0], 2.0)]
)
def test_gains_and_losses_without_differences_are_told_to_either_side(
    ratios: Sequence[float], percent: float
) -> None:
    assert apart(ratios) == pytest.approx(percent)
    assert off_ninety([85, 89]) == pytest.approx(3)

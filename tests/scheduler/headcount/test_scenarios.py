"""Alternatives on a little town, each with what it must come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import numpy as np
import pytest

from routing.travel import Mode
from scheduler.check import check_plan
from scheduler.day import Day
from scheduler.forecast import Lognormal, Spreads
from scheduler.headcount.book import Assumptions, Book
from scheduler.headcount.employed import Employed
from scheduler.headcount.figures import Wages, figures_of
from scheduler.headcount.question import Asking
from scheduler.headcount.scenario import Chances, Pairs, Scenario, Starts, Target
from scheduler.headcount.weeks import SimulatedDay
from scheduler.headcount.windows_alone import KnownCurves, WindowsAlone
from scheduler.model import OwnerPolicy, Pair, Shift
from scheduler.reserve.asked import ReserveError
from scheduler.staffing.believed import Believed
from scheduler.staffing.chance import Chance
from tests.scheduler.headcount.test_districts import EAST, FAR, NEAR, WEST, two_districts
from tests.scheduler.headcount.weeks_of_a_town import owing, weeks, worked
from tests.scheduler.little_book import case, collector, day, place, spot, window

FEW_HOURS = time(9), time(9, 35)
"""One visit of twenty minutes, and the way there and back, where it is near."""


def asked(count: int, within: int = 2, **said: Any) -> Scenario:
    return Scenario(count, Target("M2", within), absence=0.0, **said)


def on_shift(*people: Any) -> dict[str, Any]:
    shifts = [Shift(one.id, window("09:00-18:00")) for one in people]
    return {"collectors": list(people), "shifts": shifts}


def days_of(first: Day, scenario: Scenario, **said: Any) -> list[SimulatedDay]:
    """Work the weeks, and hold every plan against the judge."""
    days = list(weeks(first, scenario, **said).execution(Book(first, Chance(1))))
    for one in days:
        if one.problem is not None and one.drive is not None:
            assert check_plan(one.problem, one.drive.plan) == []
    return days


def visits_by(one: SimulatedDay) -> dict[str, set[str]]:
    """Return whom each crew visits on a day."""
    assert one.drive is not None
    return {trip.crew_id: {stop.id for stop in trip.visits} for trip in one.drive.plan.itineraries}


# Zones


def one_each() -> Day:
    """One collector starts in the east, two in the west; six borrowers live in either."""
    people = collector("ann"), at_home("ben", 90), at_home("eve", 91)
    return replace(two_districts(), **on_shift(*people))


def at_home(id_: str, step: float) -> Any:
    return collector(id_, start=spot(step), end=spot(step))


def test_in_zones_nobody_visits_another_s() -> None:
    """Ten kilometres apart: an hour is enough to get there, and nobody does."""
    for one in days_of(one_each(), asked(3, zones=True)):
        went = visits_by(one)
        assert went.get("ann", set()) <= {f"b{n}" for n in NEAR}
        assert went.get("ben", set()) | went.get("eve", set()) <= {f"b{n}" for n in FAR}


def test_without_zones_who_is_done_goes_where_others_are_not() -> None:
    """Ben and Eve do not come: ann visits all, as no zone keeps her in the east."""
    few = replace(one_each(), collectors=[collector("ann")], shifts=one_each().shifts[:1])
    free = visits_by(days_of(few, asked(1, 1))[0])["ann"]
    assert {f"b{n}" for n in (*NEAR, *FAR)} == free
    alone = visits_by(days_of(few, asked(1, 1, zones=True))[0])["ann"]
    assert alone == free, "where one is alone in the city, all of it is hers"


def test_zones_never_cover_more_than_none() -> None:
    """Ten in the east, none left in the west: ben, of the west, helps only without zones."""
    near = range(1, 11)
    cases = [case(f"c{n}", f"b{n}", days_past_due=91) for n in (*near, *FAR)]
    places = [place(f"b{n}", step=n / 10, address=EAST) for n in near]
    places += [place(f"b{n}", step=n, address=WEST) for n in FAR]
    people = on_shift(collector("ann"), at_home("ben", 90))
    first = day(cases, places, **people)
    two_hours = asked(2, 1, hours=(time(9), time(11, 30)))
    free, kept = (worked(first, replace(two_hours, zones=zones)) for zones in (False, True))
    assert kept.made[0] <= free.made[0]
    assert kept.reached_by[1].tolist() == [6, 6], "ben's six of the west keep him busy enough"
    few = replace(first, cases=cases[:11])
    free, kept = (worked(few, replace(two_hours, zones=zones)) for zones in (False, True))
    assert kept.made[0] < free.made[0], "he is done with one, and may not go east"


def test_pairs_are_formed_inside_their_zones() -> None:
    """Under CN two go together: two of the east do, and two of the west."""
    first = replace(two_districts(), **on_shift(*_twos()))
    [one] = days_of(first, asked(4, 1, zones=True), profile="CN")
    assert {crew.members for crew in one.book.crews} == {("ann", "zoe"), ("ben", "eve")}
    assert visits_by(one)["ben+eve"] <= {f"b{n}" for n in FAR}


def test_a_zone_of_fewer_than_go_to_a_door_is_none() -> None:
    """Ann alone in the east makes no pair: the city is one zone, and one pair of three goes."""
    team = Employed.of(one_each(), asked(3, zones=True), size=2)
    assert set(team.dealt.mates.values()) == {frozenset({"ann", "ben", "eve"})}
    alone = Employed.of(one_each(), asked(3, zones=True))
    assert alone.dealt.mates["ann"] == frozenset({"ann"})


def _twos() -> tuple[Any, ...]:
    return collector("ann"), at_home("ben", 90), at_home("eve", 91), collector("zoe")


def test_in_zones_people_are_hired_where_most_cases_wait_for_one() -> None:
    """Two start in the east: six cases wait for one in the west, then three, then two in either."""
    team = Employed.of(two_districts(), asked(5, zones=True)).collectors
    homes = [one.start.lon > spot(45).lon for one in team]
    assert homes == [False, False, True, True, False]


def test_zones_and_owners_contradict() -> None:
    with pytest.raises(ValueError, match="contradict"):
        asked(1, zones=True, owners=OwnerPolicy.FIXED)


# Owners


def overloaded() -> Day:
    """Ann owns all eight; she and Ben make one visit a day."""
    first = owing(8)
    return replace(first, cases=[replace(one, owner="ann") for one in first.cases])


def test_pooled_cases_are_covered_sooner_where_one_owner_has_them_all() -> None:
    """Two days: her own two of eight, and four where anybody may go."""
    scenario = asked(2, hours=FEW_HOURS)
    owned = worked(overloaded(), replace(scenario, owners=OwnerPolicy.FIXED))
    pooled = worked(overloaded(), replace(scenario, owners=OwnerPolicy.IGNORED))
    assert (owned.made.tolist(), pooled.made.tolist()) == ([2, 2], [4, 4])


def test_who_is_hired_takes_over_cases_of_whom_has_most() -> None:
    """Of eight cases three are a new one's share: ben, who is there, is given none."""
    team = Employed.of(overloaded(), asked(3, owners=OwnerPolicy.FIXED))
    owners = [one.owner for one in team.book(overloaded()).cases]
    assert owners.count("hire 1") == 3
    assert owners.count("ann") + owners.count("ben") == 5
    for one in days_of(overloaded(), asked(3, 1, owners=OwnerPolicy.FIXED)):
        assert visits_by(one)["hire 1"]


def test_cases_of_an_owner_who_is_not_employed_are_dealt() -> None:
    """Ben owned two: without him they are ann's, or nobody could go."""
    first = owing(4)
    cases = [replace(one, owner="ben" if one.id < "c3" else "ann") for one in first.cases]
    scenario = asked(1, owners=OwnerPolicy.FIXED)
    came = worked(replace(first, cases=cases), scenario)
    assert came.coverage.tolist() == [1, 1]


# Pairs


def three_under_cn(**said: Any) -> Day:
    people = [collector(name) for name in ("ann", "ben", "eve", "zoe")]
    return owing(4, **on_shift(*people), **said)


def test_fixed_pairs_stay_and_one_whose_partner_is_away_stays_at_home() -> None:
    """Each works three days of five, pairs the same ones: nobody else's partner is ever seen."""
    scenario = asked(4, 14, pairs=Pairs.FIXED, days_a_week=3)
    first = three_under_cn(pairs=[Pair("ann", "zoe")])
    seen = {
        crew.members for one in days_of(first, scenario, profile="CN") for crew in one.book.crews
    }
    assert seen == {("ann", "zoe"), ("ben", "eve")}
    absent = Employed.of(first, asked(3, pairs=Pairs.FIXED), size=2)
    assert absent.dealt.partner == {"ann": "zoe", "zoe": "ann", "ben": None}


def test_daily_pairs_go_on_with_others_where_one_is_away() -> None:
    """Of three one is absent: fixed, hers stays at home; formed daily, the other two go."""
    scenario = asked(3, 1)
    people = on_shift(*[collector(name) for name in ("ann", "ben", "eve")])
    first = owing(4, **people, pairs=[Pair("ann", "ben")])
    without_ben = replace(scenario, absence=0.4)

    def crews(pairs: Pairs) -> set[tuple[tuple[str, ...], ...]]:
        made = weeks(first, replace(without_ben, pairs=pairs), profile="CN")
        return {
            tuple(
                crew.members
                for crew in made.day(
                    Book(first, Chance(1), replication=number), first.on
                ).book.crews
            )
            for number in range(20)
        }

    assert crews(Pairs.FIXED) == {(), (("ann", "ben"),)}
    assert crews(Pairs.DAILY) > {(("ann", "eve"),), (("ben", "eve"),)}


def test_a_larger_team_keeps_its_fixed_pairs() -> None:
    first = owing(6)
    few, more = (Employed.of(first, asked(n, pairs=Pairs.FIXED)).dealt.partner for n in (4, 5))
    assert few == {id_: more[id_] for id_ in few}
    assert more["hire 3"] is None


# Chances


def evenings_only(count: int) -> Day:
    """Homes on a working day: .25 at noon, .87 from six in the evening on, by the priors."""
    people = on_shift(collector("ann"))
    shifts = [Shift("ann", window("09:00-20:00"))]
    return replace(owing(count, **people), shifts=shifts)


def test_a_plan_that_knows_windows_alone_meets_fewer() -> None:
    """Six homes, all day long: with the priors' evenings three quarters more are met."""
    first, reps = evenings_only(6), 200

    def believed(problem: Any) -> Believed:
        known = KnownCurves.of(problem)
        p_met = None if known is None else known.p_met
        return Believed(problem, Chance(1), problem.origin.date().toordinal(), p_met=p_met)

    knowing, blind = (
        worked(first, asked(1, 1, chances=chances), reps=reps, world=believed).met.mean()
        for chances in Chances
    )
    assert blind < 0.75 * knowing


def test_what_a_plan_does_not_know_is_true_all_the_same() -> None:
    """The chance at the door is that of the hour, as a plan that knows it would have it."""
    first = evenings_only(1)
    [blind] = days_of(first, asked(1, 1, chances=Chances.WINDOWS))
    [knowing] = days_of(first, asked(1, 1))
    assert blind.problem is not None
    assert knowing.problem is not None
    assert isinstance(blind.book.odds, WindowsAlone)
    assert len(blind.problem.visits[0].options) == 1
    known = KnownCurves.of(blind.problem)
    assert known is not None
    assert KnownCurves.of(knowing.problem) is None
    for way in knowing.problem.visits[0].options:
        starts = np.array([second for span in way.starts for second in span])
        told = known.p_met("b1", way.place_id, starts)
        assert told.tolist() == [way.p_met] * len(starts)


# Targets


def test_of_several_targets_each_is_to_be_met_and_the_least_decides() -> None:
    """M4 in two days, M2 in four: she makes one visit a day, and near ones first."""
    cases = [case(f"c{n}", f"b{n}", days_past_due=31 if n <= 3 else 91) for n in (1, 2, 3, 4)]
    first = day(
        cases, [place(f"b{n}", step=n / 10) for n in (1, 2, 3, 4)], **on_shift(collector("ann"))
    )
    urgent = asked(1, 4, hours=FEW_HOURS, also=(Target("M4", 2),))
    assert urgent.within_days == 4
    came = worked(first, urgent)
    told = figures_of(1, came, Wages())
    assert came.asked == 4
    assert came.reached[-1].tolist() == [4, 4]
    late = came.asked_of[:, 0].tolist(), came.in_time[:, 0].tolist()
    assert late[0] == [4, 4, 1]
    assert late[1][1] == 4, "all within four days"
    assert late[1][0] == 3 + late[1][2], "of both together each case by its own day"
    assert told.least.mean == min(one.mean for one in told.coverages)


def test_the_smallest_team_meets_each_of_its_targets() -> None:
    """Three M2 and three M4 at one visit a day: the M4 in one day take three."""
    cases = [case(f"c{n}", f"b{n}", days_past_due=31 if n <= 3 else 91) for n in range(1, 7)]
    first = day(cases, [place(f"b{n}", step=n / 10) for n in range(1, 7)])

    def figures(counts: Any, *also: Target) -> list[Any]:
        told = []
        for count in counts:
            scenario = asked(count, 4, hours=FEW_HOURS, also=also)
            told.append(figures_of(count, worked(first, scenario), Wages()))
        return told

    plain = Asking(figures).answer(6, 4, most=8, share=1.0)
    urgent = Asking(lambda counts: figures(counts, Target("M4", 1))).answer(6, 4, most=8, share=1.0)
    assert plain.smallest == 2, "eight visits in four days"
    assert urgent.smallest is not None
    assert urgent.smallest >= 3


def test_one_target_alone_is_told_as_before() -> None:
    came = worked(owing(12), asked(1, 14, hours=FEW_HOURS))
    assert came.coverage.tolist() == (came.reached[-1] / came.could).tolist() == [10 / 12] * 2
    assert figures_of(1, came, Wages()).coverages == ()


# Where from, how, by whose rules, and what it brings


def test_all_may_start_from_the_office() -> None:
    """Two of three start at one place: it is the office of all, of who is hired, too."""
    people = on_shift(collector("ann"), collector("ben"), at_home("eve", 50))
    team = Employed.of(owing(3, **people), asked(4, starts=Starts.OFFICE)).collectors
    assert {(one.start, one.end) for one in team} == {(spot(0), spot(0))}


def test_all_may_start_where_the_cases_are() -> None:
    """Twelve cases at two ends of the road, and a team of two: one starts at each."""
    team = Employed.of(two_districts(), asked(2, starts=Starts.SPREAD)).collectors
    assert sorted(one.start.lon > spot(45).lon for one in team) == [False, True]


def test_all_may_go_on_foot() -> None:
    """Five kilometres and a half: an hour's walk, so nobody is there and back within one."""
    first = day([case("c1", days_past_due=91)], [place(step=50)], **on_shift(collector("ann")))
    hour = time(9), time(10)
    driven, walked = (
        worked(first, asked(1, 1, hours=hour, moves_by=mode)).made.tolist()
        for mode in (None, Mode.WALK)
    )
    assert (driven, walked) == ([1, 1], [0, 0])


def test_who_is_hired_may_bring_a_skill() -> None:
    """A case that asks for dialect is nobody's until somebody is hired who speaks it."""
    first = owing(1)
    first = replace(first, cases=[replace(first.cases[0], skills=frozenset({"dialect"}))])
    plain = worked(first, asked(3, 1))
    skilled = worked(first, asked(3, 1, hired_skills=frozenset({"dialect"})))
    assert (plain.made.tolist(), skilled.made.tolist()) == ([0, 0], [1, 1])


def test_promises_are_kept_as_often_as_assumed() -> None:
    with pytest.raises(ValueError, match="promises kept"):
        Assumptions(p_kept=1.5)


def test_money_counts_by_what_it_is_worth_to_who_pays_the_team() -> None:
    """An agency is paid a fifth of what is recovered."""
    came = worked(owing(3), asked(1, 1))
    whole, fee = (figures_of(1, came, Wages(worth=worth)).recovered.mean for worth in (1.0, 0.2))
    assert fee == pytest.approx(whole / 5)
    with pytest.raises(ValueError, match="not between 0 and 1"):
        Wages(worth=2)


def test_a_scenario_that_asks_for_nothing_of_this_deals_nothing() -> None:
    first = replace(two_districts(), pairs=[Pair("ann", "ben")])
    team = Employed.of(first, asked(4))
    assert team.book(first) is first
    assert team.collectors[:2] == tuple(first.collectors)
    morning = team.on(first, Chance(1), 0, is_working=True)
    assert (morning.pairs, morning.stand_ins) == (first.pairs, {})


# Reserve


@pytest.mark.parametrize(("lasting_min", "fewer"), [(10, 1), (40, 2)])
def test_a_reserve_gives_visits_what_they_are_known_to_last(lasting_min: int, fewer: int) -> None:
    """Nine hours of doors side by side, planned with twenty minutes each: 26.

    Where visits last forty with reserve half as many have room, and where they last ten as many as
    ever; what is told, and driven, is twenty either way.
    """
    lasting = Lognormal(60 * lasting_min, 0.001)
    known = Spreads(leg=0.0, day=0.0, met=lasting, not_met=lasting)
    first = replace(owing(40), **on_shift(collector("ann")))
    with_reserve = days_of(first, asked(1, within=1, reserve=80), spreads=known)[0]
    without = days_of(first, asked(1, within=1), spreads=known)[0]
    assert len(visits_by(without)["ann"]) == 26
    assert len(visits_by(with_reserve)["ann"]) == 26 // fewer
    assert with_reserve.drive is not None
    (trip,) = with_reserve.drive.plan.itineraries
    assert {stop.end_s - stop.start_s for stop in trip.visits} == {20 * 60}


def test_no_scenario_has_a_reserve_that_plans_cannot_have() -> None:
    with pytest.raises(ReserveError):
        asked(1, reserve=99)

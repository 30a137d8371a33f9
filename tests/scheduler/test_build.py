"""From a day to a problem: every number that a solver sees is argued from the day's facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.geocoding import Precision
from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode, Spot
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.day import Day
from scheduler.engines.greedy import GreedyEngine
from scheduler.engines.stop_rules import Iterations
from scheduler.model import (
    Borrower,
    Break,
    Case,
    DailyWindow,
    OwnerPolicy,
    PastVisit,
    Place,
    PlaceKind,
    Shift,
    StopFlag,
)
from scheduler.plan import Reason
from scheduler.problem import CrewBreak, CrewShift, Problem, Span, Visit, VisitOption
from scheduler.windows import holds
from tests.scheduler.little_book import (
    ON,
    TOWN,
    at,
    case,
    collector,
    crew,
    daily,
    day,
    failed,
    place,
    rules_of,
    second,
    spot,
    window,
)

NEW_YORK = ZoneInfo("America/New_York")
PAIR = crew("ann", "ben")
FIRST, LAST = second("09:00"), second("20:00")
"""Lawful starts under CN: the house closes at 20:30, less 10 minutes' margin and 20 of service."""


def built(made: Day, profile: str = "CN", **more: Any) -> Problem:
    return build_problem(made, rules_of(profile), StraightLineTimes(), **more)


def only_visit(made: Day, profile: str = "CN") -> Visit:
    (visit,) = built(made, profile).visits
    return visit


def starts(visit: Visit) -> list[Span]:
    return sorted(span for option in visit.options for span in option.starts)


def home_all_day() -> Visit:
    return only_visit(day([case("k1")]))


# --- windows bind the start of service


def test_a_window_is_shorter_by_the_visit_to_the_second() -> None:
    """10:00-11:00 holds 20 minutes that begin at 10:00:00, and at 10:40:00 at the latest."""
    visit = only_visit(day([case("k1")], [place(windows=(daily("10:00-11:00"),))]))
    assert starts(visit) == [(second("10:00"), second("10:40"))]
    assert {option.service_s for option in visit.options} == {20 * 60}


def test_a_window_as_long_as_the_visit_leaves_one_second() -> None:
    visit = only_visit(day([case("k1")], [place(windows=(daily("10:00-10:20"),))]))
    assert starts(visit) == [(second("10:00"), second("10:00"))]


daily_windows = st.lists(
    st.tuples(st.integers(6 * 60, 22 * 60), st.integers(1, 300)).map(
        lambda w: DailyWindow(
            time(w[0] // 60, w[0] % 60),
            time(min(w[0] + w[1], 1439) // 60, min(w[0] + w[1], 1439) % 60),
        )
    ),
    min_size=1,
    max_size=4,
)


@given(daily_windows)
@settings(deadline=None, max_examples=60)
def test_the_options_hold_every_lawful_start_once_and_no_other(hers: list[DailyWindow]) -> None:
    """Tried at every edge and a second beside it: one of her windows and the law hold 20 min."""
    problem = built(day([case("k1")], [place(windows=tuple(hers))]))
    spans = [span for visit in problem.visits for span in starts(visit)]
    assert all(a_last < b_first for (_, a_last), (b_first, _) in pairwise(spans))
    edges = {at_s for w in hers for at_s in (clock_s(w.start), clock_s(w.end) - 1200)}
    for start in (s + d for s in edges | {FIRST, LAST} for d in (-1, 0, 1)):
        is_hers = any(clock_s(w.start) <= start <= clock_s(w.end) - 1200 for w in hers)
        assert holds(spans, start) == (is_hers and FIRST <= start <= LAST)


def clock_s(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60


# --- the chance of meeting


def test_a_day_at_home_is_parted_where_the_chance_changes() -> None:
    """On a working day she is at home by .25 from 9, .30 from 16, .52 from 17, .87 from 18.

    A home address is right by .85, and she answers by .65.
    """
    expected = {
        0.25: (FIRST, second("16:00") - 1),
        0.30: (second("16:00"), second("17:00") - 1),
        0.52: (second("17:00"), second("18:00") - 1),
        0.87: (second("18:00"), LAST),
    }
    options = home_all_day().options
    assert [option.starts for option in options] == [(span,) for span in expected.values()]
    chances = [0.85 * present * 0.65 for present in expected]
    assert [option.p_met for option in options] == pytest.approx(chances)


def test_what_a_visit_is_worth_grows_with_the_chance() -> None:
    """5,000 overdue by 95 days bring .14 of it, and 95 days of waiting 0.50 each; both if met."""
    for option in home_all_day().options:
        expected = (5000 * 0.14 + 95 * 0.50) * option.p_met
        assert option.value == pytest.approx(expected * 1000, abs=10)  # each term to the cent
    values = [option.value for option in home_all_day().options]
    assert values == sorted(set(values))


def test_an_hour_that_failed_is_worth_less_and_the_others_are_not() -> None:
    """Two failures at home between 10 and 11: .8 x .8 of the chance; that at work is another's."""
    past = [failed(f"10:{m}", date(2026, 11, d)) for m, d in (("05", 3), ("55", 10))]
    past += [failed("14:30", date(2026, 11, 10), "work")]
    visit = only_visit(day([case("k1")], past=past))
    usual = 0.85 * 0.25 * 0.65
    ten, eleven, sixteen = second("10:00"), second("11:00"), second("16:00")
    (at_ten,) = [option for option in visit.options if holds(option.starts, ten)]
    (at_nine,) = [option for option in visit.options if holds(option.starts, FIRST)]
    assert at_ten.p_met == pytest.approx(usual * 0.8 * 0.8)
    assert at_ten.starts == ((ten, eleven - 1),)
    assert at_nine.p_met == pytest.approx(usual)
    assert at_nine.starts == ((FIRST, ten - 1), (eleven, sixteen - 1))
    assert at_ten.value < at_nine.value


def test_every_open_place_has_its_own_options() -> None:
    """Work on a working day: .60 from 9 and 14, .30 from 12, .25 from 18, .05 from 19."""
    visit = only_visit(day([case("k1")], [place(), place(kind="work", step=9)]))
    at_work = [option for option in visit.options if option.place_id == "b1-work"]
    assert len(at_work) == 4
    assert {option.location for option in at_work}.isdisjoint(
        option.location for option in visit.options if option not in at_work
    )


# --- a day on which the clocks change


@pytest.mark.parametrize(
    ("on", "hours_since_midnight"), [(date(2027, 11, 7), 9), (date(2027, 3, 14), 7)]
)
def test_seconds_are_those_that_really_pass(on: date, hours_since_midnight: int) -> None:
    """At 02:00 the clocks go back in autumn: 08:00 is nine hours after midnight; in spring seven.

    US visits begin between 08:00 and 20:30 by the clock, 12.5 hours. Both days are Sundays: from
    8 to 9 by the clock she is at home by .70, from 9 to 12 by .55.
    """
    eight = hours_since_midnight * 3600
    made = day([case("k1")], on=on, zone=NEW_YORK, crews=[crew("ann")])
    made = replace(made, crews=[replace(PAIR, window=window("09:00-17:00", on, NEW_YORK))])
    problem = built(made, "US")
    (visit,) = problem.visits
    assert (starts(visit)[0][0], starts(visit)[-1][-1]) == (eight, eight + 12 * 3600 + 1800)
    (first,) = [option for option in visit.options if holds(option.starts, eight)]
    assert first.starts == ((eight, eight + 3600 - 1),)
    assert first.p_met == pytest.approx(0.85 * 0.70 * 0.65)
    (shift,) = problem.crews
    assert (shift.start_s, shift.end_s) == (eight + 3600, eight + 9 * 3600)
    assert problem.at(eight) == datetime.combine(on, time(8), NEW_YORK)


def test_hours_that_failed_are_those_of_the_clock_on_such_a_day_too() -> None:
    on = date(2026, 11, 1)
    ten = datetime(2026, 10, 20, 10, 30, tzinfo=NEW_YORK)
    past = [PastVisit("b1", ten, was_met=False, place_kind=PlaceKind.HOME)]
    visit = only_visit(day([case("k1")], on=on, zone=NEW_YORK, past=past), "US")
    (lessened,) = [o for o in visit.options if o.p_met == pytest.approx(0.85 * 0.55 * 0.65 * 0.8)]
    assert lessened.starts == ((11 * 3600, 12 * 3600 - 1),)  # 10 to 11, an hour later


# --- who may go


@pytest.mark.parametrize(
    ("policy", "allowed", "prices"),
    [
        (OwnerPolicy.FIXED, frozenset({"ann+ben"}), {}),
        (OwnerPolicy.PREFERRED, None, {"cat": 30_000}),
        (OwnerPolicy.IGNORED, None, {}),
    ],
)
def test_what_an_owner_means(
    policy: OwnerPolicy, allowed: frozenset[str] | None, prices: dict[str, int]
) -> None:
    """One of her cases is ben's; another pair costs 30, which is 30,000 thousandths."""
    city = replace(TOWN, owner_policy=policy, owner_change_price=Decimal(30))
    cases = [case("k1"), case("k2", owner="ben")]
    people = [collector(id_) for id_ in ("ann", "ben", "cat")]
    visit = only_visit(day(cases, city=city, crews=[PAIR, crew("cat")], collectors=people))
    assert (visit.allowed_crews, visit.crew_prices) == (allowed, prices)
    crews = [PAIR, crew("cat")]
    free = only_visit(day([case("k1")], city=city, crews=crews, collectors=people))
    assert (free.allowed_crews, free.crew_prices) == (None, {})


@pytest.mark.parametrize(
    ("policy", "allowed", "prices"),
    [
        (OwnerPolicy.FIXED, frozenset({"ann+ben", "cat"}), {}),
        (OwnerPolicy.PREFERRED, None, {"dan": 30_000}),
        (OwnerPolicy.IGNORED, None, {}),
    ],
)
def test_who_stands_in_counts_beside_the_owner(
    policy: OwnerPolicy, allowed: frozenset[str] | None, prices: dict[str, int]
) -> None:
    """Ben owns k2, cat stands in for it; dan, who is neither, costs 30 or may not go."""
    city = replace(TOWN, owner_policy=policy, owner_change_price=Decimal(30))
    people = [collector(id_) for id_ in ("ann", "ben", "cat", "dan")]
    facts: dict[str, Any] = {
        "city": city,
        "crews": [PAIR, crew("cat"), crew("dan")],
        "collectors": people,
    }
    standing = {"k2": frozenset({"cat"})}
    cases = [case("k1"), case("k2", owner="ben")]
    visit = only_visit(day(cases, **facts, stand_ins=standing))
    assert (visit.allowed_crews, visit.crew_prices) == (allowed, prices)


def test_who_stands_in_where_nobody_owns_keeps_nobody_away() -> None:
    city = replace(TOWN, owner_policy=OwnerPolicy.FIXED)
    standing = {"k1": frozenset({"zoe"})}
    visit = only_visit(day([case("k1")], city=city, crews=[PAIR], stand_ins=standing))
    assert visit.allowed_crews is None


def test_a_fixed_owner_who_is_not_there_leaves_nobody_to_go() -> None:
    city = replace(TOWN, owner_policy=OwnerPolicy.FIXED)
    visit = only_visit(day([case("k1", owner="zoe")], city=city, crews=[PAIR]))
    assert visit.allowed_crews == frozenset()


@pytest.mark.parametrize(
    ("profile", "asked", "expected"), [("CN", 1, 2), ("CN", 3, 3), ("US", 1, 1), ("US", 2, 2)]
)
def test_as_many_go_as_the_law_or_a_case_asks(profile: str, asked: int, expected: int) -> None:
    """CN asks for two at least; the US for none."""
    cases = [case("k1"), case("k2", crew_size=asked)]
    assert only_visit(day(cases), profile).crew_size == expected


def test_a_visit_asks_for_the_skills_of_all_its_cases_and_of_no_stopped_one() -> None:
    paid = case("k3", skills=frozenset({"boats"}), stops=frozenset({StopFlag.PAID}))
    cases = [case("k1", skills=frozenset({"vehicles"})), case("k2", skills=frozenset({"law"}))]
    visit = only_visit(day([*cases, paid]))
    assert visit.skills == {"vehicles", "law"}
    assert visit.case_ids == ("k1", "k2")


def test_a_must_visit_is_required() -> None:
    agreed = case("k1", appointment=window("14:00-15:00"))
    visits = built(day([agreed, case("k2", "b2")])).visits
    assert [visit.is_required for visit in visits] == [True, False]


@pytest.mark.parametrize(
    ("hers", "theirs", "may_go"),
    [
        ("", "", True),
        ("", "hakka", True),
        ("cantonese hakka", "hakka", True),
        ("cantonese hakka", "mandarin", False),
        ("cantonese", "", True),  # nothing is said of what the crew speaks
    ],
)
def test_a_crew_speaks_one_language_of_hers_where_both_are_stated(
    hers: str, theirs: str, may_go: bool
) -> None:
    borrower = Borrower("b1", "somebody", languages=frozenset(hers.split()))
    people = [collector(id_, languages=frozenset(theirs.split())) for id_ in ("ann", "ben")]
    problem = built(day([case("k1")], borrowers=[borrower], collectors=people, crews=[PAIR]))
    (visit,), (pair,) = problem.visits, problem.crews
    assert (visit.skills <= pair.skills) == may_go
    assert bool(visit.skills) == bool(hers)


def test_one_of_a_pair_who_speaks_it_will_do() -> None:
    borrower = Borrower("b1", "somebody", languages=frozenset({"hakka"}))
    people = [
        collector("ann", languages=frozenset({"mandarin"})),
        collector("ben", languages=frozenset({"mandarin", "hakka"})),
    ]
    made = day([case("k1")], borrowers=[borrower], collectors=people)
    (visit,), crews = (p := built(replace(made, crews=[PAIR, crew("ann")]))).visits, p.crews
    assert [visit.skills <= one.skills for one in crews] == [True, False]


# --- crews


def test_a_crew_in_seconds_and_thousandths() -> None:
    """60 an hour for each of two: 120,000 / 3,600 = 33.3 thousandths a second; overtime 90: 50."""
    rest = Break(window("12:00-13:00"), timedelta(minutes=30))
    pair = replace(
        PAIR,
        end=spot(40),
        mode=Mode.EBIKE,
        skills=frozenset({"law"}),
        breaks=(rest, replace(rest, window=window("15:00-16:00"))),
        max_overtime=timedelta(minutes=45),
        max_visits=9,
    )
    city = replace(TOWN, travel_price_per_hour=Decimal(60), overtime_price_per_hour=Decimal(90))
    problem = built(day([case("k1")], city=city, crews=[pair, crew("cat")]))
    assert problem.crews[0] == CrewShift(
        id="ann+ben",
        start_location=problem.crews[1].start_location,
        end_location=problem.crews[0].end_location,
        start_s=second("09:00"),
        end_s=second("18:00"),
        mode=problem.travel.modes.index(Mode.EBIKE),
        size=2,
        skills=frozenset({"law"}),
        breaks=(
            CrewBreak("break 1", (second("12:00"), second("12:30")), 1800, is_paid=False),
            CrewBreak("break 2", (second("15:00"), second("15:30")), 1800, is_paid=False),
        ),
        max_visits=9,
        max_overtime_s=45 * 60,
        travel_price_per_s=33,
        overtime_price_per_s=50,
    )
    alone = problem.crews[1]
    assert (alone.size, alone.travel_price_per_s, alone.overtime_price_per_s) == (1, 17, 25)
    assert alone.end_location == alone.start_location != problem.crews[0].end_location


# --- spots


class Spots(StraightLineTimes):
    """Straight roads that remember what they were asked."""

    asked: tuple[Spot, ...] = ()

    def matrix(self, spots: Any, modes: Any) -> Any:
        self.asked = tuple(spots)
        return super().matrix(spots, modes)


def test_one_door_is_one_spot_and_a_street_is_walked() -> None:
    """Found to its street, whose door lies within 200 m: 100 m to walk, on the mean."""
    roads = Spots()
    doors = [place("b1"), place("b2")]
    streets = [place(id_, precision=Precision.STREET, radius_m=200.0) for id_ in ("b3", "b4")]
    made = day([case(f"k{i}", f"b{i}") for i in range(1, 5)], doors + streets, crews=[PAIR])
    problem = build_problem(made, rules_of(), roads)
    assert set(roads.asked) == {Spot(spot(5)), Spot(spot(5), 100.0), Spot(spot(0))}
    assert len(roads.asked) == 3
    rows = [{option.location for option in visit.options} for visit in problem.visits]
    assert rows[0] == rows[1] != rows[2] == rows[3]


# --- of too many those worth most


def test_must_visits_come_first_then_those_worth_most_and_the_others_are_told() -> None:
    small = {"overdue": Decimal(10), "days_past_due": 5}
    cases = [
        case("k1", "b1", **small),
        case("k2", "b2"),
        case("k3", "b3", **small, appointment=window("14:00-15:00")),
        case("k4", "b4", overdue=Decimal(4000)),
        case("k5", "b5", stops=frozenset({StopFlag.PAID})),
    ]
    problem = built(day(cases), most=2)
    assert [visit.id for visit in problem.visits] == ["b3", "b2"]
    assert [(e.visit_id, e.reason, e.case_ids) for e in problem.refused] == [
        ("b5", Reason.RULE, ("k5",)),
        ("b4", Reason.NOT_SHORTLISTED, ("k4",)),
        ("b1", Reason.NOT_SHORTLISTED, ("k1",)),
    ]
    assert len(built(day(cases), most=4).visits) == 4


# --- any day


def random_day(seed: int) -> Day:
    """Return a day of up to 25 borrowers with everything that a book may hold."""
    rng = Random(seed)
    ids = [f"b{i}" for i in range(rng.randrange(1, 25))]
    cases = [_random_case(rng, f"k{i}", rng.choice(ids)) for i in range(2 * len(ids))]
    members = [("ann", "ben"), ("cat", "dan"), ("eve",)][: rng.randrange(1, 4)]
    people = [
        collector(id_, skills=some(rng, "law"), languages=some(rng, "hakka", "min"))
        for team in members
        for id_ in team
    ]
    rest = Break(window("12:00-13:00"), timedelta(minutes=30))
    hours = window("09:00-14:00")
    return day(
        cases,
        [p for id_ in ids for p in _random_places(rng, id_)],
        [Borrower(id_, "somebody", stops=some(rng, *StopFlag, p=0.01)) for id_ in ids],
        city=replace(TOWN, owner_policy=rng.choice(list(OwnerPolicy))),
        stand_ins={one.id: some(rng, "ann", "cat", "eve") for one in cases if rng.random() < 0.3},
        collectors=people,
        shifts=[Shift(c.id, hours, (rest,), timedelta(minutes=20)) for c in people],
        crews=[
            replace(
                crew(*team, hours="09:00-14:00", max_overtime=timedelta(minutes=20)),
                breaks=(rest,),
                skills=frozenset().union(*(c.skills for c in people if c.id in team)),
            )
            for team in members
        ],
        past=[
            failed(f"{rng.randrange(10, 20)}:10", date(2026, 11, rng.randrange(1, 22)), None, id_)
            for id_ in ids
            if rng.random() < 0.3
        ],
    )


def some(rng: Random, *of: Any, p: float = 0.3) -> frozenset[Any]:
    return frozenset(one for one in of if rng.random() < p)


def _random_case(rng: Random, id_: str, borrower: str) -> Case:
    start = rng.randrange(10, 20)
    return case(
        id_,
        borrower,
        overdue=Decimal(rng.randrange(100, 9000)),
        stops=some(rng, *StopFlag, p=0.01),
        is_assigned=rng.random() < 0.2,
        owner=rng.choice((None, None, "ann", "dan", "zoe")),
        promise_due=rng.choice((None, None, ON, ON + timedelta(days=3))),
        appointment=window(f"{start}:00-{start + 1}:00") if rng.random() < 0.1 else None,
        skills=some(rng, "law", p=0.1),
        crew_size=rng.choice((1, 1, 2)),
        visited_at=at("10:00", date(2026, 11, 20)) if rng.random() < 0.05 else None,
    )


def _random_places(rng: Random, borrower: str) -> list[Place]:
    return [
        place(
            borrower,
            kind,
            step=rng.randrange(200),
            source=rng.choice(("borrower", "bureau")),
            precision=rng.choice(list(Precision)),
            radius_m=float(rng.randrange(300)),
            windows=(daily(f"{rng.randrange(6, 12):02}:30-{rng.randrange(12, 20)}:15"),)
            if rng.random() < 0.4
            else (),
            is_valid=rng.random() < 0.9,
        )
        for kind in PlaceKind
        if rng.random() < 0.5
    ]


@given(st.integers(0, 10**6), st.sampled_from(["CN", "US"]))
@settings(deadline=None, max_examples=80)
def test_any_day_becomes_a_lawful_plan_that_accounts_for_everybody(seed: int, profile: str) -> None:
    made = random_day(seed)
    problem = built(made, profile, most=15)
    plan = GreedyEngine().solve(problem, Iterations(8), seed=seed).plan
    assert check_plan(problem, plan) == []
    owing = {case.borrower_id for case in made.cases}
    left_out = [e.visit_id for e in plan.left_out if e.visit_id in owing]
    assert sorted([*plan.served, *left_out]) == sorted(owing)
    planned = [id_ for visit in plan.served for id_ in problem.visit_by_id[visit].case_ids]
    told = [id_ for entry in plan.left_out for id_ in entry.case_ids]
    assert sorted(planned + told) == sorted(case.id for case in made.cases)
    assert all(_is_whole(visit.options) for visit in problem.visits)


def _is_whole(options: tuple[VisitOption, ...]) -> bool:
    """Say whether no second is offered twice at one place, and a better chance is worth more."""
    at_place: dict[str, list[VisitOption]] = {}
    for option in options:
        at_place.setdefault(option.place_id, []).append(option)
    for offered in at_place.values():
        spans = sorted(span for option in offered for span in option.starts)
        if any(b_first <= a_last for (_, a_last), (b_first, _) in pairwise(spans)):
            return False
        by_chance = sorted(offered, key=lambda option: option.p_met)
        if any(a.value > b.value for a, b in pairwise(by_chance)):
            return False
    return True

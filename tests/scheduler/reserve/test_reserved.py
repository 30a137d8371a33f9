"""A problem with reserve: longer ways and visits, and nothing else is another."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import pytest

from routing.travel import UNREACHABLE
from scheduler.errors import DayroundError
from scheduler.forecast.spreads import HOUSE_SPREADS, P90, Lognormal, Spreads
from scheduler.problem import Problem
from scheduler.reserve.asked import MOST_RESERVE, NO_RESERVE, RESERVES, ReserveError
from scheduler.reserve.reserved import visit_s, way_factor, with_reserve
from tests.problems import HOUR_S, random_problem

SURE = Spreads(0, 0, Lognormal(1200, 0), Lognormal(360, 0))


def a_day(seed: int) -> Problem:
    return random_problem(seed, visits=8, crews=3, slots=True, pace=True, unreachable=True)


@pytest.mark.parametrize("seed", range(5))
def test_no_way_and_no_visit_becomes_shorter_at_whatever_hour(seed: int) -> None:
    usual = a_day(seed)
    rows = range(len(usual.travel.seconds[0, 0]))
    for percent in RESERVES:
        slower = with_reserve(usual, percent, HOUSE_SPREADS)
        for crew, other in zip(usual.crews, slower.crews, strict=True):
            for leave_s in (8 * HOUR_S, 9 * HOUR_S - 60, 15 * HOUR_S):
                ways = [(i, j) for i in rows for j in rows]
                was = [usual.arrival_s(crew, *way, leave_s) for way in ways]
                now = [slower.arrival_s(other, *way, leave_s) for way in ways]
                assert all(a <= b for a, b in zip(was, now, strict=True))
                assert [a >= UNREACHABLE for a in was] == [b >= UNREACHABLE for b in now]
        for one, longer in zip(usual.visits, slower.visits, strict=True):
            for way, other_way in zip(one.options, longer.options, strict=True):
                assert way.service_s <= other_way.service_s


def test_hours_shifts_breaks_prices_and_law_stay() -> None:
    usual = a_day(7)
    slower = with_reserve(usual, 90, HOUSE_SPREADS)
    assert slower.crews != usual.crews
    paces = [one.travel_percent for one in usual.crews]
    crews = [replace(a, travel_percent=b) for a, b in zip(slower.crews, paces, strict=True)]
    visits = [
        replace(
            longer,
            options=tuple(
                replace(b, service_s=a.service_s)
                for a, b in zip(one.options, longer.options, strict=True)
            ),
        )
        for one, longer in zip(usual.visits, slower.visits, strict=True)
    ]
    assert replace(slower, crews=tuple(crews), visits=tuple(visits)) == usual


def test_more_reserve_makes_nothing_shorter_and_none_changes_nothing() -> None:
    usual = a_day(1)
    assert with_reserve(usual, NO_RESERVE, HOUSE_SPREADS) is usual
    paces = [with_reserve(usual, one, HOUSE_SPREADS).crews[0].travel_percent for one in RESERVES]
    assert paces == sorted(set(paces))
    lasts = [visit_s(HOUSE_SPREADS, 0.6, one / 100) for one in RESERVES]
    assert lasts == sorted(set(lasts))


@pytest.mark.parametrize("percent", [-1, 0, NO_RESERVE - 1, MOST_RESERVE + 1, 100])
def test_a_share_that_is_no_reserve_is_refused_in_words(percent: int) -> None:
    with pytest.raises(ReserveError, match=f"from 50 .* to 95 percent, and not {percent}") as error:
        with_reserve(a_day(1), percent, HOUSE_SPREADS)
    assert isinstance(error.value, DayroundError)


def test_a_way_is_at_its_quantile_around_a_mean_of_one() -> None:
    # By hand: both lucks have one sigma of the root of .25² + .10², and nine of ten lie below P90.
    sigma = (0.25**2 + 0.10**2) ** 0.5
    assert way_factor(HOUSE_SPREADS, 0.9) == pytest.approx(exp(P90 * sigma - sigma**2 / 2))
    # The middle of such a way is below its mean, and no way is planned below that.
    assert way_factor(HOUSE_SPREADS, 0.5) == 1.0
    assert way_factor(SURE, 0.9) == 1.0


def test_a_visit_is_as_long_as_those_that_meet_her_and_those_that_do_not() -> None:
    # 80 % of the visits that meet her last 12 to 25 minutes, so that nine of ten are over by 25.
    assert visit_s(HOUSE_SPREADS, 1.0, 0.9) == pytest.approx(25 * 60, abs=1)
    assert visit_s(HOUSE_SPREADS, 0.0, 0.5) == 6 * 60
    # Half meet her and last twenty minutes, half do not and last six: seven of ten are over by 20.
    assert visit_s(SURE, 0.5, 0.7) == 1200
    assert visit_s(SURE, 0.5, 0.5) == 360
    length = Lognormal(600, 0.5)
    assert length.below(600) == 0.5
    assert length.below(600 * exp(0.5 * P90)) == pytest.approx(0.9)
    assert (length.below(0), SURE.met.below(1199), SURE.met.below(1200)) == (0, 0, 1)
    assert log(length.span_s[1] / 600) == pytest.approx(0.5 * P90)

"""Who is employed and cannot be sent: she is paid, stays, and is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import numpy as np

from scheduler.day import Day
from scheduler.headcount.employed import Employed
from scheduler.headcount.figures import TeamFigures, Wages, figures_of
from scheduler.headcount.scenario import Pairs, Scenario, Target
from scheduler.headcount.unfit import Unfit, all_unfit, unfit_by
from scheduler.model import Collector, Shift
from tests.scheduler.headcount.test_districts import NEAR, two_districts
from tests.scheduler.headcount.weeks_of_a_town import owing, weeks, worked
from tests.scheduler.little_book import ON, collector, spot, window

LONG_AGO = ON - timedelta(days=30)
ONE_VISIT = time(9), time(9, 35)
"""One visit of twenty minutes, and the way there and back."""


def until(id_: str, last: date | None, step: float = 0) -> Collector:
    return collector(id_, start=spot(step), end=spot(step), certificate_expires=last)


def at_work(first: Day, *people: Collector) -> Day:
    shifts = [Shift(one.id, window("09:00-18:00")) for one in people]
    return replace(first, collectors=list(people), shifts=shifts)


def asked(count: int, within: int = 2, **said: object) -> Scenario:
    return replace(Scenario(count, Target("M2", within), absence=0.0, hours=ONE_VISIT), **said)  # type: ignore[arg-type]


def told(first: Day, scenario: Scenario) -> TeamFigures:
    """Return what is told of a team: two days, Monday and Tuesday, one visit each and day."""
    team = Employed.of(first, scenario)
    return figures_of(scenario.employed, worked(first, scenario), Wages(), team=team)


def test_who_may_not_be_sent_is_paid_stays_and_is_told() -> None:
    """Two come and one goes: of four cases two are visited in two days, for four shifts' pay."""
    first = at_work(owing(4), until("ann", None), until("ben", LONG_AGO))
    team = told(first, asked(2))
    assert (team.on_shift, team.unfit_on_shift, team.on_road) == (2, 1, 1)
    assert team.coverage.mean == 0.5
    assert team.unfit == (Unfit(LONG_AGO, 1),)
    assert team.cost.mean == 4 * Wages().per_shift


def test_a_certificate_that_ends_during_the_weeks_is_told_too() -> None:
    """Its last day is the first: two visits on Monday, one on Tuesday."""
    first = at_work(owing(4), until("ann", None), until("ben", ON))
    team = told(first, asked(2))
    assert (team.unfit, team.unfit_on_shift) == ((Unfit(ON, 1),), 0.5)
    assert team.made.mean == 3


def test_a_certificate_that_holds_on_the_last_day_is_no_matter() -> None:
    team = told(at_work(owing(4), until("ben", ON + timedelta(days=1))), asked(1))
    assert (team.unfit, team.unfit_on_shift) == ((), 0)


def test_renewed_certificates_are_worth_what_who_stays_would_do() -> None:
    first = at_work(owing(4), until("ann", None), until("ben", LONG_AGO))
    renewed, plain = told(first, asked(2, renewed=True)), told(first, asked(2))
    assert renewed.unfit == ()
    assert renewed.made.mean - plain.made.mean == 2, "one visit a day more"


def test_they_are_counted_by_the_day_that_ended_their_certificates() -> None:
    people = (until("a", ON), until("b", LONG_AGO), until("c", ON), until("d", None))
    by_day = unfit_by(people, ON + timedelta(days=1))
    assert by_day == (Unfit(LONG_AGO, 1), Unfit(ON, 2))
    assert all_unfit(by_day) == 3


def test_who_may_not_be_sent_has_no_zone_of_her_own() -> None:
    """Else nobody would come to the six of the west: ann, of the east, may go there, too."""
    first = at_work(two_districts(), until("ann", None), until("ben", LONG_AGO, 90))
    team = Employed.of(first, asked(2, zones=True))
    assert team.dealt.mates["ann"] == {"ann", "ben"}
    both = at_work(two_districts(), until("ann", None), until("ben", None, 90))
    assert Employed.of(both, asked(2, zones=True)).dealt.mates["ann"] == {"ann"}
    renewed = Employed.of(first, asked(2, zones=True, renewed=True))
    assert renewed.dealt.mates["ann"] == {"ann"}


def test_a_district_tells_who_of_those_who_start_there_may_not_be_sent() -> None:
    first = at_work(two_districts(), until("ann", None), until("ben", LONG_AGO, 90))
    east, west = told(first, asked(2)).districts
    assert (east.collectors, east.unfit) == (1, 0)
    assert (west.collectors, west.unfit) == (1, 1)


def test_fixed_pairs_are_made_of_those_who_can_be_sent() -> None:
    """Ben, the nearest to ann, may not go: she goes with eve."""
    first = at_work(owing(4), until("ann", None), until("ben", LONG_AGO), until("eve", None, 3))
    team = Employed.of(first, asked(3, pairs=Pairs.FIXED), size=2)
    assert team.dealt.partner == {"ann": "eve", "eve": "ann", "ben": None}


def test_hired_people_take_the_place_of_who_may_not_be_sent() -> None:
    """Six cases wait in the west for somebody who can be sent; ben, who starts there, cannot."""
    first = at_work(two_districts(), until("ann", None), until("ben", LONG_AGO, 90))
    [hired] = Employed.of(first, asked(3)).collectors[2:]
    assert hired.start.lon > spot(max(NEAR)).lon


def test_days_tell_how_many_came_in_vain() -> None:
    first = at_work(owing(2), until("ann", LONG_AGO), until("ben", LONG_AGO))
    came = worked(first, asked(2))
    np.testing.assert_array_equal(came.unfit, [4, 4])
    assert came.on_road == 0
    assert weeks(first, asked(2)).team.collectors[0].id == "ann"

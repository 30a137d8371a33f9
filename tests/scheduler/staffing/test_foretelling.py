"""What the morning tells of a kept plan, by spreads that were learned or are assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from routing.paces import AS_ROADS_SAY
from scheduler.forecast import HOUSE_SPREADS, Learned, SpreadsNow, TimesDecision, spreads_now
from scheduler.plan import Plan
from scheduler.staffing.foretelling import foretell
from tests.problems import HOUR_S, option, visit
from tests.scheduler.staffing.test_believed import a_day, likely

WIDE = replace(HOUSE_SPREADS, leg=1.0, day=0.5)
LEARNED = Learned(AS_ROADS_SAY, 900, WIDE, 0.5, (), legs=300, visits=200)
MAY = datetime(2026, 5, 1, tzinfo=UTC)


def decided(number: int, learned: Learned = LEARNED) -> TimesDecision:
    return TimesDecision(number, learned, date(2026, 4, 1), date(2026, 4, 30), 1200, "pia", MAY)


def test_spreads_are_assumed_until_somebody_lets_plans_keep_what_was_learned() -> None:
    assert spreads_now([]) == SpreadsNow()
    assert spreads_now([]).is_assumed
    narrow = replace(LEARNED, spreads=replace(WIDE, leg=0.1), legs=9, visits=0)
    by = spreads_now([decided(1), decided(2, narrow)])
    assert (by.spreads.leg, by.legs, by.is_assumed) == (0.1, 9, False)
    assert by.last == date(2026, 4, 30)
    back = replace(decided(2, narrow), taken_back_at=MAY)
    assert spreads_now([decided(1), back]).spreads == WIDE


def test_wider_spreads_make_a_tight_visit_late_more_often() -> None:
    """The second visit may begin within five minutes of when the plan comes there."""
    open_s = (8 * HOUR_S, 10 * HOUR_S)
    first = likely(1)
    day, plan = a_day(first, visit("v2", option(2, open_s)))
    [_, second] = plan.itineraries[0].visits
    tight = (open_s[0], second.start_s + 300)
    day, plan = a_day(first, visit("v2", option(2, tight)))
    assumed = foretell(day, plan, SpreadsNow())
    learned = foretell(day, plan, spreads_now([decided(1)]))
    assert learned.told.on_time["v2"] < assumed.told.on_time["v2"] < 1.0
    assert assumed.told == foretell(day, plan, SpreadsNow()).told
    # A way of ten minutes that is lognormal by 1.1 lasts over a quarter of an hour in one of five
    # days, and a visit over five minutes more than planned in as many: not on time in a third.
    assert learned.is_low("v2")
    assert not assumed.is_low("nobody")


def test_what_the_day_knows_no_more_is_passed_by() -> None:
    day, plan = a_day(likely(1), likely(2))
    fewer = replace(day, visits=day.visits[:1])
    told = foretell(fewer, plan, SpreadsNow()).told
    assert told.on_time.keys() == {"v1"}
    assert told.crews.keys() == {"a"}
    assert foretell(replace(day, visits=()), plan, SpreadsNow()).told.crews == {}
    assert foretell(day, Plan((), ()), SpreadsNow()).of_crew("a") is None

"""What a plan's visits are worth together: as much as the search weighs them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.calendar import DayKind
from scheduler.model import PlaceKind
from scheduler.problem import MILLS
from scheduler.value import VisitPrices
from scheduler.value.of_plan import PlannedVisit, PlanWorth, plan_worth
from tests.scheduler.little_book import ON, at, case, day, failed, rules_of

BOOK = day(
    [case("k1"), case("k2", "b2", overdue=Decimal(800), is_assigned=True)],
    past=[failed("10:30", ON - timedelta(days=9))],
)


def test_it_is_what_the_search_weighs_whatever_the_hour() -> None:
    problem = build_problem(BOOK, rules_of(), StraightLineTimes())
    for visit in problem.visits:
        for option in visit.options:
            starts = problem.at(option.starts[0][0])
            planned = PlannedVisit(visit.case_ids, PlaceKind.HOME, starts)
            told = plan_worth(BOOK, [planned], kind=DayKind.WORKING)
            assert told.met == pytest.approx(option.p_met)
            assert round((told.value + told.assigned) * MILLS) == option.value


def test_visits_add_up_and_one_whose_case_is_closed_is_worth_nothing() -> None:
    visits = [PlannedVisit((id_,), PlaceKind.HOME, at("19:00")) for id_ in ("k1", "k2")]
    one, other = (plan_worth(BOOK, [each], kind=DayKind.WORKING) for each in visits)
    both = plan_worth(BOOK, visits, kind=DayKind.WORKING)
    assigned = VisitPrices().assigned  # k2 alone is
    assert both == PlanWorth(one.met + other.met, one.value + other.value, assigned)
    closed = PlannedVisit(("gone",), PlaceKind.HOME, at("19:00"))
    assert plan_worth(BOOK, [closed], kind=DayKind.WORKING).value == 0

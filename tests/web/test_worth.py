"""What a plan comes to, by the house's assumptions, as far as its reader may see it."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from scheduler.calendar import DayKind
from scheduler.model import PlaceKind
from scheduler.plan import Plan
from scheduler.value.of_plan import PlannedVisit, plan_worth
from tests.data.world import ALICE, TODAY, crew, new_plan
from tests.web.homes import lawful_home  # noqa: F401 - it takes the place of the home
from tests.web.pages import World, trip
from tests.web.test_dispatch import DAY, english

AT_TEN = datetime.combine(TODAY, time(10), ZoneInfo("Asia/Shanghai"))


# At a home at ten on a Monday: the address is right by .85, somebody is in by .25, answers by .65.
# Nora sees two of the three visits.
@pytest.mark.parametrize(("who", "met"), [("dora", 3 * 0.138), ("nora", 2 * 0.138)])
def test_visits_that_she_sees_are_counted(world: World, who: str, met: float) -> None:
    assert f"≈ {met:.1f}</dd>" in english(world, who).page(f"{DAY}/")


def test_what_is_overdue_is_a_fact(world: World) -> None:
    assert world.wired.desk.overdue("Town", ["C1", "C3"]) == 2 * Decimal("800.25")
    page = english(world, "nora").page(f"{DAY}/")  # she sees two of the three visits
    assert "CN¥1.6K</dd>" in page
    assert 'data-figure="value"' not in page  # it would tell of their cases at other agencies


def test_the_strip_tells_the_worth_of_the_visits_and_beside_it_what_is_overdue(
    world: World,
) -> None:
    page = english(world).page(f"{DAY}/")
    value = page.split('data-figure="value"')[1].split("</div>")[0]
    assert "CN¥2.4K is overdue at these doors" in value  # three times 800.25
    day = world.wired.store.open_day("Town", TODAY)
    visits = [PlannedVisit((f"C{n}",), PlaceKind.HOME, AT_TEN) for n in (1, 2, 3)]
    told = plan_worth(day, visits, kind=DayKind.WORKING).value
    assert told > 0
    assert f"CN¥{told:.2f}</dd>" in value


def test_without_readable_rules_nothing_is_assumed(world: World) -> None:
    told = world.wired.store.plan("Town", TODAY).content.targets
    plan, crews = Plan((trip("alice", "B1"),), ()), (crew("alice", source="single"),)
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(new_plan(plan=plan, crews=crews, targets=told, profile="gone"))
    page = english(world).page(f"{DAY}/")
    assert "≈" not in page
    assert "overdue at these doors" in page

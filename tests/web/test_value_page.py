"""What a visit is worth, on the desk: the terms add up to what the search was given."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from data.access import Grant, Role
from scheduler.problem import MILLS
from scheduler.scores import Score
from scheduler.service import explain_case, kept_plan
from scheduler.value import Term
from tests.data.built_city import add_city
from tests.data.world import ALICE, TODAY
from tests.web.pages import World
from tests.web.phone_days import make_lawful
from tests.web.test_dispatch import english
from tests.web.test_map import EXTRACT
from web.dispatch.value import lines
from web.formats import money

PAGE = f"/Town/{TODAY}/value"


@pytest.fixture
def weighed(world: World) -> World:
    """The world with roads, a lawful day that visits B1, and a score of her case."""
    add_city(world.wired.home.cities, "Town", EXTRACT)
    make_lawful(world)
    with world.wired.store.writing(ALICE) as writer:
        told = Score("C1", "bureau", TODAY - timedelta(days=3), Decimal("0.6"))
        writer.add_scores("Town", [told])
    return world


def test_the_terms_add_up_to_what_the_search_is_given(weighed: World) -> None:
    kept = kept_plan(weighed.wired.ports, "Town", TODAY)
    told = explain_case(weighed.wired.ports, "Town", TODAY, "C1")
    assert told.planned is not None
    assert told.value is not None
    options = kept.problem.visit_by_id["B1"].options
    assert round(told.value.total * MILLS) in {option.value for option in options}
    with weighed.app.test_request_context(headers={"Accept-Language": "en"}):
        total = money(told.value.total, "CNY")
    page = unescape(english(weighed).page(f"{PAGE}?case=C1"))
    assert f"<strong>{total}</strong>" in page
    assert "score 0.6 of bureau" in page
    assert page.count("<rect") == len(told.value.terms)
    assert "told, not in the sum" in page  # what the way costs


def test_the_reckoning_is_in_chinese_too(weighed: World) -> None:
    page = unescape(weighed.visitor("dora").page(f"{PAGE}?case=C1"))
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "评分 0.6（来源 bureau" in body
    assert "见到时的回款比例" in body
    for english_words in ("overdue", "paid if met", "without a visit", "on the road"):
        assert english_words not in body


def test_a_day_without_a_plan_says_so(weighed: World) -> None:
    page = english(weighed).page(f"/Town/{TODAY + timedelta(days=3)}/value?case=C1")
    assert "This day has no plan" in page


def test_a_case_that_is_not_there_is_no_page(weighed: World) -> None:
    assert english(weighed).get(f"{PAGE}?case=C77").status_code == 404


def test_without_a_day_it_leads_to_the_next_that_is_worked(world: World) -> None:
    answer = english(world).get("/Town/value?case=C1")
    assert answer.headers["Location"] == f"{PAGE}?case=C1"


def test_who_sees_one_agency_does_not_see_what_others_are_owed(world: World) -> None:
    """A borrower's sum holds her cases at all agencies."""
    nora = english(world, "nora")
    assert nora.get(f"{PAGE}?case=C1").status_code == 403
    assert "Its worth" not in nora.page(f"/Town/{TODAY}/")
    assert english(world, "alice").get(f"{PAGE}?case=C1").status_code == 403


def test_it_is_a_step_away_from_plan_and_borrower(world: World) -> None:
    world.wired.users.add("dick", [Grant(Role.DISPATCHER, "Town")], ALICE)
    dick = english(world, "dick")
    assert f"{PAGE}?case=C1&amp;version=1" in dick.page(f"/Town/{TODAY}/")
    assert "/Town/value?case=C1" in dick.page("/Town/borrowers/B1")


def test_bars_have_one_zero() -> None:
    """From -25 to 75 the drawing is a unit wide each: 75 begins where -25 ends."""
    told = lines([Term("recovery", Decimal(75), ""), Term("cost", Decimal(-25), "", is_told=True)])
    assert [(line.x, line.width) for line in told] == [
        (Decimal(25), Decimal(75)),
        (Decimal(0), Decimal(25)),
    ]
    assert [line.width for line in lines([Term("waiting", Decimal(0), "")])] == [Decimal(0)]

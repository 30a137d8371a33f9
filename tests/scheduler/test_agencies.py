"""Agencies: when they ask for attention; and cases that nobody may work out of their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from scheduler.agencies import Agency, AgencyLoad, Warned, warnings
from scheduler.model import Case, StopFlag
from scheduler.plan import LeftOut, Reason
from scheduler.screening import screen
from tests.scheduler.little_book import ON, case, day, rules_of

DAY = timedelta(days=1)
GOOD = AgencyLoad(Agency("North", is_listed=True, evaluated_on=ON, quota=10), now=10)


def with_agency(**changes: Any) -> AgencyLoad:
    return replace(GOOD, agency=replace(GOOD.agency, **changes))


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        (GOOD, ()),
        (with_agency(is_listed=False), (Warned.NOT_LISTED,)),
        (with_agency(evaluated_on=None), (Warned.NEVER_EVALUATED,)),
        (with_agency(evaluated_on=ON - 365 * DAY), ()),
        (with_agency(evaluated_on=ON - 366 * DAY), (Warned.EVALUATION_OLD,)),
        (replace(GOOD, now=11), (Warned.OVER_QUOTA,)),
        (replace(with_agency(quota=None), now=10_000), ()),
        (replace(with_agency(quota=0), now=0), ()),
        (replace(GOOD, ended=1), (Warned.ENDED,)),
        (AgencyLoad(Agency(""), now=5, ended=2), ()),  # the lender's own staff
    ],
)
def test_an_agency_asks_for_attention_at_the_edge(
    load: AgencyLoad, expected: tuple[Warned, ...]
) -> None:
    assert warnings(load, ON) == expected


def left_out(*cases: Case) -> tuple[LeftOut, ...]:
    return screen(day(cases), rules_of("CN")).left_out


@pytest.mark.parametrize(
    ("dates", "is_planned"),
    [
        ({}, True),
        ({"entrusted_on": ON}, True),
        ({"entrusted_on": ON + DAY}, False),
        ({"returns_on": ON}, True),
        ({"returns_on": ON - DAY}, False),
        ({"entrusted_on": ON, "returns_on": ON}, True),
    ],
)
def test_a_case_is_planned_between_its_dates_both_included(
    dates: dict[str, Any], is_planned: bool
) -> None:
    found = left_out(case("k1", **dates))
    assert [one.reason for one in found] == ([] if is_planned else [Reason.NOT_ENTRUSTED])


def test_it_is_said_when_the_entrustment_ended_or_begins() -> None:
    (ended,) = left_out(case("k1", agency="North", returns_on=ON - DAY))
    assert ended.detail == "its entrustment to North ended on 2026-11-22"
    (ahead,) = left_out(case("k1", agency="", entrusted_on=ON + DAY))
    assert ahead.detail == "it is entrusted to us from 2026-11-24 on only"
    assert ended.case_ids == ("k1",)


def test_a_borrower_is_visited_for_the_cases_that_are_entrusted_alone() -> None:
    screened = screen(day([case("k1"), case("k2", returns_on=ON - DAY)]), rules_of("CN"))
    (candidate,) = screened.candidates
    assert candidate.case_ids == ("k1",)
    (entry,) = screened.left_out
    assert (entry.visit_id, entry.case_ids) == ("b1/k2", ("k2",))


def test_a_stop_of_an_entrusted_case_is_told_beside_one_that_is_over() -> None:
    found = left_out(case("k1", stops=frozenset({StopFlag.PAID})), case("k2", returns_on=ON - DAY))
    assert {one.reason for one in found} == {Reason.RULE, Reason.NOT_ENTRUSTED}

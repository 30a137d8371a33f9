"""What another policy would change: judged side by side with screening twice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.contacts import Channel
from scheduler.day import Day
from scheduler.model import Case
from scheduler.policy import Policy, PolicyRow, Step
from scheduler.policy_preview import HEADER, Affected, Effect, Preview, lines, preview
from scheduler.screening import screen
from scheduler.value import VisitPrices
from tests.scheduler.little_book import case, day, rules_of


def visits_from(days: int, crew_size: int = 1, **prices: int) -> Policy:
    row = PolicyRow((Step(Channel.VISIT, days),), crew_size=crew_size)
    weights = VisitPrices(**{name: Decimal(price) for name, price in prices.items()})  # type: ignore[arg-type]
    return Policy("little", "D", (row,), prices=weights, number=1)


OLD = visits_from(31)
CASES = [case(f"k{n}", f"b{n}", days_past_due=days) for n, days in enumerate((10, 40, 70), 1)]


def by_old(cases: list[Case]) -> Day:
    return replace(day(cases), policy=OLD)


def seen(new: Policy, cases: list[Case] = CASES) -> Preview:
    return preview(by_old(cases), rules_of(), new)


def effects(found: Preview) -> dict[str, Effect]:
    return {each.case_id: each.effect for each in found.affected}


def test_the_same_policy_changes_nothing() -> None:
    assert seen(OLD) == Preview(3, 2, 2, ())


def test_a_later_first_visit_lets_cases_fall_out_and_says_why() -> None:
    found = seen(visits_from(61))
    assert effects(found) == {"k2": Effect.FALLS_OUT}
    assert (found.visited_before, found.visited_after) == (2, 1)
    (out,) = found.affected
    assert "asks for a visit from 61 days on" in out.why
    # 5000 x .22 (M2) + 40 days x .50, were she met; afterwards nothing.
    assert (out.before, out.after) == (Decimal(1120), Decimal(0))


def test_an_earlier_first_visit_brings_cases_in() -> None:
    found = seen(visits_from(1))
    assert effects(found) == {"k1": Effect.COMES_IN}
    # 5000 x .25 (M1) + 10 days x .50.
    assert (found.affected[0].before, found.affected[0].after) == (Decimal(0), Decimal(1255))


@pytest.mark.parametrize(("size", "is_told"), [(2, False), (3, True)])
def test_another_crew_is_told_where_the_law_asks_for_fewer(size: int, *, is_told: bool) -> None:
    """The law of CN sends two already."""
    found = seen(visits_from(31, crew_size=size))
    told = [(int(each.before), int(each.after)) for each in found.affected]
    assert told == ([(2, 3), (2, 3)] if is_told else [])


def test_another_value_is_told() -> None:
    found = seen(visits_from(31, waiting_day=1))
    assert effects(found) == {"k2": Effect.OTHER_VALUE, "k3": Effect.OTHER_VALUE}
    assert [each.after - each.before for each in found.affected] == [20, 35]  # .50 a day more


def test_it_is_counted_by_bucket_and_product() -> None:
    found = seen(visits_from(400))
    none = dict.fromkeys(Effect, 0)
    assert found.counts() == [
        ("M2", "loan", none | {Effect.FALLS_OUT: 1}),
        ("M3", "loan", none | {Effect.FALLS_OUT: 1}),
    ]
    assert (found.total(Effect.FALLS_OUT), found.total(Effect.COMES_IN)) == (2, 0)


def test_lines_have_a_cell_for_each_header() -> None:
    found = seen(visits_from(61))
    (line,) = lines(found.affected)
    assert len(line) == len(HEADER)
    assert line[:5] == ("k2", "b2", "M2", "loan", "falls_out")


def test_progress_is_told_and_can_end_it() -> None:
    told: list[tuple[int, int]] = []
    preview(by_old(CASES), rules_of(), OLD, lambda done, all_: told.append((done, all_)))
    assert (told[0], told[-1]) == ((0, 3), (3, 3))


some_cases = st.lists(
    st.tuples(st.integers(0, 200), st.booleans(), st.integers(0, 2)), max_size=6
).map(
    lambda told: [
        case(f"k{n}", f"b{who}", days_past_due=days, is_assigned=is_assigned)
        for n, (days, is_assigned, who) in enumerate(told)
    ]
)


@given(some_cases, st.integers(0, 200), st.integers(1, 4))
def test_it_is_what_screening_by_both_says(cases: list[Case], first: int, size: int) -> None:
    new = visits_from(first, size)
    found = seen(new, cases)
    before, after = (
        {id for one in screen(each, rules_of()).candidates for id in one.case_ids}
        for each in (by_old(cases), replace(by_old(cases), policy=new))
    )
    of_effect = {
        effect: {each.case_id for each in found.affected if each.effect is effect}
        for effect in Effect
    }
    assert of_effect[Effect.FALLS_OUT] == before - after
    assert of_effect[Effect.COMES_IN] == after - before
    assert (found.visited_before, found.visited_after) == (len(before), len(after))
    assert of_effect[Effect.OTHER_CREW] <= before & after
    assert all(isinstance(each, Affected) for each in found.affected)

"""A visit for two begins once both are confirmed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.field.company import Company, How, Presence, company

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAIR = ("ann", "bea")


def there(who: str, minute: int, how: How = How.ARRIVED) -> Presence:
    return Presence("B1", who, NINE + timedelta(minutes=minute), how)


def test_one_alone_waits_for_the_other() -> None:
    told = company(PAIR, 2, [there("ann", 0)])
    assert (told.confirmed, told.lacking, told.is_alone, told.began) == (("ann",), 1, True, None)


def test_it_begins_when_the_second_is_confirmed() -> None:
    told = company(PAIR, 2, [there("ann", 0), there("bea", 3, How.CODE)])
    assert (told.confirmed, told.is_alone) == (PAIR, False)
    assert told.began == NINE + timedelta(minutes=3)


def test_the_same_one_twice_is_one() -> None:
    told = company(PAIR, 2, [there("ann", 0), there("ann", 3, How.PHONE)])
    assert (told.lacking, told.present) == (1, (there("ann", 0),))


def test_who_is_not_of_the_crew_confirms_nothing() -> None:
    assert company(PAIR, 2, [there("ann", 0), there("eve", 1, How.CODE)]).lacking == 1


def test_where_one_may_go_alone_the_visit_begins_with_her() -> None:
    told = company(PAIR, 1, [there("bea", 4), there("ann", 9)])
    assert (told.began, told.is_alone) == (NINE + timedelta(minutes=4), False)


def test_nobody_there_is_nobody_alone() -> None:
    assert (Company(2).is_alone, Company(2).began, Company(0).began) == (False, None, None)


def test_records_may_come_in_any_order() -> None:
    told = [there("ann", 5), there("bea", 2, How.PHONE), there("ann", 1, How.PHONE)]
    answers = {company(PAIR, 2, order) for order in permutations(told)}
    assert len(answers) == 1
    assert answers.pop().began == NINE + timedelta(minutes=2)


@given(
    st.lists(st.tuples(st.sampled_from(["ann", "bea", "eve"]), st.integers(0, 60)), max_size=8),
    st.integers(1, 3),
)
def test_it_never_begins_before_so_many_stood_there(
    told: list[tuple[str, int]], asked: int
) -> None:
    found = company(PAIR, asked, [there(who, minute) for who, minute in told])
    if found.began is not None:
        here = {who for who, minute in told if NINE + timedelta(minutes=minute) <= found.began}
        assert len(here & set(PAIR)) >= asked

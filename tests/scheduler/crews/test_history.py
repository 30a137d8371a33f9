"""A pair's days together are counted back from the last day that anybody went."""

from __future__ import annotations

from datetime import date

from scheduler.crews import days_together

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)


def test_a_weekend_does_not_end_a_row() -> None:
    crews = [(TUESDAY, ("a", "b")), (MONDAY, ("b", "a")), (FRIDAY, ("a", "b"))]
    assert days_together(crews) == {frozenset("ab"): 3}


def test_a_day_with_others_ends_it() -> None:
    crews = [(FRIDAY, ("a", "b")), (MONDAY, ("a", "c")), (TUESDAY, ("a", "b"))]
    assert days_together(crews) == {frozenset("ab"): 1}


def test_singles_and_pairs_of_earlier_days_do_not_count() -> None:
    assert days_together([(FRIDAY, ("a", "b")), (MONDAY, ("a",))]) == {}
    assert days_together([]) == {}

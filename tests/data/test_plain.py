"""What was kept is read again, also by a later version that knows more."""

from __future__ import annotations

import pytest

from data.plain import reader, to_plain
from scheduler.plan import Cost


def test_a_cost_is_read_again() -> None:
    cost = Cost(1, 2, 3, overtime=4, owner_changes=5, working=6, unfairness=7)
    assert reader(Cost)(to_plain(cost)) == cost


def test_a_cost_kept_before_work_had_a_price_has_none() -> None:
    kept = {"missed_must_visits": 1, "lost_value": 2, "travel": 3, "overtime": 4}
    assert reader(Cost)(kept | {"owner_changes": 5}) == Cost(1, 2, 3, 4, 5)


def test_what_every_cost_has_may_not_be_missing() -> None:
    with pytest.raises(KeyError, match="travel"):
        reader(Cost)({"missed_must_visits": 1, "lost_value": 2})

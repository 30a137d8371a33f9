"""The lists of a town as they were weeks ago: what was not yet so is not told."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from data.towns.lists_then import cases_now, cases_then, days_past_due, shifts_then
from data.towns.town import Town
from tests.data.towns.conftest import ON

DAYS = 38
THEN = ON - timedelta(days=DAYS)


def by_contract(
    rows: list[dict[str, str | int | float]],
) -> dict[str, dict[str, str | int | float]]:
    return {str(row["contract"]): row for row in rows}


def test_who_was_overdue_then_was_so_by_fewer_days(town: Town) -> None:
    then = by_contract(cases_then(town.cases, ON, THEN))
    now = by_contract(list(town.cases))
    assert set(then) == {id for id, row in now.items() if days_past_due(row) > DAYS}
    assert 0 < len(then) < len(now)
    assert all(days_past_due(row) == days_past_due(now[id]) - DAYS for id, row in then.items())


def test_nothing_that_came_later_is_told(town: Town) -> None:
    for row in cases_then(town.cases, ON, THEN):
        assert not {"stop", "promise_due", "appointment"} & row.keys()
        assert date.fromisoformat(str(row.get("last_visit", "2000-01-01"))) < THEN


def test_this_morning_tells_what_is_left_of_the_debts(town: Town) -> None:
    owed = {str(row["contract"]): Decimal("12.50") for row in town.cases}
    [paid, *_] = cases_then(town.cases, ON, THEN)
    owed[str(paid["contract"])] = Decimal(0)
    now = by_contract(cases_now(town.cases, ON, THEN, owed))
    assert len(now) == len(town.cases)
    assert now[str(paid["contract"])]["overdue"] == now[str(paid["contract"])]["days_past_due"] == 0
    for row in town.cases:
        left = now[str(row["contract"])]["overdue"]
        is_new = days_past_due(row) <= DAYS  # nobody has visited it or been paid
        assert left == row["overdue"] if is_new else left in (0, 12.5)


def test_six_collectors_or_a_third_worked_then(town: Town) -> None:
    days = [ON - timedelta(days=5), ON - timedelta(days=12)]
    rows = shifts_then(town.shifts, days)
    third = round(len(town.shifts) / 3)  # of 30, less those who are away
    assert third > 6
    assert len(rows) == 2 * third
    assert len(shifts_then(town.shifts[:7], days)) == 2 * 6
    assert {(row["date"], row["until"]) for row in rows} == {(str(on), str(on)) for on in days}

"""Districts of few visits or cases are told together, and all of it still adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.figures import (
    Covered,
    Group,
    MadeVisit,
    Share,
    covered_without_small,
    figure_table,
    without_small,
)
from tests.scheduler.test_figures import OURS, facts, visit


def visits_in(**counts: int) -> list[MadeVisit]:
    """Return so many visits in districts of these names."""
    return [
        visit(f"{name}-{number}", traits=replace(OURS, district=name))
        for name, count in counts.items()
        for number in range(count)
    ]


def test_districts_of_few_visits_are_one_last_line_and_the_total_stays() -> None:
    table = figure_table(facts(visits=visits_in(a=9, b=5, c=3, d=2)), Group.DISTRICT)
    told = without_small(table)
    found = [(line.key, line.tally.visits, line.is_together) for line in told.lines]
    assert found == [("a", 9, False), ("b", 5, False), ("", 5, True)]
    assert told.total == table.total


def test_one_visit_is_not_told_by_what_is_told_of_all_others() -> None:
    # 12 less 6 and less 5 would be the visit in c: b is told with it.
    told = without_small(figure_table(facts(visits=visits_in(a=6, b=5, c=1)), Group.DISTRICT))
    assert [(line.key, line.tally.visits) for line in told.lines] == [("a", 6), ("", 6)]


@pytest.mark.parametrize("group", [one for one in Group if one is not Group.DISTRICT])
def test_what_names_no_place_is_told_as_it_is(group: Group) -> None:
    table = figure_table(facts(visits=visits_in(a=1)), group)
    assert without_small(table) == table


def test_coverage_of_few_cases_is_told_together() -> None:
    def covered(key: str, hits: int, of: int) -> Covered:
        return Covered(key, of, (Share(hits, of), Share(of, of)), 0)

    told = covered_without_small([covered("a", 4, 8), covered("b", 0, 2), covered("c", 3, 3)])
    small = Covered("", 5, (Share(3, 5), Share(5, 5)), 0, is_together=True)
    assert told == [covered("a", 4, 8), small]
    assert covered_without_small([]) == []

"""Where cases lie: by the districts of their addresses, and what a team does in each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import time

import numpy as np
import pytest

from routing.geocoding import Precision
from scheduler.day import Day
from scheduler.headcount.book import Book
from scheduler.headcount.districts import MOST_AREAS, Districts, parts_of
from scheduler.headcount.feedback import replicated, stacked
from scheduler.headcount.figures import Wages, figures_of
from scheduler.headcount.scenario import Scenario, Target
from scheduler.staffing.chance import Chance
from scheduler.told_together import FEWEST
from tests.scheduler.headcount.weeks_of_a_town import weeks, worked
from tests.scheduler.little_book import case, day, place, spot

EAST, WEST = "城东区东河路1号", "城西区西河路1号"
NEAR, FAR = range(1, 7), range(90, 96)


def two_districts() -> Day:
    """Six borrowers live within 600 m in the east, six ten kilometres away in the west."""
    places = [place(f"b{n}", step=n, address=EAST) for n in NEAR]
    places += [place(f"b{n}", step=n, address=WEST) for n in FAR]
    cases = [case(f"c{n}", f"b{n}", days_past_due=91) for n in (*NEAR, *FAR)]
    return day(cases, places)


def without_address(first: Day, borrower: str) -> Day:
    told = [
        replace(one, address="somewhere") if one.borrower_id == borrower else one
        for one in first.places
    ]
    return replace(first, places=told)


def test_districts_are_those_of_the_addresses_and_lie_where_their_places_do() -> None:
    found = Districts.of(two_districts())
    assert [(one.number, one.name) for one in found.all] == [(1, "城东区"), (2, "城西区")]
    assert (found.number_of["b1"], found.number_of["b95"]) == (1, 2)
    east, west = found.all
    assert east.centre == spot(0), "3.5 steps of a thousandth of a degree, to two digits"
    assert (west.centre, west.around_m) == (spot(90), 500)
    assert found.nearest([spot(5), spot(80)]) == [1, 2]


def test_whose_address_names_none_is_in_the_nearest_s_district() -> None:
    found = Districts.of(without_address(two_districts(), "b93"))
    assert found.number_of["b93"] == 2
    assert len(found.all) == 2


def test_a_district_of_few_is_no_district_of_its_own() -> None:
    """One alone would nearly be a door: she counts where her neighbours do."""
    first = two_districts()
    alone = place("b92", step=92, address="江北区北河路1号")
    first = replace(first, places=[one for one in first.places if one.borrower_id != "b92"])
    found = Districts.of(replace(first, places=[*first.places, alone]))
    assert [one.name for one in found.all] == ["城东区", "城西区"]
    assert found.number_of["b92"] == 2


def test_who_is_placed_nowhere_is_told_apart() -> None:
    first = two_districts()
    lost = replace(first.places[0], address="?", precision=Precision.NONE, point=None)
    found = Districts.of(replace(first, places=[lost, *first.places[1:]]))
    assert [(one.number, one.centre is None) for one in found.all] == [
        (0, True),
        (1, False),
        (2, False),
    ]
    assert found.number_of[lost.borrower_id] == 0
    named = replace(lost, address=EAST)
    assert Districts.of(replace(first, places=[named, *first.places[1:]])).number_of["b1"] == 1


@pytest.mark.parametrize("count", [0, 1, 9, 10, 40, 200])
def test_a_book_without_names_is_parted_into_areas_of_as_many(count: int) -> None:
    """Halved while a half holds five, into eight at most."""
    sizes = Counter(parts_of([spot(n) for n in range(count)])).values()
    assert sum(sizes) == count
    assert len(sizes) == (
        min(MOST_AREAS, 2 ** int(np.log2(count / FEWEST))) if count >= 5 else bool(count)
    )
    assert count < 10 or max(sizes) <= 2 * min(sizes)


def test_a_book_of_nobody_has_no_districts() -> None:
    assert Districts.of(day([])) == Districts()


def one_visit_a_day(count: int) -> Scenario:
    return Scenario(count, Target("M2", 2), hours=(time(9), time(9, 35)), absence=0.0)


def test_a_team_is_told_by_district_and_adds_up() -> None:
    """Thirty-five minutes hold one visit near the start, and none ten kilometres away."""
    first = two_districts()
    came = worked(first, one_visit_a_day(2))
    told = figures_of(2, came, Wages(), team=weeks(first, one_visit_a_day(2)).team)
    east, west = told.districts
    assert (east.asked, west.asked) == (6, 6)
    assert east.coverage.mean == pytest.approx(4 / 6)
    assert west.coverage.mean == 0
    assert sum(one.asked * one.coverage.mean for one in told.districts) == pytest.approx(
        told.asked * told.coverage.mean
    )
    assert (east.collectors, east.hired, west.collectors) == (2, 0, 0)


def test_it_is_told_where_to_hire() -> None:
    """Ann and Ben start in the east: whoever is hired lives in the west."""
    first = two_districts()
    team = weeks(first, one_visit_a_day(3)).team
    told = figures_of(3, worked(first, one_visit_a_day(3)), Wages(), team=team)
    assert [(one.collectors, one.hired) for one in told.districts] == [(2, 0), (1, 1)]
    assert told.districts[1].coverage.mean == pytest.approx(2 / 6), "one a day"


def test_what_no_team_can_visit_is_told_by_district() -> None:
    came = worked(two_districts(), one_visit_a_day(2), profile="CO")
    told = figures_of(2, came, Wages())
    assert [(one.asked, one.never, one.coverage.mean) for one in told.districts] == [(0, 6, 1)] * 2


def test_books_of_replications_are_told_by_district_as_one_is() -> None:
    first = two_districts()
    made = weeks(first, one_visit_a_day(2))
    came = stacked(replicated(made, Book(first, Chance(1)), range(2)))
    assert came.reached_by.tolist() == [[4, 4], [0, 0]]
    assert came.could_by.tolist() == [[6, 6], [6, 6]]

"""A collector's own weeks: what is counted, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.point import Point, distance_m
from scheduler.figures import Share, ToldPromise, Traits
from scheduler.figures.own import (
    ON_TIME,
    TOLD_WITHIN,
    WEEKS_BEFORE,
    OwnFacts,
    OwnVisit,
    Stood,
    monday,
    own_span,
    own_weeks,
    stood,
)
from scheduler.promises import Promise, PromiseStatus

TODAY = date(2026, 3, 4)  # a Wednesday
NINE = datetime(2026, 3, 4, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LAST_WEEK = TODAY - timedelta(days=7)
MADE = OwnVisit(TODAY, "B1", "PTP", was_made=True, was_met=True)


def weeks_of(*visits: OwnVisit, **facts: object) -> OwnFacts:
    return OwnFacts(visits, **facts)  # type: ignore[arg-type]


def test_a_week_begins_on_monday_and_eight_stand_before_it() -> None:
    assert monday(TODAY) == date(2026, 3, 2)
    span = own_span(TODAY)
    assert (span.first, span.last) == (date(2026, 1, 5), date(2026, 3, 8))
    assert len(own_weeks(OwnFacts(), TODAY).before) == WEEKS_BEFORE


def test_visits_of_other_weeks_stand_beside_this_one() -> None:
    visits = (MADE, replace(MADE, on=LAST_WEEK), replace(MADE, on=LAST_WEEK, code="NOT_HOME"))
    weeks = own_weeks(weeks_of(*visits), TODAY)
    assert (weeks.this.visits, weeks.this.promises) == (1, 1)
    assert (weeks.earlier.visits, weeks.earlier.promises) == (2, 1)
    assert weeks.before[0][0] == date(2026, 2, 23)


def test_who_was_not_met_is_counted_as_visited_alone() -> None:
    unmet = replace(MADE, code="NOT_HOME", was_met=False)
    not_made = replace(MADE, code="ABORTED_RULE", was_made=False, was_met=False)
    this = own_weeks(weeks_of(MADE, unmet, not_made), TODAY).this
    assert this.shares["met"] == Share(1, 2)
    assert this.shares["promised"] == Share(1, 1)


@pytest.mark.parametrize(("late", "is_on_time"), [(ON_TIME, True), (ON_TIME + SECOND, False)])
def test_on_time_is_a_quarter_of_an_hour_after_the_plan(late: timedelta, is_on_time: bool) -> None:
    visit = replace(MADE, planned=NINE, arrived=NINE + late)
    assert visit.is_on_time is is_on_time
    assert replace(visit, arrived=None).is_on_time is None
    assert replace(visit, planned=None).is_on_time is None


@pytest.mark.parametrize(("after", "is_soon"), [(TOLD_WITHIN, True), (TOLD_WITHIN + SECOND, False)])
def test_a_result_counts_from_when_the_door_was_left(after: timedelta, is_soon: bool) -> None:
    left = NINE + timedelta(hours=1)
    visit = replace(MADE, arrived=NINE, left=left, told_at=left + after)
    assert visit.is_told_soon is is_soon
    assert replace(visit, told_at=NINE).is_told_soon is True, "told at the door"


def test_a_door_of_which_nothing_was_told_counts_against_telling_alone() -> None:
    silent = OwnVisit(TODAY, "B2", arrived=NINE, planned=NINE)
    this = own_weeks(weeks_of(silent), TODAY).this
    assert (this.visits, this.shares["told_soon"]) == (0, Share(0, 1))
    assert this.shares["on_time"] == Share(1, 1)


def test_a_closed_door_is_let_be_where_nobody_went_in_that_day() -> None:
    refused = {(TODAY, "B1"), (TODAY, "B2"), (LAST_WEEK, "B1")}
    weeks = own_weeks(weeks_of(MADE, refused=refused), TODAY)
    assert (weeks.this.let_be, weeks.earlier.let_be) == (1, 1)


def test_promises_count_once_they_are_decided_and_payments_are_known() -> None:
    kept = ToldPromise(Traits(), LAST_WEEK, PromiseStatus.KEPT)
    told = (
        kept,
        replace(kept, status=PromiseStatus.BROKEN),
        replace(kept, last=TODAY, status=PromiseStatus.OPEN),
        replace(kept, status=PromiseStatus.WITHDRAWN),
    )
    weeks = own_weeks(weeks_of(promises=told, knows_payments=True), TODAY)
    assert weeks.earlier.shares["kept"] == Share(1, 2)
    assert weeks.this.shares["kept"] == Share(0, 0)
    unknown = own_weeks(weeks_of(promises=told), TODAY)
    assert unknown.earlier.shares["kept"] == Share(0, 0)


def test_the_way_goes_from_door_to_door_in_the_order_of_the_clock() -> None:
    points = [Point(25.0, 121.5), Point(25.01, 121.5), Point(25.02, 121.5)]
    hours = (2, 0, 1)  # the first of the list was the last
    visits = [
        replace(MADE, borrower_id=f"B{n}", point=point, arrived=NINE + timedelta(hours=hour))
        for n, (point, hour) in enumerate(zip(points, hours, strict=True))
    ]
    metres = own_weeks(weeks_of(*visits), TODAY).this.metres
    assert metres == pytest.approx(
        distance_m(points[1], points[2]) + distance_m(points[2], points[0])
    )


def test_a_clear_difference_needs_more_than_a_few() -> None:
    few = weeks_of(MADE, replace(MADE, on=LAST_WEEK, was_met=False))
    assert not own_weeks(few, TODAY).differences["met"].is_clear
    many = [replace(MADE, borrower_id=str(n)) for n in range(40)]
    missed = [replace(one, on=LAST_WEEK, was_met=False) for one in many]
    change = own_weeks(weeks_of(*many, *missed), TODAY).differences["met"]
    assert change.is_clear
    assert change.by == 1


@pytest.mark.parametrize(
    ("due", "status", "knows_payments", "told"),
    [
        (1, PromiseStatus.OPEN, True, Stood.OPEN),
        (0, PromiseStatus.OPEN, True, Stood.DUE),
        (-1, PromiseStatus.OPEN, True, Stood.DUE),  # two days of grace
        (-3, PromiseStatus.BROKEN, True, Stood.BROKEN),
        (-3, PromiseStatus.BROKEN, False, Stood.UNTOLD),
        (1, PromiseStatus.KEPT, True, Stood.KEPT),
    ],
)
def test_a_promise_stands_as_its_day_and_the_payments_say(
    due: int, status: PromiseStatus, knows_payments: bool, told: Stood
) -> None:
    on = TODAY + timedelta(days=due)
    promise = Promise(1, "B1", "C1", Decimal(5), on, NINE, "k", grace_days=2, status=status)
    assert stood(promise, TODAY, knows_payments=knows_payments) is told


@given(st.lists(st.tuples(st.integers(0, 62), st.booleans(), st.booleans()), max_size=40))
def test_every_visit_of_the_nine_weeks_counts_once(told: list[tuple[int, bool, bool]]) -> None:
    first = own_span(TODAY).first
    visits = [
        OwnVisit(first + timedelta(days=on), str(n), "REFUSED", was_made=made, was_met=met)
        for n, (on, made, met) in enumerate(told)
    ]
    weeks = own_weeks(weeks_of(*visits), TODAY)
    assert weeks.this.visits + weeks.earlier.visits == sum(made for _, made, _ in told)
    assert weeks.this.met + weeks.earlier.met == sum(made and met for _, made, met in told)

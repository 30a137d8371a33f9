"""Figures: rates within 0 and 1, groups that add up, each visit and each payment once."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.figures import (
    Facts,
    Group,
    MadeVisit,
    Only,
    OpenCase,
    Paid,
    Prices,
    Share,
    Span,
    Tally,
    ToldPromise,
    Traits,
    Trip,
    coverage,
    figure_table,
    review,
    stalest,
    successions,
)
from scheduler.figures.attribution import recovered
from scheduler.figures.costs import expenses
from scheduler.figures.review import Measure
from scheduler.figures.share import difference, mean_difference, spread
from scheduler.promises import PromiseStatus

MONDAY = date(2026, 3, 2)
TODAY = date(2026, 3, 16)
SPAN = Span(MONDAY, MONDAY + timedelta(days=13))
PRICES = Prices(Decimal(60), Decimal(90))
CREW = ("ann", "bea")
OURS = Traits("M2", "海曙区", "card", "North", CREW)


def visit(key: str, day: int = 0, who: str = "B1", **changes: Any) -> MadeVisit:
    """Return a visit at ten of the day `day` after the Monday that met somebody."""
    on = MONDAY + timedelta(days=day)
    at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    told: dict[str, Any] = {"code": "REFUSED", "was_made": True, "was_met": True, "traits": OURS}
    return MadeVisit(key, who, at, on, **told | changes)


def facts(**told: Any) -> Facts:
    usual: dict[str, Any] = {"span": SPAN, "today": TODAY, "prices": PRICES}
    return Facts(**usual | told)


def total(**told: Any) -> Tally:
    return figure_table(facts(**told), Group.MONTH).total


def test_wilson_agrees_with_a_published_example() -> None:
    # 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I, method 3).
    interval = Share(81, 263).interval
    assert interval is not None
    assert interval == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_newcombes_difference_agrees_with_his_example() -> None:
    # 56/70 less 48/80: 0.0524 to 0.3339 (Newcombe 1998, table II, method 10).
    found = difference(Share(48, 80), Share(56, 70))
    assert found.interval is not None
    assert found.by == pytest.approx(0.2)
    assert found.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.is_clear


def test_a_rate_of_nothing_is_unknown() -> None:
    assert Share(0, 0).rate is None
    assert Share(0, 0).interval is None
    assert difference(Share(0, 0), Share(1, 2)).by is None
    assert mean_difference(spread([]), spread([Decimal(1)])).by is None


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_rate_lies_in_its_interval_and_that_in_0_and_1(hits: int, of: int) -> None:
    share = Share(min(hits, of), of)
    assert share.rate is not None
    assert share.interval is not None
    low, high = share.interval
    assert 0 <= low <= share.rate <= high <= 1


def test_visits_that_were_not_made_stand_beside() -> None:
    told = [
        visit("1"),
        visit("2", was_met=False, code="NOT_HOME"),
        visit("3", was_made=False, was_met=False, code="CANCELLED_PAID"),
    ]
    found = total(visits=told)
    assert (found.visits, found.not_made, found.met) == (2, 1, 1)
    assert found.met_rate.rate == 0.5


def test_promises_are_of_those_met_and_kept_of_those_due() -> None:
    told = [visit("1", code="PTP"), visit("2"), visit("3", code="NOT_HOME", was_met=False)]
    over, ahead = MONDAY + timedelta(days=3), TODAY
    promises = [
        ToldPromise(OURS, over, PromiseStatus.KEPT),
        ToldPromise(OURS, over, PromiseStatus.BROKEN),
        ToldPromise(OURS, over, PromiseStatus.PARTLY_KEPT),
        ToldPromise(OURS, over, PromiseStatus.OPEN),  # its day is over: not kept, nobody said so
        ToldPromise(OURS, over, PromiseStatus.WITHDRAWN),
    ]
    found = total(visits=told, promises=promises)
    assert (found.promise_rate.hits, found.promise_rate.of) == (1, 2)
    assert (found.kept_rate.hits, found.kept_rate.of) == (1, 4)
    open_today = [ToldPromise(OURS, ahead, PromiseStatus.OPEN)]
    assert total(span=Span(MONDAY, TODAY), promises=open_today).due == 0


def test_a_payment_is_put_down_to_the_last_visit_that_met_within_the_days() -> None:
    visits = [
        visit("first", day=0),
        visit("second", day=3),
        visit("missed", day=5, was_met=False),
        visit("other", day=6, who="B2"),
    ]
    noon = visit("", day=6).at
    after = {0: Decimal(100), 9: Decimal(-30), 12: Decimal(7)}
    payments = [Paid("B1", amount, noon + timedelta(days=days)) for days, amount in after.items()]
    found = recovered(visits, payments, timedelta(days=14))
    # The third came 15 days after the second visit; a reversal takes back what it reverses.
    assert dict(found) == {"second": Decimal(70)}
    before = Paid("B1", Decimal(5), visits[0].at - timedelta(seconds=1))
    assert dict(recovered(visits, [before], timedelta(days=14))) == {}


def test_a_later_visit_outside_the_span_takes_its_own_payment() -> None:
    late = visit("late", day=15)
    paid = Paid("B1", Decimal(50), late.at + timedelta(days=1))
    both = [visit("early", day=12), late]
    assert total(visits=both, payments=[paid]).recovered == 0
    assert total(visits=both[:1], payments=[paid]).recovered == 50


def test_a_days_cost_is_its_hours_and_overtime_on_top() -> None:
    trip = Trip(MONDAY, CREW, timedelta(hours=8), timedelta(minutes=20), (OURS,) * 3)
    found = total(visits=[visit("1"), visit("2", was_met=False)], trips=[trip])
    # 8 h × 60 and 1/3 h × 90; two visits were made of three, one of them met somebody.
    assert found.cost == 510
    assert found.cost_per_visit.value == 255
    assert found.cost_per_met.value == 510


def test_a_day_without_a_made_visit_costs_nevertheless() -> None:
    other = Traits("M5", crew=CREW)
    trip = Trip(MONDAY, CREW, timedelta(hours=1), timedelta(0), (OURS, other, other))
    table = figure_table(facts(trips=[trip]), Group.BUCKET)
    assert {line.key: line.tally.cost for line in table.lines} == {"M2": 20, "M5": 40}
    assert table.total.cost_per_visit.value is None


def test_today_is_not_priced_before_it_is_over() -> None:
    trip = Trip(TODAY, CREW, timedelta(hours=1), timedelta(0), (OURS,))
    assert total(span=Span(MONDAY, TODAY), trips=[trip]).cost == 0


@given(st.lists(st.integers(0, 5), max_size=8), st.integers(0, 40_000))
def test_the_parts_of_a_day_add_up_to_its_price(days: list[int], out_s: int) -> None:
    visits = [visit(str(i), day=day) for i, day in enumerate(days)]
    trips = [
        Trip(MONDAY + timedelta(days=i), CREW, timedelta(seconds=out_s), timedelta(0), (OURS,) * 7)
        for i in range(6)
    ]
    parts = list(expenses(trips, visits, PRICES))
    each = (Decimal(out_s) / 60).quantize(Decimal("0.0001"))
    assert sum(part.amount for part in parts) == 6 * each
    assert len({part.key for part in parts if part.key}) == len(visits)


TRAITS = st.builds(
    Traits,
    bucket=st.sampled_from(["M1", "M2"]),
    district=st.sampled_from(["", "海曙区"]),
    product=st.sampled_from(["card", "vehicle"]),
    agency=st.sampled_from(["", "North"]),
    crew=st.sampled_from([("ann",), CREW]),
)
CODES = st.sampled_from(["PTP", "REFUSED", "NOT_HOME", "COMPLAINT", "CANCELLED_PAID"])


@st.composite
def worlds(draw: st.DrawFn) -> Facts:
    """Visits, days, payments and promises in and around the span."""
    visits = [
        visit(
            str(i),
            draw(st.integers(-3, 16)),
            draw(st.sampled_from(["B1", "B2"])),
            traits=draw(TRAITS),
            code=code,
            was_made=code != "CANCELLED_PAID",
            was_met=code in ("PTP", "REFUSED", "COMPLAINT"),
        )
        for i, code in enumerate(draw(st.lists(CODES, max_size=12)))
    ]
    trips = [
        Trip(MONDAY + timedelta(days=day), crew, timedelta(minutes=minutes), timedelta(0), planned)
        for day, crew, minutes, planned in draw(
            st.lists(
                st.tuples(
                    st.integers(0, 13),
                    st.sampled_from([("ann",), CREW]),
                    st.integers(0, 600),
                    st.lists(TRAITS, max_size=3).map(tuple),
                ),
                max_size=6,
                unique_by=lambda told: (told[0], told[1]),
            )
        )
    ]
    payments = [
        Paid(who, Decimal(amount), visit("", day).at)
        for who, amount, day in draw(
            st.lists(
                st.tuples(st.sampled_from(["B1", "B2"]), st.integers(-50, 500), st.integers(0, 20)),
                max_size=8,
            )
        )
    ]
    promises = [
        ToldPromise(traits, MONDAY + timedelta(days=day), status)
        for traits, day, status in draw(
            st.lists(
                st.tuples(TRAITS, st.integers(-2, 15), st.sampled_from(list(PromiseStatus))),
                max_size=6,
            )
        )
    ]
    return facts(visits=visits, trips=trips, payments=payments, promises=promises)


@given(worlds(), st.sampled_from(list(Group)))
def test_groups_add_up_to_what_there_is(told: Facts, group: Group) -> None:
    table = figure_table(told, group)
    within = [one for one in told.visits if told.span.holds(one.on)]
    assert table.total.visits + table.total.not_made == len(within)
    assert table.total == sum((line.tally for line in table.lines), Tally())
    assert table.total == figure_table(told, Group.MONTH).total
    assert len({line.key for line in table.lines}) == len(table.lines)


@given(worlds())
def test_every_rate_is_within_0_and_1_and_every_count_is_none_too_many(told: Facts) -> None:
    for line in figure_table(told, Group.CREW).lines:
        tally = line.tally
        rates = (tally.met_rate, tally.promise_rate, tally.kept_rate, tally.complaint_rate)
        assert all(rate.rate is None or 0 <= rate.rate <= 1 for rate in rates)
        assert tally.costed_met <= tally.costed <= tally.visits


@given(worlds())
def test_no_payment_counts_twice_or_from_nowhere(told: Facts) -> None:
    counted = recovered(told.visits, told.payments, timedelta(days=told.days_to_pay))
    positive = [one for one in told.payments if one.amount > 0]
    positives = recovered(told.visits, positive, timedelta(days=told.days_to_pay))
    assert set(counted) <= {one.key for one in told.visits if one.was_met}
    assert sum(positives.values()) <= sum(one.amount for one in positive)


@given(worlds())
def test_the_parts_of_a_filter_add_up(told: Facts) -> None:
    whole = figure_table(told, Group.MONTH).total
    parts = [
        figure_table(told, Group.MONTH, Only(product=product)).total
        for product in ("card", "vehicle", "")
    ]
    added = sum(parts, Tally())
    assert all(getattr(added, one.name) == getattr(whole, one.name) for one in fields(Tally))


def test_weeks_begin_on_monday_and_empty_ones_have_a_line() -> None:
    table = figure_table(facts(visits=[visit("1", day=6)]), Group.WEEK)
    assert [(line.key, line.tally.visits) for line in table.lines] == [
        ("2026-03-02", 1),
        ("2026-03-09", 0),
    ]


def open_case(id: str, days_ago: int | None, bucket: str = "M2", dpd: int = 40) -> OpenCase:
    visited = None if days_ago is None else TODAY - timedelta(days=days_ago)
    return OpenCase(id, f"B{id}", Traits(bucket), dpd, visited)


def test_coverage_counts_open_cases_visited_of_late() -> None:
    cases = [
        open_case("1", 14),
        open_case("2", 15),
        open_case("3", 30),
        open_case("4", 31),
        open_case("5", None),
        open_case("6", 0, "M3"),
    ]
    m2, m3 = coverage(cases, TODAY, Group.BUCKET)
    assert (m2.key, m2.cases, m2.never) == ("M2", 5, 1)
    assert [share.hits for share in m2.shares] == [1, 3]
    assert [share.rate for share in m3.shares] == [1, 1]


def test_stale_are_those_never_visited_and_then_the_longest() -> None:
    cases = [
        open_case("1", 3),
        open_case("2", 90),
        open_case("3", None, dpd=10),
        open_case("4", None, dpd=200),
    ]
    assert [(one.id, one.days) for one in stalest(cases, TODAY, 3)] == [
        ("4", None),
        ("3", None),
        ("2", 90),
    ]


def test_a_review_tells_what_has_changed_and_how_surely() -> None:
    met = [visit(str(i)) for i in range(60)]
    missed = [visit(f"m{i}", was_met=False) for i in range(40)]
    before, after = facts(visits=[*met[:30], *missed]), facts(visits=[*met, *missed[:10]])
    found = {one.measure: one for one in review(before, after)}
    assert found[Measure.MET].difference.by == pytest.approx(60 / 70 - 30 / 70)
    assert found[Measure.MET].difference.is_clear
    assert found[Measure.KEPT].difference.by is None
    assert found[Measure.RECOVERED].difference.by is None, "no payments are known"


def test_a_review_compares_means_of_money_with_their_spread() -> None:
    visits = [visit(str(i), who=f"B{i}") for i in range(4)]
    paid = [Paid(f"B{i}", Decimal(100 * i), visits[i].at) for i in range(4)]
    before = facts(visits=visits, payments=paid, knows_payments=True)
    twice = [Paid(one.borrower_id, 2 * one.amount, one.at) for one in paid]
    after = facts(visits=visits, payments=twice, knows_payments=True)
    found = {one.measure: one for one in review(before, after)}[Measure.RECOVERED].difference
    # Means 150 and 300; variances of the means 50,000/3/4 and four times that.
    half = 1.959964 * (5 * 50_000 / 3 / 4) ** 0.5
    assert found.by == pytest.approx(150)
    assert found.interval == pytest.approx((150 - half, 150 + half))
    assert not found.is_clear


def test_each_version_of_a_policy_is_set_beside_the_one_before() -> None:
    first, second, ahead = (MONDAY + timedelta(days=days) for days in (0, 10, 30))
    newest, oldest = successions([(second, 3), (first, 2), (ahead, 4)], TODAY, house=1)
    eve = second - timedelta(days=1)
    assert (newest.number, newest.before) == (3, 2)
    assert (newest.earlier, newest.later) == (Span(first, eve), Span(second, TODAY))
    # Before the first the house's default held, compared over as many days.
    assert (oldest.number, oldest.before, oldest.later) == (2, 1, Span(first, eve))
    assert oldest.earlier == Span(first - timedelta(days=10), first - timedelta(days=1))


def test_of_two_versions_from_one_day_the_later_one_held() -> None:
    (only,) = successions([(MONDAY, 2), (MONDAY, 3)], TODAY, house=1)
    assert (only.number, only.before) == (3, 1)
    assert successions([(TODAY + timedelta(days=1), 2)], TODAY, house=1) == []


def test_of_a_long_held_version_the_last_year_is_compared() -> None:
    (only,) = successions([(TODAY - timedelta(days=2000), 2)], TODAY, house=1)
    assert only.later.days == 366
    assert only.later.last == TODAY

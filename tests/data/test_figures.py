"""Figures from the book: what visits, days and cases they find, and whose."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from data.figures import InvalidWeightsError, read_weights, weights_of
from data.figures.weights import NAME, SHIPPED
from data.store import SqlStore
from data.store.figures import FigureBook
from data.store.kept_figures import KeptFigures
from scheduler.figures import (
    Facts,
    Group,
    Part,
    Share,
    Span,
    agency_cards,
    coverage,
    figure_table,
)
from scheduler.model import StopFlag
from scheduler.payments import Payment
from scheduler.plan import Itinerary, Plan, Stop, StopKind
from scheduler.ports import Mark, MarkKind, Outcome, Target
from tests.data.filled import filled
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    NOON,
    TODAY,
    TOWN,
    collector,
    crew,
    new_plan,
    record,
    with_borrower,
    with_home,
)

TOMORROW = NOON + timedelta(days=1)
DAY = Span(TODAY, TODAY)
HOMES = {1: "宁波市海曙区东河路 1 号", 2: "宁波市鄞州区南河路 2 号", 3: "宁波市海曙区西河路 3 号"}


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    return filled(store, fill)


def fill(store: SqlStore) -> None:
    """North's ann and bea visit B1 and B2, South's cem alone B3, of whom nothing is told yet."""
    agencies = {1: "North", 2: "North", 3: "South"}
    records = [
        with_home(
            with_borrower(record(n, agency=agencies[n], days_past_due=30 * n), name=str(n)),
            address=HOMES[n],
        )
        for n in HOMES
    ]
    pair, alone = crew("ann", "bea"), crew("cem", source="single")
    trips = (trip(pair.id, "B1", "B2"), trip(alone.id, "B3"))
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", records, known=ALL_KNOWN, complete=True)
        whose = {"ann": "North", "bea": "North", "cem": "South"}
        writer.put_collectors("Town", [collector(who, agency=whose[who]) for who in whose])
        targets = {f"B{n}": Target(f"B{n}", (f"C{n}",)) for n in HOMES}
        plan = Plan(trips, ())
        draft = writer.add_plan(new_plan(plan=plan, crews=(pair, alone), targets=targets))
        writer.publish(draft.id, "")


def trip(crew_id: str, *borrowers: str) -> Itinerary:
    """Return a day from nine to four with a break of half an hour, a visit an hour from ten on."""
    visits = [
        Stop(StopKind.VISIT, who, at, at, at + 1200, place_id=f"{who}-home")
        for who, at in zip(borrowers, range(36_000, 72_000, 3600), strict=False)
    ]
    rest = Stop(StopKind.BREAK, "lunch", 50_000, 50_000, 51_800)
    return Itinerary(crew_id, 9 * 3600, 16 * 3600, (*visits, rest))


def tell(store: SqlStore, who: str, code: str, hour: int, **told: Any) -> None:
    """Record what came of the visit of ann and bea at an hour of the clock in Town."""
    at = NOON + timedelta(hours=hour - 12)
    usual: dict[str, Any] = {"crew": ("ann", "bea"), "plan_id": 1, "was_met": code == "PTP"}
    outcome = Outcome(f"{who}-{at}", who, f"{who}-home", at, code, **usual | told)
    with store.writing(ALICE) as writer:
        writer.record_outcome("Town", outcome)


def mark(store: SqlStore, kind: MarkKind, hour: float, who: str = "") -> None:
    at = NOON + timedelta(hours=hour - 12)
    told = Mark(f"{kind}-{who}", TODAY, 1, ("ann", "bea"), kind, at, visit_id=who)
    with store.writing(ALICE) as writer:
        writer.put_mark("Town", told)


def read(store: SqlStore, now: datetime = TOMORROW, **options: Any) -> Facts:
    return FigureBook(store.engine).facts("Town", DAY, now, **options)


def test_a_visit_has_the_traits_of_the_case_longest_overdue(town: SqlStore) -> None:
    vehicle = record(4, borrower=1, agency="North", days_past_due=95, product="vehicle")
    more = [with_home(vehicle, address=HOMES[1])]
    with town.writing(ALICE) as writer:
        writer.put_cases("Town", more, known=frozenset({"case.product"}), complete=False)
    tell(town, "B1", "PTP", 10, amount=Decimal(100), due=TODAY)
    (visit,) = read(town).visits
    its = visit.traits
    assert (its.bucket, its.product, its.agency) == ("M4", "vehicle", "North")
    assert (its.district, its.crew) == ("海曙区", ("ann", "bea"))


def test_a_days_cost_is_that_of_its_hours_without_unpaid_breaks(town: SqlStore) -> None:
    tell(town, "B1", "PTP", 10, amount=Decimal(100), due=TODAY)
    tell(town, "B2", "NOT_HOME", 11)
    by_crew = {line.key: line.tally for line in figure_table(read(town), Group.CREW).lines}
    # 9:00 to 16:00 less half an hour: 6.5 h × 60; both of North's visits were made.
    pair = by_crew["ann · bea"]
    assert (pair.cost, pair.costed, pair.costed_met) == (Decimal(390), 2, 1)
    assert (by_crew["cem"].cost, by_crew["cem"].costed) == (Decimal(390), 0)


def test_what_phones_told_takes_the_place_of_the_plan(town: SqlStore) -> None:
    mark(town, MarkKind.BEGIN, 9.5)  # half an hour late
    for who, hour in (("B1", 10), ("B2", 12)):
        mark(town, MarkKind.ARRIVE, hour, who)
        mark(town, MarkKind.LEAVE, hour + 1 / 3 + 7, who)
        tell(town, who, "NOT_HOME", hour)
    # The last door was left at 19:20 instead of 11:20: back at 24:00, six hours past the shift.
    pair = next(one for one in read(town).trips if one.crew == ("ann", "bea"))
    assert pair.out == timedelta(hours=14)
    assert pair.overtime == timedelta(hours=6)


def test_a_record_is_complete_with_its_marks_and_all_that_is_asked(town: SqlStore) -> None:
    tell(town, "B1", "PTP", 10, amount=Decimal(100))  # without its day
    tell(town, "B2", "NOT_HOME", 11)
    for who in ("B1", "B2"):
        mark(town, MarkKind.ARRIVE, 10, who)
        mark(town, MarkKind.LEAVE, 10.5, who)
    by_key = {one.borrower_id: one for one in read(town).visits}
    assert not by_key["B1"].is_complete
    assert by_key["B2"].is_complete
    assert not by_key["B2"].is_late


def test_a_check_in_that_nobody_told_is_overdue(town: SqlStore) -> None:
    tell(town, "B1", "NOT_HOME", 11)  # no arrival
    tell(town, "B2", "NOT_HOME", 9, plan_id=None)  # told three hours later
    tell(town, "B3", "NOT_HOME", 11, plan_id=None)
    by_key = {one.borrower_id: one.is_late for one in read(town).visits}
    assert by_key == {"B1": True, "B2": True, "B3": False}


def test_coverage_leaves_out_what_is_not_to_be_visited(town: SqlStore) -> None:
    stopped = record(5, agency="North", stops=frozenset({StopFlag.DISPUTED}))
    mourning = with_borrower(record(6, agency="North"), stops=frozenset({StopFlag.DECEASED}))
    visited = record(7, agency="North", days_past_due=10, visited_at=NOON - timedelta(days=20))
    with town.writing(ALICE) as writer:
        writer.put_cases("Town", [stopped, mourning, visited], known=ALL_KNOWN, complete=False)
    tell(town, "B1", "NOT_HOME", 11)
    found = {one.key: one for one in coverage(read(town).cases, TODAY, Group.BUCKET)}
    assert {key: one.cases for key, one in found.items()} == {"M1": 2, "M2": 1, "M3": 1}
    assert [share.hits for share in found["M1"].shares] == [1, 2]


def test_an_agency_sees_its_own_alone(town: SqlStore) -> None:
    tell(town, "B1", "NOT_HOME", 11)
    tell(town, "B3", "NOT_HOME", 11, crew=("cem",))
    south = read(town, agencies=frozenset({"South"}))
    assert {one.borrower_id for one in south.visits} == {"B3"}
    assert {one.crew for one in south.trips} == {("cem",)}
    assert {one.id for one in south.cases} == {"C3"}
    everybody = figure_table(read(town), Group.AGENCY)
    assert {line.key: line.tally.visits for line in everybody.lines} == {"North": 1, "South": 1}


def test_scorecards_are_made_of_the_book(town: SqlStore) -> None:
    tell(town, "B1", "NOT_HOME", 11)
    cards = {one.whose: one for one in agency_cards(read(town), read_weights())}
    assert cards["North"].coverage == Share(1, 2)
    assert cards["North"].parts[Part.QUALITY] == 0
    assert cards["South"].total is None


def test_the_shipped_weights_hold_where_a_home_has_none_of_its_own(tmp_path: Path) -> None:
    assert weights_of(tmp_path) == read_weights()
    own = SHIPPED.read_text(encoding="utf-8").replace("compliance = 0.35", "compliance = 0.30")
    (tmp_path / NAME).write_text(own.replace("quality = 0.25", "quality = 0.30"), "utf-8")
    assert weights_of(tmp_path).parts[Part.QUALITY] == 0.3


@pytest.mark.parametrize(
    ("told", "faults"),
    [
        ("x", ["is no TOML"]),
        (
            f'version = "1"\nsource = "us"\n[weights]\nquality = {"9" * 400}\n[worst]',
            ["weights.quality: expected a number"],
        ),
        ("", ["version: expected text", "source: expected", "weights: expected", "worst: expec"]),
        (
            'version = "1"\nsource = "us"\nmore = 1\n[weights]\nfee = 1\nquality = "all"\n[worst]',
            ["more: unknown key", "weights.fee: unknown", "weights.quality: expected a number"],
        ),
        (
            'version = "1"\nsource = "us"\n[weights]\ncompliance = 0.1\nquality = 0.1\n'
            "coverage = 0.1\ncompleteness = 0.1\nrecovered = 0.6\n"
            "[worst]\ncomplaints = 0.1\nturned_away = 0.1\nlate = 0.1",
            ["weights.recovered: 0.6 is above one half"],
        ),
    ],
)
def test_a_file_of_weights_tells_all_its_faults(
    tmp_path: Path, told: str, faults: list[str]
) -> None:
    (tmp_path / NAME).write_text(told, "utf-8")
    with pytest.raises(InvalidWeightsError) as refused:
        weights_of(tmp_path)
    lines = str(refused.value).splitlines()
    assert len(lines) == len(faults)
    assert all(
        line.startswith(f"{NAME}: {fault}") for line, fault in zip(lines, faults, strict=True)
    )


def pay(store: SqlStore, contract: str, amount: int, days: float) -> None:
    told = Payment(f"{contract}-{days}", contract, Decimal(amount), NOON + timedelta(days=days))
    with store.writing(ALICE) as writer:
        writer.add_payments("Town", [told])


def test_payments_after_a_visit_are_recovered_by_it(town: SqlStore) -> None:
    tell(town, "B1", "PTP", 10, amount=Decimal(100), due=TODAY + timedelta(days=2))
    assert not read(town).knows_payments
    pay(town, "C1", 60, 3)
    pay(town, "C1", 9, 15)  # too late to be put down to the visit
    pay(town, "C3", 7, 1)  # nobody met her
    later = NOON + timedelta(days=20)
    assert figure_table(read(town, later), Group.DAY).total.recovered == 60
    south = read(town, later, agencies=frozenset({"South"}))
    assert [one.amount for one in south.payments] == [7]


def test_a_promise_is_judged_by_what_was_paid(town: SqlStore) -> None:
    due = TODAY + timedelta(days=2)
    tell(town, "B1", "PTP", 10, amount=Decimal(100), due=due)
    tell(town, "B2", "PTP", 11, amount=Decimal(100), due=due)
    later, span = NOON + timedelta(days=20), Span(TODAY, TODAY + timedelta(days=19))
    book = FigureBook(town.engine)
    unknown = figure_table(book.facts("Town", span, later), Group.MONTH).total
    assert unknown.kept_rate.rate is None, "without payments nobody knows"
    pay(town, "C1", 100, 1)
    told = figure_table(book.facts("Town", span, later), Group.CREW)
    pair = told.lines[0]
    assert (pair.key, pair.tally.kept, pair.tally.due) == ("ann · bea", 1, 2)


def test_an_outcome_that_was_corrected_counts_no_more(town: SqlStore) -> None:
    tell(town, "B1", "PTP", 10, amount=Decimal(100), due=TODAY)
    (first,) = read(town).visits
    tell(town, "B1", "NOT_HOME", 11, corrects=first.key)
    total = figure_table(read(town), Group.DAY).total
    assert (total.visits, total.met, total.promises) == (1, 0, 0)


def test_figures_are_read_again_only_after_the_book_has_changed(town: SqlStore) -> None:
    tell(town, "B1", "NOT_HOME", 11)
    kept = KeptFigures(FigureBook(town.engine))
    first = kept.facts("Town", DAY, NOON)
    assert kept.facts("Town", DAY, NOON + timedelta(hours=1)) is first
    tell(town, "B2", "NOT_HOME", 12)
    second = kept.facts("Town", DAY, NOON)
    assert [one.borrower_id for one in second.visits] == ["B1", "B2"]
    with town.writing(ALICE) as writer:
        writer.note("borrower.shown", "B1", city="Town", after={})
    assert kept.facts("Town", DAY, NOON) is second, "who looks changes nothing"
    assert kept.facts("Town", DAY, TOMORROW).today > second.today, "another day judges anew"


def test_figures_that_are_kept_are_of_what_one_may_see(town: SqlStore) -> None:
    kept = KeptFigures(FigureBook(town.engine))
    whose = (None, ["North"], ["South"], ["North"])
    cases = [{one.id for one in kept.facts("Town", DAY, NOON, of).cases} for of in whose]
    assert cases[0] == cases[1] | cases[2]
    assert cases[1] == cases[3] != cases[2]
    assert len(kept.answers) == 2, "a server's memory is not filled by questions"

"""The people of a made-up town: plainly made up, and like a lender's book."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from statistics import median
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.towns.people import AGENCY, LENDER
from data.towns.town import Town, make_town
from tests.data.towns.conftest import ON


def test_nobody_can_be_taken_for_a_real_person(town: Town) -> None:
    assert town.is_demo
    assert all(str(row["contract"]).startswith("DEMO-") for row in town.cases)
    assert all(str(row["id"]).startswith("DEMO-") for row in town.collectors)
    # Mobile numbers begin with 13 … 19 and have eleven digits.
    assert all(re.fullmatch(r"127\d{8}", str(row["phone"])) for row in town.cases)
    assert all(str(row["product"]).startswith(LENDER) for row in town.cases)
    assert {row["agency"] for row in (*town.cases, *town.collectors)} == {AGENCY}
    assert "示例" in LENDER
    assert "示例" in AGENCY


def test_there_are_as_many_as_asked_for(town: Town) -> None:
    assert len(town.cases) == len({row["contract"] for row in town.cases}) == 400
    assert len(town.collectors) == len({row["id"] for row in town.collectors}) == 30


def test_some_borrowers_have_two_contracts_and_the_same_places(town: Town) -> None:
    by_client: dict[object, set[object]] = {}
    for row in town.cases:
        by_client.setdefault(row["client_id"], set()).add((row["phone"], row["home_address"]))
    assert all(len(places) == 1 for places in by_client.values())
    contracts = Counter(row["client_id"] for row in town.cases)
    # 8 % of 400 are 32; four standard deviations, √(400 · 0.08 · 0.92) = 5.4, on either side.
    assert 10 <= sum(contracts.values()) - len(contracts) <= 54


def test_debts_spread_over_buckets_and_sums(town: Town) -> None:
    buckets = Counter(min(7, -(-cast(int, row["days_past_due"]) // 30)) for row in town.cases)
    assert set(buckets) == set(range(1, 8))
    assert buckets[1] > buckets[6]
    overdue = [cast(float, row["overdue"]) for row in town.cases]
    # exp(8.6) is 5,432; the median of 400 with σ = 0.9 lies within ± 25 % of it.
    assert 4_000 < median(overdue) < 6_800
    assert max(overdue) > 4 * median(overdue)
    assert all(cast(float, row["principal"]) > cast(float, row["overdue"]) for row in town.cases)


def test_flags_promises_appointments_and_past_visits_are_there(town: Town) -> None:
    has = Counter(field for row in town.cases for field in row)
    for field in ("home_windows", "work_address", "registered_address", "owner", "promise_due"):
        assert 0 < has[field] < 400, field
    assert any(row["stop"] != "否" for row in town.cases)
    assert {row["assigned"] for row in town.cases} == {"是", "否"}
    visits = [date.fromisoformat(str(r["last_visit"])) for r in town.cases if "last_visit" in r]
    assert max(visits) < ON
    agreed = [str(row["appointment"])[:10] for row in town.cases if "appointment" in row]
    assert min(agreed) >= ON.isoformat()


def test_owners_pairs_and_enemies_are_collectors(town: Town) -> None:
    ids = {row["id"] for row in town.collectors}
    assert {row["owner"] for row in town.cases if "owner" in row} <= ids
    paired = [row[place] for row in town.pairs for place in ("first", "second")]
    assert len(paired) == len(set(paired)) > 0
    assert set(paired) <= ids
    for row in town.collectors:
        assert row.get("never_with") in {None, *ids} - {row["id"]}


def test_fixed_pairs_travel_alike_and_get_along(town: Town) -> None:
    by_id = {row["id"]: row for row in town.collectors}
    for pair in town.pairs:
        first, second = by_id[pair["first"]], by_id[pair["second"]]
        assert first["mode"] == second["mode"]
        assert first.get("never_with") != pair["second"]
        assert second.get("never_with") != pair["first"]


def test_shifts_span_the_days_asked_for() -> None:
    until = date(2026, 11, 27)
    shifts = make_town(1, ON, until=until, cases=1, collectors=20, nodes=1_500).shifts
    assert {(row["date"], row["until"]) for row in shifts} == {("2026-11-23", "2026-11-27")}


def test_work_places_have_a_name(town: Town) -> None:
    works = [str(row["work_address"]) for row in town.cases if "work_address" in row]
    named = [text for text in works if re.search("商厦|广场|大厦|工业园|产业园|小学|中学", text)]
    assert len(named) > 0.9 * len(works)


@pytest.mark.parametrize(("cases", "collectors"), [(0, 1), (1, 0)])
def test_a_town_without_people_is_none(cases: int, collectors: int) -> None:
    with pytest.raises(ValueError, match=f"not {cases} and {collectors}"):
        make_town(1, ON, cases=cases, collectors=collectors, nodes=1_500)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), cases=st.integers(1, 60), collectors=st.integers(1, 12))
def test_any_seed_has_people(seed: int, cases: int, collectors: int) -> None:
    town = make_town(seed, ON, cases=cases, collectors=collectors, nodes=1_500)
    assert (len(town.cases), len(town.collectors)) == (cases, collectors)
    assert town.truth

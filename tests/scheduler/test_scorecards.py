"""Scorecards: recovered money is a stated part at most, whatever else is known."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.figures import (
    Card,
    OpenCase,
    Paid,
    Part,
    Share,
    Traits,
    Trip,
    Weights,
    agency_cards,
    collector_cards,
)
from scheduler.figures.scorecards import total_of
from scheduler.figures.weights import Breach
from tests.scheduler.test_figures import CREW, MONDAY, OURS, TODAY, facts, visit

PARTS = dict(zip(Part, (0.35, 0.25, 0.15, 0.15, 0.10), strict=True))
WORST = dict(zip(Breach, (0.1, 0.5, 0.5), strict=True))
WEIGHTS = Weights(PARTS, WORST)


def weights(**parts: float) -> Weights:
    return Weights({**PARTS, **{Part(name): weight for name, weight in parts.items()}}, WORST)


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"compliance": 0, "quality": 0, "coverage": 0, "completeness": 0, "recovered": 1}, "half"),
        ({"compliance": 0.2, "quality": 0.14, "coverage": 0.15, "recovered": 0.51}, "half"),
        ({"recovered": 0.2}, "add up to 1.1"),
        ({"quality": -0.1, "compliance": 0.7}, "weights.quality: expected a share"),
        ({"compliance": 0, "quality": 0.6}, "weights.compliance: must count"),
        ({"quality": float("nan")}, "weights.quality: expected a share"),
    ],
)
def test_weights_are_refused(parts: dict[str, float], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        weights(**parts)


def test_half_for_recovered_money_is_still_allowed() -> None:
    known = weights(compliance=0.2, quality=0.1, coverage=0.1, completeness=0.1, recovered=0.5)
    assert known.parts[Part.RECOVERED] == 0.5


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"weights\.quality: is missing") as told:
        Weights({Part.RECOVERED: 0.9}, {Breach.LATE: 0})
    assert len(str(told.value).splitlines()) == 9


UNKNOWN_OR_SHARE = st.none() | st.floats(0, 1)


@given(st.fixed_dictionaries(dict.fromkeys(Part, UNKNOWN_OR_SHARE)), st.sampled_from([0.0, 0.5]))
def test_recovered_money_moves_the_total_by_its_weight_at_most(
    parts: dict[Part, float | None], share: float
) -> None:
    rest = (1 - share) / 4
    own = Weights({part: share if part is Part.RECOVERED else rest for part in Part}, WORST)
    worst, best = (total_of({**parts, Part.RECOVERED: value}, own) for value in (0.0, 1.0))
    if parts[Part.COMPLIANCE] is None:
        assert worst is None
        assert best is None
    else:
        assert worst is not None
        assert best is not None
        assert best - worst == pytest.approx(share)
        assert 0 <= worst <= best <= 1


def card(cards: list[Card], whose: str) -> Card:
    return next(one for one in cards if one.whose == whose)


def test_each_breach_costs_its_part_of_compliance() -> None:
    visits = [visit(str(i)) for i in range(18)]
    visits += [visit("late", is_late=True), visit("away", code="HOSTILE")]
    own = card(agency_cards(facts(visits=visits), WEIGHTS), "North")
    # 1 of 20 is a tenth of the worst share of both; there is no complaint.
    assert own.parts[Part.COMPLIANCE] == pytest.approx((1 + 0.9 + 0.9) / 3)


def test_the_worst_share_scores_nothing_and_no_less() -> None:
    visits = [visit(str(i), code="COMPLAINT", is_late=True, is_complete=False) for i in range(4)]
    own = card(agency_cards(facts(visits=visits), WEIGHTS), "North")
    assert own.parts[Part.COMPLIANCE] == pytest.approx(1 / 3), "nobody was turned away"
    assert own.parts[Part.COMPLETENESS] == 0
    assert own.is_few


def test_an_agencys_coverage_is_of_its_open_cases() -> None:
    cases = [
        OpenCase(str(days), "B", Traits(agency="North"), 9, TODAY - timedelta(days=days))
        for days in (3, 30, 31)
    ]
    own = card(agency_cards(facts(cases=cases), WEIGHTS), "North")
    assert own.coverage == Share(2, 3)
    assert own.total is None, "of an agency that made no visit nothing is said"


def test_a_pairs_visit_counts_for_both_and_her_coverage_is_of_what_was_planned() -> None:
    trips = [
        Trip(MONDAY, CREW, timedelta(hours=8), timedelta(0), (OURS,) * 4),
        Trip(MONDAY + timedelta(days=1), ("ann",), timedelta(hours=8), timedelta(0), (OURS,)),
        Trip(TODAY, ("ann",), timedelta(hours=8), timedelta(0), (OURS,)),  # not over yet
    ]
    cards = collector_cards(facts(visits=[visit("1"), visit("2")], trips=trips), WEIGHTS)
    assert [(one.whose, one.tally.visits, one.coverage) for one in cards] == [
        ("ann", 2, Share(2, 5)),
        ("bea", 2, Share(2, 4)),
    ]


def test_recovered_is_told_beside_what_is_usual() -> None:
    south = Traits(agency="South")
    told: dict[str, Any] = {
        "visits": [visit("1", who="B1"), visit("2", who="B2", traits=south)],
        "payments": [
            Paid("B1", Decimal(30), visit("").at),
            Paid("B2", Decimal(10), visit("").at),
        ],
    }
    cards = agency_cards(facts(**told, knows_payments=True), WEIGHTS)
    # 20 is usual: 30 is one and a half times that, 10 half.
    assert card(cards, "North").parts[Part.RECOVERED] == pytest.approx(0.75)
    assert card(cards, "South").parts[Part.RECOVERED] == pytest.approx(0.25)
    unknown = agency_cards(facts(visits=told["visits"]), WEIGHTS)
    assert card(unknown, "North").parts[Part.RECOVERED] is None

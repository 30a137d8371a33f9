"""What an agreement must hold before it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from scheduler.agreements import Agreement, Evidence, Instalment, Waiver, faults

ON = date(2026, 3, 2)
DIGEST = "0f" * 32
GOOD = Agreement(
    Decimal(300),
    (Instalment(ON, Decimal(100)), Instalment(ON + timedelta(days=30), Decimal(200))),
    Waiver(Decimal(50), "boss"),
    Evidence("files/17", DIGEST),
    Evidence("files/18", DIGEST.upper()),
)


def test_a_good_agreement_has_no_fault() -> None:
    assert faults(GOOD, ON, "ann") == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"total": Decimal(301)}, "add up to 300, not to the total of 301"),
        ({"instalments": ()}, "at least one instalment"),
        ({"instalments": GOOD.instalments[::-1]}, "one after the other"),
        ({"instalments": (GOOD.instalments[0],) * 2, "total": Decimal(200)}, "its own day"),
        (
            {"instalments": (Instalment(ON - timedelta(days=1), Decimal(300)),)},
            "before the agreement of 2026-03-02",
        ),
        ({"waiver": Waiver(Decimal(50), " Ann ")}, "cannot approve a waiver"),
        ({"waiver": Waiver(Decimal(50), "")}, "names who approved it"),
        ({"waiver": Waiver(Decimal(0), "boss")}, "is more than 0"),
        ({"signature": Evidence("files/17", "0f")}, "signature's sha256"),
        ({"photo": Evidence("files/17", "xy" * 32)}, "photo's sha256"),
    ],
)
def test_what_is_wrong_with_an_agreement_is_named(changes: dict[str, Any], fault: str) -> None:
    [told] = faults(replace(GOOD, **changes), ON, "ann")
    assert fault in told


def test_all_faults_are_told_at_once() -> None:
    negative = (Instalment(ON, Decimal(-5)),)
    bad = replace(GOOD, instalments=negative, waiver=Waiver(Decimal(1), "ann"))
    assert len(faults(bad, ON, "ann")) == 3  # the sum, the sign, the approver

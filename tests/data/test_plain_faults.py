"""What others write as plain values, and all that keeps it from being read."""

from __future__ import annotations

from typing import Any

import pytest

from data.plain import reader, to_plain
from data.plain_faults import faults_of
from scheduler.agreements import Details

WHOLE: dict[str, Any] = {
    "attitude": "upset",
    "grace_days": 2,
    "assessment": {"observations": "a shop", "ability": "little"},
    "agreement": {
        "total": "100",
        "instalments": [{"due": "2026-12-01", "amount": "100"}],
        "waiver": {"amount": "5", "approved_by": "Li"},
        "photo": None,
    },
}


def test_what_can_be_read_has_no_fault() -> None:
    assert list(faults_of(Details, WHOLE)) == []
    assert list(faults_of(Details, to_plain(reader(Details)(WHOLE)))) == []


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (3, "it: expected an object, not 3"),
        ({"mood": 1}, "mood: unknown; there are attitude"),
        ({"attitude": "sleepy"}, "attitude: 'sleepy' is no attitude as text; there are cooperat"),
        ({"attitude": ["upset"]}, "attitude: ['upset'] is no attitude as text"),
        ({"grace_days": "2"}, "grace_days: expected a whole number, not '2'"),
        ({"grace_days": True}, "grace_days: expected a whole number, not True"),
        ({"agreement": {"total": "1"}}, "agreement.instalments: is missing"),
        (
            {"agreement": {"total": "1", "instalments": {}}},
            "agreement.instalments: expected a",
        ),
        ({"agreement": {"total": 0.1, "instalments": []}}, "agreement.total: 0.1 is no decimal"),
        (
            {"agreement": {"total": "1", "instalments": [{"due": "soon", "amount": "1"}]}},
            "agreement.instalments 1.due: 'soon' is no date as text",
        ),
    ],
)
def test_a_fault_is_told_by_where_it_stands(told: Any, fault: str) -> None:
    (found,) = faults_of(Details, told)
    assert found.startswith(fault)


def test_all_faults_are_told_at_once() -> None:
    told = {"mood": 1, "grace_days": "x", "met": "dog"}
    assert len(list(faults_of(Details, told))) == len(told)

"""The order of a borrower's story, and what of an event is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scheduler.ports import Event
from scheduler.timeline import About, about, timeline

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def event(id: int, kind: str, hours: int = 0, **after: Any) -> Event:
    return Event(NOON + timedelta(hours=hours), "ann", kind, "B1", None, after, "Town", id=id)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("outcome.recorded", About.VISITS),
        ("contact.added", About.CONTACTS),
        ("payment.added", About.MONEY),
        ("promise.broken", About.MONEY),
        ("case.stopped", About.RESTRAINTS),
        ("case.changed", About.BOOK),
        ("follow_up.opened", About.TASKS),
        ("place.invalid", About.ADDRESSES),
        ("never.heard", About.BOOK),
    ],
)
def test_what_an_event_is_about(kind: str, what: About) -> None:
    assert about(kind) is what


def test_the_newest_comes_first_and_of_one_instant_the_last_written() -> None:
    found = timeline([event(1, "a.b"), event(3, "c.d"), event(2, "e.f", hours=-1)])
    assert [one.id for one in found] == [3, 1, 2]


def test_no_event_is_lost_unless_something_else_is_asked_for() -> None:
    events = [event(1, "promise.opened"), event(2, "never.heard"), event(3, "outcome.recorded")]
    assert len(timeline(events)) == 3
    assert [one.id for one in timeline(events, frozenset({About.MONEY}))] == [1]


def test_names_and_addresses_of_an_event_are_not_told() -> None:
    told: dict[str, Any] = {
        "name": "王小明",
        "address": "中山路 9 号",
        "note": "call her sister",
        "code": "PTP",
    }
    [entry] = timeline([event(1, "outcome.recorded", **told, details={"attitude": "upset"})])
    assert entry.told == {"code": "PTP", "attitude": "upset"}

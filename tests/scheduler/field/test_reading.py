"""A record that is sent as it should be is read; of another all that is wrong is told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from scheduler.field.reading import RecordError, read_record
from scheduler.field.records import RecordKind

TODAY = date(2026, 3, 2)
SENT: dict[str, Any] = {
    "v": 1,
    "visit": "B1",
    "seq": 1,
    "kind": "arrive",
    "at": "2026-03-02T10:00:00+08:00",
    "wall_at": "2026-03-02T09:00:00Z",
    "plan": 7,
    "body": {"lat": "25.01"},
}


def test_what_is_sent_is_read() -> None:
    read = read_record("key-00001", "one", TODAY, SENT)
    assert read.kind is RecordKind.ARRIVE
    assert read.at == datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert read.wall_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert (read.thread, read.plan_id) == (("one", "B1"), 7)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("v", 2),
        ("visit", None),
        ("visit", "x" * 201),
        ("seq", 0),
        ("seq", True),
        ("seq", "1"),
        ("kind", "dance"),
        ("at", "2026-03-02T10:00:00"),
        ("at", 5),
        ("wall_at", "at ten"),
        ("plan", 2**31),
        ("body", [1]),
    ],
)
def test_what_cannot_be_is_named(part: str, told: Any) -> None:
    with pytest.raises(RecordError, match=f"look at {part}$"):
        read_record("key-00001", "one", TODAY, {**SENT, part: told})


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(RecordError, match="v, visit, seq, kind, at, wall_at, plan, body"):
        read_record("key-00001", "one", TODAY, ["no", "record"])

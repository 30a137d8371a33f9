"""Reading a record as a phone sends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from scheduler.errors import DayroundError
from scheduler.field.records import FieldRecord, RecordKind

VERSION = 1
LONGEST_ID = 200
MOST_SEQ = 100_000


class RecordError(DayroundError):
    """A record that is none: it says which, and what is wrong with it."""


def read_record(key: str, device: str, on: date, told: Any) -> FieldRecord:
    """Return the record `key` of a device's day from its plain form.

    Raises
    ------
    RecordError
        Where a part is missing or cannot be; it names all of them.
    """
    parts = told if isinstance(told, Mapping) else {}
    wrong = [name for name, is_fine in PARTS.items() if not is_fine(parts.get(name))]
    if wrong:
        raise RecordError(f"record {key!r} cannot be read: look at {', '.join(wrong)}")
    return FieldRecord(
        key=key,
        device=device,
        on=on,
        visit_id=parts["visit"],
        seq=parts["seq"],
        kind=RecordKind(parts["kind"]),
        at=datetime.fromisoformat(parts["at"]),
        wall_at=datetime.fromisoformat(parts["wall_at"]),
        plan_id=parts["plan"],
        body=parts["body"],
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_SEQ


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_ID


def _is_plan(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31


def _is_instant(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except (TypeError, ValueError):
        return False


PARTS: Mapping[str, Callable[[Any], bool]] = {
    "v": lambda value: value == VERSION,
    "visit": _is_id,
    "seq": _is_count,
    "kind": lambda value: value in list(RecordKind),
    "at": _is_instant,
    "wall_at": _is_instant,
    "plan": _is_plan,
    "body": lambda value: isinstance(value, Mapping),
}

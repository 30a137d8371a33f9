"""Whose turn it is: records come in any order, and are taken in by that of the phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from scheduler.field.records import FieldRecord

Thread = tuple[str, str]


def in_turn(
    waiting: Iterable[FieldRecord], taken_in: Mapping[Thread, int]
) -> tuple[FieldRecord, ...]:
    """Return the records whose turn has come, in their order; the others wait for earlier ones.

    `taken_in` is the highest number that was taken in of each thread, 0 where it is not there. A
    record whose number has passed is in turn: its place was taken by another, and it is not lost.
    So is one that stands alone: a photograph comes when the network can carry it.
    Within a thread the numbers order, among threads the clock does.
    """
    threads: dict[Thread, list[FieldRecord]] = defaultdict(list)
    for record in sorted(waiting, key=lambda one: (one.seq, one.key)):
        threads[record.thread].append(record)
    found = [
        told
        for thread, records in sorted(threads.items())
        for told in _timed(_without_gap(records, taken_in.get(thread, 0)))
    ]
    return tuple(record for _, record in sorted(found, key=lambda told: told[0]))


def _without_gap(records: list[FieldRecord], highest: int) -> Iterator[FieldRecord]:
    """Yield records of a thread up to the first number that is missing."""
    for record in records:
        if record.seq > highest + 1 and not record.stands_alone:
            return
        highest = max(highest, record.seq)
        yield record


def _timed(records: Iterable[FieldRecord]) -> Iterator[tuple[datetime, FieldRecord]]:
    """Yield each record with a time not before that of the one before it: clocks are set back."""
    latest = None
    for record in records:
        latest = record.at if latest is None else max(latest, record.at)
        yield latest, record

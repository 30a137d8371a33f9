"""What a crew should know before it gets off: from notes about the place and earlier visits."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum

from scheduler.lifecycle import Code


class Flag(StrEnum):
    """What to mind at a door."""

    PAIR = "pair"  # two go in together
    DAYLIGHT = "daylight"  # not after dark
    DOG = "dog"
    HOSTILE = "hostile"  # at an earlier visit


NOTES = {
    Flag.DAYLIGHT: re.compile("白天|天黑|夜间勿|daylight|after dark|unlit", re.IGNORECASE),
    Flag.DOG: re.compile(r"狗|犬|\bdogs?\b", re.IGNORECASE),
}
"""Words of access notes that say so; a note is shown whole beside its flag."""

BEFORE = frozenset({Code.HOSTILE, Code.POLICE_CALLED, Code.ABORTED_SAFETY, Code.UNSAFE})
"""Results of earlier visits after which a crew is warned."""


def flags(people: int, note: str, earlier: Collection[str]) -> tuple[Flag, ...]:
    """Return what to mind: `people` go at least, `note` is the place's, `earlier` are results."""
    told = {flag for flag, words in NOTES.items() if words.search(note)}
    if people > 1:
        told.add(Flag.PAIR)
    if not BEFORE.isdisjoint(earlier):
        told.add(Flag.HOSTILE)
    return tuple(flag for flag in Flag if flag in told)

"""Fields of a JSON object, read one by one; what is wrong is noted by its JSON pointer (RFC 6901).

A reader goes on after a fault with the least that fits, so that all faults are told at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from routing.point import Point
from routing.travel import UNREACHABLE
from scheduler.errors import DayroundError
from scheduler.problem import Span

Json = Mapping[str, Any]

LATEST_S = UNREACHABLE - 1
"""The last second that can be told: a day's count from a midnight, not from 1970."""

ANY_TIME: Span = (0, LATEST_S)

_FAULTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FieldError:
    """A fault: where it stands, and what is wrong there and what to do."""

    pointer: str
    problem: str

    def __str__(self) -> str:
        return f"{self.pointer or 'the problem'}: {self.problem}"


class FieldsError(DayroundError, ValueError):
    """A problem that is not understood; `errors` are all of its faults."""

    def __init__(self, errors: Collection[FieldError]) -> None:
        self.errors = tuple(errors)
        lines = [str(error) for error in self.errors[:_FAULTS_SHOWN]]
        if more := len(self.errors) - len(lines):
            lines.append(f"and {more} more")
        super().__init__("\n".join(lines))


class Fields:
    """A JSON object and where it stands; keys other than `known` are faults.

    `errors` is the list that faults are added to, shared by all fields of a file.
    """

    def __init__(
        self, told: object, known: Collection[str], errors: list[FieldError], pointer: str = ""
    ) -> None:
        self.pointer = pointer
        self.errors = errors
        self.told: Json = told if isinstance(told, dict) else {}
        if not isinstance(told, dict):
            errors.append(FieldError(pointer, f"{shown(told)} is no object: write {{…}}"))
        for key in sorted(self.told.keys() - set(known)):
            self.fault(key, "is not understood here; leave it out")

    def __contains__(self, key: str) -> bool:
        return key in self.told

    def at(self, key: object) -> str:
        """Return the JSON pointer of a key."""
        return f"{self.pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"

    def fault(self, key: object, problem: str) -> None:
        self.errors.append(FieldError(self.at(key), problem))

    def require(self, *keys: str) -> None:
        """Note each of `keys` that is absent."""
        for key in keys:
            if key not in self:
                self.fault(key, "is missing")

    def whole(self, key: str, default: int | None = None, *, most: int = LATEST_S) -> int:
        """Return a whole number from 0 to `most`; without a `default` it must be there."""
        if key in self:
            return self._whole(self.at(key), self.told[key], most)
        if default is None:
            self.require(key)
        return default or 0

    def wholes(self, key: str, *, most: int) -> tuple[int, ...]:
        """Return a list of whole numbers, empty where it is absent."""
        told = self.items(key)
        return tuple(self._whole(f"{self.at(key)}/{i}", item, most) for i, item in enumerate(told))

    def flag(self, key: str) -> bool:
        told = self.told.get(key, False)
        if not isinstance(told, bool):
            self.fault(key, f"{shown(told)} is neither true nor false")
        return told is True

    def items(self, key: str) -> list[Any]:
        """Return a list, empty where it is absent."""
        told = self.told.get(key, [])
        if isinstance(told, list):
            return told
        self.fault(key, f"{shown(told)} is no list: write […]")
        return []

    def objects(self, key: str, known: Collection[str]) -> list[Fields]:
        """Return the objects of a list, empty where it is absent."""
        return [
            Fields(told, known, self.errors, f"{self.at(key)}/{i}")
            for i, told in enumerate(self.items(key))
        ]

    def spans(self, key: str) -> tuple[Span, ...]:
        """Return time windows, disjoint and ascending; any time where there is none."""
        spans = tuple(
            self._span(f"{self.at(key)}/{i}", told) for i, told in enumerate(self.items(key))
        )
        for (_, last_s), (first_s, _) in pairwise(spans):
            if first_s <= last_s:
                self.fault(key, f"one begins at {first_s}, and the one before ends at {last_s}")
        return spans or (ANY_TIME,)

    def span(self, key: str) -> Span:
        """Return one time window; any time where it is absent."""
        return self._span(self.at(key), self.told[key]) if key in self else ANY_TIME

    def point(self, key: str) -> Point:
        """Return coordinates, told as [longitude, latitude] in degrees WGS-84."""
        self.require(key)
        told = self.told.get(key, [0, 0])
        if not isinstance(told, list) or len(told) != 2 or not all(map(_is_number, told)):
            self.fault(key, f"{shown(told)} is no place: write [longitude, latitude]")
            return Point(0, 0)
        try:
            return Point(float(told[1]), float(told[0]))
        except (ValueError, OverflowError) as error:
            self.fault(key, f"{error}; write [longitude, latitude]")
            return Point(0, 0)

    def _span(self, pointer: str, told: object) -> Span:
        if not isinstance(told, list) or len(told) != 2:
            problem = f"{shown(told)} is no time window: write [first, last] in seconds"
            self.errors.append(FieldError(pointer, problem))
            return ANY_TIME
        first_s, last_s = (self._whole(f"{pointer}/{i}", told[i], LATEST_S) for i in (0, 1))
        if last_s < first_s:
            self.errors.append(FieldError(pointer, f"{shown(told)} ends before it begins"))
        return first_s, last_s

    def _whole(self, pointer: str, told: object, most: int) -> int:
        if not isinstance(told, int) or isinstance(told, bool):
            problem = f"{shown(told)} is no whole number"
        elif not 0 <= told <= most:
            problem = f"{shown(told)} is not between 0 and {most}"
        else:
            return told
        self.errors.append(FieldError(pointer, problem))
        return 0


def shown(told: object) -> str:
    """Return `told` in short, as a message quotes it."""
    text = repr(told)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _is_number(told: object) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool)

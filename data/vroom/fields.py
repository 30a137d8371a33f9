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
    """A fault: where it stands, and what is wrong there and what to do.

    `whose` names the job or vehicle that it is in, by its id.
    """

    pointer: str
    problem: str
    whose: str = ""

    def __str__(self) -> str:
        whose = f" ({self.whose})" if self.whose else ""
        return f"{self.pointer or 'the problem'}{whose}: {self.problem}"


class FieldsError(DayroundError, ValueError):
    """A problem that is not understood; `errors` are all of its faults."""

    def __init__(self, errors: Collection[FieldError]) -> None:
        self.errors = tuple(errors)
        lines = [str(error) for error in self.errors[:_FAULTS_SHOWN]]
        if more := len(self.errors) - len(lines):
            lines.append(f"and {more} more")
        super().__init__("\n".join(lines))


class NoJsonError(FieldsError):
    """A problem that is no JSON at all."""


class Fields:
    """A JSON object and where it stands; keys other than `known` are faults.

    `errors` is the list that faults are added to, shared by all fields of a file.
    """

    def __init__(
        self,
        told: object,
        known: Collection[str],
        errors: list[FieldError],
        pointer: str = "",
        whose: str = "",
    ) -> None:
        self.pointer = pointer
        self.errors = errors
        self.whose = whose
        self.told: Json = told if isinstance(told, dict) else {}
        if not isinstance(told, dict):
            self._note(pointer, f"{shown(told)} is no object: write {{…}}")
        for key in sorted(self.told.keys() - set(known)):
            self.fault(key, "is not understood here; leave it out")

    def __contains__(self, key: str) -> bool:
        return key in self.told

    def at(self, key: object) -> str:
        """Return the JSON pointer of a key."""
        return f"{self.pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"

    def fault(self, key: object, problem: str) -> None:
        self._note(self.at(key), problem)

    def _note(self, pointer: str, problem: str) -> None:
        self.errors.append(FieldError(pointer, problem, self.whose))

    def require(self, *keys: str) -> None:
        """Note each of `keys` that is absent."""
        for key in keys:
            if key not in self:
                self.fault(key, "is missing")

    def whole(
        self, key: str, default: int | None = None, *, least: int = 0, most: int = LATEST_S
    ) -> int:
        """Return a whole number from `least` to `most`; without a `default` it must be there."""
        if key in self:
            return self._whole(self.at(key), self.told[key], most, least)
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

    def objects(self, key: str, known: Collection[str], kind: str = "") -> list[Fields]:
        """Return the objects of a list, empty where it is absent.

        Of a `kind`, their faults name it with its id, and so do those of what is inside.
        """
        return [
            Fields(told, known, self.errors, f"{self.at(key)}/{i}", _name(kind, told) or self.whose)
            for i, told in enumerate(self.items(key))
        ]

    def spans(self, key: str) -> tuple[Span, ...]:
        """Return time windows, disjoint and ascending; any time where none are told."""
        if self.told.get(key) == []:
            self.fault(key, "is empty, so that there is never time; leave it out for any time")
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
            self._note(pointer, problem)
            return ANY_TIME
        first_s, last_s = (self._whole(f"{pointer}/{i}", told[i], LATEST_S) for i in (0, 1))
        if last_s < first_s:
            self._note(pointer, f"{shown(told)} ends before it begins")
        return first_s, last_s

    def _whole(self, pointer: str, told: object, most: int, least: int = 0) -> int:
        if not isinstance(told, int) or isinstance(told, bool):
            problem = f"{shown(told)} is no whole number"
        elif not least <= told <= most:
            problem = f"{shown(told)} is not between {least} and {most}"
        else:
            return told
        self._note(pointer, problem)
        return least


def shown(told: object) -> str:
    """Return `told` in short, as a message quotes it."""
    text = repr(told)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _name(kind: str, told: object) -> str:
    """Return what people call it: its kind and id; nothing where it has none."""
    id_ = told.get("id") if kind and isinstance(told, dict) else None
    return f"{kind} {id_}" if isinstance(id_, int) else ""


def _is_number(told: object) -> bool:
    return isinstance(told, int | float) and not isinstance(told, bool)

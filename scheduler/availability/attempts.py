"""What is learned from: visits that were made, told by no more than time, place kind and person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from scheduler.availability.odds import SLOT_S, SLOTS
from scheduler.calendar import DayKind
from scheduler.lifecycle import NOT_MADE, Code
from scheduler.model import PlaceKind

KINDS = tuple(PlaceKind)
DAYS = tuple(DayKind)
ADDRESS_IS_WRONG = frozenset({Code.MOVED, Code.INVALID, Code.DEMOLISHED, Code.NOT_FOUND})
TELLS_NOTHING = NOT_MADE | {
    *(Code.UNSAFE, Code.DECEASED, Code.HOSPITAL, Code.DETAINED, Code.POLICE_CALLED),
    *(Code.ABORTED_SAFETY, Code.VEHICLE_SEEN, Code.VEHICLE_NOT_SEEN),
}
"""Results that say neither whether she was in nor whether the address is right."""


COLUMNS = ("who", "segment", "kind", "day", "second", "told", "age_days", "stated")


class Told(IntEnum):
    """What a visit tells of meeting somebody."""

    NOT_MET = 0
    MET = 1
    WRONG_ADDRESS = 2  # of the address alone, not of who was in


def told_by(code: str, *, was_met: bool) -> Told | None:
    """Return what a result tells, None where it tells nothing."""
    if was_met:
        return Told.MET
    if code in ADDRESS_IS_WRONG:
        return Told.WRONG_ADDRESS
    return None if code in TELLS_NOTHING else Told.NOT_MET


@dataclass(frozen=True, slots=True, order=True)
class Attempt:
    """A visit that was made: all that is learned from, and no other trait of a person.

    `segment` is her kind of employment, '' where it is not known; `second` the second of the local
    day at which the crew truly arrived. `is_stated` says that this was in hours that she had named
    herself: they tell how such words are kept, and nothing of other people's hours.
    """

    on: date
    second: int
    borrower_id: str
    kind: PlaceKind
    segment: str
    day: DayKind
    told: Told
    is_stated: bool = False


@dataclass(frozen=True)
class Attempts:
    """Attempts as columns, in an order that does not depend on how they were told.

    `who` and `segment` are numbers of `people` and `segments`; `kind` and `day` of `KINDS` and
    `DAYS`. `age_days` is how many days before the planning day an attempt was; `stated` is 1 where
    she had named the hour.
    """

    before: date
    people: tuple[str, ...]
    segments: tuple[str, ...]
    who: NDArray[np.int64]
    segment: NDArray[np.int64]
    kind: NDArray[np.int64]
    day: NDArray[np.int64]
    second: NDArray[np.int64]
    told: NDArray[np.int64]
    age_days: NDArray[np.int64]
    stated: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.who)

    def where(self, condition: NDArray[np.bool_]) -> Attempts:
        """Return those that fulfil a condition."""
        if condition.all():
            return self
        return replace(self, **{name: getattr(self, name)[condition] for name in COLUMNS})

    @property
    def slot(self) -> NDArray[np.int64]:
        return self.second // SLOT_S % SLOTS

    def by_person(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return a number for each person and place kind, and the order by them, latest last."""
        whose = self.who * len(KINDS) + self.kind
        return whose, np.lexsort((self.told, self.second, -self.age_days, whose))

    @property
    def digest(self) -> str:
        """What names these facts."""
        found = sha256(repr((self.before, self.people, self.segments)).encode())
        for name in COLUMNS:
            found.update(getattr(self, name).tobytes())
        return found.hexdigest()[:16]


def in_columns(attempts: Iterable[Attempt], before: date) -> Attempts:
    """Return the attempts of the days before one, whatever their order, as columns."""
    known = [one for one in attempts if one.on < before]
    people = sorted({one.borrower_id for one in known})
    segments = sorted({"", *(one.segment for one in known)})
    number = {name: i for i, name in enumerate(people)}
    part = {name: i for i, name in enumerate(segments)}
    kinds = {kind: i for i, kind in enumerate(KINDS)}
    days = {day: i for i, day in enumerate(DAYS)}
    rows = [
        (
            number[one.borrower_id],
            part[one.segment],
            kinds[one.kind],
            days[one.day],
            one.second,
            int(one.told),
            before.toordinal() - one.on.toordinal(),
            int(one.is_stated),
        )
        for one in known
    ]
    table = np.array(rows, dtype=np.int64).reshape(-1, len(COLUMNS))
    columns = table[np.lexsort(table.T)].T.copy()
    return Attempts(before, tuple(people), tuple(segments), *columns)

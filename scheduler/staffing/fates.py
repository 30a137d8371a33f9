"""What became of the stops of a simulated day, by replication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.plan import Stop, StopKind
from scheduler.staffing.arrays import Bools, Ints

NOT_THEN = -1
"""The time of what did not happen."""


class Fate(IntEnum):
    """What became of a stop; whatever is not made says why."""

    NOT_ITS_DAY = 0  # not in this crew's plan in this replication, or taken out of it again
    MET = 1
    NOT_MET = 2
    TAKEN = 3  # of a break
    CAME_LATE = 4  # the crew stood at the door, and the hours of the visit were over
    HOURS_OVER = 5  # they would have been over: the crew did not drive there
    NO_TIME = 6  # the crew would not have been home in time
    FOR_A_MUST = 7  # given up so that a must-visit is kept
    SHORT_HANDED = 8  # too few are present, or who has the skill is not
    NOBODY = 9  # the whole crew is absent
    MATE_MISSING = 10  # the other crew that the visit needs did not come in time
    NO_ROAD = 11  # no way leads there from where the crew was
    WRONG_ADDRESS = 12  # somebody opened, and told that the borrower is not to be found there

    @property
    def is_made(self) -> bool:
        return self in AT_THE_DOOR


AT_THE_DOOR = (Fate.MET, Fate.NOT_MET, Fate.WRONG_ADDRESS)
"""The fates of visits that were made."""


class Row(NamedTuple):
    """A stop of a crew: it may stand in the plan, or a later one of some replication."""

    crew_id: str
    kind: StopKind
    id: str
    option: int = 0
    place_id: str = ""


@dataclass
class Cells:
    """Times and fate of one stop, by replication."""

    arrival_s: Ints
    start_s: Ints
    end_s: Ints
    fate: NDArray[np.int8]
    follows: NDArray[np.int8]


@dataclass
class Log:
    """Written while crews drive; a row for each stop that any replication has."""

    size: int
    rows: dict[Row, Cells] = field(default_factory=dict)

    def cells(self, row: Row) -> Cells:
        if row not in self.rows:
            self.rows[row] = Cells(
                *(_never(self.size), _never(self.size), _never(self.size)),
                *(np.zeros(self.size, np.int8), np.zeros(self.size, np.int8)),
            )
        return self.rows[row]

    def tell(self, row: Row, at: Ints, fate: Fate) -> None:
        """Say why a stop is not made in the replications at the positions `at`."""
        self.cells(row).fate[at] = fate

    def begun(self, crew_id: str, position: int) -> tuple[Stop, ...]:
        """Return the stops of a crew in one replication that it was at, in their order."""
        stops = [stop for row, stop in self._at(position) if row.crew_id == crew_id]
        return tuple(sorted(stops, key=lambda stop: (stop.start_s, stop.end_s)))

    def _at(self, position: int) -> Iterator[tuple[Row, Stop]]:
        for row, cells in self.rows.items():
            if cells.start_s[position] != NOT_THEN:
                yield row, stop_at(row, cells.arrival_s, cells.start_s, cells.end_s, position)


def stop_at(row: Row, arrival_s: Ints, start_s: Ints, end_s: Ints, position: int) -> Stop:
    """Return a stop as it was in one replication."""
    times_s = int(arrival_s[position]), int(start_s[position]), int(end_s[position])
    return Stop(row.kind, row.id, *times_s, row.option, row.place_id)


def _never(size: int) -> Ints:
    return np.full(size, NOT_THEN, np.int64)


def put(
    cells: Cells, at: Ints, arrival_s: Ints, start_s: Ints, end_s: Ints, fate: Ints | Fate
) -> None:
    """Write down what happened at the positions `at`."""
    cells.arrival_s[at], cells.start_s[at], cells.end_s[at] = arrival_s, start_s, end_s
    cells.fate[at] = fate


def is_made(fates: NDArray[np.int8]) -> Bools:
    """Whether somebody was at the door and made the visit."""
    return np.isin(fates, AT_THE_DOOR)

"""Odds that were learned: curves by place kind, kind of day and segment, and persons' own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from scheduler.availability.attempts import DAYS, KINDS
from scheduler.availability.odds import (
    DAYS_WORKED,
    SLOTS,
    Asked,
    Basis,
    Curve,
    MeetingOdds,
    stated_slots,
)
from scheduler.availability.own import Histories, Likeness, own_curve
from scheduler.availability.shrinking import Floats, bounded
from scheduler.calendar import DayKind
from scheduler.model import PlaceKind

ALIKE = 0.05
"""Chances within this much of each other are planned by as one level: a visit has an option for
each level, and every option costs the search time."""
MOST_LEVELS = 8
"""Where chances differ widely the levels are wider instead."""
EARLIEST, LATEST = 12, 44
"""Half hours of 06:00 and 22:00: no profile lets anybody visit outside; nights take no level."""


@dataclass(frozen=True, eq=False)
class LearnedOdds:
    """What was learned before a day. Two are equal where they rest on the same facts.

    `present` holds the chance that a visit at a right address meets her, by segment, place kind,
    kind of day and half hour; `valid` the chance that an address is right, by place kind, and
    `still_valid` that of one which was visited and not found wrong; `stated` the chance to find her
    there in hours that she named herself.
    """

    basis: Basis
    priors: MeetingOdds
    segments: Mapping[str, int]
    present: Floats
    valid: Floats
    still_valid: Floats
    stated: float
    likeness: Likeness
    histories: Histories
    visits: Mapping[tuple[PlaceKind, DayKind], int]
    _usual: dict[tuple[PlaceKind, DayKind, str], Curve] = field(default_factory=dict)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LearnedOdds) and self.basis == other.basis

    def __hash__(self) -> int:
        return hash(self.basis)

    def curve(self, asked: Asked) -> Curve:
        """Return P(met) over the day in few levels."""
        is_usual = not asked.stated and (asked.borrower_id, KINDS.index(asked.kind)) not in (
            self.histories
        )
        key = (asked.kind, asked.day, asked.segment)
        if is_usual and key in self._usual:
            return self._usual[key]
        found = in_levels(self.chances(asked))
        if is_usual:
            self._usual[key] = found
        return found

    def chances(self, asked: Asked) -> Floats:
        """Return P(met) in each half hour of the day, of shape (48,)."""
        kind, day = KINDS.index(asked.kind), DAYS.index(asked.day)
        present: Floats = self.present[self.segments.get(asked.segment, 0), kind, day]
        if asked.stated:
            present = self._as_stated(present, asked)
        history = self.histories.get((asked.borrower_id, kind))
        if history is None:
            return np.asarray(self.valid[kind] * present)
        own = own_curve(present, int(asked.day not in DAYS_WORKED), history, self.likeness)
        return np.asarray(self.still_valid[kind] * own)

    def _as_stated(self, present: Floats, asked: Asked) -> Floats:
        said = list(stated_slots(asked.stated))
        answers = self.priors.kinds[asked.kind].answers.value
        raised = present.copy()
        raised[said] = np.maximum(raised[said], self.stated * answers)
        return bounded(raised)


def in_levels(chances: Floats) -> Curve:
    """Return chances in few levels, each the mean of what it stands for.

    A level is no wider than `ALIKE`, unless there would be more than `MOST_LEVELS` and one.
    """
    awake = chances[EARLIEST:LATEST]
    width = max(ALIKE, float(np.ptp(awake)) / MOST_LEVELS)
    order = np.argsort(awake, kind="stable")
    found = np.empty(SLOTS)
    begin = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or awake[order[end]] - awake[order[begin]] > width:
            same = order[begin:end]
            found[same + EARLIEST] = awake[same].mean()
            begin = end
    found[:EARLIEST], found[LATEST:] = found[EARLIEST], found[LATEST - 1]
    return tuple(found.tolist())

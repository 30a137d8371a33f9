"""How well check-ins of visits find doors that addresses have missed, with phones that err.

Made-up doors: the truth is known. Each is visited three to eight times, by phones that tell an
accuracy of 5 to 50 m, err somewhat more than they tell and share an error at each house; one fix in
ten is a gross error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial

import numpy as np

from benchmarks.measure import Figures, Measure, Run, Series
from routing.point import METRES_PER_DEGREE, Point, distance_m, stepped
from scheduler.doors import CheckIn, Proposal, propose
from scheduler.doors.proposing import HALF, TWO_THIRDS

MEASURED = ("routing", "scheduler", "benchmarks")
SEEDS = (1, 2, 3)
DOORS = 500
MISSED_BY_M = 60.0
FIRST_DAY = date(2026, 3, 2)
TOWN = Point(29.87, 121.55)
PHONES = 6
ALWAYS_ADDED_M, SHARED_M = 8.0, 5.0
GROSS_SHARE, FARTHEST_GROSS_M = 0.1, 2_000.0
MET_SHARE = 0.45


def measures() -> Iterator[Measure]:
    runs = tuple(Run(f"{DOORS} doors", partial(study, seed), seed=seed) for seed in SEEDS)
    for name, unit in UNITS.items():
        yield Measure(name, unit, Series(name, runs))


UNITS = {
    "error before": "m",
    "error after": "m",
    "error after, nine in ten": "m",
    "doors proposed": "%",
    "proposals no worse than the place": "%",
    "doors inside the radius": "%",
    "right places moved": "%",
}


def study(seed: int) -> Figures:
    """Return the figures of doors whose address was missed, and of as many that were right."""
    rng = np.random.default_rng(seed)
    town = [Door(rng, f"P{number}", MISSED_BY_M) for number in range(DOORS)]
    right = [Door(rng, f"Q{number}", 0.0) for number in range(DOORS)]
    pairs = [(door, told) for door in town if (told := door.proposal())]
    before = [door.error_m(door.present) for door, _ in pairs]
    after = [door.error_m(told.point) for door, told in pairs]
    inside = [door.error_m(told.point) <= told.radius_m for door, told in pairs]
    no_worse = [now <= then for then, now in zip(before, after, strict=True)]
    moved = [door.proposal() is not None for door in right]
    return {
        "error before": float(np.median(before)),
        "error after": float(np.median(after)),
        "error after, nine in ten": float(np.quantile(after, 0.9)),
        "doors proposed": 100 * len(pairs) / DOORS,
        "proposals no worse than the place": share(no_worse),
        "doors inside the radius": share(inside),
        "right places moved": share(moved),
    }


def share(held: Sequence[bool]) -> float:
    return 100 * float(np.mean(held))


class Door:
    """A true door, where an address puts it, and what phones tell of it."""

    def __init__(self, rng: np.random.Generator, id: str, missed_by_m: float) -> None:
        self._rng = rng
        self.true = TOWN
        self.present = self._off(self.true, missed_by_m / HALF)
        echoes = self._off(self.true, SHARED_M)
        count = int(rng.integers(3, 9))
        self.visits = [self._visit(id, echoes, number) for number in range(count)]

    def error_m(self, point: Point) -> float:
        return distance_m(self.true, point)

    def proposal(self) -> Proposal | None:
        return propose(self.present, self.visits)

    def _visit(self, id: str, echoes: Point, number: int) -> CheckIn:
        rng, on = self._rng, FIRST_DAY + timedelta(days=7 * number)
        accuracy_m = float(np.exp(rng.uniform(np.log(5), np.log(50))))
        stood = self._off(echoes, float(np.hypot(accuracy_m, ALWAYS_ADDED_M)) / TWO_THIRDS)
        if rng.random() < GROSS_SHARE:
            far_m = rng.uniform(2 * accuracy_m, FARTHEST_GROSS_M)
            turn = np.exp(2j * np.pi * rng.random())
            stood = stepped(self.true, complex(far_m * turn) / METRES_PER_DEGREE)
        code = "PTP" if rng.random() < MET_SHARE else "NOT_HOME"
        who = f"K{rng.integers(PHONES)}"
        at = datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
        return CheckIn(id, on, (who,), who, at, stood, accuracy_m, code)

    def _off(self, point: Point, deviation_m: float) -> Point:
        step_m = complex(*self._rng.normal(0, deviation_m, 2))
        return stepped(point, step_m / METRES_PER_DEGREE)

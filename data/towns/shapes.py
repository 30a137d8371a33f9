"""How present the people of a made-up town are on average, and in towns that contradict."""

from __future__ import annotations

from enum import StrEnum

from data.towns.habits import Table
from scheduler.model import PlaceKind

FIRST, LAST = 8, 21
"""The hours between which somebody may be visited anywhere: these are what shapes turn round."""


class Shape(StrEnum):
    """What the truth is like."""

    USUAL = "usual"  # as the priors have it, on average
    FLAT = "flat"  # no differences between hours and people
    CONTRADICTING = "contradicting"  # the priors turned round: out when they say in
    CHANGING = "changing"  # usual, and after some days contradicting, with other habits


def _by_hour(*runs: tuple[int, float]) -> Table:
    return tuple(chance for hours, chance in runs for _ in range(hours))


_HOME_WORKING = _by_hour(
    *((7, 1.0), (1, 0.85), (1, 0.39), (7, 0.25), (1, 0.30), (1, 0.52), (3, 0.87), (3, 1.0))
)
_HOME_OFF = _by_hour(
    *((7, 1.0), (1, 0.85), (1, 0.70), (3, 0.55), (5, 0.50), (3, 0.75), (1, 0.87), (3, 1.0))
)
_WORK_WORKING = _by_hour((9, 0.05), (3, 0.60), (2, 0.30), (4, 0.60), (1, 0.25), (5, 0.05))
_WORK_OFF = _by_hour((9, 0.02), (9, 0.10), (6, 0.02))
_OTHER = _by_hour((8, 0.10), (13, 0.30), (3, 0.10))

TABLES: dict[tuple[PlaceKind, bool], Table] = {
    (PlaceKind.HOME, True): _HOME_WORKING,
    (PlaceKind.HOME, False): _HOME_OFF,
    (PlaceKind.REGISTERED, True): _HOME_WORKING,
    (PlaceKind.REGISTERED, False): _HOME_OFF,
    (PlaceKind.WORK, True): _WORK_WORKING,
    (PlaceKind.WORK, False): _WORK_OFF,
    (PlaceKind.OTHER, True): _OTHER,
    (PlaceKind.OTHER, False): _OTHER,
}
"""By kind of place, and whether it is a working day: the figures that planning assumes, too."""

VALID = {
    PlaceKind.HOME: 0.85,
    PlaceKind.REGISTERED: 0.45,
    PlaceKind.WORK: 0.70,
    PlaceKind.OTHER: 0.85,
}
ANSWERS = 0.65
"""Of those at home; whoever is met at work was fetched."""


def table_of(kind: PlaceKind, *, is_working: bool, shape: Shape) -> Table:
    """Return how present people are in each hour, on average."""
    usual = TABLES[kind, is_working]
    hours = usual[FIRST:LAST]
    if shape is Shape.FLAT:
        return (sum(hours) / len(hours),) * 24
    if shape is Shape.CONTRADICTING:
        turned = tuple(max(hours) + min(hours) - chance for chance in hours)
        return usual[:FIRST] + turned + usual[LAST:]
    return usual

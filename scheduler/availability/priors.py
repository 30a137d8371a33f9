"""The house's priors of meeting somebody, used where nothing was learned yet.

They are assumptions, replaceable, each with its source and how it was seen (`Fact.seen`), and shown
as such. They are nobody's measured chance.
"""

from __future__ import annotations

from routing.units import HOURS_A_DAY
from scheduler.availability.odds import KindOdds, MeetingOdds
from scheduler.model import PlaceKind
from scheduler.rules import Fact


def _by_hour(*runs: tuple[int, float]) -> tuple[float, ...]:
    """Spell out 24 hours from (hours, chance) runs."""
    hours = tuple(chance for hours, chance in runs for _ in range(hours))
    assert len(hours) == HOURS_A_DAY, f"{len(hours)} hours make no day"
    return hours


def _house(value: float | tuple[float, ...], why: str) -> Fact:
    return Fact(value, f"house assumption: {why}", None, "D")


_AT_HOME_WORKING_DAY = Fact(
    _by_hour((7, 1.0), (1, 0.85), (1, 0.39), (7, 0.25), (1, 0.30), (1, 0.52), (3, 0.87), (3, 1.0)),
    "DOE/ASHRAE prototype apartment schedules",
    None,
    "S",
)
_AT_HOME_DAY_OFF = _house(
    _by_hour((7, 1.0), (1, 0.85), (1, 0.70), (3, 0.55), (5, 0.50), (3, 0.75), (1, 0.87), (3, 1.0)),
    "9-12 .55, 12-17 .50, 17-20 .75; at night as on a working day",
)
_AT_WORK = _house(
    _by_hour((9, 0.05), (3, 0.60), (2, 0.30), (4, 0.60), (1, 0.25), (5, 0.05)),
    "present and free to come to the door in office hours, less at noon",
)
_RARELY_AT_WORK = _house(_by_hour((9, 0.02), (9, 0.10), (6, 0.02)), "a day off")
_SOMETIMES = _house(_by_hour((8, 0.10), (13, 0.30), (3, 0.10)), "a place of unknown use")
_ANSWERS = _house(0.65, "answers the door, being present")
_RECEPTION = _house(1.0, "somebody at a workplace fetches her; the presence already says so")

PRIORS = MeetingOdds(
    kinds={
        PlaceKind.HOME: KindOdds(
            valid=_house(0.85, "share of home addresses that are right"),
            answers=_ANSWERS,
            working_day=_AT_HOME_WORKING_DAY,
            day_off=_AT_HOME_DAY_OFF,
        ),
        PlaceKind.REGISTERED: KindOdds(
            valid=_house(0.45, "many live elsewhere than their household is registered"),
            answers=_ANSWERS,
            working_day=_AT_HOME_WORKING_DAY,
            day_off=_AT_HOME_DAY_OFF,
        ),
        PlaceKind.WORK: KindOdds(
            valid=_house(0.70, "people change their work more often than their home"),
            answers=_RECEPTION,
            working_day=_AT_WORK,
            day_off=_RARELY_AT_WORK,
        ),
        PlaceKind.OTHER: KindOdds(
            valid=_house(0.85, "as for a home"),
            answers=_ANSWERS,
            working_day=_SOMETIMES,
            day_off=_SOMETIMES,
        ),
    },
    repeat=_house(0.8, "after Weeks, Kulka and Pierson 1987: change the slot first"),
    stated=_house(0.9, "present in hours that she named herself"),
)
"""The house's priors, used where nothing was learned yet."""

"""What would make room for a visit that is left out: only what was tried, and works."""

from scheduler.remedies.changing import changed, remedied
from scheduler.remedies.crew_day import OnTrial
from scheduler.remedies.remedy import Change, Edge, Kind, Remedy
from scheduler.remedies.trying import remedies
from scheduler.remedies.words import NOBODY_MAY, NOTHING_WORKS, PLANNED, UNTRIED, ToldRemedy, told

__all__ = [
    "NOBODY_MAY",
    "NOTHING_WORKS",
    "PLANNED",
    "UNTRIED",
    "Change",
    "Edge",
    "Kind",
    "OnTrial",
    "Remedy",
    "ToldRemedy",
    "changed",
    "remedied",
    "remedies",
    "told",
]

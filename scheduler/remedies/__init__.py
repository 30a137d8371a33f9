"""What would make room for a visit that is left out: only what was tried, and works."""

from scheduler.remedies.changing import changed, remedied
from scheduler.remedies.crew_day import OnTrial
from scheduler.remedies.one_more import OneMore, one_more
from scheduler.remedies.remedy import Change, Edge, Kind, Remedy
from scheduler.remedies.trying import remedies
from scheduler.remedies.words import (
    NOBODY_MAY,
    NOTHING_WORKS,
    PLANNED,
    UNTRIED,
    ToldRemedy,
    told,
    told_one_more,
)

__all__ = [
    "NOBODY_MAY",
    "NOTHING_WORKS",
    "PLANNED",
    "UNTRIED",
    "Change",
    "Edge",
    "Kind",
    "OnTrial",
    "OneMore",
    "Remedy",
    "ToldRemedy",
    "changed",
    "one_more",
    "remedied",
    "remedies",
    "told",
    "told_one_more",
]

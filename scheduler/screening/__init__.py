"""Who may be visited today, where and in which hours; and why the others may not.

The first half of a day's planning: facts and rules in, candidates and refusals out. Still in
datetimes; `scheduler.build` turns the candidates into whole seconds.
"""

from scheduler.screening.candidate import (
    STOPS_OF_ONE_CASE,
    Candidate,
    Opening,
    Screened,
    personal_stops,
)
from scheduler.screening.judging import Screening, screen, screening

__all__ = [
    "STOPS_OF_ONE_CASE",
    "Candidate",
    "Opening",
    "Screened",
    "Screening",
    "personal_stops",
    "screen",
    "screening",
]

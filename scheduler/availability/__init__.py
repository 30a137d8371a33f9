"""How likely somebody is met: by place kind, kind of day and half hour; assumed, then learned.

odds.py has the curve that a plan asks for, priors.py the house's assumptions, attempts.py what is
learned from, learning.py and its rooms how, calibration.py how well the odds have kept their word.
"""

from scheduler.availability.attempts import Attempt, Told
from scheduler.availability.learned import LearnedOdds
from scheduler.availability.learning import learned_odds
from scheduler.availability.odds import (
    ASSUMED,
    SLOT_S,
    SLOTS,
    Asked,
    Basis,
    Curve,
    KindOdds,
    MeetingOdds,
    Odds,
    failed_hours,
    pieces,
    segment_of,
    slot_of,
)
from scheduler.availability.priors import PRIORS
from scheduler.availability.stated import is_stated, stated_spans

__all__ = [
    "ASSUMED",
    "PRIORS",
    "SLOTS",
    "SLOT_S",
    "Asked",
    "Attempt",
    "Basis",
    "Curve",
    "KindOdds",
    "LearnedOdds",
    "MeetingOdds",
    "Odds",
    "Told",
    "failed_hours",
    "is_stated",
    "learned_odds",
    "pieces",
    "segment_of",
    "slot_of",
    "stated_spans",
]

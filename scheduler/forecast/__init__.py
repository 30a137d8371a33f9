"""Forecasts against facts: how long ways and visits were to take, and took."""

from scheduler.forecast.deciding import (
    ASSUMED_SPREADS,
    SpreadsNow,
    TimesDecision,
    paces_at,
    paces_now,
    spreads_now,
    standing,
)
from scheduler.forecast.errors import Errors, Off, Trial, trial
from scheduler.forecast.facts import (
    OF_VISITS,
    Aside,
    AskedWay,
    DrivenDay,
    Leg,
    Length,
    Recorded,
    ToldVisit,
)
from scheduler.forecast.groups import Group, by_hour, grouped
from scheduler.forecast.learning import KindLengths, Learned, learn
from scheduler.forecast.recorded import recorded
from scheduler.forecast.spreads import HOUSE_SPREADS, Lognormal, Spreads

__all__ = [
    "ASSUMED_SPREADS",
    "HOUSE_SPREADS",
    "OF_VISITS",
    "Aside",
    "AskedWay",
    "DrivenDay",
    "Errors",
    "Group",
    "KindLengths",
    "Learned",
    "Leg",
    "Length",
    "Lognormal",
    "Off",
    "Recorded",
    "Spreads",
    "SpreadsNow",
    "TimesDecision",
    "ToldVisit",
    "Trial",
    "by_hour",
    "grouped",
    "learn",
    "paces_at",
    "paces_now",
    "recorded",
    "spreads_now",
    "standing",
    "trial",
]

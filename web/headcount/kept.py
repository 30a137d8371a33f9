"""Figures of teams as plain values, as programs read them and a job keeps them, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from math import inf, isfinite
from typing import Any

from scheduler.headcount.feedback import Mode
from scheduler.headcount.figures import DistrictFigures, TeamFigures
from scheduler.headcount.roster import People
from scheduler.headcount.unfit import Unfit
from scheduler.plan import Reason
from scheduler.staffing.fates import Fate
from scheduler.staffing.intervals import MeanOf

RATIOS = ("cost_per_visit", "cost_per_met")
"""None where nothing is to share: JSON knows no infinity."""


def told(one: TeamFigures) -> dict[str, Any]:
    """Return figures as a program reads them; a mean is its value and half its interval."""
    words = asdict(one)
    words["days"] = [day.isoformat() for day in one.days]
    words["undone"] = {fate.name.lower(): count for fate, count in one.undone.items()}
    words["unserved"] = {reason.value: count for reason, count in one.unserved.items()}
    words["week"] = [one._asdict() for one in one.week]
    words["unfit"] = [{**until, "expired": str(until["expired"])} for until in words["unfit"]]
    for name in RATIOS:
        words[name] = words[name] if isfinite(words[name]["mean"]) else None
    return words


def read(words: Mapping[str, Any]) -> TeamFigures:
    """Return the figures that `told` has told."""
    means = {one.name for one in fields(TeamFigures) if one.type == MeanOf.__name__} - set(RATIOS)
    values: dict[str, Any] = {
        name: MeanOf(**value) if name in means else value for name, value in words.items()
    }
    values["days"] = tuple(map(date.fromisoformat, words["days"]))
    values["reached"] = tuple(MeanOf(**one) for one in words["reached"])
    values["undone"] = {Fate[name.upper()]: count for name, count in words["undone"].items()}
    values["unserved"] = {Reason(name): count for name, count in words["unserved"].items()}
    for name in RATIOS:
        values[name] = _ratio(words[name])
    # An answer of before there were modes, districts, waits and weeks has none.
    values["mode"] = Mode(words.get("mode", Mode.EXECUTION))
    far = words.get("how_far", {})
    values["how_far"] = {name: MeanOf(**one) for name, one in far.items()}
    values["coverages"] = tuple(MeanOf(**one) for one in words.get("coverages", ()))
    values["districts"] = tuple(map(_district, words.get("districts", ())))
    waited = words.get("waited")
    values["waited"] = MeanOf(**waited) if waited else None
    values["week"] = tuple(People(**one) for one in words.get("week", ()))
    values["unfit"] = tuple(map(_unfit, words.get("unfit", ())))
    return TeamFigures(**values)


def _ratio(told: Mapping[str, Any] | float | None) -> MeanOf:
    """Return what one costs; an answer of before its band was told has the mean alone."""
    if told is None:
        return MeanOf(inf, inf, 0)
    return MeanOf(**told) if isinstance(told, Mapping) else MeanOf(told, inf, 0)


def _district(words: Mapping[str, Any]) -> DistrictFigures:
    return DistrictFigures(**{**words, "coverage": MeanOf(**words["coverage"])})


def _unfit(words: Mapping[str, Any]) -> Unfit:
    return Unfit(date.fromisoformat(words["expired"]), words["collectors"])


def kept_teams(reached: Mapping[str, Any] | None) -> dict[int, TeamFigures]:
    """Return the teams that are known by headcount, as a job keeps them."""
    teams = map(read, (reached or {}).get("teams", ()))
    return {one.employed: one for one in teams}


def least(known: Mapping[int, TeamFigures], share: float) -> int | None:
    """Return the smallest of the known teams that visits that share in time."""
    return min((size for size, one in known.items() if one.least.mean >= share), default=None)

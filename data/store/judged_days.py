"""The days that a transaction judges, each opened once, and anew only where it became another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from data.store.days import open_day
from scheduler.model import City
from scheduler.rules import RuleSet
from scheduler.suspending import Judge


@dataclass
class JudgedDays:
    """Judges of a city's days, who know the facts of those that are named by day."""

    connection: Connection
    city: City
    rules: RuleSet | None
    who: Mapping[date, Collection[str]]
    _judges: dict[date, Judge] = field(default_factory=dict)

    def judge(self, on: date) -> Judge:
        """Return who judges a day, by the facts of when it was asked for first."""
        if on not in self._judges:
            day = open_day(self.connection, self.city.name, on, self.who[on])
            self._judges[on] = Judge(day, self.rules)
        return self._judges[on]

    def changed(self, on: date) -> None:
        """Forget all days but one: its published visits are other days' past visits."""
        self._judges = {day: judge for day, judge in self._judges.items() if day == on}

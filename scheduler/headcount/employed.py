"""A team of any size, and who of it works on a date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TypeVar

import numpy as np

from routing.point import Point
from scheduler.day import Day
from scheduler.headcount.demand import Shifts
from scheduler.headcount.hiring import starts_for
from scheduler.headcount.hours import Hours, usual_hours
from scheduler.headcount.roster import TeamWeek
from scheduler.headcount.scenario import Scenario
from scheduler.model import Case, Collector
from scheduler.staffing.chance import Chance

T = TypeVar("T")

HIRED = "hire {}"
"""The ids of collectors who are not there yet."""


@dataclass(frozen=True)
class Employed:
    """Collectors, in the order in which they would be hired, and the hours that each works.

    A team of n is the first n of a team of n + 1, so that what one more does can be told. `week`
    says who works when; without it days off the job are spread in turn. `hired` are the ids of
    those who are not there yet.
    """

    collectors: tuple[Collector, ...]
    hours: Mapping[str, Hours]
    scenario: Scenario
    week: TeamWeek | None = None
    hired: frozenset[str] = frozenset()

    @classmethod
    def of(cls, day: Day, scenario: Scenario, week: TeamWeek | None = None) -> Employed:
        """Return the team that `scenario` asks for, out of the one that `day` has.

        Those on shift come first, by id. Who is hired has the means of travel, the agency, the
        hours and the skills that most have, and starts where `hiring` says.
        """
        known = {one.collector_id: Hours.of(one, day.zone) for one in day.shifts}
        there = sorted(day.collectors, key=lambda one: (one.id not in known, one.id))
        hired = new_collectors(day, there, scenario.employed - len(there))
        usual = usual_hours(known.values())
        team = (*there, *hired)[: scenario.employed]
        hours = {one.id: known.get(one.id, usual) for one in team}
        if scenario.hours:
            hours = {id_: one.between(*scenario.hours) for id_, one in hours.items()}
        new = frozenset(one.id for one in team[len(there) :])
        return cls(team, hours, scenario, week, new)

    def on(self, day: Day, chance: Chance, replication: int, *, is_working: bool) -> Day:
        """Return `day` with this team, and with the shifts of those who come on it.

        Crews are left to be formed. Pairs of the file stay for those who are there.
        """
        coming = [
            self.hours_on(number, day.on).on(day.on, one.id, day.zone)
            for number, one in enumerate(self.collectors)
            if self.works(number, day.on, is_working=is_working)
            and not self.is_absent(one.id, day.on, chance, replication)
        ]
        return replace(day, collectors=self.collectors, shifts=tuple(coming), crews=())

    def works(self, number: int, on: date, *, is_working: bool) -> bool:
        """Say whether the n-th collector works on a date: days off the job are spread in turn.

        Who works no days off has at most as many days as the week has working days.
        """
        if self.week is not None:
            is_open = is_working or self.scenario.weekends
            return is_open and self.shifts(number, on) is not None
        asked = self.scenario.days_a_week
        if self.scenario.weekends:
            return (on.toordinal() + number) % 7 >= 7 - asked
        return is_working and (on.weekday() + number) % 5 >= 5 - min(5, asked)

    def shifts(self, number: int, on: date) -> Shifts | None:
        """Return what the team's week says of the n-th collector; None is a day off.

        A weekend's day that is worked for a holiday counts as a Monday or Tuesday.
        """
        if self.week is None:
            return Shifts.EARLY
        weekday = on.weekday() if self.scenario.weekends else on.weekday() % 5
        return self.week.patterns[number][weekday]

    def hours_on(self, number: int, on: date) -> Hours:
        """Return when the n-th collector works on a date."""
        hours, evening = self.hours[self.collectors[number].id], self.scenario.evening
        is_late = self.shifts(number, on) is Shifts.LATE
        return hours.between(*evening) if evening is not None and is_late else hours

    def is_absent(self, collector_id: str, on: date, chance: Chance, replication: int) -> bool:
        # Another question than the world's, who does not come though she is planned: else those
        # who come in the morning would be the very ones whom the day's luck lets come.
        drawn = chance.uniform(
            "absent this morning", collector_id, on.toordinal(), np.array([replication])
        )
        return bool(drawn[0] < self.scenario.absence)


def new_collectors(day: Day, there: Sequence[Collector], count: int) -> list[Collector]:
    """Return `count` collectors more, none where `count` is negative or no case has a place."""
    if count <= 0:
        return []
    agency = _commonest((case.agency for case in day.cases), "")
    like = [one for one in there if one.agency == agency] or there
    mode = _commonest((one.mode for one in like), None)
    skills = _commonest((one.skills for one in like), frozenset[str]())
    most = _commonest((one.max_visits for one in like), None)
    starts = islice(starts_for(doors(day.cases, day), [one.start for one in there]), count)
    hires = [
        Collector(HIRED.format(number), "", agency, at, at, skills=skills, max_visits=most)
        for number, at in enumerate(starts, start=1)
    ]
    return hires if mode is None else [replace(one, mode=mode) for one in hires]


def doors(cases: Iterable[Case], day: Day) -> list[Point]:
    """Return one placed place of the borrower of each case that has one, in the order of cases."""
    first: dict[str, Point] = {}
    for place in sorted(day.places, key=lambda one: one.id):
        if place.is_placed and place.point is not None:
            first.setdefault(place.borrower_id, place.point)
    return [first[case.borrower_id] for case in cases if case.borrower_id in first]


def _commonest(values: Iterable[T], none: T) -> T:
    """Return what is there most often; of equally many what stands first."""
    return next((value for value, _ in Counter(values).most_common(1)), none)

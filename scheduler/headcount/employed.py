"""A team of any size, and who of it works on a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from scheduler.day import Day
from scheduler.headcount.dealing import Dealt, in_pairs, partners, portfolios, zoned
from scheduler.headcount.demand import Shifts
from scheduler.headcount.districts import Districts
from scheduler.headcount.hours import Hours, usual_hours
from scheduler.headcount.recruits import new_collectors, placed
from scheduler.headcount.roster import TeamWeek
from scheduler.headcount.scenario import Pairs, Scenario
from scheduler.model import Collector, OwnerPolicy
from scheduler.staffing.chance import Chance


@dataclass(frozen=True)
class Employed:
    """Collectors, in the order in which they would be hired, and the hours that each works.

    A team of n is the first n of a team of n + 1, so that what one more does can be told. `week`
    says who works when; without it days off the job are spread in turn. `hired` are the ids of
    those who are not there yet, and `dealt` says who goes to whom, and with whom.
    """

    collectors: tuple[Collector, ...]
    hours: Mapping[str, Hours]
    scenario: Scenario
    week: TeamWeek | None = None
    hired: frozenset[str] = frozenset()
    dealt: Dealt = field(default_factory=Dealt)

    @classmethod
    def of(
        cls, day: Day, scenario: Scenario, week: TeamWeek | None = None, size: int = 1
    ) -> Employed:
        """Return the team that `scenario` asks for, out of the one that `day` has.

        Those on shift come first, by id. Who is hired has the means of travel, the agency, the
        hours and the skills that most have, and starts where `hiring` says. `size` is how many the
        rules ask for at a door.
        """
        known = {one.collector_id: Hours.of(one, day.zone) for one in day.shifts}
        there = sorted(day.collectors, key=lambda one: (one.id not in known, one.id))
        if scenario.renewed:
            there = [replace(one, certificate_expires=None) for one in there]
        if scenario.pairs is Pairs.FIXED:
            there = in_pairs(day, there)
        hired = new_collectors(day, there, scenario, size)
        team = placed([*there, *hired][: scenario.employed], day, scenario, there)
        usual = usual_hours(known.values())
        hours = {one.id: known.get(one.id, usual) for one in team}
        if scenario.hours:
            hours = {id_: one.between(*scenario.hours) for id_, one in hours.items()}
        new = frozenset(one.id for one in team[len(there) :])
        dealt = _dealt(day, team, new, scenario, size)
        return cls(dealt.among(team), hours, scenario, week, new, dealt)

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
        team = replace(day, collectors=self.collectors, shifts=tuple(coming), crews=())
        if self.scenario.pairs is Pairs.DAILY:
            team = replace(team, pairs=())
        return self.dealt.on(team)

    def book(self, first: Day) -> Day:
        """Return a first morning with its cases owned as the scenario deals them."""
        return self.dealt.owned(first)

    def works(self, number: int, on: date, *, is_working: bool) -> bool:
        """Say whether the n-th collector works on a date: days off the job are spread in turn.

        Who works no days off has at most as many days as the week has working days.
        """
        if self.week is not None:
            is_open = is_working or self.scenario.weekends
            return is_open and self.shifts(number, on) is not None
        asked, turn = self.scenario.days_a_week, self._turn(number)
        if self.scenario.weekends:
            return (on.toordinal() + turn) % 7 >= 7 - asked
        return is_working and (on.weekday() + turn) % 5 >= 5 - min(5, asked)

    def _turn(self, number: int) -> int:
        """Return whose week the n-th collector has: two who always go together have the same."""
        if not self.dealt.partner:
            return number
        other = self.dealt.partner.get(self.collectors[number].id)
        ids = [one.id for one in self.collectors]
        return number if other is None else min(number, ids.index(other))

    def shifts(self, number: int, on: date) -> Shifts | None:
        """Return what the team's week says of the n-th collector; None is a day off.

        A weekend's day that is worked for a holiday counts as a Monday or Tuesday.
        """
        if self.week is None:
            return Shifts.EARLY
        weekday = on.weekday() if self.scenario.weekends else on.weekday() % 5
        return self.week.patterns[self._turn(number)][weekday]

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


def _dealt(
    day: Day, team: Sequence[Collector], hired: frozenset[str], scenario: Scenario, size: int
) -> Dealt:
    """Return who goes to whom: zones before owners, and pairs inside them."""
    dealt = Dealt()
    if scenario.zones:
        dealt = zoned(day, team, Districts.of(day), size)
    elif scenario.owner_policy(day.city.owner_policy) is OwnerPolicy.FIXED:
        dealt = portfolios(day, team, hired)
    if scenario.pairs is Pairs.FIXED:
        dealt = replace(dealt, partner=partners(dealt.among(team), day.on))
    return dealt

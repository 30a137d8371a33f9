"""What came of weeks, by replication: whom the team reached, what it cost, and who was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from scheduler.headcount.districts import District
from scheduler.plan import Reason
from scheduler.staffing.arrays import Floats, Ints
from scheduler.staffing.fates import Fate


@dataclass(frozen=True)
class Outcome:
    """What a team did with a book; arrays are [replication] or [day, replication].

    Parameters
    ----------
    could
        How many cases of the first morning the target asks for that could be visited some day.
    reached
        How many of these had been visited by the end of each day.
    asked_of, in_time
        By target: how many of them it asks for, and that were visited in the time it gives; of
        shape [target, replication]. The first row is of all targets together, each case by the
        earliest day of those that ask for it.
    days
        The days of `reached`.
    made, met
        Visits made, and those that met the borrower.
    recovered
        Money that the meetings are expected to bring: P(paid, if met) times what is overdue.
    people_s, crew_s, overtime_s, travel_s
        Paid time of people; working time, overtime and time on the road of crews.
    undone
        Planned visits that were not made, by what kept the crew from it.
    unserved
        Cases asked for that nobody could visit on any day, by the reason given last.
    refused_by
        Of those whom a rule refuses, how many cases each rule does, by its name.
    shifts, out, crews, unfit
        For how many shifts somebody came, and went out on the road, on all days together; in how
        many crews they went; and for how many she came who cannot be sent.
    days_worked
        On how many days somebody came.
    districts
        Where borrowers live.
    could_by, reached_by, never_by
        By district: cases asked for that could be visited, that were in time, and that nobody could
        visit on any day; of shape [district, replication].
    """

    could: Ints
    reached: Ints
    asked_of: Ints
    in_time: Ints
    days: tuple[date, ...]
    made: Ints
    met: Ints
    recovered: Floats
    people_s: Ints
    crew_s: Ints
    overtime_s: Ints
    travel_s: Ints
    undone: Mapping[Fate, Ints]
    unserved: Mapping[Reason, int]
    refused_by: Mapping[str, int]
    shifts: Ints
    out: Ints
    crews: Ints
    unfit: Ints
    days_worked: Ints
    districts: tuple[District, ...]
    could_by: Ints
    reached_by: Ints
    never_by: Ints

    @property
    def asked(self) -> int:
        """How many cases could be visited: the mean, where that differs by replication."""
        return round(float(self.could.mean()))

    @property
    def coverage(self) -> Floats:
        """The share of those who could be that was visited in time; 1 where nobody could."""
        shares: Floats = self.coverages[0]
        return shares

    @property
    def coverages(self) -> Floats:
        """The same of all targets together, and of each; shape [1 + target, replication]."""
        share = self.in_time / np.maximum(self.asked_of, 1)
        shares: Floats = np.where(self.asked_of, share, 1.0)
        return shares

    @property
    def waited(self) -> Floats:
        """The days that a case waits for its first visit, on average over those who could be.

        Who is visited on the first day has waited none; who is not visited, all days there are. So
        it is the age of what is not covered, and no team seems quick because it visits few.
        """
        share = self.reached / np.maximum(self.could, 1)
        days: Floats = np.where(self.could, (1.0 - share).sum(axis=0), 0.0)
        return days

    @property
    def on_shift(self) -> float:
        """How many people come on a mean day that is worked."""
        return float(self.shifts.sum() / max(1, self.days_worked.sum()))

    @property
    def on_road(self) -> float:
        """How many of them go out on such a day."""
        return float(self.out.sum() / max(1, self.days_worked.sum()))

    @property
    def crews_out(self) -> float:
        """In how many crews they go: two who go together are one."""
        return float(self.crews.sum() / max(1, self.days_worked.sum()))

    @property
    def unfit_on_shift(self) -> float:
        """How many come on such a day who cannot be sent."""
        return float(self.unfit.sum() / max(1, self.days_worked.sum()))

    @property
    def met_per_hour(self) -> Floats:
        """Borrowers met in an hour of paid time; 0 where nobody worked."""
        per_hour: Floats = 3600 * self.met / np.maximum(self.people_s, 1)
        return per_hour

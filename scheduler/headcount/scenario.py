"""What a planner asks: so many people, such hours, such a book, for so many days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from scheduler.model import BUCKETS, OwnerPolicy

USUAL_HOURS = time(9), time(18)
"""Of a book that holds no shift: a house assumption."""


@dataclass(frozen=True, slots=True)
class Target:
    """What the team is to do: visit every case from a bucket on within so many days.

    Days are those of the calendar, counted from the first morning, or from the day a case came.
    """

    from_bucket: str = "M2"
    within_days: int = 14

    def __post_init__(self) -> None:
        if self.from_bucket not in BUCKETS:
            raise ValueError(f"there is no bucket {self.from_bucket!r}; {', '.join(BUCKETS)} are")
        if self.within_days < 1:
            raise ValueError(f"nobody can be visited within {self.within_days} days")

    def asks_for(self, bucket: str) -> bool:
        return BUCKETS.index(bucket) >= BUCKETS.index(self.from_bucket)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One alternative.

    Parameters
    ----------
    employed
        How many collectors are employed: the axis of every curve. Pairs, days off and absence make
        fewer crews of them.
    target
        What they are to do.
    hours
        When each shift begins and ends; None keeps those that the book has.
    days_a_week
        On how many days of seven each works.
    weekends
        Whether the team works on days off, too; days off the job are then spread over the week.
    absence
        The share of shifts to which nobody comes, and is known not to in the morning: the day is
        planned without her.
    growth
        Borrowers who come new in a week, as a share of those in the book at the beginning.
    owners
        Whether cases are their owner's or anybody's; None keeps what the city has.
    no_show
        The share of the other shifts to which nobody comes, and the day was planned with her.
    evening
        The hours of a later shift that some work instead, as the team's week says (roster.py).
    """

    employed: int
    target: Target = Target()
    hours: tuple[time, time] | None = None
    days_a_week: int = 5
    weekends: bool = False
    absence: float = 0.04
    growth: float = 0.0
    owners: OwnerPolicy | None = None
    no_show: float = 0.0
    evening: tuple[time, time] | None = None

    def __post_init__(self) -> None:
        if self.employed < 0:
            raise ValueError(f"{self.employed} collectors cannot be employed; give 0 or more")
        if not 1 <= self.days_a_week <= 7:
            raise ValueError(f"nobody works {self.days_a_week} days a week; give 1 to 7")
        for name, share in (("absence", self.absence), ("no-shows", self.no_show)):
            if not 0 <= share <= 1:
                raise ValueError(f"the share of {name} is {share!r}, not between 0 and 1")
        if self.growth < 0:
            raise ValueError(f"a book that grows by {self.growth!r} a week; give 0 or more")

    @property
    def has_choice_of_weeks(self) -> bool:
        """Whether it is to be settled who is off when, or works late."""
        return self.weekends or self.evening is not None

    def days(self, first: date) -> list[date]:
        """Return the days of the calendar that are simulated."""
        return [first + timedelta(days=ahead) for ahead in range(self.target.within_days)]

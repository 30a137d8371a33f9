"""What a planner asks: so many people, such hours, such a book, for so many days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from routing.travel import Mode
from scheduler.errors import UnsupportedError
from scheduler.headcount.book import Assumptions
from scheduler.model import BUCKETS, OwnerPolicy
from scheduler.reserve.asked import NO_RESERVE, refuse_reserve

USUAL_HOURS = time(9), time(18)
"""Of a book that holds no shift: a house assumption."""


class Pairs(StrEnum):
    """Who goes with whom; where a scenario says nothing, pairs of the file stay."""

    FIXED = "fixed"  # always the same two; alone while the other is away
    DAILY = "daily"  # formed anew each day, whatever the file says


class Starts(StrEnum):
    """Where the team starts and ends its days; where a scenario says nothing, as in the book."""

    OFFICE = "office"  # all from the place from which most start
    SPREAD = "spread"  # each from where the open cases are farthest from the others


class Chances(StrEnum):
    """What a plan knows of when borrowers are in."""

    LEARNED = "learned"  # what was learned, or is assumed, of each hour
    WINDOWS = "windows"  # their hours alone: one chance all day


class Aim(StrEnum):
    """Whom plans go to first."""

    TARGET = "target"  # whom the target waits for, however far
    WORTH = "worth"  # where it is worth most, as the daily plan does, which knows no target


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
    also
        Further targets: a case is to be visited by the earliest day of those that ask for it, and
        each of the targets is to be met.
    zones
        Whether each keeps to the cases of the district in which she starts (dealing.py); whose
        cases they are counts for nothing then.
    pairs, starts
        Who goes with whom, and where days begin and end.
    chances
        What plans know of when borrowers are in; they are in as the book says, whatever is known.
    profile
        By whose rules they are visited; None keeps the city's.
    moves_by
        How all of the team move; None keeps what each has.
    hired_skills
        Of who is hired; None gives her those that most have.
    assumed
        What comes of visits in the book.
    aim
        Whom plans go to first.
    renewed
        Whether certificates that have expired, or will, are taken as renewed: what that is worth.
    reserve
        The percent of cases for which plans have room, from 50 (none) to 95 (scheduler/reserve).
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
    also: tuple[Target, ...] = ()
    zones: bool = False
    pairs: Pairs | None = None
    starts: Starts | None = None
    chances: Chances = Chances.LEARNED
    profile: str | None = None
    moves_by: Mode | None = None
    hired_skills: frozenset[str] | None = None
    assumed: Assumptions = field(default_factory=Assumptions)
    aim: Aim = Aim.TARGET
    renewed: bool = False
    reserve: int = NO_RESERVE

    def __post_init__(self) -> None:
        refuse_reserve(self.reserve)
        if self.employed < 0:
            raise ValueError(f"{self.employed} collectors cannot be employed; give 0 or more")
        if not 1 <= self.days_a_week <= 7:
            raise ValueError(f"nobody works {self.days_a_week} days a week; give 1 to 7")
        for name, share in (("absence", self.absence), ("no-shows", self.no_show)):
            if not 0 <= share <= 1:
                raise ValueError(f"the share of {name} is {share!r}, not between 0 and 1")
        for name, hours in (("hours", self.hours), ("late hours", self.evening)):
            if hours is not None and hours[0] >= hours[1]:
                raise ValueError(f"{name} from {hours[0]:%H:%M} to {hours[1]:%H:%M} are none")
        if self.growth < 0:
            raise ValueError(f"a book that grows by {self.growth!r} a week; give 0 or more")
        if self.zones and self.owners not in (None, OwnerPolicy.IGNORED):
            raise ValueError(
                f"zones and owners that are {self.owners} contradict each other: choose one"
            )

    @property
    def targets(self) -> tuple[Target, ...]:
        return (self.target, *self.also)

    @property
    def within_days(self) -> int:
        """On how many days of the calendar the team works."""
        return max(one.within_days for one in self.targets)

    def owner_policy(self, of_city: OwnerPolicy) -> OwnerPolicy:
        """Return what owners mean; a zone is carried out as its people's ownership of its cases."""
        return OwnerPolicy.FIXED if self.zones else self.owners or of_city

    @property
    def has_choice_of_weeks(self) -> bool:
        """Whether it is to be settled who is off when, or works late."""
        return self.weekends or self.evening is not None

    def refuse_unworked(self, first: date, worked: Sequence[bool]) -> None:
        """Refuse a target that is due before anybody works; `worked` says it of each day.

        Raises
        ------
        UnsupportedError
            Where there is one: no team could meet it.
        """
        soonest = min(one.within_days for one in self.targets)
        if not any(worked[:soonest]):
            raise UnsupportedError(
                f"no day is worked of the {soonest} from {first} on: give more days, another "
                "first day, or have days off worked"
            )

    def days(self, first: date) -> list[date]:
        """Return the days of the calendar that are simulated."""
        return [first + timedelta(days=ahead) for ahead in range(self.within_days)]

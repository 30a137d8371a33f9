"""A day as a solver sees it: whole seconds, whole money, rows of a travel matrix.

Second 0 is `Problem.origin`, the local midnight that begins the day. Money is in thousandths of
the book's currency. `scheduler.build.build_problem` makes one from a `Day`; a benchmark may make
one by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routing.slots import arrival_s
from routing.travel import UNREACHABLE, TravelMatrix
from scheduler.day import Day
from scheduler.plan import LeftOut, Stop
from scheduler.rules import RuleSet
from scheduler.windows import Span as Span

MILLS = 1000
"""Thousandths in one unit of currency."""


def seconds_between(origin: datetime, instant: datetime) -> int:
    """Return the whole seconds that pass, also across a change of the clock."""
    return round(instant.timestamp() - origin.timestamp())


@dataclass(frozen=True, slots=True)
class VisitOption:
    """One way to make a visit: a place, and when service may start there.

    `starts` are disjoint and ascending; they already leave room for `service_s` before the end
    of what is lawful and what suits. `value` is what the visit is expected to recover this way.
    `setup_s` comes before the service of a crew that was elsewhere: parking, stairs, a gate.
    `crews` None lets any crew of the visit take it; else it is for these alone: who is quicker at
    the door, or recovers more, has an option of her own.
    """

    place_id: str
    location: int
    starts: tuple[Span, ...]
    service_s: int
    value: int
    p_met: float = 1.0
    setup_s: int = 0
    crews: frozenset[str] | None = None

    def lasts_s(self, previous_location: int) -> int:
        """Return how long a crew is busy that was at `previous_location` before."""
        return self.service_s + (self.setup_s if previous_location != self.location else 0)


@dataclass(frozen=True, slots=True)
class Visit:
    """A borrower to see once today, for all of her open cases, by one of `options`.

    `allowed_crews` None lets any crew go; `crew_prices` is what it costs to send one (an owner
    passed over). A visit that `is_required` comes before any sum of money. `load` is what it
    takes of a crew's `capacity`, kind by kind.

    Where two `may_meet`, two crews that are each too small, and together are not, may make it by
    starting the same option at the same second; each is sent, loaded and counted, and each must
    have the skills.
    """

    id: str
    options: tuple[VisitOption, ...]
    case_ids: tuple[str, ...] = ()
    is_required: bool = False
    crew_size: int = 1
    skills: frozenset[str] = frozenset()
    allowed_crews: frozenset[str] | None = None
    crew_prices: dict[str, int] = field(default_factory=dict)
    load: tuple[int, ...] = ()
    may_meet: bool = False

    @property
    def value(self) -> int:
        """What is lost where nobody goes: the best option's value."""
        return max((option.value for option in self.options), default=0)


@dataclass(frozen=True, slots=True)
class CrewBreak:
    """A rest that begins inside `starts`, taken at a stop before the next leg.

    One that is not paid is no working time; waiting for it is.
    """

    id: str
    starts: Span
    duration_s: int
    is_paid: bool = True


@dataclass(frozen=True, slots=True)
class CrewShift:
    """A crew as a vehicle: where and when it works, what it can do and what it costs.

    `mode` is a row of the travel matrix's first axis; every leg takes `travel_percent` of what the
    matrix says, rounded up. The crew leaves `start_location` at `start_s` or, where its time has a
    price or a limit, later; and is at `end_location` by `end_s`, or at a price up to
    `max_overtime_s` later. It travels `max_travel_s` in all at most. Loads beyond the kinds that
    `capacity` names have no limit.

    Working time is all from leaving until being back, but for breaks that are not paid; it has a
    price, and `max_working_s` is the most. The k-th visit beyond `fair_visits` costs k times
    `unfair_price`: so work is spread.

    `begun` are the stops that have been made, or are being made or driven to, with their true
    times: the crew's day goes on from there, not before `free_s`, and no search changes them.
    """

    id: str
    start_location: int
    end_location: int
    start_s: int
    end_s: int
    mode: int = 0
    size: int = 1
    skills: frozenset[str] = frozenset()
    breaks: tuple[CrewBreak, ...] = ()
    max_visits: int | None = None
    max_overtime_s: int = 0
    travel_price_per_s: int = 1
    overtime_price_per_s: int = 1
    capacity: tuple[int, ...] = ()
    max_travel_s: int | None = None
    travel_percent: int = 100
    working_price_per_s: int = 0
    max_working_s: int | None = None
    fair_visits: int = 0
    unfair_price: int = 0
    begun: tuple[Stop, ...] = ()
    free_s: int = 0

    @property
    def latest_end_s(self) -> int:
        return self.end_s + self.max_overtime_s

    @property
    def counts_working_time(self) -> bool:
        """Whether it matters how long it works, so that it may leave later than it could."""
        return self.working_price_per_s > 0 or self.max_working_s is not None

    def unfairness(self, visits: int) -> int:
        """Return the price of so many visits beyond the fair ones."""
        beyond = max(0, visits - self.fair_visits)
        return self.unfair_price * beyond * (beyond + 1) // 2


@dataclass(frozen=True, slots=True)
class Lock:
    """A dispatcher's decision that a search must keep.

    The visit is made by `crew_id`; at `start_s` where given; and after the visit `after`, in the
    same itinerary, where given.
    """

    visit_id: str
    crew_id: str
    start_s: int | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """The plan that people know already: what differs from it has a price, or a limit.

    `crews_of` names the crews that go to a visit by that plan. A move is a crew that goes where
    others went, or a visit of that plan to which nobody goes. Each costs `price_per_move`, and
    there may be `most_moves`.
    """

    crews_of: Mapping[str, frozenset[str]]
    price_per_move: int = 0
    most_moves: int | None = None


@dataclass(frozen=True)
class Problem:
    """All that an engine and `check_plan` need of a day.

    `refused` are the visits and cases that no search may plan, with the established reason.
    `day` and `rules` let `check_plan` judge the plan by the law again; both are None for a
    problem that is no lender's day, as in a benchmark. Where travel differs by the hour, a leg
    that crosses from one slot into the next goes on at the next one's pace: `routing.slots`.
    """

    origin: datetime
    visits: tuple[Visit, ...]
    crews: tuple[CrewShift, ...]
    travel: TravelMatrix
    refused: tuple[LeftOut, ...] = ()
    day: Day | None = None
    rules: RuleSet | None = None
    reference: Reference | None = None

    @cached_property
    def visit_by_id(self) -> dict[str, Visit]:
        return {visit.id: visit for visit in self.visits}

    @cached_property
    def crew_by_id(self) -> dict[str, CrewShift]:
        return {crew.id: crew for crew in self.crews}

    def knows(self, stop: Stop) -> bool:
        """Whether the visit of a stop, and the option that it takes, are the problem's."""
        visit = self.visit_by_id.get(stop.id)
        return visit is not None and 0 <= stop.option < len(visit.options)

    def at(self, second: int) -> datetime:
        """Return the instant of `second`, in the city's zone."""
        zone = self.origin.tzinfo
        return datetime.fromtimestamp(self.origin.timestamp() + second, zone)

    def second(self, instant: datetime) -> int:
        """Return the whole seconds from the origin to `instant`."""
        return seconds_between(self.origin, instant)

    @property
    def has_slots(self) -> bool:
        """Whether travel differs by the hour."""
        return len(self.travel.slot_starts_s) > 1

    @cached_property
    def _slower(self) -> dict[tuple[int, int], NDArray[np.int32]]:
        return {}

    def ways(self, crew: CrewShift) -> NDArray[np.int32]:
        """Return the seconds of `crew` [slot, from, to], at its own pace."""
        seconds: NDArray[np.int32] = self.travel.seconds[crew.mode]
        if crew.travel_percent == 100:
            return seconds
        pace = crew.mode, crew.travel_percent
        if pace not in self._slower:
            slower = -(-seconds.astype(np.int64) * crew.travel_percent // 100)
            self._slower[pace] = np.minimum(slower, UNREACHABLE).astype(np.int32)
            self._slower[pace][seconds >= UNREACHABLE] = UNREACHABLE
        return self._slower[pace]

    def arrival_s(self, crew: CrewShift, i: int, j: int, leave_s: int) -> int:
        """Return when `crew` is at location `j` that leaves `i` at `leave_s`, or UNREACHABLE."""
        ways = self.ways(crew)[:, i, j].tolist()
        if max(ways) >= UNREACHABLE or leave_s >= UNREACHABLE:
            return UNREACHABLE
        return arrival_s(self.travel.slot_starts_s, ways, leave_s)

    def travel_s(self, crew: CrewShift, i: int, j: int) -> int:
        """Return the seconds from location `i` to `j` for `crew`, in the slot that is fastest."""
        return int(self.ways(crew)[:, i, j].min())

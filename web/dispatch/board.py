"""A plan as the desk shows it: crews with their stops, and the left-out by reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.masking import masked
from data.store.desk import PlanFacts
from scheduler.model import Borrower, Collector, Crew, Place
from scheduler.plan import Itinerary, LeftOut, Reason, Stop, StopKind
from scheduler.ports import PlanRecord
from scheduler.problem import seconds_between
from scheduler.suspending import Suspension
from web.map.looks import Look, crew_looks

MENDABLE = (
    Reason.NOT_PLACED,
    Reason.NO_CREW_FITTING,
    Reason.NO_ROAD,
    Reason.NEW,
    Reason.TAKEN_OFF,
    Reason.NOT_CHOSEN,
)
"""Reasons that wait for the dispatcher."""

REMEDIABLE = (
    Reason.NO_LAWFUL_WINDOW,
    Reason.NO_CREW_FITTING,
    Reason.TAKEN_OFF,
    Reason.NOT_CHOSEN,
    Reason.CREWS_FULL,
    Reason.RESERVE,
    Reason.NO_CREW_IN_TIME,
    Reason.NOT_WORTH,
)
"""Reasons of the search, and hours of hers that may be moved: there is something to try."""

UNWEIGHED = (
    Reason.NOT_PLACED,
    Reason.RULE,
    Reason.POLICY,
    Reason.NOT_ENTRUSTED,
    Reason.HELD_BACK,
    Reason.NOT_TODAY,
)
"""Reasons for which no visit is weighed: its worth is not asked."""

ORDER = (
    *MENDABLE,
    Reason.NOT_ASKED,
    Reason.CREWS_FULL,
    Reason.RESERVE,
    Reason.NO_CREW_IN_TIME,
    Reason.NOT_WORTH,
    Reason.NOT_SHORTLISTED,
    Reason.NO_LAWFUL_WINDOW,
    Reason.RULE,
    Reason.POLICY,
    Reason.NO_CREW_OF_AGENCY,
    Reason.NOT_ENTRUSTED,
    Reason.OTHER_AGENCY,
    Reason.HELD_BACK,
    Reason.NOT_TODAY,
)


@dataclass(frozen=True, slots=True)
class StopLine:
    """A visit, with its number, or a break. What belongs to another agency is None."""

    id: str
    number: int | None
    arrives: datetime
    starts: datetime
    ends: datetime
    borrower: Borrower | None = None
    place: Place | None = None
    case_ids: tuple[str, ...] = ()
    standing: Suspension | None = None

    @property
    def is_suspended(self) -> bool:
        """Whether the crew drives past; a visit that had begun is only flagged."""
        return self.standing is not None and not self.standing.was_begun

    @property
    def is_visit(self) -> bool:
        return self.number is not None

    @property
    def is_to_be_made(self) -> bool:
        """Whether it is a visit at whose door a crew stops."""
        return self.is_visit and not self.is_suspended

    @property
    def waits(self) -> timedelta:
        return self.starts - self.arrives


@dataclass(frozen=True, slots=True)
class CrewLine:
    """A crew's day, in the look that it has on the map too."""

    id: str
    members: tuple[Collector, ...]
    look: Look
    starts: datetime
    ends: datetime
    stops: tuple[StopLine, ...]
    driving: timedelta
    overtime: timedelta

    @property
    def name(self) -> str:
        return "·".join(masked(member.name) for member in self.members)

    @property
    def visits(self) -> int:
        """How many visits are to be made, without those that are suspended."""
        return sum(stop.is_to_be_made for stop in self.stops)

    @property
    def suspended(self) -> int:
        return sum(stop.is_suspended for stop in self.stops)

    @property
    def lasts(self) -> timedelta:
        return self.ends - self.starts


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """The left-out of one reason."""

    reason: Reason
    entries: tuple[LeftOut, ...]

    @property
    def is_mendable(self) -> bool:
        return self.reason in MENDABLE

    @property
    def may_have_remedies(self) -> bool:
        return self.reason in REMEDIABLE

    @property
    def is_weighed(self) -> bool:
        return self.reason not in UNWEIGHED


@dataclass(frozen=True, slots=True)
class Board:
    """A plan to be looked at."""

    record: PlanRecord
    crews: tuple[CrewLine, ...]
    left_out: tuple[LeftOutGroup, ...]
    names: Mapping[str, str]
    """What crews are called, by their ids; those who may not be seen keep theirs."""
    idle: tuple[CrewLine, ...] = ()
    """Crews whom the plan sends nowhere."""

    @property
    def visits(self) -> int:
        return sum(crew.visits for crew in self.crews)

    @property
    def standing(self) -> tuple[StopLine, ...]:
        """The visits that may not be made any more, then those flagged; each door once."""
        stops = (stop for crew in self.crews for stop in crew.stops if stop.standing)
        seen = {stop.id: stop for stop in stops if stop.borrower}
        return tuple(sorted(seen.values(), key=lambda stop: (not stop.is_suspended, stop.starts)))

    @property
    def suspended(self) -> int:
        """How many doors crews drive past; those flagged were visited."""
        return sum(stop.is_suspended for stop in self.standing)

    @property
    def left_out_count(self) -> int:
        return sum(len(group.entries) for group in self.left_out)

    @property
    def driving_share(self) -> float:
        """How much of the crews' day is on the road, 0 … 1."""
        whole = sum((crew.lasts for crew in self.crews), timedelta())
        driven = sum((crew.driving for crew in self.crews), timedelta())
        return driven / whole if whole else 0.0

    @property
    def overtime(self) -> timedelta:
        return sum((crew.overtime for crew in self.crews), timedelta())


def seen_stops(shown: Board) -> set[str]:
    """Return the visits whose borrower the person sees."""
    return {stop.id for crew in shown.crews for stop in crew.stops if stop.borrower}


def board(record: PlanRecord, facts: PlanFacts, visible_cases: frozenset[str]) -> Board:
    """Return a plan with the people in it, as far as they may be seen."""
    new = record.content
    crews = {crew.id: crew for crew in new.crews}
    looks = crew_looks(crews)
    lines = [
        _crew_line(record, crews[trip.crew_id], looks[trip.crew_id], trip, facts)
        for trip in sorted(new.plan.itineraries, key=lambda trip: trip.crew_id)
        if facts.collectors.keys() & set(crews[trip.crew_id].members)
    ]
    idle = [
        _crew_line(record, crew, looks[crew.id], _nowhere(record, crew), facts)
        for crew in sorted(new.crews, key=lambda crew: crew.id)
        if crew.id not in {trip.crew_id for trip in new.plan.itineraries}
        and facts.collectors.keys() & set(crew.members)
    ]
    seen = [entry for entry in new.plan.left_out if visible_cases.issuperset(entry.case_ids)]
    off = [entry.visit_id for entry in seen if entry.reason is Reason.TAKEN_OFF]
    names = {id: masked(facts.borrowers[id].name) for id in off if id in facts.borrowers}
    names |= {crew.id: crew.name for crew in (*lines, *idle)}
    return Board(record, tuple(lines), tuple(groups(seen)), names, tuple(idle))


def _nowhere(record: PlanRecord, crew: Crew) -> Itinerary:
    """Return the day of a crew that stays where it begins."""
    begins_s = seconds_between(record.content.origin, crew.window.start)
    return Itinerary(crew.id, begins_s, begins_s, ())


def groups(entries: Iterable[LeftOut]) -> Iterator[LeftOutGroup]:
    """Gather the left-out by reason, first those that a person can mend."""
    by_reason: dict[Reason, list[LeftOut]] = defaultdict(list)
    for entry in entries:
        by_reason[entry.reason].append(entry)
    for reason in ORDER:
        if those := by_reason.get(reason):
            yield LeftOutGroup(reason, tuple(those))


def _crew_line(
    record: PlanRecord, crew: Crew, look: Look, trip: Itinerary, facts: PlanFacts
) -> CrewLine:
    at = _Clock(record.content.origin)
    return CrewLine(
        id=crew.id,
        members=tuple(facts.collectors[id] for id in crew.members if id in facts.collectors),
        look=look,
        starts=at(trip.start_s),
        ends=at(trip.end_s),
        stops=tuple(_stop_lines(record, trip.stops, facts)),
        driving=timedelta(seconds=_driving_s(trip)),
        overtime=max(timedelta(), at(trip.end_s) - crew.window.end),
    )


def _stop_lines(record: PlanRecord, stops: Sequence[Stop], facts: PlanFacts) -> Iterator[StopLine]:
    at, number = _Clock(record.content.origin), 0
    standing = {each.visit_id: each for each in record.standing}
    for stop in stops:
        times = at(stop.arrival_s), at(stop.start_s), at(stop.end_s)
        if stop.kind is StopKind.BREAK:
            yield StopLine(stop.id, None, *times)
            continue
        number += 1
        target = record.content.targets[stop.id]
        borrower = facts.borrowers.get(target.borrower_id)
        case_ids = target.case_ids if borrower else ()
        place = facts.places.get(stop.place_id)
        against = standing.get(stop.id)
        yield StopLine(stop.id, number, *times, borrower, place, case_ids, against)


def _driving_s(trip: Itinerary) -> int:
    """Return the seconds from leaving one stop to arriving at the next, there and back."""
    left_s, driven_s = trip.start_s, 0
    for stop in trip.stops:
        driven_s += stop.arrival_s - left_s
        left_s = stop.end_s
    return driven_s + trip.end_s - left_s


@dataclass(frozen=True, slots=True)
class _Clock:
    origin: datetime

    def __call__(self, second: int) -> datetime:
        return self.origin + timedelta(seconds=second)

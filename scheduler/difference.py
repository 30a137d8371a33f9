"""What differs between two plans of one day: visits, who makes them and when, minutes, money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum

from scheduler.model import Crew
from scheduler.plan import Cost, Itinerary
from scheduler.ports import NewPlan
from scheduler.problem import seconds_between
from scheduler.timesheet import under_way_s

TELLING_S = 300
"""A visit that is moved by less is not worth telling a crew of."""


class Kind(StrEnum):
    """What has become of a visit; of several the one that stands first here is told."""

    ADDED = "added"
    DROPPED = "dropped"
    OTHER_CREW = "other_crew"
    OTHER_PLACE = "other_place"
    MOVED = "moved"  # in time alone, by `TELLING_S` at least


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a visit stands in a plan: two crews that meet at a door are both named."""

    crew_ids: tuple[str, ...]
    members: frozenset[str]
    start_s: int
    end_s: int
    place_id: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A visit that is otherwise in the second plan; None where it is in no itinerary."""

    visit_id: str
    kind: Kind
    before: Stand | None = None
    after: Stand | None = None

    @property
    def later_s(self) -> int | None:
        """How much later it begins, negative for earlier; None where one plan has it not."""
        if self.before is None or self.after is None:
            return None
        return self.after.start_s - self.before.start_s


@dataclass(frozen=True, slots=True)
class Sums:
    """What itineraries add up to. A break is no driving; waiting is work."""

    visits: int = 0
    driving_s: int = 0
    working_s: int = 0
    overtime_s: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: Sums) -> Sums:
        return Sums(*(a - b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True, slots=True)
class CrewChange:
    """One crew's day by both plans. `is_told`: its itinerary differs enough to be accepted."""

    crew_id: str
    before: Sums
    after: Sums
    is_told: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """All that a second plan changes. `changes` come by kind, then by when; `crews` by id."""

    changes: tuple[Change, ...]
    crews: tuple[CrewChange, ...]
    before: Sums
    after: Sums
    cost_before: Cost
    cost_after: Cost

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """Return the changes of a kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def hands(self) -> int:
        """How many visits changed hands, or are made no more."""
        return len(self.of(Kind.OTHER_CREW)) + len(self.of(Kind.DROPPED))

    @property
    def told(self) -> frozenset[str]:
        """The crews, of either plan, whose itinerary is another one."""
        return frozenset(crew.crew_id for crew in self.crews if crew.is_told)


def difference(before: NewPlan, after: NewPlan) -> Difference:
    """Return what `after` changes of `before`, two plans of the same city and day.

    Raises
    ------
    ValueError
        Where they are of different days: their seconds do not begin at the same midnight.
    """
    if (before.city, before.on) != (after.city, after.on):
        raise ValueError(
            f"a plan of {before.city} on {before.on} cannot be compared with one of "
            f"{after.city} on {after.on}; name two versions of one day"
        )
    changes = tuple(sorted(_changes(stands(before), stands(after)), key=_rank))
    sums = _sums(before), _sums(after)
    crews = tuple(_crew_changes(before, after, changes, *sums))
    old, new = (sum(each.values(), Sums()) for each in sums)
    return Difference(changes, crews, old, new, before.cost, after.cost)


def stands(content: NewPlan) -> dict[str, Stand]:
    """Return where each visit of a plan stands, by its id."""
    crews = {crew.id: crew for crew in content.crews}
    found: dict[str, Stand] = {}
    for trip in content.plan.itineraries:
        members = frozenset(_members(crews, trip.crew_id))
        for stop in trip.visits:
            one = Stand((trip.crew_id,), members, stop.start_s, stop.end_s, stop.place_id)
            found[stop.id] = _together(found[stop.id], one) if stop.id in found else one
    return found


def _together(one: Stand, other: Stand) -> Stand:
    return Stand(
        (*one.crew_ids, *other.crew_ids),
        one.members | other.members,
        min(one.start_s, other.start_s),
        max(one.end_s, other.end_s),
        one.place_id,
    )


def _members(crews: Mapping[str, Crew], crew_id: str) -> tuple[str, ...]:
    return crews[crew_id].members if crew_id in crews else (crew_id,)


def _changes(before: Mapping[str, Stand], after: Mapping[str, Stand]) -> Iterator[Change]:
    for visit_id in before.keys() | after.keys():
        old, new = before.get(visit_id), after.get(visit_id)
        if kind := _kind(old, new):
            yield Change(visit_id, kind, old, new)


def _kind(old: Stand | None, new: Stand | None) -> Kind | None:
    if old is None:
        return Kind.ADDED
    if new is None:
        return Kind.DROPPED
    if old.members != new.members:
        return Kind.OTHER_CREW
    if old.place_id != new.place_id:
        return Kind.OTHER_PLACE
    return Kind.MOVED if abs(new.start_s - old.start_s) >= TELLING_S else None


def _rank(change: Change) -> tuple[int, int, str]:
    at = change.after or change.before
    assert at is not None, "a change stands in one plan at least"
    return list(Kind).index(change.kind), at.start_s, change.visit_id


def _sums(content: NewPlan) -> dict[str, Sums]:
    ends = {crew.id: seconds_between(content.origin, crew.window.end) for crew in content.crews}
    return {
        trip.crew_id: _sums_of(trip, ends.get(trip.crew_id, trip.end_s))
        for trip in content.plan.itineraries
        if trip.stops
    }


def _sums_of(trip: Itinerary, shift_end_s: int) -> Sums:
    return Sums(
        visits=len(trip.visits),
        driving_s=driving_s(trip),
        working_s=trip.end_s - trip.start_s,
        overtime_s=max(0, trip.end_s - shift_end_s),
    )


def driving_s(trip: Itinerary) -> int:
    """Return the seconds from leaving one stop to arriving at the next, there and back."""
    last_s = trip.stops[-1].end_s if trip.stops else trip.start_s
    return under_way_s(trip.start_s, trip.stops) + trip.end_s - last_s


def _crew_changes(
    before: NewPlan,
    after: NewPlan,
    changes: tuple[Change, ...],
    sums_before: Mapping[str, Sums],
    sums_after: Mapping[str, Sums],
) -> Iterator[CrewChange]:
    touched = {crew for each in changes for at in (each.before, each.after) if at
               for crew in at.crew_ids}  # fmt: skip
    regrouped = _members_of(before) ^ _members_of(after)
    for crew_id in sorted(sums_before.keys() | sums_after.keys()):
        is_told = crew_id in touched or any(crew_id == id for id, _ in regrouped)
        nothing = Sums()
        yield CrewChange(
            crew_id, sums_before.get(crew_id, nothing), sums_after.get(crew_id, nothing), is_told
        )


def _members_of(content: NewPlan) -> set[tuple[str, frozenset[str]]]:
    """Return the crews that go anywhere, with who is in them."""
    crews = {crew.id: crew for crew in content.crews}
    out = [trip.crew_id for trip in content.plan.itineraries if trip.stops]
    return {(crew_id, frozenset(_members(crews, crew_id))) for crew_id in out}

"""What crews have told of their day, held against the itineraries of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scheduler.model import Crew, Place
from scheduler.plan import Itinerary, LeftOut, Reason, Stop
from scheduler.ports import Mark, MarkKind, NewPlan, Outcome, Told
from scheduler.problem import seconds_between


@dataclass(frozen=True, slots=True)
class Made:
    """A visit at whose door a crew has stood, in seconds of the plan's clock.

    `left_s` None: it stands there still. `planned` is the stop as the plan has it.
    """

    crew_id: str
    planned: Stop
    case_ids: tuple[str, ...]
    place: Place
    arrived_s: int
    left_s: int | None = None

    @property
    def visit_id(self) -> str:
        return self.planned.id


def made_visits(content: NewPlan, told: Told) -> tuple[Made, ...]:
    """Return the visits of a plan that its crews have made or are making, as they came.

    A result without a check-in counts as told on leaving, after a visit of the planned length.
    """
    crews = {crew.id: crew for crew in content.crews}
    found = (
        one
        for trip in content.plan.itineraries
        if trip.crew_id in crews
        for one in _of_crew(content, crews[trip.crew_id], trip, told)
    )
    return tuple(sorted(found, key=lambda one: (one.arrived_s, one.crew_id)))


def _of_crew(content: NewPlan, crew: Crew, trip: Itinerary, told: Told) -> Iterator[Made]:
    for stop in trip.visits:
        target, place = content.targets.get(stop.id), told.places.get(stop.place_id)
        if target is None or place is None or place.spot is None:
            continue
        arrived = _first(told.marks, stop.id, crew, MarkKind.ARRIVE)
        left = _first(told.marks, stop.id, crew, MarkKind.LEAVE)
        result = _result(told.outcomes, target.borrower_id, crew)
        left = left or (result.at if result and result.was_made else None)
        if arrived is None and left is None:
            continue
        left_s = None if left is None else seconds_between(content.origin, left)
        arrived_s = _arrived_s(content.origin, arrived, left_s, stop)
        left_s = None if left_s is None else max(left_s, arrived_s)
        yield Made(trip.crew_id, stop, target.case_ids, place, arrived_s, left_s)


def _arrived_s(origin: datetime, arrived: datetime | None, left_s: int | None, stop: Stop) -> int:
    if arrived is not None:
        return seconds_between(origin, arrived)
    assert left_s is not None, "somebody arrived or left"
    return left_s - (stop.end_s - stop.start_s)


def unmade_visits(content: NewPlan, told: Told) -> dict[str, LeftOut]:
    """Return the visits of which a crew told that it did not make them, as left out."""
    crews = {crew.id: crew for crew in content.crews}
    found = {}
    for trip in content.plan.itineraries:
        for stop in trip.visits if trip.crew_id in crews else ():
            target = content.targets.get(stop.id)
            result = target and _result(told.outcomes, target.borrower_id, crews[trip.crew_id])
            if target and result and not result.was_made:
                detail = f"its crew told {result.code}"
                found[stop.id] = LeftOut(
                    stop.id, Reason.NOT_TODAY, detail, case_ids=target.case_ids
                )
    return found


def began_s(content: NewPlan, crew: Crew, told: Told) -> int | None:
    """Return when a crew began its day, None where it has not said."""
    at = _first(told.marks, "", crew, MarkKind.BEGIN)
    return None if at is None else seconds_between(content.origin, at)


def last_told_s(content: NewPlan, crew: Crew, told: Told) -> int | None:
    """Return when a crew was last heard of; accepting a plan counts, as all that phones bring."""
    phones = [told.heard[one] for one in crew.members if one in told.heard]
    marks = [mark.at for mark in told.marks if _shares(mark.crew, crew)]
    heard = max((*phones, *marks, *_results_at(crew, told)), default=None)
    return None if heard is None else seconds_between(content.origin, heard)


@dataclass(frozen=True, slots=True)
class SaidLate:
    """When a crew said that it comes `late_s` later than planned to what is next."""

    at_s: int
    late_s: int


def said_late(content: NewPlan, crew: Crew, told: Told) -> SaidLate | None:
    """Return what a crew said last of being late; None where it has checked in since.

    The later fact wins: who has begun, arrived or left after it is where she is.
    """
    said = max((one for one in told.lates if one.collector_id in crew.members),
               key=lambda one: one.at, default=None)  # fmt: skip
    if said is None or any(at >= said.at for at in _checked_in_at(crew, told)):
        return None
    return SaidLate(seconds_between(content.origin, said.at), round(said.by.total_seconds()))


def has_ended(crew: Crew, told: Told) -> bool:
    """Tell whether a crew has ended its day and told of no door since."""
    ended = max((told.ended[one] for one in crew.members if one in told.ended), default=None)
    return ended is not None and all(at <= ended for at in _checked_in_at(crew, told))


def _checked_in_at(crew: Crew, told: Told) -> list[datetime]:
    """Return when a crew began, arrived and left; not when it accepted a plan."""
    marks = (one for one in told.marks if one.kind is not MarkKind.ACCEPT)
    return [one.at for one in marks if _shares(one.crew, crew)] + _results_at(crew, told)


def _results_at(crew: Crew, told: Told) -> list[datetime]:
    return [one.at for one in told.outcomes if _shares(one.crew, crew)]


def _first(marks: Iterable[Mark], visit_id: str, crew: Crew, kind: MarkKind) -> datetime | None:
    hers = (m for m in marks if m.visit_id == visit_id and m.kind is kind and _shares(m.crew, crew))
    return min((mark.at for mark in hers), default=None)


def _result(outcomes: Iterable[Outcome], borrower_id: str, crew: Crew) -> Outcome | None:
    hers = [o for o in outcomes if o.borrower_id == borrower_id and _shares(o.crew, crew)]
    return hers[-1] if hers else None


def _shares(members: Iterable[str], crew: Crew) -> bool:
    """Whether it was this crew: one of its members was there, whoever went with her then."""
    return bool(set(members) & set(crew.members))

"""Crews' driven days, from published plans and what phones told, in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from data import database
from data.store.cities import get_city
from data.store.desk import Agencies
from data.store.driven_rows import (
    Door,
    PlannedTrip,
    Word,
    doors_of,
    marks_of,
    results_of,
    trips_of,
)
from data.store.figure_trips import members_of
from scheduler.figures import Span
from scheduler.forecast import DrivenDay, ToldVisit
from scheduler.plan import StopKind
from scheduler.ports import MarkKind, Profiles
from scheduler.problem import seconds_between
from scheduler.rules import day_info


@dataclass
class CrewsDay:
    """What a crew was seen to do on a day, by whichever plans it had."""

    trip: PlannedTrip
    visits: dict[str, ToldVisit] = field(default_factory=dict)
    rests: set[tuple[int, int]] = field(default_factory=set)


def read_driven(
    engine: Engine, profiles: Profiles, city: str, span: Span, agencies: Agencies = None
) -> list[DrivenDay]:
    """Return the days of a span that crews told of; with `agencies`, those of their crews alone.

    A visit is held against the plan that its crew had when it first told of it: a later one may
    know already how long it took.
    """
    with database.reading(engine) as connection:
        settings = get_city(connection, city)
        words = marks_of(connection, city, span)
        words += results_of(connection, city, span, ZoneInfo(settings.zone))
        trips = trips_of(connection, city, {one.plan_id for one in words})
        doors = doors_of(connection, settings)
        hers = members_of(connection, city, agencies)
    rules = profiles.rules(settings.profile)
    return [
        _driven(one, is_working=day_info(rules, one.trip.on).is_working)
        for one in _days(sorted(words, key=lambda word: word.at), trips, doors)
        if hers is None or hers.issuperset(one.trip.crew.members)
    ]


def _driven(day: CrewsDay, *, is_working: bool) -> DrivenDay:
    trip = day.trip
    name = "+".join(sorted(trip.crew.members))
    visits, rests = tuple(day.visits.values()), tuple(sorted(day.rests))
    return DrivenDay(trip.on, name, trip.crew.mode, is_working, visits, rests, trip.paces)


def _days(
    words: Iterable[Word], trips: Mapping[int, list[PlannedTrip]], doors: Mapping[str, Door]
) -> list[CrewsDay]:
    """Return what each crew was seen to do on each day; what no plan knows is passed over."""
    found: dict[tuple[date, frozenset[str]], CrewsDay] = {}
    for word in words:
        trip = next((one for one in trips.get(word.plan_id, ()) if _is_of(word, one)), None)
        if trip is None:
            continue
        day = found.setdefault((trip.on, frozenset(trip.crew.members)), CrewsDay(trip))
        if word.visit_id not in day.visits:
            told = _planned(trip, word.visit_id, doors)
            if told is None:
                continue
            day.visits[word.visit_id] = told
            day.rests |= _rests(trip)
        day.visits[word.visit_id] = _with_word(day.visits[word.visit_id], word, trip)
    return list(found.values())


def _is_of(word: Word, trip: PlannedTrip) -> bool:
    """Whether it was this crew that told of a visit that it had."""
    return not word.crew.isdisjoint(trip.crew.members) and any(
        one.id == word.visit_id for one in trip.stops
    )


def _planned(trip: PlannedTrip, visit_id: str, doors: Mapping[str, Door]) -> ToldVisit | None:
    """Return a visit as a plan has it; None where its place is not in the book any more."""
    stops = (None, *trip.stops)
    for before, row in pairwise(stops):
        assert row is not None, "only the first is none"
        if row.id != visit_id or row.kind is not StopKind.VISIT or row.place_id not in doors:
            continue
        door = doors[row.place_id]
        is_after = before is not None and before.kind is StopKind.VISIT
        left_at = before.ends_at if before is not None else row.arrives_at
        return ToldVisit(
            place_id=row.place_id,
            kind=door.kind,
            district=door.district,
            spot=door.spot,
            planned_after=before.place_id if before is not None and is_after else "",
            planned_leg_s=seconds_between(left_at, row.arrives_at),
            planned_arrival_s=trip.second(row.arrives_at),
            planned_start_s=trip.second(row.starts_at),
            planned_end_s=trip.second(row.ends_at),
            opens_s=_opens_s(trip, door, row.starts_at),
            arrived_s=None,
            left_s=None,
        )
    return None


def _opens_s(trip: PlannedTrip, door: Door, starts_at: datetime) -> int | None:
    """Return when her own hours begin in which a visit was planned; None where she named none."""
    named = (one.on(trip.on, door.zone) for one in door.windows)
    hers = (one.start for one in named if one and one.start <= starts_at < one.end)
    return next((trip.second(start) for start in hers), None)


def _rests(trip: PlannedTrip) -> set[tuple[int, int]]:
    rests = (one for one in trip.stops if one.kind is StopKind.BREAK)
    return {(trip.second(one.starts_at), trip.second(one.ends_at)) for one in rests}


def _with_word(visit: ToldVisit, word: Word, trip: PlannedTrip) -> ToldVisit:
    """Return a visit of which more is known: the first arrival and leaving, any meeting."""
    at_s = trip.second(word.at)
    if word.kind == MarkKind.ARRIVE:
        return visit if visit.arrived_s is not None else replace(visit, arrived_s=at_s)
    if word.kind == MarkKind.LEAVE:
        return visit if visit.left_s is not None else replace(visit, left_s=at_s)
    is_first = visit.was_met is None
    was_made = word.was_made if is_first else visit.was_made or word.was_made
    return replace(visit, was_made=was_made, was_met=bool(visit.was_met) or bool(word.was_met))

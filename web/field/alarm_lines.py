"""An alarm as the dispatcher sees it: who, since when, where she was last, what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import g

from data.masking import masked
from data.store.field.alarms import Alarm
from data.store.rounds import Rounds, RoundStop
from routing.point import Point, distance_m
from scheduler.field.problems import Problem
from scheduler.model import Collector
from scheduler.ports import MarkKind
from web.context import wired
from web.phone.room import MyDay
from web.phone.standing import standing_in

LATE_TO_COME = timedelta(minutes=2)
"""An alarm that came so much later than it was told says so."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a phone told that it was, and the visit of its day that is nearest to it."""

    at: Point
    accuracy_m: float
    near: RoundStop | None = None
    away_m: float = 0.0


@dataclass(frozen=True, slots=True)
class LastDoor:
    """The door at which a crew last told that it arrived, or that it left."""

    visit: RoundStop
    at: datetime
    has_left: bool


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """An alarm with all that its line tells; `about` is the visit that it is about."""

    alarm: Alarm
    who: Collector | None
    mates: tuple[str, ...] = ()
    crew_id: str = ""
    about: RoundStop | None = None
    spot: Spot | None = None
    last: LastDoor | None = None

    @property
    def name(self) -> str:
        """What the collector is called, masked as everywhere."""
        return masked(self.who.name) if self.who else self.alarm.collector_id

    @property
    def problem(self) -> Problem | None:
        """What keeps the crew, None where it is none that is known."""
        what = self.alarm.body.get("what")
        return Problem(what) if what in list(Problem) else None

    @property
    def words(self) -> str:
        """What she wrote."""
        return str(self.alarm.body.get("note") or "")

    @property
    def came_late(self) -> bool:
        """Whether it was told long before it came: her phone had no network."""
        return self.alarm.received_at - self.alarm.at > LATE_TO_COME


def alarm_lines(alarms: list[Alarm], people: Mapping[str, Collector]) -> list[AlarmLine]:
    """Return those of the alarms that are of people whom the dispatcher sees, as lines."""
    return [_line(one, people[one.collector_id]) for one in alarms if one.collector_id in people]


def _line(alarm: Alarm, who: Collector) -> AlarmLine:
    rounds = Rounds(wired().store.engine)
    found = rounds.round(alarm.city, alarm.on, who.id)
    if found is None:  # her plan was taken back meanwhile
        return AlarmLine(alarm, who)
    day = MyDay(g.city, who.id, found, rounds.progress(alarm.city, found, ""))
    return AlarmLine(
        alarm,
        who,
        tuple(masked(name) for name in day.mates),
        found.crew.id,
        next((one for one in found.visits if one.id == alarm.visit_id), None),
        _spot(alarm, day),
        _last_door(day, alarm.at),
    )


def _spot(alarm: Alarm, day: MyDay) -> Spot | None:
    """Return where she was, if her city lets phones tell, and the nearest visit of her day."""
    told = standing_in(alarm.body, day)
    if told.stood is None or told.accuracy_m is None:
        return None
    doors = [(one, one.place.point) for one in day.round.visits if one.place and one.place.point]
    away = [(distance_m(told.stood, point), one) for one, point in doors]
    near = min(away, key=lambda one: one[0], default=None)
    if near is None:
        return Spot(told.stood, told.accuracy_m)
    return Spot(told.stood, told.accuracy_m, near[1], near[0])


def _last_door(day: MyDay, until: datetime) -> LastDoor | None:
    """Return the last door that the crew told of before an instant."""
    visits = {one.id: one for one in day.round.visits}
    marks = [one for one in day.progress.marks if one.visit_id in visits and one.at <= until]
    if not marks:
        return None
    last = marks[-1]
    return LastDoor(visits[last.visit_id], last.at, last.kind is MarkKind.LEAVE)

"""The room's blueprint, and what all of its pages ask: whose day it is, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from data.access import Role
from data.store.rounds import Progress, Round, Rounds, RoundStop
from scheduler.model import City
from scheduler.ports import Mark, MarkKind, Outcome
from web.auth.access import current_user
from web.context import now, today, wired

phone = Blueprint(
    "phone",
    __name__,
    template_folder="templates",
    static_folder="static",
    static_url_path="/phone",
)
READABLE_AFTER = timedelta(hours=3)
"""How long a crew that runs late can still read its day on a phone; a house default."""

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class VisitState:
    """How far a visit has come: when the crew arrived and left, and what came of it."""

    arrived: datetime | None = None
    left: datetime | None = None
    outcome: Outcome | None = None

    @property
    def is_at_door(self) -> bool:
        return self.arrived is not None and self.left is None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be told of it."""
        return self.outcome is not None and not self.is_at_door


@dataclass(frozen=True)
class MyDay:
    """The round of the collector who asks, and how far it has come."""

    city: City
    collector_id: str
    round: Round
    progress: Progress

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.city.zone)

    @property
    def on(self) -> date:
        return self.round.on

    @property
    def is_today(self) -> bool:
        return self.on == today(self.city)

    @property
    def is_over(self) -> bool:
        """Whether it was a day before today."""
        return self.on < today(self.city)

    @property
    def is_ahead(self) -> bool:
        return self.on > today(self.city)

    @property
    def closes_at(self) -> datetime:
        """When the day cannot be read any more: well after its end, and with it at the latest."""
        midnight = datetime.combine(self.on + timedelta(days=1), time(), self.zone)
        return min(self.round.ends_at + READABLE_AFTER, midnight)

    @property
    def has_begun(self) -> bool:
        return any(mark.kind is not MarkKind.ACCEPT for mark in self.progress.marks)

    @property
    def mates(self) -> list[str]:
        """The names of those who go with her."""
        pairs = zip(self.round.crew.members, self.round.names, strict=True)
        return [name for member, name in pairs if member != self.collector_id]

    @property
    def crew_names(self) -> dict[str, str]:
        """The names of all who go, by their ids."""
        return dict(zip(self.round.crew.members, self.round.names, strict=True))

    @cached_property
    def states(self) -> dict[int, VisitState]:
        """The state of each visit, by its number."""
        return {visit.number: self._state(visit) for visit in self.round.visits}

    @cached_property
    def next(self) -> RoundStop | None:
        """The visit at whose door the crew stands, else the first that is not over.

        One that is suspended is driven past.
        """
        visits = self.round.visits
        here = (visit for visit in visits if self.states[visit.number].is_at_door)
        ahead = (visit for visit in visits if not self.is_passed(visit))
        return next(here, next(ahead, None))

    def is_passed(self, visit: RoundStop) -> bool:
        """Whether nothing is left to be done at a visit: it is over, or may not be begun."""
        state = self.states[visit.number]
        return state.is_over or (visit.is_suspended and state.arrived is None)

    @property
    def suspended(self) -> tuple[RoundStop, ...]:
        """The visits that may not be begun any more, and of which nothing has been told."""
        visits = self.round.visits
        return tuple(one for one in visits if one.is_suspended and not self._has_result(one))

    def _has_result(self, visit: RoundStop) -> bool:
        return self.states[visit.number].outcome is not None

    @property
    def done(self) -> int:
        """How many visits have a result."""
        return sum(state.outcome is not None for state in self.states.values())

    def visit(self, number: int) -> RoundStop:
        """Return a visit by its number; no page where the round has none of it."""
        found = next((one for one in self.round.visits if one.number == number), None)
        if found is None:
            abort(404)
        return found

    def _state(self, visit: RoundStop) -> VisitState:
        marks = [one for one in self.progress.marks if one.visit_id == visit.id]
        who = visit.borrower.id if visit.borrower else ""
        return VisitState(
            first(marks, MarkKind.ARRIVE),
            first(marks, MarkKind.LEAVE),
            self.progress.outcomes.get(who),
        )


def first(marks: list[Mark], kind: MarkKind) -> datetime | None:
    """Return when something was first marked."""
    return next((mark.at for mark in marks if mark.kind is kind), None)


def rounds() -> Rounds:
    """Return what reads a collector's own round."""
    return Rounds(wired().store.engine)


def my_work() -> list[tuple[City, str]]:
    """Return each city where the person who asks is a collector, and which one she is there."""
    mine = [grant for grant in current_user.grants if grant.role is Role.COLLECTOR]
    return [
        (wired().store.city(grant.city), grant.collector_id)
        for grant in mine
        if grant.collector_id is not None
    ]


def day_asked(city: City, on: date | None) -> date | None:
    """Return which day she asks for, today by default; by a link there is one alone."""
    link = current_user.link
    if link is None:
        return on or today(city)
    return link.on if on in (None, link.on) else None


def my_day(on: date | None = None, version: int | None = None) -> MyDay | None:
    """Return her day, today by default, in the city that has a published plan with her."""
    for city, collector_id in my_work():
        day = day_asked(city, on)
        if day is None:
            continue
        found = rounds().round(city.name, day, collector_id, version, as_of=today(city))
        if found is not None:
            progress = rounds().progress(city.name, found, current_user.name)
            return MyDay(city, collector_id, found, progress)
    return None


def needed_day(on: date, version: int | None = None) -> MyDay:
    """Return her day; no page where no published plan of that day has her."""
    found = my_day(on, version)
    if found is None:
        abort(404)
    return found


def when_told(text: str | None, city: City) -> datetime:
    """Return when something happened: as a late message says within reason, else now.

    Within reason is earlier today by the server's clock, or a clock that is two minutes fast.
    """
    present = now()
    try:
        told = datetime.fromisoformat(text or "")
    except ValueError:
        return present
    if told.tzinfo is None or told > present + timedelta(minutes=2):
        return present
    is_of_today = told.astimezone(ZoneInfo(city.zone)).date() == today(city)
    return min(told, present) if is_of_today else present

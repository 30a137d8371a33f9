"""A plan as somebody edits it, open: as it stands now, by the facts of its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from scheduler.cost import cost
from scheduler.day import Day
from scheduler.editing.arranging import changes_facts
from scheduler.editing.edits import Sheet
from scheduler.editing.log import KeptEdit
from scheduler.kept import Reread, read_against, reread
from scheduler.model import Crew
from scheduler.plan import Cost, Itinerary, Plan, Reason, StopKind
from scheduler.ports import PlanRecord, Told
from scheduler.problem import Problem, seconds_between
from scheduler.rules import RuleSet
from scheduler.running.service import to_edit
from scheduler.service import Ports, travel_times

STANDS = timedelta(minutes=1)
"""For so long a running day is held to stand as it stood when it was looked at."""


@dataclass(frozen=True)
class OpenDraft:
    """A plan as somebody edits it: its problem of all candidates, its sheet, and its log.

    `plan` is the sheet's: the kept one by the facts of now, past what is suspended. Of a day that
    runs, `problem` and `plan` are as they stood at `seen_at`: what is made is begun, with its true
    times, and so is what a crew is on its way to. `facts` is the problem without all that.
    One that `is_copy` is a published plan that is to be edited: the first edit that is taken keeps
    the copy as a draft, and until then nothing is written.
    """

    record: PlanRecord
    day: Day
    rules: RuleSet
    problem: Problem
    plan: Plan
    told: Told
    facts: Problem
    seen_at: datetime
    log: tuple[KeptEdit, ...] = field(default=())
    is_copy: bool = False

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.plan, self.record.content.crews, self.record.content.locks)


def open_draft(ports: Ports, city: str, on: date, version: int | None = None) -> OpenDraft:
    """Open a day's plan, the newest by default, with all who could be visited.

    Raises
    ------
    NotFoundError
        Where the day has no such plan.
    """
    record = ports.store.plan(city, on, version)
    return open_record(ports, record, tuple(ports.store.plan_edits(record.id)))


def open_record(
    ports: Ports,
    record: PlanRecord,
    log: tuple[KeptEdit, ...] = (),
    seen_at: datetime | None = None,
    facts: Callable[[Day], Day] = lambda day: day,
) -> OpenDraft:
    """Open a plan as `open_draft` does, with its `log`, by the `facts` of its day."""
    content = record.content
    day = facts(ports.store.open_day(content.city, content.on))
    rules = ports.profiles.rules(day.city.profile)
    unweighed = {e.visit_id for e in content.plan.left_out if e.reason is Reason.NOT_SHORTLISTED}
    also = {case.borrower_id for case in day.cases} - unweighed
    told = ports.store.told(content.city, content.on)
    kept = reread(record, day, rules, travel_times(ports, day.city, content.on), also, told)
    return standing_at(kept, log, seen_at or ports.clock())


def standing_at(kept: Reread, log: tuple[KeptEdit, ...], at: datetime) -> OpenDraft:
    """Return a kept plan open, as it stands at a moment."""
    now = to_edit(kept, at)
    return OpenDraft(
        kept.record, kept.day, kept.rules, now.problem, now.plan, kept.told, kept.problem, at, log
    )


def newest(ports: Ports, opened: OpenDraft) -> OpenDraft:
    """Return an open draft as it stands now; its facts stay those that it was opened with.

    A day that runs goes on by itself: it is looked at again every `STANDS`.
    """
    content = opened.record.content
    record = ports.store.plan(content.city, content.on, opened.record.version)
    if record == opened.record:
        at = ports.clock()
        return opened if stands(opened, at) else as_read(opened, record, opened.log, at)
    last = opened.log[-1].number if opened.log else 0
    new = ports.store.plan_edits(record.id, last)
    log = (*opened.log, *new)
    if record.content.crews != content.crews or any(changes_facts(row.edit) for row in new):
        return open_record(ports, record, log)
    return as_read(opened, record, log, ports.clock())


def stands(opened: OpenDraft, at: datetime) -> bool:
    """Whether an open draft of which nothing was written since stands as it stood."""
    return not opened.told or at - opened.seen_at < STANDS


def as_read(
    opened: OpenDraft, record: PlanRecord, log: tuple[KeptEdit, ...], at: datetime
) -> OpenDraft:
    kept = read_against(record, opened.day, opened.rules, opened.facts, opened.told)
    return standing_at(kept, log, at)


def loosened(at: OpenDraft, collector_id: str) -> OpenDraft:
    """Return an open draft in which a collector's crew is not bound to go where it is going."""
    hers = {crew.id for crew in at.record.content.crews if collector_id in crew.members}
    kept = read_against(at.record, at.day, at.rules, at.facts, at.told)
    now = to_edit(kept, at.seen_at, hers)
    return replace(at, problem=now.problem, plan=now.plan)


def problem_with(ports: Ports, at: OpenDraft, crews: tuple[Crew, ...]) -> Problem:
    """Return the problem of an open day with other crews, as if nothing had begun."""
    record = replace(at.record, content=replace(at.record.content, crews=crews))
    everybody = [case.borrower_id for case in at.day.cases]
    times = travel_times(ports, at.day.city, at.day.on)
    return reread(record, at.day, at.rules, times, everybody, at.told).problem


def now_in(at: OpenDraft) -> int:
    """Return the second of a plan's clock at which a running day was looked at, else 0."""
    return seconds_between(at.record.content.origin, at.seen_at) if at.told else 0


def known_part(problem: Problem, plan: Plan) -> Plan:
    """Return what of a plan the problem knows: facts have gone on since it was made."""
    trips = (trip for trip in plan.itineraries if trip.crew_id in problem.crew_by_id)
    return replace(plan, itineraries=tuple(_known_trip(problem, trip) for trip in trips))


def _known_trip(problem: Problem, trip: Itinerary) -> Itinerary:
    stops = (s for s in trip.stops if s.kind is StopKind.BREAK or problem.knows(s))
    return replace(trip, stops=tuple(stops))


def known_cost(problem: Problem, plan: Plan) -> Cost:
    """Return the cost of a plan as far as the problem knows its visits."""
    return cost(problem, known_part(problem, plan))

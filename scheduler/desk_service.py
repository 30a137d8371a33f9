"""The use cases of a draft that people edit: an edit, taking it back, doing it again, a copy.

An edit is worked out on the newest draft with no transaction open, judged as any plan is, and
written in one short transaction. Whoever wrote meanwhile makes it be worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from scheduler.cost import cost
from scheduler.day import Day
from scheduler.desk_facts import does, standing_for, write_facts
from scheduler.driven_past import driven_past
from scheduler.editing.applying import applied, judge
from scheduler.editing.arranging import arranged, changes_facts, refuse_other_shifts, with_facts
from scheduler.editing.edits import (
    Arrange,
    Edit,
    Hold,
    Move,
    Regroup,
    Release,
    Sheet,
    Swap,
    TakeOff,
    Together,
    steps_of,
)
from scheduler.editing.leaving import leaving
from scheduler.editing.log import (
    KeptEdit,
    Part,
    PlacedEntry,
    Reach,
    makers,
    overlap,
    redoable,
    since,
    standing_on,
    undoable,
)
from scheduler.editing.obstacles import ForbiddenEditError, GoneError
from scheduler.editing.orders import begun_by, crews_at, refuse_begun
from scheduler.editing.parting import touched_part, with_part
from scheduler.editing.regrouping import begun_in
from scheduler.errors import (
    AlreadySoError,
    ConflictError,
    EditedMeanwhileError,
    StaleSheetError,
)
from scheduler.kept import Reread, read_against, reread
from scheduler.model import Crew
from scheduler.plan import Cost, Itinerary, Plan, Reason, StopKind
from scheduler.ports import NewEdit, NewPlan, PlanRecord, PlanStatus, Target, Told
from scheduler.problem import Problem, seconds_between
from scheduler.rules import RuleSet
from scheduler.running.service import to_edit
from scheduler.service import Ports, targets, travel_times

NextOf = Callable[[Sequence[KeptEdit], str], KeptEdit | None]

TRIES = 5
"""How often an edit is worked out anew at most where others write at the same time."""

STANDS = timedelta(minutes=1)
"""For so long a running day is held to stand as it stood when it was looked at."""


@dataclass(frozen=True)
class OpenDraft:
    """A plan as somebody edits it: its problem of all candidates, its sheet, and its log.

    `plan` is the sheet's: the kept one by the facts of now, past what is suspended. Of a day that
    runs, `problem` and `plan` are as they stood at `seen_at`: what is made is begun, with its true
    times, and so is what a crew is on its way to. `facts` is the problem without all that.
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
    return _standing(kept, log, seen_at or ports.clock())


def _standing(kept: Reread, log: tuple[KeptEdit, ...], at: datetime) -> OpenDraft:
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
        return opened if stands(opened, at) else _as_read(opened, record, opened.log, at)
    last = opened.log[-1].number if opened.log else 0
    new = ports.store.plan_edits(record.id, last)
    log = (*opened.log, *new)
    if record.content.crews != content.crews or any(changes_facts(row.edit) for row in new):
        return open_record(ports, record, log)
    return _as_read(opened, record, log, ports.clock())


def stands(opened: OpenDraft, at: datetime) -> bool:
    """Whether an open draft of which nothing was written since stands as it stood."""
    return not opened.told or at - opened.seen_at < STANDS


def _as_read(
    opened: OpenDraft, record: PlanRecord, log: tuple[KeptEdit, ...], at: datetime
) -> OpenDraft:
    kept = read_against(record, opened.day, opened.rules, opened.facts, opened.told)
    return _standing(kept, log, at)


def edit_day(
    ports: Ports, opened: OpenDraft, actor: str, edit: Edit, known: int, key: str
) -> tuple[OpenDraft, KeptEdit]:
    """Let a person edit a draft whose revision `known` she has seen; the same key is one edit.

    Raises
    ------
    EditedMeanwhileError
        Where others have changed the same since.
    AlreadySoError
        Where it would change nothing: the log keeps what changes something.
    ForbiddenEditError, GoneError, NotFoundError
        As `applied` says.
    ConflictError
        Where the plan is no draft.
    """

    def attempt(at: OpenDraft) -> NewEdit:
        problem = _problem_for(ports, at, edit)
        try:
            after = applied(problem, at.sheet, edit)
        except (GoneError, ForbiddenEditError):
            _refuse_overlapped(at, edit, known, actor)
            raise
        kept = leaving(edit, at.day, at.seen_at) if isinstance(edit, Regroup) else edit
        new = _new_edit(at, problem, after, kept, known, key)
        _refuse_idle(at, new, actor)
        return new

    return _write(ports, opened, actor, key, attempt)


def _refuse_idle(at: OpenDraft, new: NewEdit, actor: str) -> None:
    """Raise AlreadySoError where an edit changes nothing; it names who did the same before."""
    part = new.after
    if part.crews or part.visits or part.team is not None:
        return
    others = makers(_overlapped(at, new.edit, new.known, actor))
    by = f"{others} did the same meanwhile" if others else "it is so already"
    raise AlreadySoError(f"{by}: nothing was changed", at.record)


def _problem_for(ports: Ports, at: OpenDraft, edit: Edit) -> Problem:
    """Return the problem that an edit is judged by: with other crews where it brings some."""
    if isinstance(edit, Arrange):
        refuse_other_shifts(at.day, edit.had, also=edit.shifts)
        return arranged(at.problem, edit)
    if not isinstance(edit, Regroup):
        return at.problem
    stands = loosened(at, edit.collector_id).problem
    return begun_in(stands, problem_with(ports, at, edit.crews), now_in(at))


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


def _new_edit(
    at: OpenDraft, problem: Problem, after: Sheet, edit: Edit, known: int, key: str
) -> NewEdit:
    told = {**at.record.content.targets, **_targets(problem, after.plan)}
    price = known_cost(problem, after.plan)
    part = touched_part(at.record.content, at.sheet, after, told, price)
    return NewEdit(edit, part, at.record.revision, known, key)


def _targets(problem: Problem, plan: Plan) -> dict[str, Target]:
    return targets(problem, known_part(problem, plan))


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


def undo_edit(ports: Ports, opened: OpenDraft, actor: str, key: str) -> tuple[OpenDraft, KeptEdit]:
    """Take back what a person did last, and has not taken back yet.

    Raises
    ------
    EditedMeanwhileError
        Where another's later edit stands on it: it names whose.
    ForbiddenEditError
        Where the facts forbid by now what was there before.
    ConflictError
        Where there is nothing to undo, or the plan is no draft.
    """
    return _take_back(
        ports, opened, actor, key, undoable, f"{actor} has nothing to undo in this draft"
    )


def redo_edit(ports: Ports, opened: OpenDraft, actor: str, key: str) -> tuple[OpenDraft, KeptEdit]:
    """Do again what a person undid last; raises as `undo_edit` does."""
    return _take_back(
        ports, opened, actor, key, redoable, f"{actor} has nothing to redo in this draft"
    )


def _take_back(
    ports: Ports, opened: OpenDraft, actor: str, key: str, next_of: NextOf, nothing: str
) -> tuple[OpenDraft, KeptEdit]:
    def attempt(at: OpenDraft) -> NewEdit:
        target = next_of(at.log, actor)
        if target is None:
            raise ConflictError(nothing)
        refuse_standing(at.log, target)
        part = _possible(at, target)
        if isinstance(target.edit, Arrange):
            is_done = does(target.edit, part)
            refuse_other_shifts(at.day, target.edit.had if is_done else target.edit.shifts)
        back = _with_content(ports, at, with_part(at.record.content, part), target.edit, part)
        _refuse_begun_since(at, back)
        judge(back.problem, at.sheet, back.sheet)
        part = _as_it_runs(replace(part, cost=known_cost(back.problem, back.plan)), back)
        now = at.record.revision
        return NewEdit(target.edit, part, now, now, key, undoes=target.number)

    return _write(ports, opened, actor, key, attempt)


def _possible(at: OpenDraft, target: KeptEdit) -> Part:
    """Return the part that an undo puts back, past visits that the facts keep out by now.

    They had left the draft along with the edit, and are left out with their cause. A visit that
    the edit itself was about is not passed over: the judge says why it cannot come back.
    """
    part = target.before
    about = {step.visit_id for step in steps_of(target.edit) if isinstance(step, Move | TakeOff)}
    stops = (stop for placed in part.trips for stop in placed.trip.visits)
    there = {stop.id for stop in stops} - at.record.content.plan.served - about
    gone = {id for id in there if id not in at.problem.visit_by_id}
    trips = (replace(t, trip=driven_past(t.trip, at.problem, gone)) for t in part.trips)
    out = (PlacedEntry(entry) for entry in at.problem.refused if entry.visit_id in gone)
    return replace(part, trips=tuple(trips), left_out=(*part.left_out, *out)) if gone else part


def _as_it_runs(part: Part, back: OpenDraft) -> Part:
    """Return what an undo puts back in the order and at the times that a running day has by now."""
    if not back.told:
        return part
    now = {trip.crew_id: trip for trip in back.plan.itineraries}
    trips = (replace(t, trip=now.get(t.trip.crew_id, t.trip)) for t in part.trips)
    return replace(part, trips=tuple(trips))


def _refuse_begun_since(at: OpenDraft, back: OpenDraft) -> None:
    """Raise ForbiddenEditError where a crew has begun what it would not go to as it was before."""
    for crew in at.problem.crews:
        if crew.id in back.problem.crew_by_id:
            for visit_id in begun_by(at.problem, crew.id) - begun_by(back.problem, crew.id):
                refuse_begun(at.problem, visit_id)


def _with_content(
    ports: Ports, at: OpenDraft, content: NewPlan, edit: Edit, part: Part
) -> OpenDraft:
    """Return a draft as it is where `part` of it is as it was before or after `edit`."""
    record = replace(at.record, content=content)
    if content.crews != at.record.content.crews or changes_facts(edit):
        done = does(edit, part)
        return open_record(
            ports, record, at.log, at.seen_at, lambda day: with_facts(day, edit, done)
        )
    return _as_read(at, record, at.log, at.seen_at)


def refuse_standing(log: Sequence[KeptEdit], target: KeptEdit) -> None:
    """Raise EditedMeanwhileError where others' later edits stand on what is taken back."""
    if found := standing_on(log, target):
        raise EditedMeanwhileError(
            f"{makers(found)} changed the same afterwards: it is not taken back below that", found
        )


def copy_as_draft(
    ports: Ports, city: str, on: date, actor: str, version: int | None = None
) -> PlanRecord:
    """Keep a copy of a plan as a new draft, which people may edit; its publishing is the re-plan.

    Where the newest plan of the day is a draft that was copied from it already, that is the one.
    """
    record = ports.store.plan(city, on, version)
    with ports.store.writing(ports.by(actor)) as writer:
        return writer.copy_as_draft(record.id)


def copy_open(ports: Ports, opened: OpenDraft, actor: str) -> OpenDraft:
    """Return the draft that `copy_as_draft` makes of an open plan, open: its facts are the same."""
    content = opened.record.content
    copied = copy_as_draft(ports, content.city, content.on, actor, opened.record.version)
    record = ports.store.plan(content.city, content.on, copied.version)
    log = tuple(ports.store.plan_edits(record.id))
    if record.content.crews != content.crews:
        return open_record(ports, record, log)
    return _as_read(opened, record, log, ports.clock())


def _write(
    ports: Ports, opened: OpenDraft, actor: str, key: str, attempt: Callable[[OpenDraft], NewEdit]
) -> tuple[OpenDraft, KeptEdit]:
    """Work an edit out on the newest draft and keep it, again where somebody was quicker."""
    for _ in range(TRIES):
        opened = newest(ports, opened)
        if again := next((row for row in opened.log if row.key == key), None):
            return opened, again
        refuse_closed(opened.record)
        new, content = attempt(opened), opened.record.content
        standing = standing_for(ports, content, new.edit)
        try:
            with ports.store.writing(ports.by(actor)) as writer:
                kept = writer.revise_plan(opened.record.id, new)
                write_facts(writer, content, new, standing)
        except StaleSheetError:
            continue
        return newest(ports, opened), kept
    raise ConflictError("others edit this draft all the time just now: try once more")


def refuse_closed(record: PlanRecord) -> None:
    """Raise ConflictError where a plan is no draft."""
    if record.state is not PlanStatus.DRAFT:
        content = record.content
        raise ConflictError(
            f"version {record.version} of {content.city} on {content.on} is {record.state} and is "
            "never changed: copy it as a draft first"
        )


def _refuse_overlapped(at: OpenDraft, edit: Edit, known: int, actor: str) -> None:
    """Raise EditedMeanwhileError where an edit may fail for what others did since `known`."""
    if found := _overlapped(at, edit, known, actor):
        raise EditedMeanwhileError(
            f"{makers(found)} changed the same meanwhile: look at it again, then decide", found
        )


def _overlapped(at: OpenDraft, edit: Edit, known: int, actor: str) -> tuple[KeptEdit, ...]:
    """Return what others did since `known` to what an edit speaks of."""
    hers = reach_of_edit(at.sheet, edit)
    meanwhile = since(at.log, known, actor)
    return tuple(row for row in meanwhile if overlap(row.reach, hers))


def reach_of_edit(sheet: Sheet, edit: Edit) -> Reach:
    """Return which crews and visits an edit speaks of, before it is worked out."""
    match edit:
        case Move():
            visits = {edit.visit_id, *filter(None, [edit.before])}
            crews = {edit.crew_id, *crews_at(sheet, edit.visit_id)}
        case TakeOff():
            visits, crews = {edit.visit_id}, set(crews_at(sheet, edit.visit_id))
        case Hold():
            visits = {lock.visit_id for lock in edit.locks}
            crews = {lock.crew_id for lock in edit.locks}
        case Release():
            visits, crews = set(edit.visit_ids), set()
        case Swap():
            visits, crews = set(), {edit.crew_id, edit.other_id}
        case Arrange():
            visits = {edit.move.visit_id, *filter(None, [edit.move.before])}
            crews = {edit.crew.id}
        case Together():
            reaches = [reach_of_edit(sheet, step) for step in edit.steps]
            visits = {id for reach in reaches for id in reach.visits}
            crews = {id for reach in reaches for id in reach.crews}
        case _:  # of the whole plan
            visits = {entry.visit_id for entry in sheet.plan.left_out} | sheet.plan.served
            crews = {crew.id for crew in sheet.crews}
    return Reach(frozenset(crews), frozenset(visits), regroups=changes_facts(edit))

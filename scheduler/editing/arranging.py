"""What is agreed for a visit that is left out: a longer shift, one visit more, who stands in.

The edit holds the crew and the shifts as they are from then on, so that it says the same whenever
it is done; a remedy says by how much they change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scheduler.day import Day
from scheduler.editing.edits import Arrange, Edit, Move, Regroup, Sheet
from scheduler.editing.leaving import with_shift
from scheduler.editing.obstacles import GoneError
from scheduler.errors import ConflictError, NotFoundError
from scheduler.model import Crew, Shift
from scheduler.problem import CrewShift, Problem, Visit
from scheduler.remedies.changing import changed
from scheduler.remedies.remedy import Change

LONGER = "works otherwise by now than when this was worked out: look at it again"


def arrangement(problem: Problem, sheet: Sheet, change: Change, move: Move) -> Arrange:
    """Return the edit that does a remedy of a lender's day: `change`, and the visit by `move`.

    Raises
    ------
    NotFoundError
        Where nobody knows the visit or the crew.
    ValueError
        Where `problem` is no lender's day.
    """
    day = problem.day
    if day is None:
        raise ValueError("only a lender's day has crews and shifts that can be agreed otherwise")
    if move.visit_id not in problem.visit_by_id:
        raise NotFoundError(f"nobody may visit {move.visit_id!r} today")
    crew = _crew(sheet.crews, move.crew_id)
    then = changed(problem, change).day
    assert then is not None, "what changes a lender's day leaves one"
    new = _crew(then.crews, crew.id)
    had = tuple(one for one in day.shifts if one.collector_id in crew.members)
    shifts = tuple(one for one in then.shifts if one.collector_id in crew.members)
    stand_in, case_ids = _stand_in(day, then, crew.members)
    return Arrange(
        move,
        replace(crew, window=new.window, max_overtime=new.max_overtime, max_visits=new.max_visits),
        shifts if shifts != had else (),
        had if shifts != had else (),
        stand_in,
        case_ids,
    )


def _crew(crews: Iterable[Crew], crew_id: str) -> Crew:
    found = next((crew for crew in crews if crew.id == crew_id), None)
    if found is None:
        raise NotFoundError(f"no crew {crew_id!r} is on the road today")
    return found


def _stand_in(day: Day, then: Day, members: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return who goes beside the owners of which cases by `then` and not by `day`."""
    owners = {case.id: case.owner for case in day.cases}
    new = tuple(
        sorted(
            id_
            for id_, who in then.stand_ins.items()
            if who - day.stand_ins.get(id_, frozenset()) and owners.get(id_) not in (None, *members)
        )
    )
    return (members[0], new) if new else ("", ())


def arranged(problem: Problem, edit: Arrange) -> Problem:
    """Return a lender's problem by what an edit agrees; what crews have begun stays.

    Raises
    ------
    GoneError
        Where the crew is another by now, or the visit is planned.
    NotFoundError
        Where nobody knows the crew.
    """
    day = problem.day
    if day is None:
        raise ValueError("only a lender's day has crews and shifts that can be agreed otherwise")
    known = _crew(day.crews, edit.crew.id)
    if known.members != edit.crew.members:
        raise GoneError(f"crew {known.id} is another by now: look at it again")
    crews = tuple(_shift(one, known, edit) for one in problem.crews)
    visits = tuple(_let_go(one, edit) for one in problem.visits)
    crew = replace(edit.crew, skills=known.skills)
    teams = [crew if one.id == crew.id else one for one in day.crews]
    then = with_arranged(replace(day, crews=teams), edit)
    return replace(problem, crews=crews, visits=visits, day=then)


def with_arranged(day: Day, edit: Arrange) -> Day:
    """Return a day by the shifts and stand-ins that an edit agrees."""
    day = with_shifts(day, edit.shifts)
    new = {id_: day.stand_ins.get(id_, frozenset()) | {edit.stand_in} for id_ in edit.case_ids}
    return replace(day, stand_ins={**day.stand_ins, **new})


def with_shifts(day: Day, shifts: Iterable[Shift]) -> Day:
    """Return a day on which some collectors work these shifts."""
    for shift in shifts:
        day = with_shift(day, shift)
    return day


def with_facts(day: Day, edit: Edit, done: bool) -> Day:
    """Return a day as it is once `edit` is done, or taken back.

    A shift that somebody has again once she is not gone any more is hers either way.
    """
    match edit:
        case Arrange() if done:
            return with_arranged(day, edit)
        case Arrange():
            return with_shifts(day, edit.had)
        case Regroup():
            return with_shift(day, edit.had)
        case _:
            return day


def changes_facts(edit: Edit) -> bool:
    """Whether an edit changes more than the draft: shifts, or who goes for whom."""
    return isinstance(edit, Regroup | Arrange)


def _shift(one: CrewShift, known: Crew, edit: Arrange) -> CrewShift:
    """Return the crew's numbers by as much more as was agreed: a day that runs has its own."""
    new = edit.crew
    if one.id != new.id:
        return one
    earlier, later = known.window.start - new.window.start, new.max_overtime - known.max_overtime
    return replace(
        one,
        start_s=one.start_s - round(earlier.total_seconds()),
        max_overtime_s=one.max_overtime_s + round(later.total_seconds()),
        max_visits=_most(one.max_visits, known.max_visits, new.max_visits),
    )


def _most(now: int | None, known: int | None, new: int | None) -> int | None:
    return new if None in (now, known, new) else (now or 0) + (new or 0) - (known or 0)


def _let_go(visit: Visit, edit: Arrange) -> Visit:
    """Return the visit as one to which the crew may go, where one of it stands in."""
    if visit.id != edit.move.visit_id or not edit.stand_in or visit.allowed_crews is None:
        return visit
    return replace(visit, allowed_crews=visit.allowed_crews | {edit.crew.id})


def refuse_other_shifts(day: Day, shifts: Iterable[Shift], also: Iterable[Shift] = ()) -> None:
    """Raise ConflictError where people do not work `shifts`, nor those in `also`, on a day."""
    known = {one.collector_id: one for one in day.shifts}
    fine = {one.collector_id: one for one in also}
    for shift in shifts:
        if known.get(shift.collector_id) not in (shift, fine.get(shift.collector_id, shift)):
            raise ConflictError(f"collector {shift.collector_id} {LONGER}")

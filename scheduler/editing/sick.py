"""A collector is gone for the rest of the day: what can become of her crew, and at what cost.

Who was with her goes on, is joined to another single, goes along with a crew as a third, or is
taken off the road. What the lost crew had is kept where it can be, and inserted elsewhere or lost
where not; the others' visits stay with their crews.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.cost import cost, crews_of
from scheduler.crews.joining import MeetingTime
from scheduler.day import Day
from scheduler.editing.applying import applied
from scheduler.editing.edits import Regroup, Sheet
from scheduler.editing.obstacles import ForbiddenEditError, GoneError, Obstacle
from scheduler.editing.regrouping import Team, begun_in, going_on, off_road, paired, thirds
from scheduler.editing.taking_over import taken_over
from scheduler.engines.base import StopRule
from scheduler.model import Case, Crew
from scheduler.problem import Problem, Visit
from scheduler.rules import crew_size
from scheduler.windows import instant

ProblemOf = Callable[[Sequence[Crew]], Problem]
"""The day's problem with other crews: ways from their starts have to be found."""


Wanted = Callable[["What", Crew | None], bool]


class What(StrEnum):
    """What becomes of those who were with her."""

    GO_ON = "go_on"  # as many as law and visits ask are left
    RE_PAIRED = "re_paired"  # with somebody who was alone
    THIRD = "third"  # along with another crew
    OFF_ROAD = "off_road"  # or she was alone


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice, with the edit that makes it and what that changes.

    `price` is by how much the plan's cost changes, in thousandths; `moved` are the visits that
    other crews make then, `lost` those that nobody makes any more. `forbidden` says why it cannot
    be; the sheet is then as it was.
    """

    what: What
    crew: Crew | None
    edit: Regroup
    sheet: Sheet
    price: int = 0
    moved: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    forbidden: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class Owned:
    """A case of hers, and who could own it instead, for today or for good.

    Where it is not `is_planned`, its visit is left out because nobody on the road may go.
    """

    case_id: str
    visit_id: str
    others: tuple[str, ...]
    is_planned: bool = True


def choices(
    problem: Problem,
    sheet: Sheet,
    collector_id: str,
    problem_of: ProblemOf,
    meeting_s: MeetingTime,
    stop: Callable[[], StopRule] | None = None,
    *,
    now_s: int = 0,
    wanted: Wanted | None = None,
) -> list[Choice]:
    """Return what can be done where a collector is gone from now on, the cheapest first.

    Nobody is left alone where the law wants two. What crews have begun stays as it is: hers ends
    where it stands, and whoever was with her goes on from there. `stop` makes the rule that ends
    each short search for who takes over; each of the choices passes `check_plan` of the problem
    that `problem_of` makes of its crews. `wanted` looks at some of them alone.

    Raises
    ------
    GoneError
        Where she is in no crew of the day.
    ValueError
        Where `problem` is no lender's day.
    """
    if problem.day is None:
        raise ValueError("only a lender's day has collectors who can be gone")
    hers = [crew for crew in sheet.crews if collector_id in crew.members]
    lost = max(hers, key=lambda crew: instant(crew.window.end), default=None)
    if lost is None:
        raise GoneError(f"collector {collector_id} is in no crew of the day: nothing changes")
    team = Team(problem, sheet, problem.day, lost, collector_id, meeting_s)
    found = [
        _choice(problem, sheet, team, told, problem_of, stop, now_s)
        for told in _teams(team)
        if wanted is None or wanted(told[0], told[1])
    ]
    return sorted(found, key=lambda one: (bool(one.forbidden), one.price))


def _teams(team: Team) -> Iterator[tuple[What, Crew | None, tuple[Crew, ...]]]:
    """Yield each choice: what it is, the crew of who is left, and all crews then."""
    rules = team.problem.rules
    least = crew_size(rules, team.day.on) if rules else 1
    if len(team.left) >= max(1, least):
        yield (What.GO_ON, *going_on(team))
    if len(team.left) == 1:
        yield from ((What.RE_PAIRED, *told) for told in paired(team))
        yield from ((What.THIRD, *told) for told in thirds(team))
    yield What.OFF_ROAD, None, off_road(team)


def _choice(
    problem: Problem,
    sheet: Sheet,
    team: Team,
    told: tuple[What, Crew | None, tuple[Crew, ...]],
    problem_of: ProblemOf,
    stop: Callable[[], StopRule] | None,
    now_s: int,
) -> Choice:
    what, crew, crews = told
    anew = begun_in(problem, problem_of(crews), now_s)
    heir = crew.id if crew else None
    plan = taken_over(anew, sheet, team.dissolved(crews), heir, stop and stop())
    edit = Regroup(team.collector_id, crews, plan)
    try:
        after = applied(anew, sheet, edit)
    except ForbiddenEditError as error:
        return Choice(what, crew, edit, sheet, forbidden=error.violations)
    was, now = crews_of(sheet.plan), crews_of(plan)
    price = cost(anew, plan).total - cost(problem, sheet.plan).total
    moved = tuple(sorted(id_ for id_ in was if id_ in now and now[id_] != was[id_]))
    return Choice(what, crew, edit, after, price, moved, tuple(sorted(was.keys() - now.keys())))


def owned(problem: Problem, sheet: Sheet, collector_id: str) -> list[Owned]:
    """Return the cases of a collector that somebody else can go to today.

    Those are planned, or were left out because nobody on the road may go: where owners are fixed,
    that is what her going leaves. Who may own one is on the road today, works for the case's
    agency and has the skills it asks for; who is planned to go there comes first.
    """
    day = problem.day
    if day is None:
        return []
    on_road = {member for crew in sheet.crews for member in crew.members} - {collector_id}
    members = {crew.id: crew.members for crew in sheet.crews}
    going = {
        visit_id: {member for crew_id in crews for member in members.get(crew_id, ())}
        for visit_id, crews in crews_of(sheet.plan).items()
    }
    visit_of = {
        case_id: visit.id
        for visit in problem.visits
        if visit.id in going or _has_nobody(visit, members)
        for case_id in visit.case_ids
    }
    hers = (case for case in day.cases if case.owner == collector_id and case.id in visit_of)
    return [
        Owned(case.id, id_, _others(day, case, on_road, going.get(id_, set())), id_ in going)
        for case in hers
        for id_ in (visit_of[case.id],)
    ]


def _has_nobody(visit: Visit, crews: Container[str]) -> bool:
    allowed = visit.allowed_crews
    return allowed is not None and not any(crew_id in crews for crew_id in allowed)


def _others(day: Day, case: Case, on_road: set[str], going: set[str]) -> tuple[str, ...]:
    may = [
        one.id
        for one in day.collectors
        if one.id in on_road and one.agency == case.agency and one.skills >= case.skills
    ]
    return tuple(sorted(may, key=lambda id_: id_ not in going))

"""Remedies in words: who could come when, what must change for it, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.plan import Reason, Stop
from scheduler.problem import MILLS, Problem
from scheduler.remedies.one_more import OneMore
from scheduler.remedies.remedy import Change, Edge, Kind, Remedy

NOTHING_WORKS = "No single change that was tried makes room for it."

PLANNED = "Nothing was tried: it is planned."

NOBODY_MAY = "Nothing could be tried: by the facts of now nobody may go there. Plan again."

UNTRIED: Mapping[Reason, str] = {
    Reason.RULE: "Nothing was tried: a rule keeps it out, and no remedy goes against a rule.",
    Reason.POLICY: "Nothing was tried: the policy asks for no visit.",
    Reason.HELD_BACK: "Nothing was tried: a dispatcher said that she is not visited today.",
    Reason.NOT_TODAY: "Nothing was tried: it waits for another day.",
    Reason.NOT_ENTRUSTED: "Nothing was tried: its agency may not work it today.",
    Reason.OTHER_AGENCY: "Nothing was tried: another agency visits her today.",
    Reason.NO_CREW_OF_AGENCY: "Nothing was tried: nobody of its agency is on the road today.",
    Reason.NOT_PLACED: "Nothing was tried: no place of hers is known closely enough.",
    Reason.NO_LAWFUL_WINDOW: "Nothing was tried: she has no hours today that could be moved.",
}
"""Why nothing was tried for a case that is kept out before any search."""


@dataclass(frozen=True, slots=True)
class ToldRemedy:
    """A remedy for people: when the visit would start and end, and money in the book's currency.

    `text` is the whole of it, `what` says only what must change. `edge` and `seconds` tell which
    end of her hours at `place_id`, or of the crew's shift, is moved by how much; `cost` holds
    `overtime`, and is negative where the plan gains. `before` is the visit that the crew makes
    next, None where it is the last. `visits` are how many it lets in: of one crew more, all that it
    would make of those who are left out; `crew_id` is the crew that it would be like.
    """

    kind: Kind
    text: str
    what: str
    crew_id: str
    starts: datetime
    ends: datetime
    place_id: str
    edge: Edge | None
    seconds: int
    given_up: tuple[str, ...]
    cost: float
    overtime: float
    before: str | None = None
    visits: int = 1


def told_one_more(found: OneMore) -> ToldRemedy:
    """Return what one crew more would give in words."""
    visits = found.itinerary.visits
    stop = next(stop for stop in visits if stop.id == found.visit_id)
    what = f"One crew more, like crew {found.like}, for {len(visits)} of the left out"
    starts = found.problem.at(stop.start_s)
    money = abs(found.cost) / MILLS
    return ToldRemedy(
        kind=Kind.ONE_MORE,
        text=f"{what}: it could begin here at {starts:%H:%M}, and the day would cost "
        f"{money:,.2f} {'more' if found.cost > 0 else 'less'}",
        what=what,
        crew_id=found.like,
        starts=starts,
        ends=found.problem.at(stop.end_s),
        place_id=stop.place_id,
        edge=None,
        seconds=0,
        given_up=(),
        cost=found.cost / MILLS,
        overtime=0.0,
        before=None,
        visits=len(visits),
    )


def told(problem: Problem, remedy: Remedy) -> ToldRemedy:
    """Return a remedy of `problem` in words."""
    change, stop = remedy.change, _stop(remedy)
    what = _what(problem, change, stop.place_id)
    return ToldRemedy(
        kind=change.kind,
        text=_sentence(problem, remedy, what),
        what=what,
        crew_id=remedy.crew_id,
        starts=problem.at(stop.start_s),
        ends=problem.at(stop.end_s),
        place_id=stop.place_id,
        edge=change.edge if change.kind in (Kind.WINDOW, Kind.SHIFT) else None,
        seconds=change.seconds,
        given_up=change.given_up,
        cost=remedy.cost / MILLS,
        overtime=remedy.overtime / MILLS,
        before=_next(remedy, stop),
    )


def _next(remedy: Remedy, stop: Stop) -> str | None:
    visits = remedy.itinerary.visits
    later = visits[visits.index(stop) + 1 :]
    return later[0].id if later else None


def _stop(remedy: Remedy) -> Stop:
    return next(s for s in remedy.itinerary.visits if s.id == remedy.change.visit_id)


def _sentence(problem: Problem, remedy: Remedy, what: str) -> str:
    at = problem.at(_stop(remedy).start_s)
    money, overtime = abs(remedy.cost) / MILLS, remedy.overtime / MILLS
    return (
        f"{what}: crew {remedy.crew_id} could begin at {at:%H:%M}, and the day would cost "
        f"{money:,.2f} {'more' if remedy.cost > 0 else 'less'}"
        f"{f', {overtime:,.2f} of overtime included' if remedy.overtime > 0 else ''}"
    )


def _what(problem: Problem, change: Change, place_id: str) -> str:
    minutes, names = -(-change.seconds // 60), _names(problem, change.given_up)
    match change.kind, change.edge:
        case Kind.INSERT, _:
            return "As things are"
        case Kind.WINDOW, Edge.START:
            return f"Her hours at {_where(problem, place_id)} begin {minutes} min earlier"
        case Kind.WINDOW, _:
            return f"Her hours at {_where(problem, place_id)} end {minutes} min later"
        case Kind.SHIFT, Edge.START:
            return f"The crew sets off {minutes} min earlier"
        case Kind.SHIFT, _:
            return f"The crew may be back {minutes} min later"
        case Kind.VISITS, _:
            return "The crew may make one visit more"
        case Kind.CREW, _:
            return "A crew that is not hers may go there"
        case Kind.GIVE_UP, _ if len(change.given_up) > 1:
            return f"The visits for {names} are given up"
        case _:
            return f"The visit for {names} is given up"


def _where(problem: Problem, place_id: str) -> str:
    places = problem.day.places if problem.day else ()
    kind = next((place.kind for place in places if place.id == place_id), None)
    return f"the {kind} address" if kind else place_id


def _names(problem: Problem, visit_ids: Sequence[str]) -> str:
    """Name visits by their cases, as people know them."""
    visits = (problem.visit_by_id[visit_id] for visit_id in visit_ids)
    return ", ".join(" + ".join(visit.case_ids) or visit.id for visit in visits)

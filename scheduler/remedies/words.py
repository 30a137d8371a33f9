"""Remedies in words: who could come when, what must change for it, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scheduler.plan import Stop
from scheduler.problem import MILLS, Problem
from scheduler.remedies.remedy import Change, Edge, Kind, Remedy

NOTHING_WORKS = "No single change that was tried makes room for it."


@dataclass(frozen=True, slots=True)
class ToldRemedy:
    """A remedy for people: when the visit would start, and money in the book's currency.

    `edge` and `seconds` tell which end of her hours at `place_id`, or of the crew's shift, is
    moved by how much; `cost` holds `overtime`, and is negative where the plan gains.
    """

    kind: Kind
    text: str
    crew_id: str
    starts: datetime
    place_id: str
    edge: Edge | None
    seconds: int
    given_up: tuple[str, ...]
    cost: float
    overtime: float


def told(problem: Problem, remedy: Remedy) -> ToldRemedy:
    """Return a remedy of `problem` in words."""
    change, stop = remedy.change, _stop(remedy)
    return ToldRemedy(
        kind=change.kind,
        text=_sentence(problem, remedy),
        crew_id=remedy.crew_id,
        starts=problem.at(stop.start_s),
        place_id=stop.place_id,
        edge=change.edge if change.kind in (Kind.WINDOW, Kind.SHIFT) else None,
        seconds=change.seconds,
        given_up=change.given_up,
        cost=remedy.cost / MILLS,
        overtime=remedy.overtime / MILLS,
    )


def _stop(remedy: Remedy) -> Stop:
    return next(s for s in remedy.itinerary.visits if s.id == remedy.change.visit_id)


def _sentence(problem: Problem, remedy: Remedy) -> str:
    stop = _stop(remedy)
    return (
        f"{_what(remedy.change, stop.place_id)}: crew {remedy.crew_id} could begin at "
        f"{problem.at(stop.start_s):%H:%M}, and the day would cost {_cost(remedy)}"
    )


def _what(change: Change, place_id: str) -> str:
    minutes = -(-change.seconds // 60)
    match change.kind, change.edge:
        case Kind.INSERT, _:
            return "As things are"
        case Kind.WINDOW, Edge.START:
            return f"Her hours at {place_id} begin {minutes} min earlier"
        case Kind.WINDOW, _:
            return f"Her hours at {place_id} end {minutes} min later"
        case Kind.SHIFT, Edge.START:
            return f"Crew {change.crew_id} sets off {minutes} min earlier"
        case Kind.SHIFT, _:
            return f"Crew {change.crew_id} may be back {minutes} min later"
        case Kind.VISITS, _:
            return f"Crew {change.crew_id} makes one visit more than its most"
        case Kind.CREW, _:
            return f"Crew {change.crew_id} is let go there, which is not hers"
        case Kind.GIVE_UP, _ if len(change.given_up) > 1:
            return f"Visits {', '.join(change.given_up)} are given up"
        case _:
            return f"Visit {change.given_up[0]} is given up"


def _cost(remedy: Remedy) -> str:
    sum_ = f"{abs(remedy.cost) / MILLS:,.2f}"
    if remedy.overtime > 0:
        overtime = f"{remedy.overtime / MILLS:,.2f}"
        return f"{sum_} {'more' if remedy.cost > 0 else 'less'}, {overtime} paid as overtime in it"
    return f"{sum_} {'more' if remedy.cost > 0 else 'less'}"

"""A day's plan as the desk's scripts take it: plain values, people masked, and no door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from data.exports.street import street_of
from data.masking import masked
from scheduler.model import Crew
from scheduler.plan import LeftOut
from scheduler.problem import Lock, Problem, Span
from web.desk.figures import DayFigures
from web.desk.grouping import groups_by_visit
from web.dispatch.board import Board, CrewLine, StopLine
from web.map.words import PLACE_KINDS


def day_told(
    shown: Board, figures: DayFigures, zone: str, problem: Problem | None = None
) -> dict[str, Any]:
    """Return what stands on the desk; times are seconds of the plan's clock, from `origin` on.

    The lawful hours of each visit are known once the day is open, by its `problem`.
    """
    record = shown.record
    origin = record.content.origin
    crews = {crew.id: crew for crew in record.content.crews}
    locks = {lock.visit_id: lock for lock in record.content.locks}

    def at(instant: datetime) -> int:
        return round((instant - origin).total_seconds())

    return {
        "plan": {
            "id": record.id,
            "version": record.version,
            "revision": record.revision,
            "state": record.state.value,
            "based_on": record.based_on,
        },
        "origin": origin.isoformat(),
        "zone": zone,
        "crews": [crew_told(line, crews[line.id], locks, at, problem) for line in all_crews(shown)],
        "left_out": list(left_out_told(shown)),
        "figures": figures_told(figures),
    }


def all_crews(shown: Board) -> list[CrewLine]:
    """Return the crews in their order, those too who are sent nowhere: they can take a visit."""
    return sorted((*shown.crews, *shown.idle), key=lambda line: line.id)


def crew_told(
    line: CrewLine,
    crew: Crew,
    locks: dict[str, Lock],
    at: Callable[[datetime], int],
    problem: Problem | None,
) -> dict[str, Any]:
    """Return a crew with its stops, breaks among them."""
    return {
        "id": line.id,
        "name": line.name,
        "members": [member.id for member in line.members],
        "look": asdict(line.look),
        "window": [at(crew.window.start), at(crew.window.end)],
        "start_s": at(line.starts),
        "end_s": at(line.ends),
        "stops": [stop_told(stop, locks.get(stop.id), at, problem) for stop in line.stops],
        "driving_s": round(line.driving.total_seconds()),
        "overtime_s": round(line.overtime.total_seconds()),
    }


def stop_told(
    stop: StopLine, lock: Lock | None, at: Callable[[datetime], int], problem: Problem | None
) -> dict[str, Any]:
    """Return a visit or a break; of another agency's visit nothing but when it is."""
    times = {"arrival_s": at(stop.arrives), "start_s": at(stop.starts), "end_s": at(stop.ends)}
    if not stop.is_visit:
        return {"id": stop.id, "kind": "break", **times}
    visit = problem.visit_by_id.get(stop.id) if problem and stop.borrower else None
    return {
        "id": stop.id,
        "kind": "visit",
        "number": stop.number,
        **times,
        "name": masked(stop.borrower.name) if stop.borrower else "",
        "place": stop.place.kind.value if stop.place else "",
        "place_kind": str(PLACE_KINDS[stop.place.kind]) if stop.place else "",
        "street": street_of(stop.place.address) if stop.place else "",
        "case_ids": list(stop.case_ids),
        "windows": lawful_windows(stop, problem),
        "is_must": bool(visit and visit.is_required),
        "lock": lock and {"crew_id": lock.crew_id, "start_s": lock.start_s, "after": lock.after},
        "standing": stop.standing and {"kind": "suspended" if stop.is_suspended else "flagged"},
    }


def lawful_windows(stop: StopLine, problem: Problem | None) -> list[Span]:
    """Return when the whole visit may be made at its place, in seconds of the plan's clock."""
    visit = problem.visit_by_id.get(stop.id) if problem and stop.place else None
    spans = [
        (first, last + option.service_s)
        for option in (visit.options if visit else ())
        if stop.place and option.place_id == stop.place.id
        for first, last in option.starts
    ]
    return merged(spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that touch as one."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def left_out_told(shown: Board) -> Iterator[dict[str, Any]]:
    """Yield whom the plan leaves out, by ids alone: her name stands in the sheet."""
    groups = groups_by_visit(shown)
    return (
        left_told(entry, groups[entry.visit_id]) for one in shown.left_out for entry in one.entries
    )


def left_told(entry: LeftOut, group: str) -> dict[str, Any]:
    """Return one that is left out."""
    return {
        "id": entry.visit_id,
        "reason": entry.reason.value,
        "group": group,
        "cases": list(entry.case_ids),
    }


def figures_told(figures: DayFigures) -> dict[str, Any]:
    """Return the figures of the strip as numbers; sums as text, which keeps them exact."""
    return {
        "visits": figures.visits,
        "met": figures.met,
        "value": None if figures.value is None else str(figures.value),
        "overdue": str(figures.overdue),
        "driving": figures.driving,
        "overtime_s": figures.overtime_s,
        "left_out": figures.left_out,
        "refused": figures.refused,
        "suspended": figures.suspended,
        "missed": figures.missed,
        "groups": dict(figures.groups),
    }

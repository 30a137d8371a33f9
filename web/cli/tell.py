"""How a day's crews, plans and explanations are told on a terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from web.cli.common import answer, answer_table, escaped

if TYPE_CHECKING:
    from routing.geocoders.online import Tally
    from scheduler.availability import Basis
    from scheduler.crews import CrewDay
    from scheduler.forecast import SpreadsNow
    from scheduler.plan import LeftOut
    from scheduler.service import PlannedDay


def crews(formed: CrewDay, on: date, zone: tzinfo) -> None:
    answer_table(
        f"Crews of {on}",
        ("crew", "from", "to", "by", "skills", "how"),
        [
            (
                " + ".join(crew.members),
                clock(crew.window.start, zone),
                clock(crew.window.end, zone),
                crew.mode,
                ", ".join(sorted(crew.skills)),
                crew.source,
            )
            for crew in formed.crews
        ],
    )
    for one in formed.alone:
        answer(f"[yellow]not on the road:[/] {escaped(one.collector_id)}: {escaped(one.why)}")
    for note in formed.notes:
        answer(f"note: {escaped(note.text)}")


def plan(made: PlannedDay) -> None:
    content, problem = made.record.content, made.problem
    for trip in content.plan.itineraries:
        answer_table(
            f"{trip.crew_id}: {len(trip.visits)} visits, "
            f"{problem.at(trip.start_s):%H:%M}–{problem.at(trip.end_s):%H:%M}",
            ("#", "arrives", "starts", "leaves", "visit", "place"),
            stop_rows(made, trip),
            right=("#",),
        )
    left_out(content.plan.left_out)
    for note in made.notes:
        answer(f"note: {escaped(note)}")
    if idle := in_no_crew(made):
        answer(f"on shift and in no crew: {', '.join(idle)}; `dayround crews` says why")
    cost, currency = content.cost, problem.day.city.currency if problem.day else ""
    answer(
        f"[bold]version {made.record.version}[/], {content.engine} ({content.status}): "
        f"{len(content.plan.served):,} visits by {len(content.plan.itineraries)} crews, "
        f"{len(content.plan.left_out):,} left out; "
        f"travel {money(cost.travel)}, overtime {money(cost.overtime)}, "
        f"{f'time at work {money(cost.working)}, ' if cost.working else ''}"
        f"given up {money(cost.lost_value)} {currency}"
    )
    if line := with_reserve(content.reserve):
        answer(line)
    answer(f"travel times: {escaped(problem.travel.source)}")
    if cost.missed_must_visits:
        answer(
            f"[bold red]{cost.missed_must_visits} must-visits do not fit[/]; they are named above"
        )


def with_reserve(percent: int) -> str:
    """Say what a plan has room for beyond what is usual; '' where it has no reserve."""
    from scheduler.reserve.asked import NO_RESERVE

    if percent == NO_RESERVE:
        return ""
    return f"reserve: room for ways and visits as long as they are at most in {percent} % of cases"


def in_no_crew(made: PlannedDay) -> list[str]:
    """Return who is on shift, and goes with nobody."""
    on_shift = (
        {shift.collector_id for shift in made.problem.day.shifts} if made.problem.day else set()
    )
    return sorted(
        on_shift - {member for crew in made.record.content.crews for member in crew.members}
    )


def stop_rows(made: PlannedDay, trip: Any) -> Iterator[tuple[object, ...]]:
    """Yield a row per stop: visits with their number, breaks without."""
    from scheduler.plan import StopKind

    problem = made.problem
    number = 0
    places = {place.id: place for place in problem.day.places} if problem.day else {}
    for stop in trip.stops:
        times = [f"{problem.at(s):%H:%M}" for s in (stop.arrival_s, stop.start_s, stop.end_s)]
        if stop.kind is StopKind.BREAK:
            yield ("", *times, stop.id, "")
            continue
        number += 1
        place = places.get(stop.place_id)
        yield (number, *times, stop.id, f"{place.kind} ({place.precision})" if place else "")


def left_out(entries: tuple[LeftOut, ...]) -> None:
    """Print the reasons with their counts, and those cases that need a person."""
    reasons = Counter(entry.reason for entry in entries)
    answer("left out: " + (", ".join(f"{n:,} {reason}" for reason, n in reasons.items()) or "none"))
    by_rule: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        if entry.reason in ("rule", "not_placed", "no_road", "no_crew_fitting"):
            by_rule[entry.reason, entry.detail].append(entry.visit_id)
    if by_rule:
        answer_table(
            "Left out for a reason that a person can mend or should know",
            ("reason", "visits", "why", "such as"),
            [
                (reason, len(ids), detail, ", ".join(ids[:3]))
                for (reason, detail), ids in by_rule.items()
            ],
            right=("visits",),
        )


def plan_json(made: PlannedDay) -> dict[str, Any]:
    """Return a plan for a program: instants, ids and reasons."""
    content, problem = made.record.content, made.problem
    return {
        "city": content.city,
        "date": content.on,
        "version": made.record.version,
        "engine": content.engine,
        "status": content.status,
        "travel_times": problem.travel.source,
        "reserve": content.reserve,
        "notes": made.notes,
        "cost": {
            "missed_must_visits": content.cost.missed_must_visits,
            "total": money(content.cost.total),
        },
        "itineraries": [
            {
                "crew": trip.crew_id,
                "starts": problem.at(trip.start_s).isoformat(),
                "ends": problem.at(trip.end_s).isoformat(),
                "stops": [
                    {
                        "kind": stop.kind,
                        "id": stop.id,
                        "place": stop.place_id,
                        "arrives": problem.at(stop.arrival_s).isoformat(),
                        "starts": problem.at(stop.start_s).isoformat(),
                        "ends": problem.at(stop.end_s).isoformat(),
                    }
                    for stop in trip.stops
                ],
            }
            for trip in content.plan.itineraries
        ],
        "left_out": [
            {
                "id": entry.visit_id,
                "cases": entry.case_ids,
                "reason": entry.reason,
                "rule": entry.rule,
                "detail": entry.detail,
            }
            for entry in content.plan.left_out
        ],
    }


def based_on(basis: Basis) -> str:
    """Say what chances of meeting somebody rest on."""
    return "assumed, no history yet" if basis.is_assumed else f"by {basis.visits:,} visits learned"


def spread_by(by: SpreadsNow) -> str:
    """Say what it rests on how far ways and visits spread around what is planned."""
    if by.is_assumed:
        return "assumed, no learned times are in use"
    return f"learned from {by.legs:,} ways and {by.visits:,} visits"


def money(mills: int) -> str:
    return f"{mills / 1000:,.2f}"


def clock(instant: datetime, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%H:%M}"


def asked(tally: Tally) -> str:
    """Return what became of the addresses that a map service was to be asked for."""
    counts = f"{tally.asked:,} questions, {tally.kept:,} answered before"
    failed = "".join(f"; {count:,} ×: {why}" for why, count in tally.failed.items())
    return f"{tally.service}: {counts}, {tally.found:,} found closely enough{failed}"

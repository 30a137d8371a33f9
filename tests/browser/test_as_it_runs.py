"""Desk and phone tell the same of the rest of a day, by the same facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

from playwright.sync_api import Page

from scheduler.drive import Call, drive
from scheduler.plan import Itinerary, Plan, StopKind
from scheduler.ports import Late, Mark, MarkKind
from scheduler.problem import CrewBreak, Problem
from scheduler.running import State, StopNow
from tests.browser.conftest import Open
from tests.problems import HOUR_S, MINUTE_S, crew, on_a_line, option, visit
from tests.scheduler.running_days import ORIGIN, mark, running, told_of

EIGHT = 8 * HOUR_S
BEGIN, ARRIVE, LEAVE = MarkKind.BEGIN, MarkKind.ARRIVE, MarkKind.LEAVE
DAYS = 150
PHONE = """async (cases) => {
  const { State } = await import("/phone/my/state.js");
  return cases.map(([day, now]) => {
    const state = new State(day, []);
    const times = [...state.expected(now)].map(([id, { start, end }]) => [id, [start, end]]);
    return { times: Object.fromEntries(times), late_s: state.late_s(now) };
  });
}"""


@dataclass(frozen=True)
class Facts:
    """A crew's day as it was planned, what it told until `now_s`, and how late it said it is."""

    problem: Problem
    plan: Plan
    marks: tuple[Mark, ...]
    now_s: int
    late: tuple[int, int] | None = None

    @property
    def trip(self) -> Itinerary:
        return self.plan.itineraries[0]

    def mark_s(self, kind: MarkKind, visit_id: str) -> int | None:
        """Return when something was marked, in seconds of the plan's clock."""
        at = next((m.at for m in self.marks if (m.kind, m.visit_id) == (kind, visit_id)), None)
        return None if at is None else round((at - ORIGIN).total_seconds())


def at(minute: float) -> int:
    """Return a second, told in minutes after eight."""
    return EIGHT + round(minute * MINUTE_S)


def on_the_desk(facts: Facts) -> dict[str, Any]:
    """Return from when to when the desk expects what is not over, and how late that is."""
    told = told_of(facts.plan, *facts.marks)
    if facts.late:
        at_s, late_s = facts.late
        said = Late("a", ORIGIN + timedelta(seconds=at_s), timedelta(seconds=late_s))
        told = replace(told, lates=(said,))
    now = running(facts.problem, facts.plan, told, facts.now_s).crews["a"]
    times = {one.stop.id: span(one) for one in now.stops if one.state is not State.DONE}
    return {"times": times, "late_s": now.late_s}


def span(one: StopNow) -> list[int]:
    return [one.stop.start_s, one.stop.end_s]


def day_file(facts: Facts) -> dict[str, Any]:
    """Return the facts as a phone has them; the plan's clock is the phone's."""
    problem, trip = facts.problem, facts.trip
    rests = {rest.id: list(rest.starts) for rest in problem.crews[0].breaks}
    stops: list[dict[str, Any]] = []
    for stop in trip.stops:
        told: dict[str, Any] = {"id": stop.id, "kind": stop.kind.value, "arrival": stop.arrival_s}
        told |= {"start": stop.start_s, "end": stop.end_s}
        if stop.kind is StopKind.BREAK:
            stops.append(told | {"begins": rests[stop.id]})
            continue
        starts = problem.visit_by_id[stop.id].options[0].starts
        told |= {"hours": [[first, last + 1, None] for first, last in starts]}
        told |= {"arrived": facts.mark_s(ARRIVE, stop.id), "left": facts.mark_s(LEAVE, stop.id)}
        stops.append(told | {"standing": None, "result": None})
    late = facts.late and {"at": facts.late[0], "minutes": facts.late[1] / 60}
    return {
        "shift": problem.crews[0].start_s,
        "starts": trip.start_s,
        "told": {"begun": facts.mark_s(BEGIN, ""), "late": late, "break": None},
        "stops": stops,
    }


def on_the_phone(page: Page, *facts: Facts) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(PHONE, [[day_file(f), f.now_s] for f in facts])
    return found


def break_between() -> tuple[Problem, Plan]:
    """Return a day of three visits with an hour's break before the second.

    Planned are v1 at 8:10, the break at 8:30, v2 at 9:40 and v3 at 10:10.
    """
    rest = CrewBreak("lunch", (at(30), at(45)), HOUR_S)
    visits = [visit(f"v{k}", option(k)) for k in (1, 2, 3)]
    problem = on_a_line([0, 10, 20, 30], visits, [crew("a", breaks=(rest,))])
    trip = drive(problem, problem.crews[0], [Call(one, 0) for one in visits])
    assert trip is not None
    return problem, Plan((trip,), ())


def days() -> Iterator[Facts]:
    """Yield days of all kinds, each looked at somewhere on its way."""
    seed = 0
    for _ in range(DAYS):
        facts = None
        while facts is None:
            seed += 1
            facts = random_day(Random(seed))
        yield facts


def random_day(rng: Random) -> Facts | None:
    """Return a day with hours and a break, driven for a while as roads allow; None if it fails."""
    size = rng.randint(2, 6)
    visits = [visit(f"v{k}", replace(option(k, *hours(rng)), service_s=rng.randint(5, 40) * 60))
              for k in range(1, size + 1)]  # fmt: skip
    first = rng.randint(30, 200)
    rest = CrewBreak("lunch", (at(first), at(first + rng.randint(0, 120))), 30 * MINUTE_S)
    places = [0, *(rng.randint(1, 40) for _ in visits)]
    problem = on_a_line(places, visits, [crew("a", breaks=(rest,))])
    trip = drive(problem, problem.crews[0], [Call(one, 0) for one in visits])
    if trip is None:
        return None
    marks, end_s = driven(rng, trip)
    now_s = end_s + rng.randint(0, 90) * MINUTE_S
    said = (end_s + 1, rng.choice([0, 10, 20, 30, 60]) * MINUTE_S) if rng.random() < 0.5 else None
    return Facts(problem, Plan((trip,), ()), marks, max(now_s, end_s + 1), said)


def hours(rng: Random) -> list[tuple[int, int]]:
    """Return the hours of a visit: any, some, or some with a gap."""
    begin = rng.randint(0, 120)
    some = (at(begin), at(begin + rng.randint(30, 300)))
    later = (some[1] + 30 * MINUTE_S, some[1] + 90 * MINUTE_S)
    return rng.choice([[], [some], [some, later]])


def driven(rng: Random, trip: Itinerary) -> tuple[tuple[Mark, ...], int]:
    """Return what a crew told that came later and later, and when it told that last."""
    late_s, marks = 0, []
    if rng.random() < 0.7:
        late_s = rng.choice([0, 0, rng.randint(0, 60) * MINUTE_S])
        marks.append(("", BEGIN, trip.start_s + late_s))
    for stop in trip.visits[: rng.randint(0, len(trip.visits))]:
        for kind, planned_s in ((ARRIVE, stop.arrival_s), (LEAVE, stop.end_s)):
            late_s += rng.choice([0, 0, rng.randint(0, 30) * MINUTE_S])
            marks.append((stop.id, kind, planned_s + late_s))
    if marks and marks[-1][1] is LEAVE and rng.random() < 0.4:
        marks.pop()  # it stands at the door
    end_s = marks[-1][2] if marks else EIGHT
    return tuple(mark("a", kind, at_s, id) for id, kind, at_s in marks), end_s


def test_desk_and_phone_tell_the_same_of_the_rest_of_a_day(look: Open) -> None:
    page = look("/my/", "alice", viewport={"width": 390, "height": 844})
    problem, plan = break_between()
    left = (mark("a", ARRIVE, at(10), "v1"), mark("a", LEAVE, at(30), "v1"))
    late = Facts(problem, plan, left, at(32), (at(31), 30 * MINUTE_S))
    # Half an hour later than planned to the next visit, whatever lies between: 10:10 for 9:40.
    assert on_the_desk(late) == {
        "times": {
            "lunch": [at(30), at(90)],
            "v2": [at(130), at(150)],
            "v3": [at(160), at(180)],
        },
        "late_s": 30 * MINUTE_S,
    }
    facts = [late, *days()]
    for one, phone in zip(facts, on_the_phone(page, *facts), strict=True):
        assert phone == on_the_desk(one), one

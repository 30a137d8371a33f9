"""A small lender's day with a plan that holds, to break one thing at a time.

The road is straight, with minutes along it: depot 0, h1 10, w2 20, h2 30, h3 40, h4 50. Under
CN, with the stops that the law of US names, two pairs go out at 09:00 on Monday 2026-11-23:

A, ann and ben: 09:10 h1 to 09:30; 09:40 w2, opens 11:45, to 12:05; lunch to 12:35; home 12:55.
B, cat and dan: 09:40 h3 to 10:00; tea to 10:15; home 10:55.

b4 is left out, b5 refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from data.profiles import TomlProfiles
from routing.point import Point
from routing.travel import Mode
from scheduler.check import check_plan
from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.model import (
    Borrower,
    Case,
    City,
    Collector,
    Crew,
    Place,
    PlaceKind,
    Shift,
    Window,
)
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.problem import CrewBreak, CrewShift, Lock, Problem, Visit, VisitOption
from scheduler.restraints import Consent
from scheduler.rules import RULES, Fact, RuleSet
from tests.problems import line_travel

ZONE = ZoneInfo("Asia/Shanghai")
ON = date(2026, 11, 23)
MIDNIGHT = datetime.combine(ON, time(), ZONE)
SERVICE_S = 20 * 60
DEPOT = Point(39.9, 116.4)
ELSEWHERE: dict[str, Any] = {
    "stops": ["represented", "consent_withdrawn"],
    "contacts_a_day": 2,
    "contacts_in_7_days": {"most": 3, "per_debt": True},
    "workplace_on_request": True,
    "place_kinds": {"kinds": ["home", "registered", "work"], "sources": ["billing"]},
    "place_order": {"order": ["choice", "home", "work"], "choice": ["borrower"]},
    "product_bound": ["loan"],
}
"""Rules that CN has not, their values as TOML would give them."""

PEOPLE = {"A": ("ann", "ben"), "B": ("cat", "dan")}


def at(clock: str) -> int:
    """Return the second of the day of '09:10'."""
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


@dataclass(frozen=True)
class Judged:
    """A plan, its problem and its locks; each method returns a copy that differs in one thing."""

    problem: Problem
    plan: Plan
    locks: tuple[Lock, ...] = ()

    @property
    def day(self) -> Day:
        assert self.problem.day is not None
        return self.problem.day

    def kinds(self) -> set[str]:
        return {violation.kind for violation in check_plan(*self.parts())}

    def parts(self) -> tuple[Problem, Plan, tuple[Lock, ...]]:
        return self.problem, self.plan, self.locks

    def with_problem(self, **changes: Any) -> Judged:
        return replace(self, problem=replace(self.problem, **changes))

    def with_day(self, **changes: Any) -> Judged:
        return self.with_problem(day=replace(self.day, **changes))

    def with_fact(self, facts: str, id_: str, /, **changes: Any) -> Judged:
        """Change one fact of the day: `facts` are borrowers, cases, places, …, by its id."""
        key = "collector_id" if facts == "shifts" else "id"
        return self.with_day(**{facts: _changed(getattr(self.day, facts), key, id_, changes)})

    def with_dossier(self, id_: str, **changes: Any) -> Judged:
        """Change what is known of a borrower besides her cases, places and visits."""
        dossiers = dict(self.day.dossiers)
        dossiers[id_] = replace(self.day.dossier_of(id_), **changes)
        return self.with_day(dossiers=dossiers)

    def with_visit(self, id_: str, **changes: Any) -> Judged:
        return self.with_problem(visits=_changed(self.problem.visits, "id", id_, changes))

    def with_crew(self, id_: str, **changes: Any) -> Judged:
        return self.with_problem(crews=_changed(self.problem.crews, "id", id_, changes))

    def with_trip(self, crew: str, **changes: Any) -> Judged:
        trips = _changed(self.plan.itineraries, "crew_id", crew, changes)
        return replace(self, plan=replace(self.plan, itineraries=trips))

    def with_stops(self, crew: str, edit: Callable[[list[Stop]], list[Stop]]) -> Judged:
        trip = next(trip for trip in self.plan.itineraries if trip.crew_id == crew)
        return self.with_trip(crew, stops=tuple(edit(list(trip.stops))))

    def with_stop(self, id_: str, /, **changes: Any) -> Judged:
        trips = tuple(
            replace(
                trip, stops=tuple(replace(s, **changes) if s.id == id_ else s for s in trip.stops)
            )
            for trip in self.plan.itineraries
        )
        return replace(self, plan=replace(self.plan, itineraries=trips))

    def with_left_out(self, *ids: str) -> Judged:
        left_out = tuple(LeftOut(id_, Reason.NOT_WORTH) for id_ in ids)
        return replace(self, plan=replace(self.plan, left_out=left_out))


def _changed(items: Any, key: str, id_: str, changes: dict[str, Any]) -> tuple[Any, ...]:
    assert any(getattr(item, key) == id_ for item in items), f"no {id_}"
    return tuple(replace(i, **changes) if getattr(i, key) == id_ else i for i in items)


def valid_day() -> Judged:
    """Return the day described above."""
    problem = Problem(MIDNIGHT, _visits(), _crews(), line_travel([0, 10, 20, 30, 40, 50]))
    refused = (LeftOut("b5", Reason.RULE, rule="valid_place"),)
    locks = (Lock("b1", "A", start_s=at("09:10")), Lock("b2", "A", after="b1"))
    return Judged(replace(problem, refused=refused, day=_day(), rules=rules()), _plan(), locks)


def rules() -> RuleSet:
    """Return CN with what other countries ask: every rule that there is."""
    cn = TomlProfiles().rules("CN")
    more = {
        name: (Fact(RULES[name].parse(raw), "elsewhere", None, "S"),)
        for name, raw in ELSEWHERE.items()
    }
    return replace(cn, facts={**cn.facts, **more})


def _visits() -> tuple[Visit, ...]:
    morning = ((at("09:00"), at("10:30")),)
    options = {
        "b1": (VisitOption("h1", 1, morning, SERVICE_S, 100),),
        "b2": (
            VisitOption("w2", 2, ((at("11:45"), at("12:00")),), SERVICE_S, 90),
            VisitOption("h2", 3, morning, SERVICE_S, 80),
        ),
        "b3": (VisitOption("h3", 4, morning, SERVICE_S, 70),),
        "b4": (VisitOption("h4", 5, morning, SERVICE_S, 60),),
    }
    asks: dict[str, dict[str, Any]] = {
        "b1": {"allowed_crews": frozenset({"A"})},
        "b3": {"skills": frozenset({"vehicles"})},
    }
    return tuple(
        Visit(id_, ways, case_ids=(f"k{id_[1]}",), crew_size=2, **asks.get(id_, {}))
        for id_, ways in options.items()
    )


def _crews() -> tuple[CrewShift, ...]:
    first, last = at("09:00"), at("17:00")
    lunch = CrewBreak("lunch", (at("12:00"), at("13:00")), 1800)
    tea = CrewBreak("tea", (at("09:30"), at("10:30")), 900)
    return (
        CrewShift("A", 0, 0, first, last, size=2, breaks=(lunch,), max_visits=2),
        CrewShift(
            "B",
            0,
            0,
            first,
            last,
            size=2,
            skills=frozenset({"vehicles"}),
            breaks=(tea,),
            max_overtime_s=1800,
        ),
    )


def _plan() -> Plan:
    visit, rest = StopKind.VISIT, StopKind.BREAK
    first = (
        Stop(visit, "b1", at("09:10"), at("09:10"), at("09:30"), 0, "h1"),
        Stop(visit, "b2", at("09:40"), at("11:45"), at("12:05"), 0, "w2"),
        Stop(rest, "lunch", at("12:05"), at("12:05"), at("12:35")),
    )
    second = (
        Stop(visit, "b3", at("09:40"), at("09:40"), at("10:00"), 0, "h3"),
        Stop(rest, "tea", at("10:00"), at("10:00"), at("10:15")),
    )
    return Plan(
        (
            Itinerary("A", at("09:00"), at("12:55"), first),
            Itinerary("B", at("09:00"), at("10:55"), second),
        ),
        (LeftOut("b4", Reason.NOT_WORTH), LeftOut("b5", Reason.RULE, rule="valid_place")),
    )


def _day() -> Day:
    shift = Window(MIDNIGHT + timedelta(hours=9), MIDNIGHT + timedelta(hours=17))
    half_hour = timedelta(minutes=30)
    return Day(
        city=City("Made-up", "Asia/Shanghai", "CN", "CNY"),
        on=ON,
        zone=ZONE,
        borrowers=[Borrower(f"b{number}", "somebody") for number in range(1, 6)],
        cases=[_case(f"k{number}", f"b{number}") for number in range(1, 6)],
        places=[
            _place("h1", "b1"),
            _place("w2", "b2", PlaceKind.WORK),
            *(_place(f"h{number}", f"b{number}") for number in (2, 3, 4)),
            replace(_place("h5", "b5"), is_valid=False),
        ],
        collectors=[
            Collector(id_, id_, "agency", DEPOT, DEPOT, skills=skills)
            for id_, skills in {
                "ann": frozenset[str](),
                "ben": frozenset[str](),
                "cat": frozenset({"vehicles"}),
                "dan": frozenset[str](),
            }.items()
        ],
        shifts=[
            Shift(member, shift, max_overtime=half_hour * (crew == "B"))
            for crew, members in PEOPLE.items()
            for member in members
        ],
        crews=[
            Crew(crew, members, shift, DEPOT, DEPOT, Mode.CAR) for crew, members in PEOPLE.items()
        ],
        dossiers={f"b{number}": _dossier(f"b{number}") for number in range(1, 6)},
    )


def _dossier(borrower: str) -> Dossier:
    """Return her authorisation of visits, and that she may be visited at work."""
    return Dossier(
        consents=tuple(
            Consent(number, borrower, rule, "as asked", ON, "signed form")
            for number, rule in enumerate(("product_bound", "workplace_on_request"), 1)
        )
    )


def _case(id_: str, borrower: str) -> Case:
    return Case(id_, borrower, "agency", "loan", Decimal(900), Decimal(500), days_past_due=95)


def _place(id_: str, borrower: str, kind: PlaceKind = PlaceKind.HOME) -> Place:
    return Place(id_, borrower, kind, "somewhere", "borrower", "contract", DEPOT)

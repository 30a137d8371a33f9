"""The slots of a day against all hours that there are, each booked and planned from its facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.sources.straight_line import StraightLineTimes
from scheduler.build import build_problem
from scheduler.check import check_plan
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.engines.stop_rules import Iterations
from scheduler.insertion import Insertion, best_insertions
from scheduler.kept import Reread, only, reread
from scheduler.model import PastVisit, StopFlag, Window
from scheduler.plan import Reason
from scheduler.ports import PlanRecord
from scheduler.service import Ports, plan_day
from scheduler.slots import day_slots as of_a_day
from scheduler.slots.day_slots import A_DAY
from scheduler.slots.others import others_of
from scheduler.slots.slot import Asked, DaySlots, Slot
from scheduler.slots.standing import with_appointment
from tests.brute import is_feasible
from tests.fakes import fake_ports
from tests.scheduler.little_book import (
    ON,
    TOWN,
    at,
    case,
    crew,
    daily,
    day,
    place,
    rules_of,
    window,
)

YESTERDAY = at("18:00", ON - timedelta(days=1))
RULES = rules_of()
TIMES = StraightLineTimes()
HER = Asked("b9", ("k9",), YESTERDAY)


def book(*others: str, step: float = 12, **hers: Any) -> Day:
    """Return a day on which `others` may be visited along the road, and b9, at `step` of it."""
    cases = [case(f"k{id_[1:]}", id_) for id_ in others] + [replace(case("k9", "b9"), **hers)]
    places = [place(id_, step=5 * int(id_[1:])) for id_ in others]
    return day(cases, [*places, place("b9", step=step)], crews=[crew("ann", "ben")])


def day_slots(asked: Asked, made: Day, record: PlanRecord | None, **how: Any) -> DaySlots:
    """Return the slots of a day of which all is known; the others are built first, without her."""
    others = {b.id for b in made.borrowers} - {asked.borrower_id}
    with_others = made if record else only(made, others)
    rest = others_of(with_others, RULES, TIMES, record)
    hers = only(made, {asked.borrower_id})
    return of_a_day.day_slots(asked, hers, rest, RULES, TIMES, **how)


def planned(made: Day) -> tuple[Day, PlanRecord]:
    """Return a day whose plan was made before anybody asked for b9."""
    ports = fake_ports(replace(made, cases=[c for c in made.cases if c.borrower_id != "b9"]))
    plan_day(ports, "Town", ON, "alice", Iterations(5), seed=1, engine="greedy")
    return made, ports.store.plan("Town", ON)


def every_hour(lasts: timedelta = timedelta(minutes=60)) -> Iterator[Window]:
    for half_hours in range(48):
        start = at("00:00") + timedelta(minutes=30 * half_hours)
        yield Window(start, start + lasts)


def booked(made: Day, record: PlanRecord, hours: Window) -> tuple[Reread, list[Insertion]]:
    """Return the plan read by the facts once `hours` are her appointment, and how she fits in."""
    kept = reread(record, with_appointment(made, HER, hours), RULES, TIMES, ["b9"])
    if "b9" not in kept.problem.visit_by_id:
        return kept, []
    return kept, best_insertions(kept.problem, kept.plan, "b9", most=1)


def all_gains(made: Day, record: PlanRecord) -> dict[Window, int]:
    """Return what each hour of the day gains that can be kept, worked out one by one."""
    found = ((hours, booked(made, record, hours)[1]) for hours in every_hour())
    return {hours: ways[0].gain for hours, ways in found if ways}


def assert_right(made: Day, record: PlanRecord, told: DaySlots) -> None:
    gains = all_gains(made, record)
    assert bool(told.slots) == bool(gains)
    assert told.slots == () or told.slots[0].gain == max(gains.values())
    for slot in told.slots:
        kept, ways = booked(made, record, slot.window)
        assert (slot.gain, slot.cost) == (ways[0].gain, ways[0].extra_cost)
        trips = {trip.crew_id: trip for trip in kept.plan.itineraries}
        days = [d for d in (ways[0].itinerary, ways[0].partner) if d is not None]
        trips |= {d.crew_id: d for d in days}
        left_out = tuple(e for e in kept.plan.left_out if e.visit_id != "b9")
        plan = replace(kept.plan, itineraries=tuple(trips.values()), left_out=left_out)
        assert check_plan(kept.problem, plan) == []
        assert is_feasible(kept.problem, plan)
        assert slot.window.start <= slot.begins_at < slot.ends_at <= slot.window.end


def test_the_best_hours_of_a_planned_day_are_found() -> None:
    made, record = planned(book("b1", "b2", "b3"))
    told = day_slots(HER, made, record)
    assert told.version == 1
    assert told.closed is None
    assert len(told.slots) == A_DAY
    assert_right(made, record, told)
    spans = sorted((s.window.start, s.window.end) for s in told.slots)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))


@settings(max_examples=15, deadline=None)
@given(
    others=st.sets(st.sampled_from([f"b{n}" for n in range(1, 8)]), min_size=1, max_size=5),
    step=st.integers(0, 600),
    now=st.sampled_from(["06:00", "10:10", "15:40", "19:00"]),
    is_today=st.booleans(),
)
def test_what_is_offered_can_be_kept_and_nothing_better_is_left_out(
    others: set[str], step: int, now: str, is_today: bool
) -> None:
    made, record = planned(book(*sorted(others), step=step))
    told = day_slots(HER, made, record)
    assert_right(made, record, told)
    if is_today:
        later = day_slots(replace(HER, now=at(now)), made, record)
        for slot in later.slots:
            assert at(now) <= slot.window.start
            assert_right_today(made, record, slot, at(now))


def assert_right_today(made: Day, record: PlanRecord, slot: Slot, now: datetime) -> None:
    """What the crew has begun at `now` is left as it is, and the slot comes after it."""
    second = round((now - at("00:00")).total_seconds())
    for trip in record.content.plan.itineraries:
        leaving = [trip.start_s, *(stop.end_s for stop in trip.stops)]
        begun = [s for s, left in zip(trip.stops, leaving, strict=False) if left < second]
        if begun and trip.crew_id in slot.crew_ids:
            assert slot.begins_at >= at("00:00") + timedelta(seconds=begun[-1].end_s)
    _, ways = booked(made, record, slot.window)
    assert ways, "an hour of today can also be kept by a crew that has the whole day"
    assert ways[0].gain >= slot.gain, "the frozen day has no better way than the whole one"


def test_without_a_plan_the_crews_keep_the_appointments_of_others() -> None:
    """One pair; b1 has booked 14:00-15:00 at the far end of the road, 90 minutes away."""
    far = place("b1", step=40)
    agreed = case("k1", "b1", appointment=window("14:00-15:00"))
    made = day([agreed, case("k9", "b9")], [far, place("b9", step=2)], crews=[crew("ann", "ben")])
    told = day_slots(HER, made, None, most=99)
    assert told.version is None
    assert told.slots
    assert all(s.window.end <= at("18:30") for s in told.slots)
    for slot in told.slots:
        problem = build_problem(with_appointment(made, HER, slot.window), RULES, TIMES)
        plan = plan_of(problem_day := with_appointment(made, HER, slot.window))
        assert plan.content.plan.served == {"b1", "b9"}, "both appointments are kept"
        assert problem.visit_by_id["b9"].is_required
        assert problem_day.crews


def plan_of(made: Day) -> PlanRecord:
    ports: Ports = fake_ports(made)
    plan_day(ports, "Town", ON, "alice", Iterations(50), seed=1, engine="greedy")
    return ports.store.plan("Town", ON)


def test_an_hour_that_another_has_booked_is_offered_where_the_crew_can_keep_both() -> None:
    """b1 lives next door and has all hours of the morning: she takes 20 minutes of them."""
    near = case("k1", "b1", appointment=window("09:00-10:00"))
    made = day([near, case("k9", "b9")], [place("b1"), place("b9")], crews=[crew("ann", "ben")])
    told = day_slots(HER, made, None, most=99)
    assert window("09:00-10:00") in [slot.window for slot in told.slots]
    busy = case("k1", "b1", appointment=window("09:10-09:30"))  # there by 09:02, too late for both
    taken = replace(made, cases=[busy, case("k9", "b9")])
    first = min(s.begins_at for s in day_slots(HER, taken, None, most=99).slots)
    assert first >= at("09:30")


CLOSED = [
    ("stopped", {"stops": frozenset({StopFlag.DISPUTED})}, Reason.RULE),
    ("promised", {"promise_due": ON + timedelta(days=3)}, Reason.NOT_TODAY),
    ("returned", {"returns_on": ON - timedelta(days=1)}, Reason.NOT_ENTRUSTED),
]


@pytest.mark.parametrize(
    ("hers", "reason"), [pytest.param(hers, why, id=name) for name, hers, why in CLOSED]
)
@pytest.mark.parametrize("is_planned", [True, False])
def test_a_day_that_a_rule_or_her_word_closes_says_so(
    hers: dict[str, Any], reason: Reason, is_planned: bool
) -> None:
    made = book("b1", **hers)
    record = planned(made)[1] if is_planned else None
    told = day_slots(HER, made, record)
    assert told.slots == ()
    assert told.closed is not None
    assert told.closed.reason == reason


def test_the_rule_of_days_between_visits_names_itself() -> None:
    made = replace(book("b1"), past=[PastVisit("b9", at("15:00", ON - timedelta(days=1)))])
    closed = day_slots(HER, made, planned(made)[1]).closed
    assert closed is not None
    assert closed.rule == "days_between_visits"


def test_the_call_in_which_she_agrees_counts_as_any_other() -> None:
    """By KR seven contacts in seven days are the most, visits included: the call is the seventh."""
    calls = [
        Contact(f"c{n}", "b9", Channel.CALL, Direction.OUT, Party.BORROWER,
                ContactResult.ANSWERED, at("10:00", ON - timedelta(days=1)))
        for n in range(6)
    ]  # fmt: skip
    made = replace(
        book("b1"),
        city=replace(TOWN, profile="KR"),
        dossiers={"b9": Dossier(contacts=tuple(calls[:5]))},
        knows_contacts=True,
    )
    hers, rules = only(made, {"b9"}), rules_of("KR")
    assert of_a_day.refused(HER, hers, rules) is None
    told = replace(made.dossiers["b9"], contacts=tuple(calls))
    closed = of_a_day.refused(HER, replace(hers, dossiers={"b9": told}), rules)
    assert closed is not None
    assert closed.rule == "contacts_in_7_days"
    by_her = replace(HER, contact=replace(calls[0], direction=Direction.IN))
    assert of_a_day.refused(by_her, replace(hers, dossiers={"b9": told}), rules) is None


def test_her_usual_hours_give_way_to_what_she_agrees_to() -> None:
    made = book("b1")
    places = [
        replace(p, windows=(daily("05:00-06:00"),)) if p.borrower_id == "b9" else p
        for p in made.places
    ]
    assert day_slots(HER, replace(made, places=places), planned(made)[1]).slots


def test_an_appointment_of_another_day_does_not_keep_her_from_an_earlier_one() -> None:
    made = book("b1", appointment=window("10:00-11:00", ON + timedelta(days=2)))
    assert day_slots(HER, made, planned(made)[1]).slots


def test_who_is_planned_already_is_told_when_and_is_put_in_anew() -> None:
    made = book("b1", "b2")
    record = plan_of(made)
    told = day_slots(HER, made, record)
    stop = next(s for t in record.content.plan.itineraries for s in t.visits if s.id == "b9")
    assert told.planned is not None
    assert told.planned.start == at("00:00") + timedelta(seconds=stop.start_s)
    assert len(told.slots) == A_DAY
    # Going there at all is what is counted, not going there a second time.
    assert all(slot.driving_s >= 0 for slot in told.slots)


def test_a_crew_that_is_on_its_way_to_her_closes_today() -> None:
    record = plan_of(made := book("b1", "b2"))
    told = day_slots(replace(HER, now=at("20:00")), made, record)
    assert told.slots == ()
    assert told.closed is not None
    assert told.closed.detail == "A crew has been sent to her on this day already."


def test_a_day_whose_crews_are_full_says_so() -> None:
    made = replace(book("b1"), crews=[crew("ann", "ben", max_visits=1)])
    ports = fake_ports(replace(made, cases=made.cases[:1]))
    ports.store.crews[ON] = tuple(made.crews)  # type: ignore[attr-defined]
    plan_day(ports, "Town", ON, "alice", Iterations(5), seed=1, engine="greedy")
    closed = day_slots(HER, made, ports.store.plan("Town", ON)).closed
    assert closed is not None
    assert closed.reason == Reason.CREWS_FULL

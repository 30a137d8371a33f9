"""A kept plan is judged by the facts of now, and what went wrong meanwhile is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.check import Fault, kinds
from scheduler.day import Day
from scheduler.kept import only
from scheduler.model import Borrower, PastVisit, StopFlag
from scheduler.plan import Reason, StopKind
from tests.scheduler.little_book import at, case, daily, place, window
from tests.scheduler.little_plan import Edit, again, planned, stop_of, with_fact

DECEASED, PAID = frozenset({StopFlag.DECEASED}), frozenset({StopFlag.PAID})


def without(facts: str, id_: str) -> Edit:
    def edit(day: Day) -> Day:
        key = {"shifts": "collector_id", "cases": "borrower_id"}.get(facts, "id")
        left = [item for item in getattr(day, facts) if getattr(item, key) != id_]
        told: dict[str, Any] = {facts: left}
        return replace(day, **told)

    return edit


def visited_yesterday(day: Day) -> Day:
    return replace(day, past=[PastVisit("b2", at("15:00", date(2026, 11, 22)))])


def test_a_plan_reads_the_same_from_the_same_book() -> None:
    ports = planned()
    kept = again(ports)
    assert kept.violations() == []
    assert kept.plan.itineraries == kept.record.content.plan.itineraries
    assert kept.plan.served == {"b1", "b2", "b3"}  # b4 is of no plan, and no longer asked for


# Each is about b2, who is planned at home; she could be met elsewhere too.
OVERTAKEN: list[tuple[str, Edit, str]] = [
    ("her only case is paid", with_fact("cases", "k3", stops=PAID), "rule.house_stops"),
    ("she died", with_fact("borrowers", "b2", stops=DECEASED), "rule.house_stops"),
    ("she was visited yesterday", visited_yesterday, "rule.days_between_visits"),
    (
        "her home is known to be wrong",
        with_fact("places", "b2-home", is_valid=False),
        "rule.valid_place",
    ),
    ("her home left the book", without("places", "b2-home"), "not_placed"),
    ("her home is no longer placed", with_fact("places", "b2-home", point=None), "not_placed"),
    (
        "she is at home at night only",
        with_fact("places", "b2-home", windows=(daily("05:00-06:00"),)),
        "no_lawful_window",
    ),
    (
        "she agreed to another day",
        with_fact("cases", "k3", appointment=window("10:00-11:00", date(2026, 11, 24))),
        "not_today",
    ),
    ("her only case was closed", without("cases", "b2"), Fault.UNKNOWN_VISIT),
    ("her case asks for three", with_fact("cases", "k3", crew_size=3), Fault.CREW_TOO_SMALL),
    (
        "her case asks for a skill",
        with_fact("cases", "k3", skills=frozenset({"law"})),
        Fault.SKILL_MISSING,
    ),
]


@pytest.mark.parametrize(
    ("edit", "kind"), [pytest.param(edit, kind, id=name) for name, edit, kind in OVERTAKEN]
)
def test_what_overtook_a_visit_is_named(edit: Edit, kind: str) -> None:
    found = again(planned(), edit).violations()
    assert {(v.kind, v.id) for v in found} == {(kind, "b2")}
    assert kind in kinds() | set(Reason)


def test_what_is_refused_by_now_says_why() -> None:
    (found, *_) = again(planned(), with_fact("cases", "k3", stops=PAID)).violations()
    assert found.text == "planned, and refused by now: stopped: paid"
    (found, *_) = again(planned(), without("cases", "b2")).violations()
    assert found.text == "planned, and has no open case by now"


def test_one_of_two_cases_paid_leaves_the_visit() -> None:
    kept = again(planned(), with_fact("cases", "k1", stops=PAID))
    assert kept.violations() == []
    assert kept.problem.visit_by_id["b1"].case_ids == ("k2",)
    assert [entry.case_ids for entry in kept.plan.left_out] == [("k1",)]


def test_a_changed_window_is_missed_by_the_seconds_of_the_plan() -> None:
    """Her new hours end when the visit begins; so they suit her, but not at that second."""
    ports = planned()
    start = again(ports).problem.at(stop_of(again(ports), "b2").start_s)
    hers = daily(f"09:00-{start:%H:%M}") if start.hour > 9 else daily("14:00-18:00")
    found = again(ports, with_fact("places", "b2-home", windows=(hers,))).violations()
    assert {(v.kind, v.id) for v in found} == {
        (Fault.WINDOW_MISSED, "b2"),
        (Fault.OUTSIDE_BORROWERS_HOURS, "b2"),
    }


def test_a_collector_off_shift_is_named_and_her_partner_may_not_go_alone() -> None:
    found = again(planned(), without("shifts", "ben")).violations()
    assert {(v.kind, v.id) for v in found} == {
        (Fault.MEMBER_OFF_SHIFT, "ben"),
        *((kind, f"b{i}") for i in (1, 2, 3) for kind in ("rule.crew_size", Fault.CREW_TOO_SMALL)),
    }


def test_a_borrower_new_since_then_is_no_fault() -> None:
    def edit(day: Day) -> Day:
        return replace(
            day,
            borrowers=[*day.borrowers, Borrower("b9", "new")],
            cases=[*day.cases, case("k9", "b9")],
            places=[*day.places, place("b9")],
        )

    ports = planned()
    assert again(ports, edit).violations() == []
    kept = again(ports, edit, also=["b9"])
    assert kept.violations() == []
    (new,) = kept.plan.left_out
    assert (new.visit_id, new.reason) == ("b9", Reason.NEW)


def test_who_was_left_out_is_told_why_she_was() -> None:
    kept = again(planned(), also=["b4"])
    (entry,) = kept.plan.left_out
    assert (entry.visit_id, entry.rule, entry.case_ids) == ("b4", "house_stops", ("k5",))


def test_every_stop_finds_the_option_of_its_place_and_hour() -> None:
    kept = again(planned())
    stops = [s for t in kept.plan.itineraries for s in t.stops if s.kind is StopKind.VISIT]
    for stop in stops:
        option = kept.problem.visit_by_id[stop.id].options[stop.option]
        assert option.place_id == stop.place_id
        assert any(first <= stop.start_s <= last for first, last in option.starts)


def test_the_day_of_some_borrowers_holds_theirs_alone() -> None:
    ports = planned()
    theirs = only(ports.store.open_day("Town", date(2026, 11, 23)), {"b2"})
    assert [b.id for b in theirs.borrowers] == ["b2"]
    assert [c.id for c in theirs.cases] == ["k3"]
    assert [p.id for p in theirs.places] == ["b2-home", "b2-other"]

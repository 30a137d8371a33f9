"""A case is explained from the plan and the book: what stands there, and what else there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from routing.sources.straight_line import StraightLineTimes
from routing.travel import Mode, Spot
from scheduler.day import Day
from scheduler.explain import Explanation, explain
from scheduler.model import StopFlag
from scheduler.plan import Reason
from scheduler.value import visit_value
from tests.scheduler.little_book import ON, SHANGHAI, case, daily, rules_of, spot, window
from tests.scheduler.little_plan import (
    Edit,
    again,
    book,
    planned,
    stop_of,
    store_of,
    with_fact,
)

FOUR = ("ann", "ben", "cat", "dan")
PAID = frozenset({StopFlag.PAID})


def explained(borrower: str, made: Day | None = None, edit: Edit = lambda day: day) -> Explanation:
    return explain(again(planned(made), edit, also=[borrower]), borrower)


def test_a_planned_visit_tells_who_comes_when_and_with_which_chance() -> None:
    kept = again(planned())
    told, stop = explain(kept, "b2"), stop_of(kept, "b2")
    assert told.planned is not None
    assert (told.planned.crew_id, told.planned.members) == ("ann+ben", ("ann", "ben"))
    (trip,) = kept.plan.itineraries
    assert trip.visits[told.planned.number - 1].id == "b2"
    assert told.planned.place_id == "b2-home"
    times = (told.planned.arrives, told.planned.starts, told.planned.ends)
    midnight = kept.problem.origin.timestamp()
    assert [t.timestamp() - midnight for t in times] == [stop.arrival_s, stop.start_s, stop.end_s]
    assert told.planned.p_met == kept.problem.visit_by_id["b2"].options[stop.option].p_met
    assert (told.left_out, told.dropped, told.faults) == (None, (), ())
    assert [one.id for one in told.cases] == ["k3"]


def test_it_shows_every_rule_that_it_passed_with_version_and_authority() -> None:
    told = explained("b2").planned
    assert told is not None
    rules = rules_of()
    assert {rule.name for rule in told.rules} == set(rules.facts)
    assert {(one.name, one.version, one.source, one.seen, one.layer) for one in told.rules} == {
        (name, fact.version, fact.source, fact.seen, fact.layer)
        for name, facts in rules.facts.items()
        for fact in facts
    }


def test_a_rule_that_it_does_not_pass_by_now_is_not_among_them() -> None:
    """Her windows are the borrower's matter, no rule's; with ben ill, ann would come alone."""

    def ben_is_ill(day: Day) -> Day:
        return replace(day, shifts=[s for s in day.shifts if s.collector_id != "ben"])

    told = explained("b2", edit=ben_is_ill)
    assert told.planned is not None
    assert {rule.name for rule in told.planned.rules} == set(rules_of().facts) - {"crew_size"}
    assert "rule.crew_size" in {fault.kind for fault in told.faults}


def test_its_value_is_that_of_the_plan() -> None:
    told = explained("b1")
    assert told.planned is not None
    assert told.value is not None
    expected = visit_value([case("k1"), case("k2")], told.planned.p_met, ON, SHANGHAI)
    assert told.value.total == expected.total
    assert [term.name for term in told.value.terms] == ["recovery", "recovery", "waiting", "cost"]


def test_the_cost_of_the_visit_is_told_and_not_counted() -> None:
    """Only b1 is left: there and back, for 33 thousandths a second."""
    made = with_fact("cases", "k3", stops=PAID)(book(*FOUR))
    told = explained("b1", with_fact("cases", "k4", stops=PAID)(made))
    assert told.planned is not None
    assert told.value is not None
    cost = told.value.terms[-1]
    spots = [Spot(spot(0)), Spot(spot(5))]
    there_s = int(StraightLineTimes().matrix(spots, [Mode.CAR]).seconds[0, 0, 0, 1])
    assert (cost.name, cost.is_told) == ("cost", True)
    assert float(cost.amount) == pytest.approx(-2 * there_s * 33 / 1000)
    assert cost.note.startswith(f"crew {told.planned.crew_id}: ")
    assert cost.note.endswith(" min more on the road, 20 min at the door")
    assert told.value.total == sum(term.amount for term in told.value.terms[:-1])


def test_a_must_visit_is_told() -> None:
    today = with_fact("cases", "k3", appointment=window("10:00-12:00"))
    assert explained("b2", today(book())).is_must_visit
    assert not explained("b1", today(book())).is_must_visit


def test_another_crew_is_offered_at_what_it_adds() -> None:
    """Only b1 is left: the idle pair would go there and back, for 33 thousandths a second."""
    made = with_fact("cases", "k3", stops=PAID)(book(*FOUR))
    made = with_fact("cases", "k4", stops=PAID)(made)
    told = explained("b1", made)
    assert told.planned is not None
    (other,) = told.elsewhere
    assert {told.planned.crew_id, other.crew_id} == {"ann+ben", "cat+dan"}
    spots = [Spot(spot(0)), Spot(spot(5))]
    there_s = int(StraightLineTimes().matrix(spots, [Mode.CAR]).seconds[0, 0, 0, 1])
    assert other.extra_cost == pytest.approx(2 * there_s * 33 / 1000)
    assert other.place_id == "b1-home"


def test_no_more_ways_are_offered_than_asked_for() -> None:
    kept = again(planned(book(*FOUR)))
    assert len(explain(kept, "b1").elsewhere) == 1
    assert explain(kept, "b1", most=0).elsewhere == ()


# --- left out


def test_a_refused_borrower_is_told_the_rule() -> None:
    told = explained("b4")
    assert told.left_out is not None
    assert (told.left_out.rule, told.left_out.detail) == ("house_stops", "stopped: disputed")
    assert (told.planned, told.value, told.elsewhere, told.faults) == (None, None, (), ())
    assert [one.id for one in told.cases] == ["k5"]


def test_a_borrower_without_any_place_is_told_what_is_missing() -> None:
    def homeless(day: Day) -> Day:
        return replace(day, places=[p for p in day.places if p.borrower_id != "b2"])

    told = explained("b2", homeless(book()))
    assert told.left_out is not None
    assert (told.left_out.reason, told.left_out.detail) == (
        Reason.NOT_PLACED,
        "no address is known",
    )


def test_one_left_out_by_the_search_keeps_its_reason_and_is_offered_a_way() -> None:
    """1.00 overdue brings at most .25, and to drive on from b2 to b3 and back costs some 7."""
    made = with_fact("cases", "k4", overdue=Decimal(1), days_past_due=0)(book())
    told = explained("b3", made)
    assert told.left_out is not None
    assert told.left_out.reason is Reason.NOT_WORTH
    assert told.value is not None
    (way,) = told.elsewhere
    assert way.crew_id == "ann+ben"
    assert way.extra_cost > told.value.total


def test_a_case_that_the_visit_is_not_for_is_told_beside_it() -> None:
    made = with_fact("cases", "k1", stops=PAID)(book())
    told = explained("b1", made)
    assert told.planned is not None
    assert told.left_out is None
    assert [(entry.case_ids, entry.rule) for entry in told.dropped] == [(("k1",), "house_stops")]
    assert told.value is not None
    assert [term.name for term in told.value.terms] == ["recovery", "waiting", "cost"]


# --- overtaken by the facts


def test_a_planned_visit_that_is_refused_by_now_says_so() -> None:
    told = explained("b2", edit=with_fact("cases", "k3", stops=PAID))
    assert (told.planned, told.left_out) == (None, None)
    (fault,) = told.faults
    assert (fault.kind, fault.text) == (
        "rule.house_stops",
        "planned, and refused by now: stopped: paid",
    )


CHANGES: dict[str, Edit] = {
    "paid": with_fact("cases", "k3", stops=PAID),
    "place gone": with_fact("places", "b2-home", borrower_id="b9"),
    "other hours": with_fact("places", "b2-home", windows=(daily("19:00-20:00"),)),
    "a skill": with_fact("cases", "k3", skills=frozenset({"law"})),
    "another day": with_fact("cases", "k3", appointment=window("09:00-10:00", date(2026, 11, 24))),
    "closed": lambda day: replace(day, cases=[c for c in day.cases if c.id != "k3"]),
    "all ill": lambda day: replace(day, shifts=()),
}


@pytest.mark.parametrize("edit", [pytest.param(e, id=name) for name, e in CHANGES.items()])
@pytest.mark.parametrize("borrower", ["b1", "b2", "b4"])
def test_nobody_is_past_explaining_whatever_happened_to_b2(edit: Edit, borrower: str) -> None:
    told = explained(borrower, book(*FOUR), edit)
    assert told.visit_id == borrower
    assert told.planned or told.left_out or told.faults


def test_a_visit_that_cannot_be_made_by_now_is_in_nobodys_way() -> None:
    """b1 could go with either pair, whatever became of b2."""
    for edit in (CHANGES["paid"], CHANGES["place gone"], CHANGES["a skill"]):
        told = explained("b1", book(*FOUR), edit)
        assert len(told.elsewhere) == 1
        assert told.faults == ()  # they are b2's


def test_the_book_is_not_touched() -> None:
    ports = planned()
    before: Any = vars(store_of(ports)).copy()
    explain(again(ports, also=["b4"]), "b4")
    assert vars(store_of(ports)) == before
    assert ports.store.plan("Town", date(2026, 11, 23)).version == 1

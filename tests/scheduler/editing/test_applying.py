"""Edits of a sheet: what they change, what they leave alone, and what forbids them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from scheduler.check import Fault, check_plan
from scheduler.drive import Call, drive
from scheduler.editing.applying import applied
from scheduler.editing.edits import (
    Hold,
    Move,
    Release,
    Retake,
    Sheet,
    Swap,
    TakeOff,
    Together,
)
from scheduler.editing.obstacles import ForbiddenEditError, GoneError, Ground
from scheduler.errors import NotFoundError
from scheduler.plan import Itinerary, LeftOut, Plan, Reason, Stop, StopKind
from scheduler.problem import CrewShift, Lock, Problem, Visit
from tests.problems import HOUR_S, crew, on_a_line, option, visit

EIGHT = 8 * HOUR_S
MINUTE = 60


def driven(problem: Problem, crew_id: str, *stops: str) -> Itinerary:
    """Return the day of a crew that makes visits in this order, each at its first option."""
    calls = [Call(problem.visit_by_id[id_], 0) for id_ in stops]
    trip = drive(problem, problem.crew_by_id[crew_id], calls)
    assert trip is not None
    return trip


def sheet_of(problem: Problem, days: dict[str, Sequence[str]], locks: Sequence[Lock] = ()) -> Sheet:
    """Return a sheet on which each crew makes these visits, and the others are left out."""
    trips = tuple(driven(problem, crew_id, *stops) for crew_id, stops in days.items() if stops)
    served = {id_ for stops in days.values() for id_ in stops}
    left = (LeftOut(v.id, Reason.NOT_CHOSEN) for v in problem.visits if v.id not in served)
    return Sheet(Plan(trips, (*left, *problem.refused)), (), tuple(locks))


def a_day(*visits: Visit, crews: Sequence[CrewShift] = ()) -> Problem:
    """Crews a and b live at minute 0 of a road with doors at its minutes 10, 20, 30 and 40."""
    return on_a_line([0, 10, 20, 30, 40], visits, crews or (crew("a"), crew("b")))


def three() -> Problem:
    return a_day(visit("one", option(1)), visit("two", option(2)), visit("three", option(3)))


def order(sheet: Sheet) -> dict[str, list[str]]:
    return {t.crew_id: [s.id for s in t.visits] for t in sheet.plan.itineraries}


def refused(
    problem: Problem, sheet: Sheet, edit: Move | TakeOff | Hold | Swap | Retake | Together
) -> list[tuple[str, str, Ground]]:
    with pytest.raises(ForbiddenEditError) as caught:
        applied(problem, sheet, edit)
    return [(one.kind, one.id, one.ground) for one in caught.value.violations]


def test_a_visit_moves_to_another_crew_and_both_days_are_timed_anew() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one", "two"], "b": ["three"]})
    after = applied(problem, before, Move("two", "b", before="three"))
    assert order(after) == {"a": ["one"], "b": ["two", "three"]}
    # b now reaches minute 20 at 08:20, and minute 30 after 20 minutes' service and ten of driving.
    assert [s.start_s - EIGHT for s in after.plan.itineraries[1].visits] == [
        20 * MINUTE,
        50 * MINUTE,
    ]
    assert after.plan.itineraries[0] == driven(problem, "a", "one")
    assert check_plan(problem, after.plan) == []


def test_a_left_out_visit_is_put_in_and_is_left_out_no_more() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    after = applied(problem, before, Move("two", "a"))
    assert order(after)["a"] == ["one", "two"]
    assert after.plan.left_out == ()
    assert after.plan.itineraries[1] is before.plan.itineraries[1], "others are not touched"


def test_a_crew_that_stayed_at_home_gets_a_day_and_loses_it_again() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one", "two", "three"]})
    after = applied(problem, before, Move("two", "b"))
    assert order(after) == {"a": ["one", "three"], "b": ["two"]}
    assert order(applied(problem, after, Move("two", "a", "three"))) == order(before)


def test_along_its_own_day_a_visit_moves_by_whom_it_comes_before() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one", "two", "three"]})
    assert order(applied(problem, before, Move("three", "a", "one"))) == {
        "a": ["three", "one", "two"]
    }
    assert order(applied(problem, before, Move("one", "a"))) == {"a": ["two", "three", "one"]}
    assert applied(problem, before, Move("two", "a", "two")) == before


def test_what_is_taken_off_says_that_a_person_did_it() -> None:
    problem = three()
    problem = replace(
        problem, visits=tuple(replace(v, case_ids=(f"C{v.id}",)) for v in problem.visits)
    )
    before = sheet_of(problem, {"a": ["one", "two"], "b": ["three"]})
    after = applied(problem, before, TakeOff("two"))
    assert order(after) == {"a": ["one"], "b": ["three"]}
    entry = next(one for one in after.plan.left_out if one.visit_id == "two")
    assert (entry.reason, entry.case_ids) == (Reason.TAKEN_OFF, ("Ctwo",))


def test_what_stands_nowhere_cannot_be_taken_off() -> None:
    problem = three()
    with pytest.raises(GoneError, match="visit two stands in no itinerary"):
        applied(problem, sheet_of(problem, {"a": ["one"]}), TakeOff("two"))


def test_the_best_of_its_places_is_taken_or_the_one_that_was_asked_for() -> None:
    two = visit("two", option(4, value=9_000), option(2, value=9_000))
    problem = a_day(visit("one", option(1)), two)
    before = sheet_of(problem, {"a": ["one"]})
    stop = applied(problem, before, Move("two", "a")).plan.itineraries[0].visits[1]
    assert stop.place_id == "p2", "nearer, and worth the same"
    stop = applied(problem, before, Move("two", "a", place_id="p4")).plan.itineraries[0].visits[1]
    assert stop.place_id == "p4"
    with pytest.raises(NotFoundError, match="cannot be made at 'p3'"):
        applied(problem, before, Move("two", "a", place_id="p3"))


def test_the_hour_level_of_a_door_follows_the_hour() -> None:
    """Her door is worth more from nine on; who comes later gets that level."""
    early = option(1, (EIGHT, 9 * HOUR_S - 1), value=5_000)
    late = option(1, (9 * HOUR_S, 11 * HOUR_S), value=8_000)
    problem = a_day(visit("her", early, late), visit("two", option(2)), visit("three", option(3)))
    before = sheet_of(problem, {"a": ["her", "two", "three"]})
    after = applied(problem, before, Move("her", "a"))
    assert [s.option for s in after.plan.itineraries[0].visits] == [0, 0, 1]
    assert check_plan(problem, after.plan) == []


def test_too_late_for_the_next_visit_says_for_whom_and_by_how_much() -> None:
    due = visit("due", option(1, (EIGHT, EIGHT + 15 * MINUTE)))
    problem = a_day(due, visit("two", option(2)))
    before = sheet_of(problem, {"a": ["due"]})
    with pytest.raises(ForbiddenEditError) as caught:
        applied(problem, before, Move("two", "a", before="due"))
    (fault,) = caught.value.violations
    # 20 min there, 20 of service, 10 back: 08:50 for a door that closes to starts at 08:15.
    assert (fault.id, fault.kind, fault.late_s) == ("due", Fault.WINDOW_MISSED, 35 * MINUTE)
    assert fault.text == "would begin 35 min too late"


def test_back_too_late_is_said_of_the_crew() -> None:
    crews = (crew("a", end_s=EIGHT + 115 * MINUTE),)
    problem = a_day(visit("one", option(4)), visit("two", option(4)), crews=crews)
    before = sheet_of(problem, {"a": ["one"]})
    with pytest.raises(ForbiddenEditError) as caught:
        applied(problem, before, Move("two", "a"))
    (fault,) = caught.value.violations  # 40 + 20 + 20 + 40 minutes are two hours
    assert (fault.kind, fault.id, fault.late_s) == (Fault.OVERTIME, "a", 5 * MINUTE)
    assert fault.text == "would be back 5 min after the latest end"


def test_one_visit_too_many_and_a_skill_that_lacks() -> None:
    crews = (crew("a", max_visits=1), crew("b"))
    problem = a_day(
        visit("one", option(1)), visit("two", option(2), skills=frozenset({"deaf"})), crews=crews
    )
    before = sheet_of(problem, {"a": ["one"]})
    assert refused(problem, before, Move("two", "a")) == [
        (Fault.TOO_MANY_VISITS, "a", Ground.CREW),
        (Fault.SKILL_MISSING, "two", Ground.CREW),
    ]
    assert refused(problem, before, Move("two", "b")) == [(Fault.SKILL_MISSING, "two", Ground.CREW)]


def test_a_locked_visit_stays_until_it_is_released() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one", "two"], "b": ["three"]}, [Lock("two", "a")])
    locked = [(Fault.LOCK_CREW, "two", Ground.LOCK)]
    assert refused(problem, before, Move("two", "b")) == locked
    assert refused(problem, before, TakeOff("two")) == locked
    free = applied(problem, before, Release(("two",)))
    assert free.locks == ()
    assert order(applied(problem, free, Move("two", "b"))) == {"a": ["one"], "b": ["three", "two"]}


def test_a_locked_order_is_kept() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one", "two"]}, [Lock("two", "a", after="one")])
    assert refused(problem, before, Move("two", "a", "one")) == [
        (Fault.LOCK_ORDER, "two", Ground.LOCK)
    ]


def test_a_locked_time_moves_the_visit_there_and_the_day_around_it() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one", "two"]})
    nine = 9 * HOUR_S
    after = applied(problem, before, Hold((Lock("one", "a", nine),)))
    assert [s.start_s for s in after.plan.itineraries[0].visits] == [nine, nine + 30 * MINUTE]
    assert after.locks == (Lock("one", "a", nine),)
    back = applied(problem, after, Release(("one",)))
    assert back == before, "released, it is driven as early as before"


def test_a_time_outside_of_her_hours_cannot_be_locked() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one"]})
    assert refused(problem, before, Hold((Lock("one", "a", 7 * HOUR_S),))) == [
        ("lock", "", Ground.LOCK)
    ]


def test_a_lock_is_put_in_the_place_of_the_old_one() -> None:
    problem = three()
    locks = [Lock("one", "a"), Lock("two", "a")]
    before = sheet_of(problem, {"a": ["one", "two"]}, locks)
    new = Lock("two", "a", after="one")
    assert applied(problem, before, Hold((new,))).locks == (Lock("one", "a"), new)


def test_two_crews_swap_all_but_what_is_locked() -> None:
    problem = three()
    before = sheet_of(problem, {"a": ["one", "two"], "b": ["three"]}, [Lock("one", "a")])
    after = applied(problem, before, Swap("a", "b"))
    assert {crew_id: set(ids) for crew_id, ids in order(after).items()} == {
        "a": {"one", "three"},
        "b": {"two"},
    }


def begun_day() -> tuple[Problem, Sheet]:
    """Crew a has been at the first door, a little later than planned."""
    problem = three()
    stop = Stop(StopKind.VISIT, "one", EIGHT + 600, EIGHT + 700, EIGHT + 2000, 0, "p1")
    crews = (replace(problem.crews[0], begun=(stop,)), problem.crews[1])
    problem = replace(problem, crews=crews)
    trip = drive(problem, crews[0], [Call(problem.visit_by_id["two"], 0)])
    assert trip is not None
    left = (LeftOut("three", Reason.NOT_CHOSEN),)
    return problem, Sheet(Plan((trip,), left), ())


def test_nothing_begun_moves() -> None:
    problem, sheet = begun_day()
    begun = [(Fault.BEGUN_CHANGED, "one", Ground.DAY)]
    assert refused(problem, sheet, Move("one", "b")) == begun
    assert refused(problem, sheet, TakeOff("one")) == begun
    assert refused(problem, sheet, Move("three", "a", before="one")) == begun
    after = applied(problem, sheet, Move("three", "a", before="two"))
    assert after.plan.itineraries[0].stops[0] == sheet.plan.itineraries[0].stops[0]
    assert order(after) == {"a": ["one", "three", "two"]}


def test_who_swaps_keeps_what_was_begun() -> None:
    problem, sheet = begun_day()
    assert order(applied(problem, sheet, Swap("a", "b"))) == {"a": ["one"], "b": ["two"]}


def test_a_gap_that_is_no_more_and_ids_that_nobody_knows() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    with pytest.raises(GoneError, match="visit three no longer stands in the day of crew a"):
        applied(problem, sheet, Move("two", "a", before="three"))
    with pytest.raises(NotFoundError, match="no crew 'z'"):
        applied(problem, sheet, Move("two", "z"))
    with pytest.raises(NotFoundError, match="no visit 'nobody'"):
        applied(problem, sheet, Move("nobody", "a"))


def test_who_is_kept_out_by_a_rule_is_told_by_that_rule() -> None:
    problem = replace(three(), refused=(LeftOut("paid", Reason.RULE, "It is paid.", "stops"),))
    sheet = sheet_of(problem, {"a": ["one"]})
    with pytest.raises(ForbiddenEditError) as caught:
        applied(problem, sheet, Move("paid", "a"))
    (fault,) = caught.value.violations
    assert (fault.kind, fault.rule, fault.is_law) == ("rule.stops", "stops", True)


def test_another_fault_that_stood_already_forbids_no_edit() -> None:
    """Somebody's hours have changed: her visit is too late now, and others can still be mended."""
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"], "b": ["three"]})
    closed = replace(problem.visit_by_id["three"], options=(option(3, (EIGHT, EIGHT + 60)),))
    now = replace(problem, visits=(*problem.visits[:2], closed))
    assert check_plan(now, sheet.plan)
    assert order(applied(now, sheet, Move("two", "a"))) == {"a": ["one", "two"], "b": ["three"]}
    assert order(applied(now, sheet, TakeOff("three"))) == {"a": ["one"]}


def test_what_may_not_be_made_any_more_can_be_taken_off_all_at_once() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one", "two", "three"]})
    now = replace(
        problem,
        visits=problem.visits[2:],
        refused=(LeftOut("one", Reason.RULE, "paid"), LeftOut("two", Reason.RULE, "paid")),
    )
    assert refused(now, sheet, Move("three", "b")) == [
        (Fault.UNKNOWN_VISIT, "one", Ground.DAY),
        (Fault.UNKNOWN_VISIT, "two", Ground.DAY),
    ]
    after = applied(now, sheet, TakeOff("two"))
    assert order(after) == {"a": ["three"]}
    assert {one.reason for one in after.plan.left_out} == {Reason.RULE}


def test_a_plan_that_was_found_beside_the_draft_is_judged_before_it_is_taken() -> None:
    problem = three()
    sheet = sheet_of(problem, {"a": ["one"]}, [Lock("one", "a")])
    better = sheet_of(problem, {"a": ["one", "two", "three"]}).plan
    assert applied(problem, sheet, Retake(better)) == replace(sheet, plan=better)
    other = sheet_of(problem, {"b": ["one", "two", "three"]}).plan
    assert refused(problem, sheet, Retake(other)) == [(Fault.LOCK_CREW, "one", Ground.LOCK)]

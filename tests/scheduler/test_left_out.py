"""Each reason for leaving a visit out, on a day made so that it alone is true."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from routing.travel import UNREACHABLE
from scheduler.drive import Call, drive
from scheduler.left_out import why_left_out
from scheduler.plan import Itinerary, LeftOut, Plan, Reason
from scheduler.problem import CrewBreak, CrewShift, Lock, Problem, Visit, VisitOption
from tests.problems import HOUR_S, crew, on_a_line, option, visit

NOBODY_GOES = Plan((), ())
NOON_S = 12 * HOUR_S


def a_day(one: Visit, *crews: CrewShift) -> Problem:
    """Home at 0, locations 1 to 3 at 10, 60 and 300 minutes up the road."""
    return on_a_line([0, 10, 60, 300], [one], crews)


def reason(problem: Problem, plan: Plan = NOBODY_GOES, *locks: Lock) -> tuple[Reason, str]:
    (left,) = why_left_out(problem, plan, locks)
    return left.reason, left.detail


def test_no_lawful_window() -> None:
    closed = replace(option(1), starts=())
    assert reason(a_day(visit("v", closed), crew()))[0] is Reason.NO_LAWFUL_WINDOW


@pytest.mark.parametrize(
    ("wants", "detail"),
    [
        ({"crew_size": 2}, "It needs a crew of 2; the largest has 1."),
        ({"skills": frozenset({"hakka"})}, "No crew has the skills hakka."),
        ({"load": (0, 9)}, "No crew can load 0, 9."),
        ({"allowed_crews": frozenset({"z"})}, "No crew that may go (z) is on shift."),
        ({"allowed_crews": frozenset()}, "No crew that may go is on shift."),
        (
            {"skills": frozenset({"min"}), "allowed_crews": frozenset({"a"})},
            "No crew has the size, the skills, the capacity and the leave to go all together.",
        ),
    ],
)
def test_no_crew_fitting(wants: dict[str, Any], detail: str) -> None:
    one = visit("v", option(1), **wants)
    crews = [crew(capacity=(9, 8)), crew("b", skills=frozenset({"min"}), capacity=(0, 8))]
    assert reason(a_day(one, *crews)) == (Reason.NO_CREW_FITTING, detail)


def test_nobody_on_shift() -> None:
    expected = (Reason.NO_CREW_FITTING, "No crew is on shift.")
    assert reason(a_day(visit("v", option(1)))) == expected


def test_no_road_back() -> None:
    problem = a_day(visit("v", option(1)), crew("a"), crew("b"))
    problem.travel.seconds[0, 0, 1, 0] = UNREACHABLE
    expected = (Reason.NO_ROAD, "No road leads there and back for 2 crews that fit.")
    assert reason(problem) == expected


@pytest.mark.parametrize(
    ("one", "who", "words"),
    [
        # 60 minutes away, until 08:45: a quarter of an hour too late, from either home.
        (option(2, (8 * HOUR_S, 31_500)), crew(), "arrive 15 min after the last start"),
        # There at 13:00, 20 minutes of service, back at 18:20 instead of 12:00.
        (option(3), crew(), "be back 380 min after its latest end"),
        # 08:10 to 08:30 at the door; the break may only begin in between.
        (
            option(1, (29_400, 29_400)),
            crew(breaks=(CrewBreak("rest", (29_460, 30_000), 60),)),
            "no time for it beside its breaks",
        ),
        # 20 minutes there and back.
        (option(1, (29_400, 29_400)), crew(max_travel_s=1_199), "would travel longer than it may"),
    ],
)
def test_no_crew_in_time(one: object, who: CrewShift, words: str) -> None:
    far = crew("far", home=2, start_s=NOON_S, end_s=NOON_S + 60)
    established, detail = reason(a_day(visit("v", one), who, far))  # type: ignore[arg-type]
    assert established is Reason.NO_CREW_IN_TIME
    assert words in detail
    assert "crew a" in detail


def by_the_hour(problem: Problem, slower: int, from_s: int) -> Problem:
    """Let ways take so many times as long from a second of the day on."""
    seconds = np.concatenate([problem.travel.seconds, slower * problem.travel.seconds], axis=1)
    travel = replace(problem.travel, seconds=seconds, metres=seconds, slot_starts_s=(0, from_s))
    return replace(problem, travel=travel)


@pytest.mark.parametrize(
    ("one", "who", "words"),
    [
        # An hour's way takes two from 08:00 on: there at 10:00, and 08:45 was the last start.
        (option(2, (8 * HOUR_S, 31_500)), crew(), "arrive 75 min after the last start"),
        # There at 10:00, 20 minutes of service, back at 12:20 instead of 12:00.
        (option(2), crew(), "be back 20 min after its latest end"),
        # 20 minutes there and back by night, 40 by day.
        (option(1), crew(max_travel_s=1_800), "would travel longer than it may"),
    ],
)
def test_a_lateness_is_that_of_the_hour(one: VisitOption, who: CrewShift, words: str) -> None:
    problem = by_the_hour(a_day(visit("v", one), who), 2, 8 * HOUR_S)
    established, detail = reason(problem)
    assert established is Reason.NO_CREW_IN_TIME
    assert words in detail


def test_a_break_that_no_shift_has_room_for_is_no_lateness() -> None:
    # Everybody is home by 12:00; the break may not begin before 12:30.
    late = CrewBreak("rest", (NOON_S + 1_800, NOON_S + 3_600), 60)
    expected = "No crew that may go can keep its own breaks within its shift."
    one = visit("v", option(1))
    assert reason(a_day(one, crew(breaks=(late,)))) == (Reason.NO_CREW_FITTING, expected)
    # Who can keep hers is asked about the way: back at 18:20 instead of 12:00.
    far = a_day(visit("v", option(3)), crew(breaks=(late,)), crew("b"))
    established, detail = reason(far)
    assert established is Reason.NO_CREW_IN_TIME
    assert "crew b" in detail
    assert "380 min" in detail


def test_who_may_make_no_visit_is_full() -> None:
    expected = "1 crew could make it on an empty day; none has room left (1 may make no more "
    established, detail = reason(a_day(visit("v", option(1)), crew(max_visits=0)))
    assert (established, detail) == (Reason.CREWS_FULL, expected + "visits).")


def test_working_too_long_is_not_put_on_breaks() -> None:
    # 10 minutes there, 20 at the door, 10 back.
    rest = CrewBreak("rest", (8 * HOUR_S, NOON_S - 60), 60, is_paid=False)
    who = crew(max_working_s=40 * 60 - 1, breaks=(rest,))
    established, detail = reason(a_day(visit("v", option(1)), who))
    assert established is Reason.NO_CREW_IN_TIME
    assert detail.endswith("would work longer than it may.")


@pytest.mark.parametrize(
    ("crews", "established", "detail"),
    [
        ([crew()], Reason.NO_CREW_FITTING,
         "It needs 2 people, and no two crews that may go have them together."),
        # The other begins in the evening.
        ([crew(), crew("b", start_s=18 * HOUR_S, end_s=19 * HOUR_S)], Reason.NO_CREW_IN_TIME,
         "Two crews would have to meet for it; 1 crew could be there on an empty day."),
        # One is free until noon, the other from noon on.
        ([crew(), crew("b", start_s=NOON_S, end_s=14 * HOUR_S)], Reason.NO_CREW_IN_TIME,
         "Two crews would have to meet for it; 2 crews could be there on an empty day, never two "
         "at once."),
    ],
)  # fmt: skip
def test_two_who_do_not_come_together(
    crews: list[CrewShift], established: Reason, detail: str
) -> None:
    one = visit("v", option(1), crew_size=2, may_meet=True)
    assert reason(a_day(one, *crews)) == (established, detail)


def test_crews_full_of_visits_and_of_time() -> None:
    taken = [visit("t0", option(1)), visit("t1", option(1, service_min=210))]
    counted, busy = crew("a", max_visits=1), crew("b")
    problem = on_a_line([0, 10], [*taken, visit("v", option(1))], [counted, busy])
    # b needs 10 + 210 + 10 of its 240 minutes; another 20 are not there.
    plan = Plan((driven(problem, counted, taken[0]), driven(problem, busy, taken[1])), ())
    assert reason(problem, plan) == (
        Reason.CREWS_FULL,
        "2 crews could make it on an empty day; none has room left (1 may make no more visits).",
    )


def driven(problem: Problem, who: CrewShift, *visits: Visit) -> Itinerary:
    itinerary = drive(problem, who, [Call(one, 0) for one in visits])
    assert itinerary is not None
    return itinerary


def test_not_worth_its_way() -> None:
    # 120 minutes there and back at a thousandth a second cost 7.20.
    one = visit("v", option(2, value=7_200))
    expected = "Sending crew a would cost 7.20 more; the visit is worth 7.20."
    assert reason(a_day(one, crew())) == (Reason.NOT_WORTH, expected)


def test_worth_its_way_and_not_chosen() -> None:
    one = visit("v", option(2, value=7_201))
    established, detail = reason(a_day(one, crew()))
    assert established is Reason.NOT_CHOSEN
    assert "room for it at 7.20, against a worth of 7.20" in detail


def test_a_must_visit_is_never_not_worth_it() -> None:
    one = visit("v", option(2, value=1), is_required=True)
    assert reason(a_day(one, crew()))[0] is Reason.NOT_CHOSEN


def test_the_better_of_two_options_and_crews_is_told() -> None:
    # Option 1 lies 10 minutes from b's home and on nobody's way: 20 minutes cost 1.20.
    one = visit("v", option(3, value=90_000), option(1, value=1_000))
    dear = crew("a", travel_price_per_s=5)
    expected = "Sending crew b would cost 1.20 more; the visit is worth 1.00."
    assert reason(a_day(one, dear, crew("b"))) == (Reason.NOT_WORTH, expected)


def test_locked_after_a_visit_that_is_left_out() -> None:
    v, w = visit("v", option(1)), visit("w", replace(option(1), starts=()))
    problem = on_a_line([0, 10], [v, w], [crew()])
    left = why_left_out(problem, NOBODY_GOES, [Lock("v", "a", after="w")])
    assert [one.reason for one in left] == [Reason.NO_CREW_FITTING, Reason.NO_LAWFUL_WINDOW]
    assert left[0].detail == "It is locked after visit w, itself left out."


def test_the_refused_are_named_too_and_case_ids_kept() -> None:
    refused = LeftOut("gone", Reason.RULE, "Paid.", rule="stop", case_ids=("L1",))
    one = visit("v", option(1), case_ids=("L2", "L3"))
    problem = replace(a_day(one, crew()), refused=(refused,))
    left = why_left_out(problem, NOBODY_GOES)
    assert left[0].case_ids == ("L2", "L3")
    assert left[1:] == (refused,)


def test_nothing_is_said_about_a_plan_that_cannot_be_driven() -> None:
    one = visit("v", option(1))
    problem = a_day(one, crew())
    day = driven(problem, crew(), one)
    shut = a_day(replace(one, options=(option(1, (0, 1)),)), crew())
    with pytest.raises(ValueError, match="cannot be driven with visits v"):
        why_left_out(shut, Plan((day,), ()))

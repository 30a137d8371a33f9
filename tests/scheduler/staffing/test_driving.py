"""What crews do when a day does not go as planned: argued cases on one straight road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.drive import Call, drive
from scheduler.plan import Itinerary, Plan
from scheduler.problem import CrewBreak, Problem, Visit
from scheduler.staffing.driving import drive_plan
from scheduler.staffing.fates import Fate
from scheduler.staffing.policy import Moment, Policy, WhenLate
from scheduler.staffing.results import Drive
from tests.problems import HOUR_S, crew, on_a_line, option, visit
from tests.scheduler.staffing.worlds import Otherwise


def clock(told: str) -> int:
    hours, minutes = told.split(":")
    return int(hours) * HOUR_S + int(minutes) * 60


def span(first: str, last: str) -> tuple[int, int]:
    return clock(first), clock(last)


def planned(problem: Problem, *orders: Sequence[Visit]) -> Plan:
    """Return the plan in which each crew makes its visits in the order that is told."""
    trips = []
    for who, order in zip(problem.crews, orders, strict=True):
        trip = drive(problem, who, [Call(one, 0) for one in order])
        assert trip is not None
        trips.append(trip)
    return Plan(tuple(trips), ())


def fates(drive: Drive) -> dict[str, Fate]:
    """Return what became of each stop of the only replication."""
    return {row.id: Fate(drive.fate[at, 0]) for at, row in enumerate(drive.rows)}


def starts(drive: Drive) -> dict[str, str]:
    """Return when each stop began that did."""
    return {
        row.id: f"{at_s // HOUR_S:02}:{at_s % HOUR_S // 60:02}"
        for row, at_s in zip(drive.rows, drive.start_s[:, 0].tolist(), strict=True)
        if at_s >= 0
    }


# Visits of 20 minutes, ten minutes apart; the crew begins at 08:00, ten minutes before the first.
A = visit("a", option(1))
B = visit("b", option(2))
C = visit("c", option(3))
LINE = [0, 10, 20, 30]


def test_who_is_done_sooner_goes_on_sooner_and_waits_for_the_hours_that_were_planned() -> None:
    b = visit("b", option(2, span("08:40", "11:00")))
    day = on_a_line(LINE, [A, b, C], [crew()])
    plan = planned(day, [A, b, C])
    told = drive_plan(day, plan, Otherwise(day, out=frozenset("a")), [0])
    # Six minutes at a's door instead of twenty: at b at 08:26, which begins at 08:40 as planned.
    assert starts(told) == {"a": "08:10", "b": "08:40", "c": "09:10"}
    assert fates(told) == {"a": Fate.NOT_MET, "b": Fate.MET, "c": Fate.MET}
    assert (told.visits_made[0], told.visits_met[0]) == (3, 2)
    assert told.working_s[0, 0] == clock("10:00") - clock("08:00")
    assert told.travel_s[0, 0] == 60 * 60
    assert told.overtime_s[0, 0] == 0


def come_early(sooner: float, planned_first: str = "08:40") -> str:
    """Return when b begins whose crew comes at 08:26, by how likely she is in sooner than planned.

    From 08:40 on, as planned, she is in with a chance of one half.
    """
    then = replace(option(2, span(planned_first, "11:00")), p_met=0.5)
    before = replace(option(2, span("08:20", "08:39")), p_met=sooner)
    b = visit("b", then, before)
    day = on_a_line(LINE, [A, b], [crew()])
    told = drive_plan(day, planned(day, [A, b]), Otherwise(day, out=frozenset("a")), [0])
    return starts(told)["b"]


def test_who_comes_early_does_not_wait_for_an_hour_less_than_twice_as_good() -> None:
    assert come_early(0.3) == "08:26"
    assert come_early(0.25) == "08:26", "half as likely is just enough"


def test_who_comes_early_waits_for_an_hour_more_than_twice_as_good() -> None:
    assert come_early(0.24) == "08:40"


def test_a_crew_waits_where_its_plan_has_it_wait() -> None:
    # At b at 08:40 by the plan, to begin at 08:50: the plan knew of the sooner hours.
    assert come_early(0.5, planned_first="08:50") == "08:50"


def test_who_comes_early_keeps_to_hours_at_the_same_door_of_its_own() -> None:
    then = replace(option(2, span("08:40", "11:00")), p_met=0.5)
    elsewhere = replace(option(3, span("08:20", "08:39")), p_met=0.5)
    others = replace(option(2, span("08:20", "08:39")), p_met=0.5, crews=frozenset({"z"}))
    b = visit("b", then, elsewhere, others)
    day = on_a_line(LINE, [A, b], [crew()])
    told = drive_plan(day, planned(day, [A, b]), Otherwise(day, out=frozenset("a")), [0])
    assert starts(told)["b"] == "08:40"


def test_who_is_late_begins_in_any_lawful_hours_of_the_door() -> None:
    # The chance of meeting is parted at 09:00: the plan is for the hour before it.
    b = visit("b", option(2, span("08:30", "08:59")), option(2, span("09:00", "11:00")))
    day = on_a_line(LINE, [A, b], [crew()])
    told = drive_plan(day, planned(day, [A, b]), Otherwise(day, lasts_min={"a": 60}), [0])
    assert starts(told) == {"a": "08:10", "b": "09:20"}
    assert not told.is_on_time()["b"][0]


def test_a_visit_whose_hours_would_be_over_is_passed_over_and_the_next_one_made() -> None:
    b = visit("b", option(2, span("08:30", "09:00")))
    day = on_a_line(LINE, [A, b, C], [crew()])
    plan = planned(day, [A, b, C])
    told = drive_plan(day, plan, Otherwise(day, lasts_min={"a": 60}), [0])
    # After 09:10 b is over, and the crew drives twenty minutes straight to c.
    assert fates(told) == {"a": Fate.MET, "b": Fate.HOURS_OVER, "c": Fate.MET}
    assert starts(told)["c"] == "09:30"
    assert {fate: int(n[0]) for fate, n in told.undone().items()} == {Fate.HOURS_OVER: 1}


def test_a_slow_road_can_lead_to_a_door_whose_hours_are_over() -> None:
    b = visit("b", option(2, span("08:30", "08:45")))
    day = on_a_line(LINE, [A, b], [crew()])
    told = drive_plan(day, planned(day, [A, b]), Otherwise(day, percent=200), [0])
    # It leaves a at 08:40, expects to be there at 08:50, later than the last start.
    assert fates(told)["b"] is Fate.HOURS_OVER
    wider = visit("b", option(2, span("08:30", "08:55")))
    day = on_a_line(LINE, [A, wider], [crew()])
    told = drive_plan(day, planned(day, [A, wider]), Otherwise(day, percent=200), [0])
    # Here it expects to be in time, and is there at 09:00.
    assert fates(told)["b"] is Fate.CAME_LATE
    assert told.home_s[0, 0] == clock("09:40")


def test_a_visit_ends_with_its_lawful_hours_however_long_it_would_have_lasted() -> None:
    b = visit("b", option(2, span("08:30", "08:45")))  # to 09:05 with its 20 minutes
    day = on_a_line(LINE, [A, b], [crew()])
    told = drive_plan(day, planned(day, [A, b]), Otherwise(day, lasts_min={"b": 90}), [0])
    assert told.home_s[0, 0] == clock("09:25")


def test_what_no_longer_fits_the_shift_is_left_undone_and_overtime_goes_up_to_its_most() -> None:
    day = on_a_line(LINE, [A, B, C], [crew(end_s=clock("10:20"))])
    plan = planned(day, [A, B, C])
    longer = Otherwise(day, lasts_min={"a": 50})
    # After a at 09:00: b 09:10-09:30, c 09:40-10:00, home at 10:30: ten minutes too late.
    assert fates(drive_plan(day, plan, longer, [0]))["c"] is Fate.NO_TIME
    day = replace(day, crews=(replace(day.crews[0], max_overtime_s=600),))
    told = drive_plan(day, plan, longer, [0])
    assert fates(told)["c"] is Fate.MET
    assert told.overtime_s[0, 0] == 600


def test_a_crew_that_is_late_gives_up_what_can_wait_for_a_must_visit() -> None:
    must = visit("c", option(3, span("09:00", "09:20")), is_required=True)
    day = on_a_line(LINE, [A, B, must], [crew()])
    plan = planned(day, [A, B, must])
    late = Otherwise(day, lasts_min={"a": 50})
    # After a at 09:00: by b it would be at the must-visit at 09:40, without it at 09:20.
    kept = drive_plan(day, plan, late, [0], Policy(late=WhenLate.MUSTS_FIRST))
    assert fates(kept) == {"a": Fate.MET, "b": Fate.FOR_A_MUST, "c": Fate.MET}
    lost = drive_plan(day, plan, late, [0], Policy(late=WhenLate.IN_ORDER))
    assert fates(lost) == {"a": Fate.MET, "b": Fate.MET, "c": Fate.HOURS_OVER}


NOON = CrewBreak("noon", span("08:25", "08:45"), 1800)


def test_a_break_is_taken_where_it_was_planned_or_before_it_would_be_too_late() -> None:
    day = on_a_line(LINE, [A, B], [crew(breaks=(NOON,))])
    plan = planned(day, [A, B])
    assert starts(drive_plan(day, plan, Otherwise(day), [0])) == {
        "a": "08:10",
        "noon": "08:30",
        "b": "09:10",
    }
    late = drive_plan(day, plan, Otherwise(day, late_min={"a/1": 20}), [0])
    # Away at 08:20, at a it would be 08:50 before it can rest: it rests at once, from 08:25.
    assert starts(late) == {"noon": "08:25", "a": "09:05", "b": "09:35"}


def test_who_is_early_for_a_break_makes_the_next_visit_first_or_goes_home_without() -> None:
    rest = CrewBreak("noon", span("08:30", "09:30"), 1800)
    day = on_a_line(LINE, [A, B], [crew(breaks=(rest,))])
    plan = planned(day, [A, B])
    order = [stop.id for stop in plan.itineraries[0].stops]
    assert order.index("noon") > 0
    early = drive_plan(day, plan, Otherwise(day, out=frozenset("ab"), not_met_min=1), [0])
    assert starts(early)["b"] == "08:21"


def test_who_is_early_for_a_break_and_for_the_next_visit_rests_between_them() -> None:
    # Nobody is in at a: away at 08:11, it would wait at b from 08:21 to 09:15. After the break,
    # 08:30 to 09:00, it is there at 09:10, and nothing begins later.
    rest = CrewBreak("noon", span("08:30", "09:30"), 1800)
    b = visit("b", option(2, span("09:15", "11:00")))
    day = on_a_line(LINE, [A, b], [crew(breaks=(rest,))])
    absent = Otherwise(day, out=frozenset("a"), not_met_min=1)
    early = drive_plan(day, planned(day, [A, b]), absent, [0])
    assert starts(early) == {"a": "08:10", "noon": "08:30", "b": "09:15"}


def test_a_crew_of_two_of_whom_one_is_absent_goes_only_where_one_is_enough() -> None:
    two = visit("b", option(2), crew_size=2)
    day = on_a_line(LINE, [A, two, C], [crew(size=2)])
    plan = planned(day, [A, two, C])
    told = drive_plan(day, plan, Otherwise(day, absent=frozenset({"a/2"})), [0])
    assert fates(told) == {"a": Fate.MET, "b": Fate.SHORT_HANDED, "c": Fate.MET}
    nobody = drive_plan(day, plan, Otherwise(day, absent=frozenset({"a/1", "a/2"})), [0])
    assert set(fates(nobody).values()) == {Fate.NOBODY}
    assert (nobody.visits_made[0], nobody.working_s.sum(), nobody.people_s[0]) == (0, 0, 0)
    late = drive_plan(day, plan, Otherwise(day, late_min={"a/2": 15}), [0])
    assert starts(late)["a"] == "08:25"


MEETING = visit("m", option(1), crew_size=2, may_meet=True)


def met_at(start: str) -> tuple[Problem, Plan]:
    """Return a day on which two single collectors meet at one door, ten minutes from home."""
    day = on_a_line(LINE, [MEETING, A, C], [crew("x"), crew("y")])
    at_s = clock(start)
    calls: list[list[Call]] = [[Call(A, 0)], []]
    trips = [
        drive(day, who, [*before, Call(MEETING, 0, at_s)])
        for who, before in zip(day.crews, calls, strict=True)
    ]
    assert trips[0] is not None
    assert trips[1] is not None
    return day, Plan((trips[0], trips[1]), ())


def test_two_crews_that_meet_begin_when_both_are_there() -> None:
    day, plan = met_at("08:40")
    told = drive_plan(day, plan, Otherwise(day, lasts_min={"a": 40}), [0])
    # x is done with a, at the same door, at 08:50 instead of 08:30: y has waited ten minutes.
    assert [s for row, s in zip(told.rows, told.start_s[:, 0], strict=True) if row.id == "m"] == [
        clock("08:50")
    ] * 2
    assert told.visits_met[0] == 2


def test_who_waits_too_long_for_the_other_crew_goes_on() -> None:
    day, plan = met_at("08:40")
    told = drive_plan(day, plan, Otherwise(day, lasts_min={"a": 90}), [0])
    assert told.visits_met[0] == 1
    y_at = [row.crew_id for row in told.rows if row.id == "m"].index("y")
    rows = [at for at, row in enumerate(told.rows) if row.id == "m"]
    assert told.fate[rows[y_at], 0] == Fate.MATE_MISSING
    assert told.home_s[1, 0] == clock("09:05")  # a quarter of an hour after 08:40, and the way


def test_who_meets_somebody_absent_hears_of_it_and_stays() -> None:
    day, plan = met_at("08:40")
    told = drive_plan(day, plan, Otherwise(day, absent=frozenset({"x/1"})), [0])
    assert not told.is_out.any()
    assert {fate: int(n[0]) for fate, n in told.undone().items()} == {Fate.NOBODY: 2}


def replanned(moment: Moment) -> Plan:
    """Let the crews take what is left in turn, in the order of the problem."""
    trips: list[Itinerary] = []
    begun = {stop.id for who in moment.problem.crews for stop in who.begun}
    left = [one for one in moment.problem.visits if one.id not in begun]
    for who in moment.problem.crews:
        trip = drive(moment.problem, who, [Call(one, 0) for one in left])
        assert trip is not None
        trips.append(trip)
        left = []
    return Plan(tuple(trips), ())


def test_a_plan_made_anew_at_a_moment_is_driven_from_there() -> None:
    day = on_a_line(LINE, [A, B, C], [crew("x"), crew("y")])
    plan = planned(day, [A, B], [C])
    seen: list[Moment] = []

    def replan(moment: Moment) -> Plan:
        seen.append(moment)
        return replanned(moment)

    policy = Policy(replan=replan, moments_s=(clock("08:15"),))
    gone = Otherwise(day, absent=frozenset({"y/1"}))
    told = drive_plan(day, plan, gone, [0, 3], policy)
    # y does not come; from 08:15 on x, who is at a's door until 08:30, makes c beside b.
    assert starts(told) == {"a": "08:10", "b": "08:40", "c": "09:10"}
    assert told.visits_met.tolist() == [3, 3]
    assert [one.replication for one in seen] == [0, 3]
    [first, _] = seen
    [x] = first.problem.crews
    assert [(stop.id, stop.end_s) for stop in x.begun] == [("a", clock("08:30"))]
    assert first.ahead["x"] == ("b",)
    assert told.undone() == {}


def test_a_policy_that_answers_nothing_lets_the_day_go_on_as_it_was() -> None:
    day = on_a_line(LINE, [A, B, C], [crew("x", breaks=(NOON,)), crew("y")])
    plan = planned(day, [A, B], [C])
    world = Otherwise(day, lasts_min={"a": 45}, late_min={"y/1": 30})
    quiet = Policy(replan=lambda _: None, moments_s=(clock("08:00"), clock("08:20")))
    one, other = (drive_plan(day, plan, world, [0, 1], policy) for policy in (quiet, Policy()))
    assert starts(one) == starts(other)
    assert (one.home_s == other.home_s).all()
    assert fates(one) == fates(other)

"""From a plan that holds, each single fault must be named, and a second judge must agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import numpy as np
import pytest

from scheduler.check import Fault, kinds, rule_kind
from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.directives import Directive, DirectiveKind
from scheduler.model import DailyWindow, OwnerPolicy, PastVisit, PlaceKind, StopFlag, Window
from scheduler.plan import Itinerary, Stop
from scheduler.problem import Lock, Reference, VisitOption
from scheduler.restraints import Pause, PauseKind, Wish, WishBy
from tests.brute import is_feasible
from tests.scheduler.valid_day import ELSEWHERE, MIDNIGHT, ON, Judged, at, valid_day

Mutation = Callable[[Judged], Judged]
PROFILES = ("CN", "US")

# What each fault does to the valid day is told in its line; `at` gives seconds.
MUTATIONS: list[tuple[str, Mutation, str]] = [
    # --- the lists
    ("a crew nobody has", lambda d: d.with_trip("B", crew_id="Z"), Fault.UNKNOWN_CREW),
    ("a visit nobody asked for", lambda d: d.with_stop("b3", id="b9"), Fault.UNKNOWN_VISIT),
    ("left out, never asked", lambda d: d.with_left_out("b4", "b5", "b9"), Fault.UNKNOWN_VISIT),
    ("an option too many", lambda d: d.with_stop("b3", option=1), Fault.UNKNOWN_OPTION),
    ("an option below none", lambda d: d.with_stop("b3", option=-1), Fault.UNKNOWN_OPTION),
    ("another crew's break", lambda d: d.with_stop("tea", id="lunch"), Fault.UNKNOWN_BREAK),
    (
        "a crew on two itineraries",
        lambda d: with_plan(d, itineraries=(*d.plan.itineraries, Itinerary("B", 0, 0, ()))),
        Fault.CREW_TWICE,
    ),
    ("a visit made twice", lambda d: d.with_stops("A", lambda s: [s[0], *s]), Fault.VISIT_TWICE),
    ("left out twice", lambda d: d.with_left_out("b4", "b4", "b5"), Fault.LEFT_OUT_TWICE),
    (
        "visited and left out",
        lambda d: d.with_left_out("b3", "b4", "b5"),
        Fault.SERVED_AND_LEFT_OUT,
    ),
    ("a visit lost", lambda d: d.with_left_out("b5"), Fault.VISIT_LOST),
    ("a refused one lost", lambda d: d.with_left_out("b4"), Fault.VISIT_LOST),
    # --- the way
    (
        "leaves a minute early",
        lambda d: d.with_trip("A", start_s=at("08:59")),
        Fault.WRONG_DEPARTURE,
    ),
    (
        "leaves a minute late",
        lambda d: d.with_trip("A", start_s=at("09:01")),
        Fault.WRONG_DEPARTURE,
    ),
    (
        "a road closed",
        lambda d: with_travel(d, 0, 4, 2**30),
        Fault.NO_ROAD,
    ),
    ("a road home closed", lambda d: with_travel(d, 4, 0, 2**30), Fault.NO_ROAD),
    ("a second less to drive", lambda d: with_travel(d, 1, 2, 599), Fault.WRONG_TRAVEL_TIME),
    (
        "arrives a second early",
        lambda d: d.with_stop("b2", arrival_s=at("09:40") - 1),
        Fault.WRONG_TRAVEL_TIME,
    ),
    ("another place", lambda d: d.with_stop("b2", option=1), Fault.WRONG_TRAVEL_TIME),
    ("another place's name", lambda d: d.with_stop("b2", place_id="h2"), Fault.WRONG_PLACE),
    (
        "starts a minute early",
        lambda d: d.with_stop("b3", start_s=at("09:39"), end_s=at("09:59")),
        Fault.STARTS_BEFORE_ARRIVAL,
    ),
    (
        "the order turned round",
        lambda d: d.with_stops("A", lambda s: [s[1], s[0], s[2]]),
        Fault.OVERLAP,
    ),
    (
        "a window missed by a second",
        lambda d: d.with_stop("b2", start_s=at("11:45") - 1, end_s=at("12:05") - 1),
        Fault.WINDOW_MISSED,
    ),
    (
        "a window missed at its end",
        lambda d: d.with_stop("b2", start_s=at("12:00") + 1, end_s=at("12:20") + 1),
        Fault.WINDOW_MISSED,
    ),
    (
        "a service cut short",
        lambda d: d.with_stop("b3", end_s=at("09:59")),
        Fault.WRONG_SERVICE_TIME,
    ),
    ("home too soon", lambda d: d.with_trip("A", end_s=at("12:54")), Fault.WRONG_RETURN),
    (
        # B is back at 10:55; half an hour of overtime is allowed.
        "overtime by a second",
        lambda d: d.with_crew("B", end_s=at("10:25") - 1),
        Fault.OVERTIME,
    ),
    # --- breaks
    (
        "a second more on the road than allowed",
        lambda d: d.with_crew("A", max_travel_s=40 * 60 - 1),
        Fault.TRAVELS_TOO_LONG,
    ),
    ("a setup forgotten", lambda d: with_setup(d, 60), Fault.WRONG_SERVICE_TIME),
    ("a break dropped", lambda d: d.with_stops("B", lambda s: s[:1]), Fault.BREAK_DROPPED),
    (
        "a break twice",
        lambda d: d.with_stops("B", lambda s: [*s, at_second(s[1], at("10:15"))]),
        Fault.BREAK_TWICE,
    ),
    (
        "a break begun late",
        lambda d: d.with_stop("tea", start_s=at("10:30") + 1, end_s=at("10:45") + 1),
        Fault.BREAK_MOVED,
    ),
    (
        "a break in a visit",
        lambda d: d.with_stop("lunch", start_s=at("12:00"), end_s=at("12:30")),
        Fault.BREAK_IN_VISIT,
    ),
    (
        "a break's wait forgotten",
        lambda d: d.with_stop("lunch", arrival_s=at("12:04")),
        Fault.WRONG_BREAK_ARRIVAL,
    ),
    (
        "a break cut short",
        lambda d: d.with_stop("lunch", end_s=at("12:34")),
        Fault.WRONG_BREAK_LENGTH,
    ),
    (
        # A is out from 09:00 to 12:55, half an hour of it at lunch.
        "a second more at work than allowed",
        lambda d: d.with_crew("A", max_working_s=235 * 60 - 1),
        Fault.WORKS_TOO_LONG,
    ),
    (
        "a lunch not paid, and still a second too much",
        lambda d: with_lunch_off(d, 205 * 60 - 1),
        Fault.WORKS_TOO_LONG,
    ),
    (
        # The ten minutes to h1 take half as much again before half past nine.
        "a slower hour forgotten",
        lambda d: with_slots(d, "09:30", 150),
        Fault.WRONG_TRAVEL_TIME,
    ),
    ("a slower crew", lambda d: d.with_crew("B", travel_percent=101), Fault.WRONG_TRAVEL_TIME),
    (
        "leaves before its shift, though its work has a price",
        lambda d: d.with_crew("A", working_price_per_s=1).with_trip("A", start_s=at("08:59")),
        Fault.WRONG_DEPARTURE,
    ),
    # --- what is begun
    (
        "moves the one visit that people know",
        lambda d: d.with_problem(reference=Reference({"b1": frozenset("B")}, most_moves=0)),
        Fault.TOO_MANY_MOVES,
    ),
    (
        "leaves out a visit that people know",
        lambda d: d.with_problem(reference=Reference({"b9": frozenset("B")}, most_moves=0)),
        Fault.TOO_MANY_MOVES,
    ),
    (
        "begun a minute later than the plan has it",
        lambda d: d.with_crew("A", begun=(later_by_minutes(begun(d, "A")[0], 1),)),
        Fault.BEGUN_CHANGED,
    ),
    (
        "begun, and at home",
        lambda d: with_plan(
            d.with_crew("B", begun=begun(d, "B")[:1]), itineraries=d.plan.itineraries[:1]
        ).with_left_out("b3", "b4", "b5"),
        Fault.BEGUN_CHANGED,
    ),
    (
        # b1 is begun and done at 09:30, and A is held up at its door for a minute.
        "leaves before it is free",
        lambda d: d.with_crew("A", begun=begun(d, "A")[:1], free_s=at("09:31")),
        Fault.WRONG_TRAVEL_TIME,
    ),
    (
        "has begun at nine, and left a minute after",
        lambda d: d.with_crew("A", begun=begun(d, "A")[:1], working_price_per_s=1).with_trip(
            "A", start_s=at("09:01")
        ),
        Fault.WRONG_DEPARTURE,
    ),
    # --- two at one door
    ("a visit that nobody may meet for", lambda d: meeting(d, may_meet=False), Fault.VISIT_TWICE),
    ("a visit made by two, one enough", lambda d: meeting(d, size_b=4), Fault.VISIT_TWICE),
    ("two who start apart", lambda d: meeting(d, wait_s=60), Fault.MEETS_APART),
    ("two in different ways", lambda d: meeting(d, option_b=1), Fault.MEETS_APART),
    ("two who are too few together", lambda d: meeting(d, needed=5), Fault.CREW_TOO_SMALL),
    (
        "two of whom one has not the skill",
        lambda d: meeting(d).with_visit("b1", skills=frozenset({"vehicles"})),
        Fault.SKILL_MISSING,
    ),
    # --- who may go
    ("a visit too many", lambda d: d.with_crew("A", max_visits=1), Fault.TOO_MANY_VISITS),
    ("more than it can carry", lambda d: with_loads(d, 2, 3), Fault.OVERLOADED),
    ("a skill gone", lambda d: d.with_crew("B", skills=frozenset()), Fault.SKILL_MISSING),
    (
        "a skill that only the paper has",
        lambda d: d.with_fact("collectors", "cat", skills=frozenset()),
        Fault.SKILL_MISSING,
    ),
    (
        "a language that neither of the two speaks",
        lambda d: with_languages(d, {"b3": "hakka", "cat": "mandarin", "dan": "min"}),
        Fault.SKILL_MISSING,
    ),
    ("a crew of one", lambda d: d.with_crew("A", size=1), Fault.CREW_TOO_SMALL),
    ("a case for three", lambda d: d.with_fact("cases", "k3", crew_size=3), Fault.CREW_TOO_SMALL),
    (
        "a crew that may not",
        lambda d: d.with_visit("b3", allowed_crews=frozenset({"A"})),
        Fault.CREW_NOT_ALLOWED,
    ),
    (
        "a way that is another crew's",
        lambda d: d.with_visit("b3", options=(only_for(d, "b3", "A"),)),
        Fault.OPTION_NOT_FOR_CREW,
    ),
    # --- locks
    ("a lock on another crew", lambda d: replace(d, locks=(Lock("b3", "A"),)), Fault.LOCK_CREW),
    ("a locked visit left out", lambda d: replace(d, locks=(Lock("b4", "A"),)), Fault.LOCK_CREW),
    (
        "a locked hour",
        lambda d: replace(d, locks=(Lock("b1", "A", at("09:11")),)),
        Fault.LOCK_TIME,
    ),
    (
        "a locked order",
        lambda d: replace(d, locks=(Lock("b1", "A", after="b2"),)),
        Fault.LOCK_ORDER,
    ),
    (
        "locked after another crew's",
        lambda d: replace(d, locks=(Lock("b3", "B", after="b1"),)),
        Fault.LOCK_ORDER,
    ),
    # --- the roster
    ("a crew not formed", lambda d: d.with_day(crews=d.day.crews[:1]), Fault.UNKNOWN_CREW),
    (
        "a member nobody knows",
        lambda d: d.with_fact("crews", "A", members=("ann", "zoe")),
        Fault.UNKNOWN_MEMBER,
    ),
    (
        "a member in two crews",
        lambda d: d.with_fact("crews", "A", members=("ann", "cat")),
        Fault.MEMBER_IN_TWO_CREWS,
    ),
    ("a partner absent", lambda d: without_shift(d, "dan"), Fault.MEMBER_OFF_SHIFT),
    (
        # B is back at 10:55 and may be half an hour late.
        "a shift that ends too soon",
        lambda d: d.with_fact("shifts", "dan", window=hours_of_day("09:00", "10:24")),
        Fault.OUTSIDE_SHIFT,
    ),
    (
        "a shift that begins too late",
        lambda d: d.with_fact("shifts", "dan", window=hours_of_day("09:01", "17:00")),
        Fault.OUTSIDE_SHIFT,
    ),
    (
        "a certificate expired yesterday",
        lambda d: d.with_fact("collectors", "dan", certificate_expires=date(2026, 11, 22)),
        Fault.CERTIFICATE_EXPIRED,
    ),
    # --- the borrowers
    ("no rules", lambda d: d.with_problem(rules=None), Fault.RULES_MISSING),
    ("a case unknown", lambda d: d.with_visit("b3", case_ids=("k9",)), Fault.UNKNOWN_CASE),
    ("a visit for no case", lambda d: d.with_visit("b3", case_ids=()), Fault.UNKNOWN_CASE),
    ("a place unknown", lambda d: d.with_fact("places", "h3", id="h9"), Fault.UNKNOWN_PLACE),
    (
        "a borrower unknown",
        lambda d: d.with_fact("borrowers", "b3", id="b9"),
        Fault.UNKNOWN_BORROWER,
    ),
    (
        "another's place",
        lambda d: d.with_fact("places", "h3", borrower_id="b4"),
        Fault.WRONG_BORROWER,
    ),
    (
        "one borrower, two visits",
        lambda d: d.with_fact("places", "h3", borrower_id="b1").with_fact(
            "cases", "k3", borrower_id="b1"
        ),
        Fault.BORROWER_TWICE,
    ),
    (
        # b3 is visited 09:40-10:00.
        "outside her hours by a minute",
        lambda d: d.with_fact("places", "h3", windows=(DailyWindow(time(9, 41), time(12)),)),
        Fault.OUTSIDE_BORROWERS_HOURS,
    ),
    (
        "not on her weekday",
        lambda d: d.with_fact(
            "places", "h3", windows=(DailyWindow(time(9), time(12), frozenset({1})),)
        ),
        Fault.OUTSIDE_BORROWERS_HOURS,
    ),
    (
        "not at the hour agreed",
        lambda d: d.with_fact("cases", "k3", appointment=hours_of_day("14:00", "15:00")),
        Fault.OUTSIDE_BORROWERS_HOURS,
    ),
    (
        "a fixed owner elsewhere",
        lambda d: d.with_fact("cases", "k3", owner="ann").with_day(
            city=replace(d.day.city, owner_policy=OwnerPolicy.FIXED)
        ),
        Fault.OWNER_ABSENT,
    ),
    (
        "a fixed owner elsewhere, and who stands in for her too",
        lambda d: d.with_fact("cases", "k3", owner="ann").with_day(
            city=replace(d.day.city, owner_policy=OwnerPolicy.FIXED),
            stand_ins={"k3": frozenset({"ben"}), "k1": frozenset({"cat"})},
        ),
        Fault.OWNER_ABSENT,
    ),
    (
        "a case of another agency",
        lambda d: d.with_fact("cases", "k3", agency="South"),
        Fault.WRONG_AGENCY,
    ),
    (
        "a collector who works for another agency",
        lambda d: d.with_fact("collectors", "dan", agency="South"),
        Fault.WRONG_AGENCY,
    ),
    (
        "one of two cases that is the lender's own",
        lambda d: d.with_fact("cases", "k5", borrower_id="b3", agency="").with_visit(
            "b3", case_ids=("k3", "k5")
        ),
        Fault.WRONG_AGENCY,
    ),
    (
        "held back for the day",
        lambda d: d.with_dossier("b3", directives=(said(DirectiveKind.NOT_TODAY, ON),)),
        Fault.HELD_BACK,
    ),
    (
        "held back until tomorrow",
        lambda d: d.with_dossier(
            "b3", directives=(said(DirectiveKind.NOT_BEFORE, ON + timedelta(days=1)),)
        ),
        Fault.HELD_BACK,
    ),
    # --- the rules
    (
        # b1 is visited 09:10-09:30; with second 0 at 22:49 of the day before, from 07:59.
        "before lawful hours",
        lambda d: d.with_problem(origin=MIDNIGHT - timedelta(minutes=71)),
        rule_kind("hours"),
    ),
    (
        "before the house's hours",
        lambda d: d.with_problem(origin=MIDNIGHT - timedelta(minutes=11)),
        rule_kind("house_hours"),
    ),
    (
        # b2 ends 12:05; moved by 8 h 16 min that is 20:21, and 20:20 is the last.
        "into the closing margin",
        lambda d: d.with_problem(origin=MIDNIGHT + timedelta(hours=8, minutes=16)),
        rule_kind("closing_margin_min"),
    ),
    (
        "Spring Festival's eve",
        lambda d: d.with_day(on=date(2027, 2, 5)),
        rule_kind("spring_festival"),
    ),
    ("one of a pair", lambda d: without_shift(d, "dan"), rule_kind("crew_size")),
    (
        "represented",
        lambda d: d.with_fact("borrowers", "b3", stops=frozenset({StopFlag.REPRESENTED})),
        rule_kind("stops"),
    ),
    (
        "disputed",
        lambda d: d.with_fact("cases", "k3", stops=frozenset({StopFlag.DISPUTED})),
        rule_kind("house_stops"),
    ),
    (
        "deceased, as another case of hers tells",
        lambda d: d.with_fact(
            "cases", "k5", borrower_id="b3", stops=frozenset({StopFlag.DECEASED})
        ),
        rule_kind("house_stops"),
    ),
    (
        "nobody has called her, in a book of contacts",
        lambda d: d.with_day(knows_contacts=True),
        rule_kind("contact_first"),
    ),
    (
        "two messages on the day",
        lambda d: d.with_dossier("b3", contacts=(texted(0), texted(0))),
        rule_kind("contacts_a_day"),
    ),
    (
        "three messages in the week",
        lambda d: d.with_dossier("b3", contacts=(texted(2), texted(4), texted(6))),
        rule_kind("contacts_in_7_days"),
    ),
    (
        "at work without her asking",
        lambda d: d.with_dossier("b2", consents=d.day.dossier_of("b2").consents[:1]),
        rule_kind("workplace_on_request"),
    ),
    (
        "another place than home and work",
        lambda d: d.with_fact("places", "h3", kind=PlaceKind.OTHER),
        rule_kind("place_kinds"),
    ),
    (
        "not where she chose",
        lambda d: with_place(d.with_fact("places", "h3", source="bureau"), "borrower"),
        rule_kind("place_order"),
    ),
    (
        "a relative's, and she is not lost",
        lambda d: with_place(d.with_fact("places", "h3", source="relative"), "bureau"),
        rule_kind("third_persons"),
    ),
    (
        "another product",
        lambda d: d.with_fact("cases", "k3", product="car"),
        rule_kind("product_bound"),
    ),
    (
        "no authorisation",
        lambda d: d.with_dossier("b3", consents=()),
        rule_kind("product_bound"),
    ),
    (
        # The visit is from 09:40 to 10:00.
        "hours that she blocked",
        lambda d: d.with_dossier("b3", wishes=(wish(blocked=(daily("09:59", "12:00"),)),)),
        rule_kind("blocked_hours"),
    ),
    (
        "a place that she blocked",
        lambda d: d.with_dossier("b3", wishes=(wish(place_kind=PlaceKind.HOME),)),
        rule_kind("blocked_places"),
    ),
    (
        "an employer who forbids it",
        lambda d: d.with_dossier(
            "b2", wishes=(wish(place_kind=PlaceKind.WORK, by=WishBy.EMPLOYER),)
        ),
        rule_kind("employer_forbids"),
    ),
    (
        "in mourning until today",
        lambda d: d.with_dossier("b3", pauses=(pause(3, 0),)),
        rule_kind("pauses"),
    ),
    ("visited on Saturday", lambda d: visited(d, 2), rule_kind("days_between_visits")),
    (
        "visited by the lender's file",
        lambda d: d.with_fact("cases", "k3", visited_at=MIDNIGHT - timedelta(days=1)),
        rule_kind("days_between_visits"),
    ),
    ("twice in the week", lambda d: visited(d, 3, 6), rule_kind("visits_in_7_days")),
    (
        "four times in the month",
        lambda d: visited(d, 8, 15, 22, 29),
        rule_kind("visits_in_30_days"),
    ),
    (
        "a wrong address",
        lambda d: d.with_fact("places", "h3", is_valid=False),
        rule_kind("valid_place"),
    ),
    (
        "a workplace found out",
        lambda d: d.with_fact("places", "w2", source="internet"),
        rule_kind("workplace"),
    ),
]


def only_for(day: Judged, visit_id: str, crew: str) -> VisitOption:
    return replace(day.problem.visit_by_id[visit_id].options[0], crews=frozenset({crew}))


def begun(day: Judged, crew: str) -> tuple[Stop, ...]:
    return next(trip.stops for trip in day.plan.itineraries if trip.crew_id == crew)


def later_by_minutes(stop: Stop, minutes: int) -> Stop:
    return at_second(stop, stop.start_s + 60 * minutes)


def starting_at(day: Judged, visit_id: str, clock: str) -> VisitOption:
    way = day.problem.visit_by_id[visit_id].options[0]
    return replace(way, starts=((at(clock), at(clock)),))


def begun_late(day: Judged) -> Stop:
    """Return b1 reached five minutes late, and a minute longer than it takes."""
    return replace(
        begun(day, "A")[0], arrival_s=at("09:15"), start_s=at("09:15"), end_s=at("09:36")
    )


def with_lunch_off(day: Judged, max_working_s: int) -> Judged:
    (lunch,) = day.problem.crew_by_id["A"].breaks
    unpaid = (replace(lunch, is_paid=False),)
    return day.with_crew("A", breaks=unpaid, max_working_s=max_working_s)


def with_slots(day: Judged, until: str, percent: int) -> Judged:
    """Let all ways take so much of their time until an hour."""
    travel = day.problem.travel
    seconds = np.concatenate([travel.seconds * percent // 100, travel.seconds], axis=1)
    starts = (0, at(until))
    return day.with_problem(
        travel=replace(travel, seconds=seconds, metres=seconds, slot_starts_s=starts)
    )


def meeting(
    day: Judged,
    *,
    may_meet: bool = True,
    needed: int = 4,
    size_b: int = 2,
    wait_s: int = 0,
    option_b: int = 0,
) -> Judged:
    """Let b1, with a second option like the first, be for both pairs, who meet there at 09:10.

    B goes on to h3 at 09:30, is there at 10:00 until 10:20, has tea until 10:35 and is home at
    11:15; `wait_s` later all along where it comes apart.
    """
    (way,) = day.problem.visit_by_id["b1"].options
    day = (
        replace(day, locks=())
        .with_visit(
            "b1", options=(way, way), crew_size=needed, may_meet=may_meet, allowed_crews=None
        )
        .with_crew("B", size=size_b)
    )
    first = replace(begun(day, "A")[0], start_s=at("09:10") + wait_s, option=option_b)
    first = replace(first, end_s=at("09:30") + wait_s)
    third = at_second(begun(day, "B")[0], at("10:00") + wait_s)
    tea = at_second(begun(day, "B")[1], at("10:20") + wait_s)
    return day.with_trip("B", stops=(first, third, tea), end_s=at("11:15") + wait_s)


def with_setup(day: Judged, setup_s: int) -> Judged:
    """Let b3 take so much longer for a crew that comes from elsewhere."""
    (option,) = day.problem.visit_by_id["b3"].options
    return day.with_visit("b3", options=(replace(option, setup_s=setup_s),))


def with_loads(day: Judged, first: int, second: int) -> Judged:
    """Let b1 and b2, both of crew A that has room for 4, have these loads."""
    day = day.with_visit("b1", load=(first,)).with_visit("b2", load=(second,))
    return day.with_crew("A", capacity=(4,))


def with_plan(day: Judged, **changes: Any) -> Judged:
    return replace(day, plan=replace(day.plan, **changes))


def agency_of_b3(day: Judged, agency: str) -> Judged:
    """Let an agency have b3's case and the people of crew B."""
    for member in ("cat", "dan"):
        day = day.with_fact("collectors", member, agency=agency)
    return day.with_fact("cases", "k3", agency=agency)


def with_languages(day: Judged, spoken: dict[str, str]) -> Judged:
    """Let borrowers and collectors speak these languages, and no others."""
    for id_, languages in spoken.items():
        facts = "borrowers" if id_ == "b3" else "collectors"
        day = day.with_fact(facts, id_, languages=frozenset(languages.split()))
    return day


def with_travel(day: Judged, i: int, j: int, seconds: int) -> Judged:
    travel = day.problem.travel
    changed = travel.seconds.copy()
    changed[0, 0, i, j] = seconds
    return day.with_problem(travel=replace(travel, seconds=changed))


def at_second(stop: Stop, start_s: int) -> Stop:
    return replace(
        stop, arrival_s=start_s, start_s=start_s, end_s=start_s + stop.end_s - stop.start_s
    )


def hours_of_day(start: str, end: str) -> Window:
    return Window(*(MIDNIGHT + timedelta(seconds=at(clock)) for clock in (start, end)))


def without_shift(day: Judged, member: str) -> Judged:
    return day.with_day(shifts=[s for s in day.day.shifts if s.collector_id != member])


def visited(day: Judged, *days_ago: int) -> Judged:
    """Let b3 have been visited so many days ago, at noon."""
    noon = MIDNIGHT + timedelta(hours=12)
    return day.with_day(past=[PastVisit("b3", noon - timedelta(days=ago)) for ago in days_ago])


def texted(days_ago: int) -> Contact:
    """Return a message that was sent to b3 so many days ago, at eight."""
    at = MIDNIGHT + timedelta(hours=8) - timedelta(days=days_ago)
    return Contact(
        "c", "b3", Channel.SMS, Direction.OUT, Party.BORROWER, ContactResult.DELIVERED, at
    )


def wish(**changes: Any) -> Wish:
    return replace(Wish(1, "b3", "letter"), **changes)


def daily(start: str, end: str) -> DailyWindow:
    return DailyWindow(time.fromisoformat(start), time.fromisoformat(end))


def said(kind: DirectiveKind, on: date) -> Directive:
    return Directive(1, "b3", kind, on, "dora", MIDNIGHT)


def pause(first_ago: int, last_ago: int) -> Pause:
    first, last = (ON - timedelta(days=ago) for ago in (first_ago, last_ago))
    return Pause(1, "b3", PauseKind.MOURNING, first, last, "family")


def with_place(day: Judged, source: str) -> Judged:
    """Let b3 have a second address, of that source."""
    first = next(place for place in day.day.places if place.id == "h3")
    return day.with_day(places=[*day.day.places, replace(first, id="h3b", source=source)])


def brute(day: Judged) -> bool:
    return is_feasible(*day.parts(), PROFILES, ELSEWHERE)


def test_the_valid_day_holds() -> None:
    assert valid_day().kinds() == set()
    assert brute(valid_day())


@pytest.mark.parametrize(
    ("mutate", "kind"), [pytest.param(m, kind, id=name) for name, m, kind in MUTATIONS]
)
def test_a_single_fault_is_named(mutate: Mutation, kind: str) -> None:
    broken = mutate(valid_day())
    assert kind in broken.kinds()
    assert not brute(broken)


def test_every_kind_of_violation_is_tried() -> None:
    assert {kind for _, _, kind in MUTATIONS} == kinds()


# What is allowed right beside a fault, and must stay allowed.
ALLOWED: dict[str, Mutation] = {
    "held back until today": lambda d: d.with_dossier(
        "b3", directives=(said(DirectiveKind.NOT_BEFORE, ON),)
    ),
    "held back tomorrow, and asked for today": lambda d: d.with_dossier(
        "b3",
        directives=(
            said(DirectiveKind.NOT_TODAY, ON + timedelta(days=1)),
            said(DirectiveKind.MUST, ON),
        ),
    ),
    "overtime to the second": lambda d: d.with_crew("B", end_s=at("10:25")),
    "all that it can carry": lambda d: with_loads(d, 2, 2),
    "all the travel that is allowed": lambda d: d.with_crew("A", max_travel_s=40 * 60),
    "all the work that is allowed": lambda d: d.with_crew("A", max_working_s=235 * 60),
    "a lunch that is no work": lambda d: with_lunch_off(d, 205 * 60),
    "leaving when it likes, where work has a price": lambda d: (
        replace(d, locks=())
        .with_crew("A", working_price_per_s=1)
        .with_trip("A", start_s=at("09:01"))
        .with_stop("b1", arrival_s=at("09:11"), start_s=at("09:11"), end_s=at("09:31"))
        .with_stop("b2", arrival_s=at("09:41"))
    ),
    "a slower hour that is over": lambda d: with_slots(d, "09:00", 150),
    "what has begun, as it was": lambda d: d.with_crew("A", begun=begun(d, "A")[:2]),
    "begun late, and longer than planned": lambda d: (
        replace(d, locks=())
        .with_visit("b1", options=(starting_at(d, "b1", "09:10"),))
        .with_crew("A", begun=(begun_late(d),))
        .with_stops("A", lambda s: [begun_late(d), *s[1:]])
        .with_stop("b2", arrival_s=at("09:46"))
    ),
    "two who need each other": meeting,
    "a way that is this crew's": lambda d: d.with_visit("b3", options=(only_for(d, "b3", "B"),)),
    "a setup that is kept": lambda d: (
        with_setup(d, 60)
        .with_stop("b3", end_s=at("10:01"))
        .with_stop("tea", arrival_s=at("10:01"), start_s=at("10:01"), end_s=at("10:16"))
        .with_trip("B", end_s=at("10:56"))
    ),
    "a shift that ends in time": lambda d: d.with_fact(
        "shifts", "dan", window=hours_of_day("09:00", "10:25")
    ),
    "a certificate that expires today": lambda d: d.with_fact(
        "collectors", "dan", certificate_expires=ON
    ),
    "the hour agreed": lambda d: d.with_fact(
        "cases", "k3", appointment=hours_of_day("09:40", "10:00")
    ),
    "an appointment of tomorrow": lambda d: d.with_fact(
        "cases",
        "k3",
        appointment=Window(MIDNIGHT + timedelta(days=1), MIDNIGHT + timedelta(days=2)),
    ),
    "another case of hers, of another agency": lambda d: d.with_fact(
        "cases", "k5", borrower_id="b3", agency="South"
    ),
    "an agency that works one of them all": lambda d: agency_of_b3(d, "South"),
    "the lender's own staff": lambda d: agency_of_b3(d, ""),
    "a fixed owner elsewhere for whom somebody stands in": lambda d: d.with_fact(
        "cases", "k3", owner="ann"
    ).with_day(
        city=replace(d.day.city, owner_policy=OwnerPolicy.FIXED),
        stand_ins={"k3": frozenset({"dan"})},
    ),
    "an owner who is passed over at a price": lambda d: d.with_fact("cases", "k3", owner="ann"),
    "the house's first minute": lambda d: (
        d.with_problem(origin=MIDNIGHT - timedelta(minutes=10))
        .with_fact("shifts", "ann", window=hours_of_day("08:00", "17:00"))
        .with_fact("shifts", "ben", window=hours_of_day("08:00", "17:00"))
        .with_fact("shifts", "cat", window=hours_of_day("08:00", "17:00"))
        .with_fact("shifts", "dan", window=hours_of_day("08:00", "17:00"))
    ),
    "a language that one of the two speaks": lambda d: with_languages(
        d, {"b3": "hakka min", "cat": "mandarin", "dan": "min"}
    ),
    "a language, and one of the two has not said": lambda d: with_languages(
        d, {"b3": "hakka", "cat": "mandarin"}
    ),
    "visited on Friday": lambda d: visited(d, 3),
    "a message on the day": lambda d: d.with_dossier("b3", contacts=(texted(0),)),
    "two messages in the week, the third before": lambda d: d.with_dossier(
        "b3", contacts=(texted(2), texted(4), texted(7))
    ),
    "blocked from the minute she is left": lambda d: d.with_dossier(
        "b3", wishes=(wish(blocked=(daily("10:00", "12:00"),)),)
    ),
    "another place blocked": lambda d: d.with_dossier(
        "b3", wishes=(wish(place_kind=PlaceKind.WORK),)
    ),
    "in mourning until yesterday": lambda d: d.with_dossier("b3", pauses=(pause(3, 1),)),
    "a relative's, and she is lost": lambda d: d.with_fact("places", "h3", source="relative"),
    "another case paid": lambda d: d.with_fact(
        "cases", "k5", borrower_id="b3", stops=frozenset({StopFlag.PAID})
    ),
    "a second option's later start": lambda d: (
        d.with_stop("b2", start_s=at("11:50"), end_s=at("12:10"))
        .with_stop("lunch", arrival_s=at("12:10"), start_s=at("12:10"), end_s=at("12:40"))
        .with_trip("A", end_s=at("13:00"))
    ),
    "a crew that stays at home": lambda d: d.with_trip("B", stops=()).with_left_out(
        "b3", "b4", "b5"
    ),
    "no itinerary for it": lambda d: with_plan(d, itineraries=d.plan.itineraries[:1]).with_left_out(
        "b3", "b4", "b5"
    ),
    "a required visit left out": lambda d: d.with_visit("b4", is_required=True),
}


@pytest.mark.parametrize("mutate", [pytest.param(m, id=name) for name, m in ALLOWED.items()])
def test_what_lies_beside_a_fault_is_allowed(mutate: Mutation) -> None:
    changed = mutate(valid_day())
    assert changed.kinds() == set()
    assert brute(changed)


def test_all_faults_are_named_at_once() -> None:
    broken = valid_day().with_stop("tea", id="lunch").with_trip("A", end_s=0).with_left_out()
    assert broken.kinds() >= {
        Fault.UNKNOWN_BREAK,
        Fault.BREAK_DROPPED,
        Fault.WRONG_RETURN,
        Fault.VISIT_LOST,
    }

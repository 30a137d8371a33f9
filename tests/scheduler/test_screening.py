"""Who may be visited, where and when; and each reason why not, with the rule that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from routing.geocoding import Precision
from scheduler.day import Day
from scheduler.dossier import Dossier
from scheduler.follow_ups import FollowUp, Task
from scheduler.model import Borrower, Case, Place, PlaceKind, StopFlag, Window
from scheduler.plan import LeftOut, Reason
from scheduler.promises import Promise, PromiseStatus
from scheduler.restraints import Consent
from scheduler.rules import RULES, Fact, RuleSet
from scheduler.screening import STOPS_OF_ONE_CASE, Candidate, Screened, screen
from tests.scheduler.little_book import (
    ON,
    SHANGHAI,
    at,
    case,
    daily,
    day,
    failed,
    place,
    rules_of,
    window,
)

YESTERDAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 24)
LAWFUL = window("09:00-20:20")
PERSONAL = sorted(set(StopFlag) - STOPS_OF_ONE_CASE)


def stopped(*flags: StopFlag) -> frozenset[StopFlag]:
    return frozenset(flags)


def candidate(made: Day, rules: RuleSet | None = None) -> Candidate:
    """Return the only borrower of a day, who may be visited."""
    (only,) = screen(made, rules or rules_of()).candidates
    return only


def reason(made: Day, rules: RuleSet | None = None) -> LeftOut:
    """Return why the only borrower of a day is left out."""
    found = screen(made, rules or rules_of())
    assert found.candidates == ()
    (only,) = found.left_out
    return only


def hours_of(found: Candidate) -> dict[str, tuple[Window, ...]]:
    return {opening.place.id: opening.windows for opening in found.openings}


def with_rules(rules: RuleSet, **values: Any) -> RuleSet:
    """Return a profile in which these rules have other values; None takes a rule away."""
    facts: Mapping[str, Any] = {
        name: tuple(_with_value(name, fact, values) for fact in facts)
        for name, facts in rules.facts.items()
        if values.get(name, True) is not None
    }
    return replace(rules, facts=facts)


def _with_value(name: str, fact: Fact, values: Mapping[str, Any]) -> Fact:
    return replace(fact, value=RULES[name].parse(values[name])) if name in values else fact


def test_without_anything_against_it_a_visit_may_be_at_any_lawful_hour() -> None:
    found = candidate(day([case("k1"), case("k2")]))
    assert found.case_ids == ("k1", "k2")
    assert hours_of(found) == {"b1-home": (LAWFUL,)}


# --- stops


@pytest.mark.parametrize("flag", PERSONAL)
def test_a_personal_stop_on_one_case_keeps_her_out_with_all_of_hers(flag: StopFlag) -> None:
    told = reason(day([case("k1"), case("k2", stops=stopped(flag))]))
    assert told == LeftOut(
        "b1", Reason.RULE, f"stopped: {flag}", "house_stops", case_ids=("k1", "k2")
    )


@pytest.mark.parametrize("flag", StopFlag)
def test_any_stop_on_the_borrower_keeps_her_out(flag: StopFlag) -> None:
    told = reason(day([case("k1")], borrowers=[Borrower("b1", "somebody", stops=stopped(flag))]))
    assert (told.rule, told.case_ids) == ("house_stops", ("k1",))


def test_a_stop_of_the_law_is_told_by_the_rule_of_the_law() -> None:
    """The US name being represented a stop of the law, and a complaint one of the house."""
    flags = stopped(StopFlag.REPRESENTED, StopFlag.COMPLAINT)
    told = reason(day([case("k1", stops=flags)]), rules_of("US"))
    assert (told.rule, told.detail) == ("stops", "stopped: represented")
    told = reason(day([case("k1", stops=stopped(StopFlag.COMPLAINT))]), rules_of("US"))
    assert told.rule == "house_stops"


@pytest.mark.parametrize("flag", sorted(STOPS_OF_ONE_CASE))
def test_a_stop_of_one_case_leaves_the_other(flag: StopFlag) -> None:
    found = screen(day([case("k1", stops=stopped(flag)), case("k2")]), rules_of())
    assert [one.case_ids for one in found.candidates] == [("k2",)]
    assert found.left_out == (
        LeftOut("b1/k1", Reason.RULE, f"stopped: {flag}", "house_stops", case_ids=("k1",)),
    )


def test_a_stopped_case_is_never_taken_for_the_borrower_of_that_number() -> None:
    """Lenders number clients and contracts apart: 2 is a contract of client 1, and a client."""
    cases = [case("2", "1", stops=stopped(StopFlag.PAID)), case("3", "1"), case("4", "2")]
    found = screen(day(cases), rules_of())
    visits = [one.borrower.id for one in found.candidates]
    assert visits == ["1", "2"]
    assert [entry.case_ids for entry in found.left_out] == [("2",)]
    assert not {entry.visit_id for entry in found.left_out} & set(visits)


def test_where_every_case_is_stopped_she_is_left_out_once() -> None:
    told = reason(
        day([case("k1", stops=stopped(StopFlag.PAID)), case("k2", stops=stopped(StopFlag.OTHER))])
    )
    assert (told.visit_id, told.detail) == ("b1", "stopped: other, paid")
    assert told.case_ids == ("k1", "k2")


def test_a_stopped_case_is_told_beside_the_reason_of_the_others() -> None:
    cases = [case("k1", stops=stopped(StopFlag.PAID)), case("k2")]
    found = screen(day(cases, places=[]), rules_of())
    assert found.candidates == ()
    assert [(e.case_ids, e.reason) for e in found.left_out] == [
        (("k1",), Reason.RULE),
        (("k2",), Reason.NOT_PLACED),
    ]


def bound_to_loans(**consent: Any) -> tuple[Day, RuleSet]:
    """Return a day of k1, a loan, and k2, a car, where visits are for loans that consent."""
    given = Consent(1, "b1", "product_bound", "visits", ON, "signed", **consent)
    made = day([case("k1", product="loan"), case("k2", product="car")])
    fact = Fact(frozenset({"loan"}), "Ley 2300", None, "S")
    rules = rules_of()
    rules = replace(rules, facts={**rules.facts, "product_bound": (fact,)})
    return replace(made, dossiers={"b1": Dossier(consents=(given,))}), rules


def test_a_case_whose_product_may_not_be_visited_leaves_the_other() -> None:
    made, rules = bound_to_loans()
    found = screen(made, rules)
    assert [one.case_ids for one in found.candidates] == [("k1",)]
    why = "visits for car are forbidden"
    assert found.left_out == (
        LeftOut("b1/k2", Reason.RULE, why, "product_bound", case_ids=("k2",)),
    )


def test_where_no_case_may_be_visited_for_she_is_left_out_once() -> None:
    told = reason(*bound_to_loans(case_id="k9"))
    assert (told.visit_id, told.rule, told.case_ids) == ("b1", "product_bound", ("k1", "k2"))


def test_a_stop_that_no_rule_of_the_profile_refuses_stops_nobody() -> None:
    cases = [case("k1", stops=stopped(StopFlag.PAID)), case("k2", stops=stopped(StopFlag.MOURNING))]
    rules = with_rules(rules_of(), house_stops=["deceased"])
    assert candidate(day(cases), rules).case_ids == ("k1", "k2")
    assert candidate(day(cases), with_rules(rules_of(), house_stops=None)).openings


def test_a_borrower_without_an_open_case_is_nobodys_matter() -> None:
    info = screen(day([]), rules_of()).info
    only = Borrower("b1", "somebody")
    assert screen(day([], borrowers=[only]), rules_of()) == Screened(info, (), ())


# --- appointments and promises


def test_an_appointment_today_takes_the_place_of_her_usual_hours() -> None:
    home = place(windows=(daily("09:00-11:00"),))
    agreed = case("k1", appointment=window("14:00-15:00"))
    assert hours_of(candidate(day([agreed, case("k2")], [home]))) == {
        "b1-home": (window("14:00-15:00"),)
    }


def test_an_appointment_does_not_widen_the_lawful_hours() -> None:
    agreed = case("k1", appointment=window("20:00-21:30"))
    assert hours_of(candidate(day([agreed]))) == {"b1-home": (window("20:00-20:20"),)}


@pytest.mark.parametrize("others", [(), (YESTERDAY,)])
def test_an_appointment_ahead_waits_for_its_day(others: tuple[date, ...]) -> None:
    """Also where another case of hers had one that is past."""
    cases = [
        case(f"k{i}", appointment=window("14:00-15:00", on))
        for i, on in enumerate((TOMORROW, *others))
    ]
    told = reason(day(cases))
    assert told.reason is Reason.NOT_TODAY
    assert told.detail == "an appointment is booked for 2026-11-24"


@pytest.mark.parametrize("days", [(YESTERDAY,), (ON, TOMORROW)])
def test_an_appointment_past_does_not_wait_nor_does_one_beside_todays(
    days: tuple[date, ...],
) -> None:
    cases = [case(f"k{on}", appointment=window("14:00-15:00", on)) for on in days]
    expected = window("14:00-15:00") if ON in days else LAWFUL
    assert hours_of(candidate(day(cases))) == {"b1-home": (expected,)}


def test_the_day_of_an_appointment_is_that_of_the_citys_clock() -> None:
    """01:00 of tomorrow in Shanghai is 17:00 of today in UTC."""
    utc = ZoneInfo("UTC")
    night = Window(at("01:00", TOMORROW).astimezone(utc), at("02:00", TOMORROW).astimezone(utc))
    assert night.start.date() == ON
    assert reason(day([case("k1", appointment=night)])).reason is Reason.NOT_TODAY


def test_an_open_promise_waits() -> None:
    told = reason(day([case("k1", promise_due=TOMORROW), case("k2", promise_due=date.max)]))
    assert (told.reason, told.detail) == (
        Reason.NOT_TODAY,
        "a promise to pay is open until 2026-11-24",
    )


def her_word(**told: Any) -> Promise:
    """Return a promise to us on k1, due tomorrow without grace."""
    made = Promise(1, "b1", "k1", Decimal(500), TOMORROW, at("10:00", YESTERDAY), "o1")
    return replace(made, **told)


def try_again(due: date) -> FollowUp:
    return FollowUp(1, "b1", "", Task.VISIT_AGAIN, due, "o1")


def knowing(cases: list[Case], **told: Any) -> Day:
    """Return a day of which more is known about the borrower of `cases`."""
    return replace(day(cases), dossiers={"b1": Dossier(**told)})


def test_an_assigned_case_waits_for_a_promise_that_was_made_to_us() -> None:
    told = reason(knowing([case("k1", is_assigned=True)], promises=(her_word(),)))
    # Due on the 24th, looked at the day after.
    assert told.detail == "a promise to pay is open until 2026-11-25"


@pytest.mark.parametrize(
    "promise",
    [
        her_word(due=YESTERDAY),
        her_word(status=PromiseStatus.BROKEN, due=YESTERDAY),
        her_word(status=PromiseStatus.KEPT),
        her_word(status=PromiseStatus.WITHDRAWN),
    ],
    ids=["to be looked at", "broken", "kept", "withdrawn"],
)
def test_a_promise_to_us_that_does_not_wait(promise: Promise) -> None:
    assert candidate(knowing([case("k1")], promises=(promise,)))


def test_a_promise_to_one_agency_binds_no_other() -> None:
    cases = [case("k1"), case("k2", agency="other")]
    assert candidate(knowing(cases, promises=(her_word(),)))


def test_nobody_tries_again_before_the_day_that_the_last_result_asks_for() -> None:
    told = reason(knowing([case("k1")], follow_ups=(try_again(TOMORROW),)))
    assert (told.reason, told.detail) == (
        Reason.NOT_TODAY,
        "after the last visit nobody goes again before 2026-11-24",
    )


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (case("k1"), ON),
        (case("k1", is_assigned=True), TOMORROW),
        (case("k1", promise_due=YESTERDAY), TOMORROW),
        (case("k1", appointment=window("10:00-11:00")), TOMORROW),
    ],
    ids=["its day has come", "assigned", "a promise has broken since", "she asked for today"],
)
def test_the_last_result_does_not_keep_off_a_visit_that_is_asked_for(one: Case, due: date) -> None:
    assert candidate(knowing([one], follow_ups=(try_again(due),)))


@pytest.mark.parametrize(
    "cases",
    [
        [case("k1", promise_due=ON)],
        [case("k1", promise_due=YESTERDAY)],
        [case("k1", promise_due=TOMORROW, is_assigned=True)],
        [case("k1", promise_due=TOMORROW), case("k2")],
        [case("k1", promise_due=TOMORROW), case("k2", promise_due=YESTERDAY)],
    ],
    ids=["due today", "past its day", "assigned", "another case without", "another past its day"],
)
def test_a_promise_that_does_not_wait(cases: list[Case]) -> None:
    assert len(candidate(day(cases)).cases) == len(cases)


# --- places


@pytest.mark.parametrize(
    ("places", "detail"),
    [
        ([], "no address is known"),
        (
            [place(precision=Precision.DISTRICT)],
            "the home address was found to its district only: check it",
        ),
        (
            [place(precision=Precision.NONE, point=None)],
            "the home address was not found: correct it, or give its position",
        ),
        (
            [place(precision=Precision.NONE)],  # a position is there that nobody vouches for
            "the home address was not found: correct it, or give its position",
        ),
        (
            [
                place(precision=Precision.NONE, point=None),
                place(kind="work", precision=Precision.DISTRICT),
            ],
            "the work address was found to its district only: check it",
        ),
        ([place(is_valid=False, point=None)], "every address is marked as not valid"),
    ],
    ids=["none", "district", "not found", "found nowhere", "the best one is told", "none is valid"],
)
def test_a_place_that_is_not_known_closely_enough(places: list[Place], detail: str) -> None:
    told = reason(day([case("k1")], places))
    assert (told.reason, told.detail, told.rule) == (Reason.NOT_PLACED, detail, "")


@pytest.mark.parametrize("precision", [p for p in Precision if p.is_plannable])
def test_a_place_known_to_its_street_or_better_opens(precision: Precision) -> None:
    assert hours_of(candidate(day([case("k1")], [place(precision=precision)])))


def test_a_place_that_a_rule_refuses_stays_closed_while_another_opens() -> None:
    places = [place(), place(kind="work", source="bureau"), place(kind="other", is_valid=False)]
    assert list(hours_of(candidate(day([case("k1")], places)))) == ["b1-home"]


def test_a_workplace_opens_once_home_has_failed() -> None:
    places = [place(), place(kind="work", source="bureau")]
    past = [failed("10:00", date(2026, 11, 10))]
    assert list(hours_of(candidate(day([case("k1")], places, past=past)))) == [
        "b1-home",
        "b1-work",
    ]


@pytest.mark.parametrize(
    ("only", "rule"),
    [(place(kind="work", source="bureau"), "workplace"), (place(is_valid=False), "valid_place")],
)
def test_where_rules_refuse_every_place_the_rule_is_named(only: Place, rule: str) -> None:
    told = reason(day([case("k1")], [only]))
    assert (told.reason, told.rule, told.case_ids) == (Reason.RULE, rule, ("k1",))


def test_another_visit_too_near_is_named() -> None:
    past = [failed("10:00", date(2026, 11, 21))]
    told = reason(day([case("k1")], past=past))
    assert told.rule == "days_between_visits"
    assert reason(day([case("k1", visited_at=at("10:00", YESTERDAY))])).rule == told.rule


# --- hours


def test_each_place_has_the_hours_that_suit_there() -> None:
    places = [
        place(windows=(daily("07:00-10:00"), daily("18:00-23:00"))),
        place(kind="work", windows=(daily("13:00-14:00", 0), daily("15:00-16:00", 1))),
    ]
    assert hours_of(candidate(day([case("k1")], places))) == {
        "b1-home": (window("09:00-10:00"), window("18:00-20:20")),
        "b1-work": (window("13:00-14:00"),),  # it is Monday
    }


@pytest.mark.parametrize(
    ("span", "opens"),
    [
        ("10:00-10:20", True),
        ("10:00-10:19", False),
        ("20:00-21:00", True),  # 20 minutes of it are lawful
        ("20:01-21:00", False),
        ("06:00-08:00", False),
    ],
)
def test_a_window_holds_the_whole_visit_or_is_none(span: str, opens: bool) -> None:
    made = day([case("k1")], [place(windows=(daily(span),))])
    if opens:
        assert hours_of(candidate(made))
        return
    told = reason(made)
    assert told.reason is Reason.NO_LAWFUL_WINDOW
    assert told.detail == (
        f"no visit of 20 min fits both her hours ({span}) and the lawful ones: 09:00-20:20"
    )


def test_a_weekday_that_does_not_suit_leaves_no_window() -> None:
    told = reason(day([case("k1")], [place(windows=(daily("09:00-20:00", 5, 6),))]))
    assert told.reason is Reason.NO_LAWFUL_WINDOW
    assert "her hours (none today)" in told.detail


def test_an_appointment_is_named_in_the_place_of_her_hours() -> None:
    booked = case("k1", appointment=window("20:30-22:00"))
    told = reason(day([booked], [place(windows=(daily("09:00-12:00"),))]))
    assert "her hours (20:30-22:00)" in told.detail


def test_her_hours_are_named_before_a_rule_that_closes_another_place() -> None:
    """To visit her the hours at home can be asked about; the rule on work cannot."""
    places = [place(windows=(daily("06:00-07:00"),)), place(kind="work", source="bureau")]
    assert reason(day([case("k1")], places)).reason is Reason.NO_LAWFUL_WINDOW


def test_a_day_without_hours_names_the_rule_that_closes_it() -> None:
    closed = with_rules(rules_of(), hours={"monday": [], "any": ["08:00-22:00"]})
    told = reason(day([case("k1")]), closed)
    assert (told.reason, told.rule) == (Reason.RULE, "hours")
    assert "2026-11-23" in told.detail


def test_the_festival_is_named() -> None:
    told = reason(day([case("k1")], on=date(2027, 2, 6)))
    assert (told.reason, told.rule) == (Reason.RULE, "spring_festival")


def test_hours_whose_beginning_the_clocks_skip_are_none_that_night() -> None:
    """On 2027-03-14 it is 03:30 in New York half an hour after 02:00: later than 03:15."""
    zone = ZoneInfo("America/New_York")
    home = place(windows=(daily("02:30-03:15"), daily("10:00-11:00")))
    made = day([case("k1")], [home], on=date(2027, 3, 14), zone=zone)
    (only,) = hours_of(candidate(made, rules_of("US")))["b1-home"]
    assert only == window("10:00-11:00", date(2027, 3, 14), zone)


# --- what a candidate remembers


def test_failures_count_for_the_kind_of_place_and_where_it_is_not_known() -> None:
    on = date(2026, 11, 3)
    met = replace(failed("13:00", on), was_met=True)
    past = [failed("10:00", on), failed("11:00", on, "work"), failed("12:00", on, None), met]
    past += [failed("15:00", on, borrower="b2")]
    found = candidate(day([case("k1")], past=past), with_rules(rules_of(), visits_in_30_days=9))
    assert found.failed_hours(PlaceKind.HOME, SHANGHAI) == [10, 12]
    assert found.failed_hours(PlaceKind.WORK, SHANGHAI) == [11, 12]
    assert found.failed_hours(PlaceKind.HOME, ZoneInfo("UTC")) == [2, 4]

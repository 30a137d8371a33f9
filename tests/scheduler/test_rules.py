"""Each rule at its edge: what is just allowed, and what is just refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.model import Borrower, Case, PastVisit, Place, PlaceKind, StopFlag, Window
from scheduler.rules import (
    RULES,
    Attempt,
    DayInfo,
    DayKind,
    Fact,
    Layer,
    RuleSet,
    crew_size,
    day_info,
    day_refusals,
    lawful_windows,
    passed,
    refusals,
    stop_refusal,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 23)
HOUSE = "house default"


def rule_set(country: str = "CN", /, **values: Any) -> RuleSet:
    """Return a profile with these rules, their values as TOML would give them."""
    facts = {
        name: (Fact(RULES[name].parse(raw), HOUSE, None, "D", version="7"),)
        for name, raw in values.items()
    }
    return RuleSet("TEST", "7", "Test", facts, country)


def attempt(
    start: str = "10:00:00",
    end: str = "10:20:00",
    on: date = MONDAY,
    zone: ZoneInfo = SHANGHAI,
    country: str = "CN",
    **changes: Any,
) -> Attempt:
    """Return a visit at home by two, between two readings of the clock."""
    plain: dict[str, Any] = {
        "borrower": Borrower("b1", "somebody"),
        "cases": (case("k1"),),
        "place": place(PlaceKind.HOME),
        "crew_size": 2,
        "past": (),
    }
    start_at, end_at = (datetime.combine(on, time.fromisoformat(t), zone) for t in (start, end))
    info = day_info(rule_set(country), on)
    return Attempt(start=start_at, end=end_at, day=info, **{**plain, **changes})


def case(id_: str, **changes: Any) -> Case:
    plain = Case(id_, "b1", "agency", "loan", Decimal(900), Decimal(500), days_past_due=95)
    return replace(plain, **changes)


def place(kind: PlaceKind, source: str = "bureau", *, is_valid: bool = True) -> Place:
    return Place("p1", "b1", kind, "somewhere", source, "contract", is_valid=is_valid)


def visited(on: date, clock: str = "12:00", zone: ZoneInfo = SHANGHAI, **changes: Any) -> PastVisit:
    return PastVisit("b1", datetime.combine(on, time.fromisoformat(clock), zone), **changes)


def no_of(rules: RuleSet, proposed: Attempt) -> list[str]:
    return [refusal.rule for refusal in refusals(rules, proposed)]


# --- hours: the whole visit lies inside, to the second


@pytest.mark.parametrize("rule", ["hours", "house_hours"])
@pytest.mark.parametrize(("start", "end"), [("08:00:00", "08:20:00"), ("21:40:00", "22:00:00")])
def test_a_visit_may_touch_both_ends_of_the_hours(rule: str, start: str, end: str) -> None:
    assert no_of(rule_set(**{rule: {"any": ["08:00-22:00"]}}), attempt(start, end)) == []


@pytest.mark.parametrize("rule", ["hours", "house_hours"])
@pytest.mark.parametrize(("start", "end"), [("07:59:59", "08:19:59"), ("21:40:01", "22:00:01")])
def test_a_second_outside_the_hours_is_refused(rule: str, start: str, end: str) -> None:
    assert no_of(rule_set(**{rule: {"any": ["08:00-22:00"]}}), attempt(start, end)) == [rule]


def test_a_visit_over_a_closed_noon_is_refused() -> None:
    rules = rule_set(hours={"any": ["08:00-12:00", "14:00-20:00"]})
    assert no_of(rules, attempt("11:40:00", "12:00:00")) == []
    assert no_of(rules, attempt("11:50:00", "14:10:00")) == ["hours"]


def test_hours_do_not_reach_into_the_next_day() -> None:
    rules = rule_set(hours={"any": ["08:00-22:00"]})
    late = attempt("21:00:00", "21:20:00")
    tomorrow = replace(late, start=late.start + timedelta(days=1), end=late.end + timedelta(days=1))
    assert no_of(rules, late) == []
    assert no_of(rules, tomorrow) == ["hours"]


BY_KIND = {"working": ["08:00-20:00"], "weekend": ["08:00-18:00"], "holiday": []}


@pytest.mark.parametrize(
    ("on", "is_allowed"),
    [
        (date(2026, 2, 13), True),  # Friday
        (date(2026, 2, 14), True),  # Saturday, worked in exchange for the festival
        (date(2026, 2, 16), False),  # Monday, holiday
        (date(2026, 2, 28), True),  # Saturday, worked
        (date(2026, 3, 7), False),  # a plain Saturday
    ],
)
def test_hours_follow_the_kind_of_day(on: date, is_allowed: bool) -> None:
    found = no_of(rule_set(hours=BY_KIND), attempt("18:30:00", "18:50:00", on))
    assert found == ([] if is_allowed else ["hours"])


@pytest.mark.parametrize(
    ("on", "is_allowed"),
    [
        (date(2026, 3, 7), True),  # Saturday has hours of its own
        (date(2026, 3, 8), False),  # Sunday has none
        (date(2026, 2, 28), False),  # a Saturday worked has those of working days
        (date(2026, 10, 3), False),  # a Saturday in the national holiday has the holiday's
    ],
)
def test_a_weekday_may_have_hours_of_its_own(on: date, is_allowed: bool) -> None:
    hours = {"saturday": ["18:00-20:00"], "sunday": [], "holiday": [], "any": ["08:00-18:00"]}
    found = no_of(rule_set(hours=hours), attempt("18:30:00", "18:50:00", on))
    assert found == ([] if is_allowed else ["hours"])


def test_a_day_without_hours_of_its_kind_is_closed() -> None:
    rules = rule_set(hours={"working": ["08:00-20:00"]})
    assert no_of(rules, attempt()) == []
    assert no_of(rules, attempt(on=date(2026, 11, 22))) == ["hours"]


@pytest.mark.parametrize("on", [date(2026, 3, 8), date(2026, 11, 1)])  # clocks forward, and back
def test_hours_are_those_of_the_clock_on_the_wall(on: date) -> None:
    """08:00 is 7 hours after midnight when the clocks go forward, and 9 when they go back."""
    rules = rule_set("US", hours={"any": ["08:00-21:00"]})
    assert no_of(rules, attempt("08:00:00", "08:20:00", on, NEW_YORK, "US")) == []
    assert no_of(rules, attempt("07:59:59", "08:19:59", on, NEW_YORK, "US")) == ["hours"]
    assert no_of(rules, attempt("20:40:01", "21:00:01", on, NEW_YORK, "US")) == ["hours"]
    (window,) = lawful_windows(rules, day_info(rules, on), NEW_YORK)
    midnight = datetime.combine(on, time(), NEW_YORK)
    hours = 7 if on.month == 3 else 9
    assert window.start.timestamp() - midnight.timestamp() == hours * 3600
    assert window.duration == timedelta(hours=13)


def test_the_margin_is_taken_off_the_end() -> None:
    rules = rule_set(hours={"any": ["08:00-22:00"]}, closing_margin_min=10)
    assert no_of(rules, attempt("21:30:00", "21:50:00")) == []
    assert no_of(rules, attempt("21:30:01", "21:50:01")) == ["closing_margin_min"]
    assert no_of(rules, attempt("07:30:00", "07:50:00")) == ["hours"]


def test_the_margin_counts_from_the_earlier_closing() -> None:
    rules = rule_set(
        hours={"any": ["08:00-22:00"]},
        house_hours={"any": ["09:00-20:30"]},
        closing_margin_min=10,
    )
    assert no_of(rules, attempt("20:00:00", "20:20:00")) == []
    assert no_of(rules, attempt("20:00:01", "20:20:01")) == ["closing_margin_min"]


# --- the Spring Festival: eve 2026-02-16, day 3 2026-02-19


@pytest.mark.parametrize("on", [date(2026, 2, 15), date(2026, 2, 20), date(2027, 2, 4)])
def test_around_the_festival_visits_are_made(on: date) -> None:
    assert no_of(rule_set(spring_festival={"from_day": 0, "to_day": 3}), attempt(on=on)) == []


@pytest.mark.parametrize("on", [date(2026, 2, 16), date(2026, 2, 19), date(2027, 2, 5)])
def test_from_the_eve_to_day_3_none_is(on: date) -> None:
    rules = rule_set(spring_festival={"from_day": 0, "to_day": 3})
    (refusal,) = refusals(rules, attempt(on=on))
    assert refusal.rule == "spring_festival"
    assert ("provisional" in refusal.text) == (on.year == 2027)


# --- how often


@pytest.mark.parametrize(
    "past",
    [
        (),
        (visited(date(2026, 11, 20), "23:59"),),  # Friday: three days
        (visited(date(2026, 11, 26), "00:00"),),  # a promise for Thursday
        (replace(visited(date(2026, 11, 22)), borrower_id="b2"),),
    ],
)
def test_three_days_between_visits_are_enough(past: tuple[PastVisit, ...]) -> None:
    assert no_of(rule_set(days_between_visits=3), attempt(past=past)) == []


@pytest.mark.parametrize(
    "past",
    [
        (visited(date(2026, 11, 21), "00:00"),),  # Saturday: two
        (visited(date(2026, 11, 25), "23:59"),),  # a promise for Wednesday
        (visited(MONDAY),),
        # 17:00 UTC on Friday is 01:00 on Saturday in Shanghai.
        (PastVisit("b1", datetime(2026, 11, 20, 17, tzinfo=UTC)),),
    ],
)
def test_two_are_not(past: tuple[PastVisit, ...]) -> None:
    assert no_of(rule_set(days_between_visits=3), attempt(past=past)) == ["days_between_visits"]


def test_a_visit_of_the_lenders_file_counts_once_for_all_cases() -> None:
    saturday = datetime(2026, 11, 21, 12, tzinfo=SHANGHAI)
    cases = (case("k1", visited_at=saturday), case("k2", visited_at=saturday))
    assert no_of(rule_set(days_between_visits=3), attempt(cases=cases)) == ["days_between_visits"]
    known = (visited(date(2026, 11, 21)),)
    assert no_of(rule_set(visits_in_7_days=2), attempt(cases=cases, past=known)) == []


CAPS: Mapping[str, int] = {"visits_in_7_days": 7, "visits_in_30_days": 30}


@pytest.mark.parametrize(("rule", "days"), CAPS.items())
def test_a_cap_is_free_again_on_the_day_after_its_stretch(rule: str, days: int) -> None:
    for ahead in (-1, 1):  # behind, or promised ahead
        past = tuple(visited(MONDAY + timedelta(days=ahead * days)) for _ in range(2))
        assert no_of(rule_set(**{rule: 2}), attempt(past=past)) == []


@pytest.mark.parametrize(("rule", "days"), CAPS.items())
def test_a_cap_counts_all_days_of_any_stretch(rule: str, days: int) -> None:
    for ahead in (-1, 1):
        past = tuple(visited(MONDAY + timedelta(days=ahead * (days - 1))) for _ in range(2))
        assert no_of(rule_set(**{rule: 2}), attempt(past=past)) == [rule]
    # One before and one after, not both in a stretch of their own, but in one with today.
    past = (visited(MONDAY - timedelta(days=1)), visited(MONDAY + timedelta(days=days - 2)))
    assert no_of(rule_set(**{rule: 2}), attempt(past=past)) == [rule]


def test_a_stretch_may_be_full_on_either_side_of_today() -> None:
    """Two on the 6th day before and two on the 6th after never share seven days."""
    past = (visited(MONDAY - timedelta(days=6)), visited(MONDAY + timedelta(days=6)))
    assert no_of(rule_set(visits_in_7_days=2), attempt(past=past)) == []


@pytest.mark.parametrize(("was_met", "is_allowed"), [(False, True), (True, False), (None, False)])
def test_a_cap_may_count_only_visits_where_somebody_was_met(
    was_met: bool | None, is_allowed: bool
) -> None:
    """An outcome that is not known counts as met: the cap errs on the borrower's side."""
    rules = rule_set(visits_in_30_days={"most": 1, "counts_only_met": True})
    past = (visited(date(2026, 11, 10), was_met=was_met),)
    assert no_of(rules, attempt(past=past)) == ([] if is_allowed else ["visits_in_30_days"])


# --- who and where


@pytest.mark.parametrize("rule", ["stops", "house_stops"])
def test_a_stop_counts_on_borrower_and_case(rule: str) -> None:
    rules = rule_set(**{rule: ["represented"]})
    represented = frozenset({StopFlag.REPRESENTED})
    borrower = Borrower("b1", "somebody", stops=represented)
    assert no_of(rules, attempt()) == []
    assert no_of(rules, attempt(borrower=borrower)) == [rule]
    assert no_of(rules, attempt(cases=(case("k1"), case("k2", stops=represented)))) == [rule]


@pytest.mark.parametrize("flag", StopFlag)
def test_all_stops_or_only_those_named(flag: StopFlag) -> None:
    stopped = attempt(cases=(case("k1", stops=frozenset({flag})),))
    assert no_of(rule_set(house_stops="all"), stopped) == ["house_stops"]
    is_named = flag is StopFlag.DECEASED
    assert bool(no_of(rule_set(house_stops=["deceased"]), stopped)) == is_named


def test_crew_size() -> None:
    rules = rule_set(crew_size=2)
    assert crew_size(rules, MONDAY) == 2
    assert crew_size(rule_set(), MONDAY) == 1
    assert no_of(rules, attempt(crew_size=2)) == []
    assert no_of(rules, attempt(crew_size=1)) == ["crew_size"]


def test_a_place_known_to_be_wrong() -> None:
    rules = rule_set(valid_place=True)
    assert no_of(rules, attempt()) == []
    wrong = place(PlaceKind.HOME, is_valid=False)
    assert no_of(rules, attempt(place=wrong)) == ["valid_place"]


FAILED_AT_HOME = visited(date(2026, 11, 10), was_met=False, place_kind=PlaceKind.HOME)


@pytest.mark.parametrize(
    ("where", "past"),
    [
        (place(PlaceKind.HOME), ()),
        (place(PlaceKind.WORK, " Borrower"), ()),
        (place(PlaceKind.WORK), (FAILED_AT_HOME,)),
        (place(PlaceKind.WORK), (replace(FAILED_AT_HOME, place_kind=PlaceKind.REGISTERED),)),
    ],
)
def test_work_when_declared_or_home_has_failed(where: Place, past: tuple[PastVisit, ...]) -> None:
    assert no_of(rule_set(workplace=["borrower"]), attempt(place=where, past=past)) == []


@pytest.mark.parametrize(
    "past",
    [
        (),
        (replace(FAILED_AT_HOME, was_met=True),),
        (replace(FAILED_AT_HOME, was_met=None),),
        (replace(FAILED_AT_HOME, place_kind=PlaceKind.WORK),),
        (replace(FAILED_AT_HOME, place_kind=None),),
        (replace(FAILED_AT_HOME, borrower_id="b2"),),
    ],
)
def test_otherwise_not_at_work(past: tuple[PastVisit, ...]) -> None:
    proposed = attempt(place=place(PlaceKind.WORK), past=past)
    assert no_of(rule_set(workplace=["borrower"]), proposed) == ["workplace"]


# --- the book of rules


def test_every_rule_that_says_no_is_told_with_its_authority() -> None:
    rules = rule_set(crew_size=2, valid_place=True, hours={"any": ["08:00-22:00"]})
    found = refusals(
        rules, attempt("07:00:00", crew_size=1, place=place(PlaceKind.HOME, is_valid=False))
    )
    assert {refusal.rule for refusal in found} == set(rules.facts)
    assert {(refusal.source, refusal.seen) for refusal in found} == {(HOUSE, "D")}
    assert all(refusal.text for refusal in found)


def test_a_visit_can_show_the_rules_that_it_passed() -> None:
    rules = rule_set(crew_size=2, valid_place=True)
    assert passed(rules, attempt(crew_size=1)) == [("valid_place", *rules.facts["valid_place"])]


def test_every_layer_must_pass_and_the_law_speaks_first() -> None:
    """The house asks for three, the country for two and a region, from December on, for four."""
    (house,), (law,) = (rule_set(crew_size=size).facts["crew_size"] for size in (3, 2))
    country = replace(law, seen="P", layer=Layer.COUNTRY)
    region = replace(law, value=4, seen="P", layer=Layer.REGION, effective=date(2026, 12, 1))
    rules = replace(rule_set(), facts={"crew_size": (house, country, region)})
    assert [no.layer for no in refusals(rules, attempt(crew_size=1))] == ["country", "house"]
    assert [no.layer for no in refusals(rules, attempt(crew_size=2))] == ["house"]
    assert [fact.layer for _, fact in passed(rules, attempt(crew_size=2))] == ["country"]
    assert refusals(rules, attempt(crew_size=3)) == []
    assert crew_size(rules, MONDAY) == 3
    on = date(2026, 12, 1)
    assert [no.layer for no in refusals(rules, attempt(on=on, crew_size=3))] == ["region"]
    assert crew_size(rules, on) == 4


def test_every_rule_says_what_it_is() -> None:
    assert all(rule.title.endswith(".") and rule.name == name for name, rule in RULES.items())


def test_lawful_windows_meet_law_and_house() -> None:
    rules = rule_set(
        hours={"any": ["08:00-12:00", "14:00-22:00"]},
        house_hours={"any": ["09:00-20:30"]},
        closing_margin_min=30,
    )

    def window(opens: str, closes: str) -> Window:
        ends = (datetime.combine(MONDAY, time.fromisoformat(t), SHANGHAI) for t in (opens, closes))
        return Window(*ends)

    assert lawful_windows(rules, day_info(rules, MONDAY), SHANGHAI) == (
        window("09:00", "11:30"),
        window("14:00", "20:00"),
    )


def test_without_hours_the_whole_day_is_lawful() -> None:
    """25 hours of it, when the clocks go back."""
    (window,) = lawful_windows(rule_set(), DayInfo(date(2026, 11, 1), DayKind.WEEKEND), NEW_YORK)
    assert window.duration == timedelta(hours=25)


def test_what_refuses_all_day_looks_at_neither_hour_nor_crew() -> None:
    rules = rule_set(
        crew_size=2,
        valid_place=True,
        hours={"any": ["08:00-22:00"]},
        closing_margin_min=10,
        days_between_visits=3,
    )

    def refused_all_day(**changes: Any) -> list[str]:
        proposed = attempt("03:00:00", "03:20:00", crew_size=1, **changes)
        return [refusal.rule for refusal in day_refusals(rules, proposed)]

    assert refused_all_day() == []
    assert refused_all_day(past=(visited(MONDAY),)) == ["days_between_visits"]
    wrong = place(PlaceKind.HOME, is_valid=False)
    assert refused_all_day(place=wrong) == ["valid_place"]


# --- in words that are the same for everybody, so that a reason can be counted


def test_a_refusal_names_no_ids() -> None:
    """k1 is paid and represented; only being represented is the law's matter here."""
    stopped = case("k1", stops=frozenset({StopFlag.PAID, StopFlag.REPRESENTED}))
    proposed = attempt(
        cases=(stopped,), place=replace(place(PlaceKind.WORK), is_valid=False), past=()
    )
    rules = rule_set(
        stops=["represented"], house_stops="all", valid_place=True, workplace=["borrower"]
    )
    assert [refusal.text for refusal in refusals(rules, proposed)] == [
        "stopped: represented",
        "stopped: paid, represented",
        "the work address is not valid",
        "the workplace was not named by the borrower, and home has not failed",
    ]


def test_the_rule_that_a_stop_breaks_is_the_laws_before_the_houses() -> None:
    both = rule_set(house_stops="all", stops=["represented"])
    for flag, rule in ((StopFlag.REPRESENTED, "stops"), (StopFlag.PAID, "house_stops")):
        refusal = stop_refusal(both, frozenset({flag}), MONDAY)
        assert refusal is not None
        assert (refusal.rule, refusal.text) == (rule, f"stopped: {flag}")


def test_a_stop_that_no_rule_names_refuses_nothing() -> None:
    assert stop_refusal(rule_set(stops=["deceased"]), frozenset({StopFlag.PAID}), MONDAY) is None
    assert stop_refusal(rule_set(house_stops="all"), frozenset(), MONDAY) is None
    assert stop_refusal(rule_set(), frozenset(StopFlag), MONDAY) is None

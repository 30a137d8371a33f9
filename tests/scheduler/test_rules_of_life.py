"""Rules that ask of a borrower's life, at their edges: contacts, places, wishes, pauses, consents.

Also how a house rule is set aside, and how far a consent widens a rule.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.contacts import Channel, Contact, ContactResult, Direction, Party
from scheduler.dossier import Dossier
from scheduler.model import DailyWindow, PlaceKind, StopFlag
from scheduler.restraints import Consent, Override, Pause, PauseKind, Wish, WishBy
from scheduler.rules import (
    Attempt,
    Layer,
    RuleSet,
    crew_size,
    day_info,
    lawful_windows,
    refusals,
    stop_refusal,
)
from scheduler.rules.visits import full
from tests.scheduler.test_rules import (
    MONDAY,
    NEW_YORK,
    SHANGHAI,
    attempt,
    case,
    no_of,
    place,
    rule_set,
    visited,
)

NOON = datetime.combine(MONDAY, time(12), SHANGHAI)


def knowing(proposed: Attempt, **facts: Any) -> Attempt:
    return replace(proposed, dossier=replace(proposed.dossier, **facts))


def contact(at: datetime, channel: Channel = Channel.SMS, **changes: Any) -> Contact:
    plain = Contact("k", "b1", channel, Direction.OUT, Party.BORROWER, ContactResult.DELIVERED, at)
    return replace(plain, **changes)


def as_law(rules: RuleSet) -> RuleSet:
    """Return the rules as if a country had made them."""
    facts = {
        name: tuple(replace(fact, seen="P", layer=Layer.COUNTRY) for fact in each)
        for name, each in rules.facts.items()
    }
    return replace(rules, facts=facts)


# --- contacts by all channels


@pytest.mark.parametrize(
    ("at", "is_allowed"),
    [
        (datetime.combine(MONDAY, time(0), SHANGHAI), False),  # the day's first minute
        (datetime.combine(MONDAY, time(0), SHANGHAI) - timedelta(minutes=1), True),
        (datetime.combine(MONDAY, time(23, 59), SHANGHAI), False),
    ],
)
def test_contacts_are_counted_by_the_local_day(at: datetime, is_allowed: bool) -> None:
    proposed = knowing(attempt(), contacts=(contact(at),))
    assert (no_of(rule_set(contacts_a_day=1), proposed) == []) is is_allowed
    assert no_of(rule_set(contacts_a_day=2), proposed) == []


def test_every_try_of_ours_counts_and_none_of_hers() -> None:
    rules = rule_set(contacts_a_day=1)
    hers = contact(NOON, direction=Direction.IN)
    vain = contact(NOON, Channel.CALL, result=ContactResult.NO_ANSWER, party=Party.NOBODY)
    assert no_of(rules, knowing(attempt(), contacts=(hers,))) == []
    assert no_of(rules, knowing(attempt(), contacts=(vain,))) == ["contacts_a_day"]


def test_visits_and_all_channels_share_the_seven_days() -> None:
    """Three messages and three visits in the six days before: a seventh contact is the last."""
    rules = rule_set(contacts_in_7_days=7)
    texts = tuple(contact(NOON - timedelta(days=ago)) for ago in (1, 2, 6))
    past = tuple(visited(MONDAY - timedelta(days=ago)) for ago in (3, 4, 5))
    assert no_of(rules, knowing(attempt(past=past), contacts=texts)) == []
    more = (*texts, contact(NOON - timedelta(days=6)))
    assert no_of(rules, knowing(attempt(past=past), contacts=more)) == ["contacts_in_7_days"]
    older = (*texts, contact(NOON - timedelta(days=7)))
    assert no_of(rules, knowing(attempt(past=past), contacts=older)) == []


def test_a_visit_of_the_contact_log_and_of_the_book_is_one() -> None:
    rules = rule_set(contacts_in_7_days=2)
    yesterday = MONDAY - timedelta(days=1)
    told = contact(NOON - timedelta(days=1), Channel.VISIT)
    assert no_of(rules, knowing(attempt(past=(visited(yesterday),)), contacts=(told,))) == []


def test_contacts_are_counted_for_each_debt_where_the_law_does() -> None:
    cap = {"most": 1, "per_debt": True}
    of_k2 = (contact(NOON, case_id="k2"),)
    of_her = (contact(NOON),)
    both = (case("k1"), case("k2"))
    for name in ("contacts_a_day", "contacts_in_7_days"):
        assert no_of(rule_set(**{name: cap}), knowing(attempt(), contacts=of_k2)) == []
        assert no_of(rule_set(**{name: 1}), knowing(attempt(), contacts=of_k2)) == [name]
        assert no_of(rule_set(**{name: cap}), knowing(attempt(cases=both), contacts=of_k2)) == [
            name
        ]
        assert no_of(rule_set(**{name: cap}), knowing(attempt(), contacts=of_her)) == [name]


# --- visits as Massachusetts counts them: at home, met, of each debt


def test_a_cap_of_each_debt_leaves_another_debt_free() -> None:
    rules = rule_set(visits_in_30_days={"most": 1, "per_debt": True, "only_at_home": True})
    ten_ago = visited(MONDAY - timedelta(days=10), place_kind=PlaceKind.HOME)
    assert no_of(rules, attempt(past=(replace(ten_ago, case_ids=("k2",)),))) == []
    assert no_of(rules, attempt(past=(replace(ten_ago, case_ids=("k1",)),))) == [
        "visits_in_30_days"
    ]
    assert no_of(rules, attempt(past=(ten_ago,))) == ["visits_in_30_days"]  # for which: not known


def test_a_cap_of_household_visits_leaves_work_free() -> None:
    rules = rule_set(visits_in_30_days={"most": 1, "only_at_home": True})
    at_home = visited(MONDAY - timedelta(days=29), place_kind=PlaceKind.REGISTERED)
    at_work = replace(at_home, place_kind=PlaceKind.WORK)
    assert no_of(rules, attempt(past=(at_home,))) == ["visits_in_30_days"]
    assert no_of(rules, attempt(past=(at_work,))) == []
    assert no_of(rules, attempt(past=(at_home,), place=place(PlaceKind.WORK))) == []


# --- where


def test_at_work_only_on_her_request() -> None:
    rules = rule_set(workplace_on_request=True)
    at_work = attempt(place=place(PlaceKind.WORK))
    asked = Consent(1, "b1", "workplace_on_request", "at work", MONDAY, "letter")
    assert no_of(rules, attempt()) == []
    assert no_of(rules, at_work) == ["workplace_on_request"]
    assert no_of(rules, knowing(at_work, consents=(asked,))) == []


def test_only_at_places_that_the_law_names() -> None:
    rules = rule_set(place_kinds={"kinds": ["home"], "sources": ["billing"]})
    assert no_of(rules, attempt()) == []
    assert no_of(rules, attempt(place=place(PlaceKind.OTHER, " Billing"))) == []
    assert no_of(rules, attempt(place=place(PlaceKind.OTHER))) == ["place_kinds"]


ORDER = {"order": ["choice", "home", "work"], "choice": ["borrower"]}


@pytest.mark.parametrize(
    ("here", "other", "was_met", "is_allowed"),
    [
        ("home", "work", None, True),
        ("work", "home", None, False),
        ("work", "home", True, False),
        ("work", "home", False, True),  # home has failed
        ("work of choice", "home", None, True),
        ("home", "work of choice", None, False),
        ("other", "work", None, False),
        ("work", "wrong home", None, True),
    ],
)
def test_places_in_their_order(
    here: str, other: str, was_met: bool | None, is_allowed: bool
) -> None:
    """Where she chose, else at home, else at work."""

    def made(words: str, id_: str) -> Any:
        kind = next(kind for kind in PlaceKind if kind in words.split())
        source = "borrower" if "choice" in words else "bureau"
        return replace(place(kind, source, is_valid="wrong" not in words), id=id_)

    mine, better = made(here, "p1"), made(other, "p2")
    past = (visited(MONDAY - timedelta(days=9), was_met=was_met, place_kind=better.kind),)
    proposed = attempt(place=mine, places=(mine, better), past=past)
    found = no_of(rule_set(place_order=ORDER), proposed)
    assert found == ([] if is_allowed else ["place_order"])


def test_a_third_persons_address_only_where_she_is_lost() -> None:
    rules = rule_set(third_persons=["relative", "亲属"])
    theirs, hers = place(PlaceKind.OTHER, "Relative "), replace(place(PlaceKind.HOME), id="p2")
    lost = replace(hers, is_valid=False)
    assert no_of(rules, attempt(place=theirs, places=(theirs, hers))) == ["third_persons"]
    assert no_of(rules, attempt(place=theirs, places=(theirs, lost))) == []
    assert no_of(rules, attempt(place=hers, places=(theirs, hers))) == []


# --- for which loans


def test_visits_for_some_products_alone_and_with_her_signature() -> None:
    rules = rule_set(product_bound=["microcredit"])
    micro = (case("k1", product="Microcredit "),)
    signed = (Consent(1, "b1", "product_bound", "visits", MONDAY, "signed form"),)
    assert no_of(rules, attempt(cases=micro)) == ["product_bound"]
    assert no_of(rules, knowing(attempt(cases=micro), consents=signed)) == []
    mixed = (*micro, case("k2", product="car"))
    assert no_of(rules, knowing(attempt(cases=mixed), consents=signed)) == ["product_bound"]
    two = (*micro, case("k2", product="microcredit"))
    of_one = (replace(signed[0], case_id="k1"),)
    assert no_of(rules, knowing(attempt(cases=two), consents=of_one)) == ["product_bound"]
    of_both = (*of_one, replace(signed[0], case_id="k2"))
    assert no_of(rules, knowing(attempt(cases=two), consents=of_both)) == []


# --- what she does not want


def blocked(start: str, end: str, **changes: Any) -> Wish:
    hours = (DailyWindow(time.fromisoformat(start), time.fromisoformat(end)),)
    return replace(Wish(1, "b1", "letter", hours), **changes)


@pytest.mark.parametrize(
    ("wish", "is_allowed"),
    [
        (blocked("10:20", "12:00"), True),  # the visit is from 10:00 to 10:20
        (blocked("10:19", "12:00"), False),
        (blocked("08:00", "10:00"), True),
        (blocked("08:00", "10:01"), False),
        (blocked("08:00", "12:00", place_kind=PlaceKind.WORK), True),
        (blocked("08:00", "12:00", place_id="p1"), False),
        (blocked("08:00", "12:00", channel=Channel.CALL), True),
        (blocked("08:00", "12:00", last=MONDAY - timedelta(days=1)), True),
        (blocked("08:00", "12:00", last=MONDAY), False),
        (blocked("08:00", "12:00", first=MONDAY + timedelta(days=1)), True),
    ],
)
def test_hours_that_she_blocked(wish: Wish, is_allowed: bool) -> None:
    proposed = knowing(attempt(), wishes=(wish,))
    found = no_of(rule_set(blocked_hours=True), proposed)
    assert found == ([] if is_allowed else ["blocked_hours"])


def test_blocked_hours_follow_the_clock_on_the_wall() -> None:
    """On the night the clocks go back 01:30 comes twice; what is blocked until 08:00 stays so."""
    on = date(2027, 11, 7)
    proposed = attempt("08:00:00", "08:20:00", on, NEW_YORK, "US")
    early = attempt("07:59:00", "08:19:00", on, NEW_YORK, "US")
    wishes = (blocked("01:00", "08:00"),)
    assert no_of(rule_set("US", blocked_hours=True), knowing(proposed, wishes=wishes)) == []
    assert no_of(rule_set("US", blocked_hours=True), knowing(early, wishes=wishes)) == [
        "blocked_hours"
    ]


def test_the_law_protects_28_hours_a_week_the_oldest_wish_first() -> None:
    """Seven days of 08:00-12:00 are 28 hours; one minute more a day is beyond them."""
    rules = rule_set(blocked_hours={"hours_a_week": 28})
    first, second = blocked("08:00", "12:00"), blocked("14:00", "14:01")
    both = (first, second)
    assert no_of(rules, knowing(attempt("11:00:00", "11:20:00"), wishes=both)) == ["blocked_hours"]
    assert no_of(rules, knowing(attempt("14:00:00", "14:20:00"), wishes=both)) == []
    assert no_of(rules, knowing(attempt(), wishes=(blocked("08:00", "12:01"),))) == []


def test_lawful_windows_leave_out_what_she_blocked() -> None:
    rules = rule_set(hours={"any": ["08:00-20:00"]}, blocked_hours=True, closing_margin_min=10)
    hers = knowing(attempt(), wishes=(blocked("12:00", "14:00"),))
    found = lawful_windows(rules, day_info(rules, MONDAY), SHANGHAI, hers)
    assert [(f"{w.start:%H:%M}", f"{w.end:%H:%M}") for w in found] == [
        ("08:00", "12:00"),
        ("14:00", "19:50"),
    ]


def test_places_that_she_blocked() -> None:
    rules = rule_set(blocked_places=True)
    not_here = Wish(1, "b1", "letter", place_id="p1")
    nowhere = Wish(1, "b1", "letter", channel=Channel.VISIT)
    for wish, expected in (
        (not_here, ["blocked_places"]),
        (nowhere, ["blocked_places"]),
        (replace(not_here, place_id="p2"), []),
        (replace(not_here, blocked=blocked("08:00", "09:00").blocked), []),
    ):
        assert no_of(rules, knowing(attempt(), wishes=(wish,))) == expected


def test_an_employer_forbids_visits_at_work() -> None:
    rules = rule_set(employer_forbids=True)
    at_work = attempt(place=place(PlaceKind.WORK))
    wish = Wish(1, "b1", "employer", place_kind=PlaceKind.WORK, by=WishBy.EMPLOYER)
    assert no_of(rules, knowing(at_work, wishes=(wish,))) == ["employer_forbids"]
    assert no_of(rules, knowing(attempt(), wishes=(wish,))) == []
    assert no_of(rules, knowing(at_work, wishes=(replace(wish, by=WishBy.BORROWER),))) == []


@pytest.mark.parametrize(
    ("first", "last", "is_allowed"),
    [
        (MONDAY, MONDAY, False),
        (MONDAY - timedelta(days=9), None, False),
        (MONDAY + timedelta(days=1), None, True),
        (MONDAY - timedelta(days=9), MONDAY - timedelta(days=1), True),
    ],
)
def test_a_pause_holds_on_its_days(first: date, last: date | None, is_allowed: bool) -> None:
    mourning = Pause(1, "b1", PauseKind.MOURNING, first, last, "family")
    proposed = knowing(attempt(), pauses=(mourning,))
    assert no_of(rule_set(pauses="all"), proposed) == ([] if is_allowed else ["pauses"])
    assert no_of(rule_set(pauses=["wedding"]), proposed) == []


# --- consents


NIGHT = {"value": {"any": ["08:00-22:00"]}, "wider": {"any": ["00:00-23:00"]}}


def with_consent() -> RuleSet:
    """Return hours that a consent may open until 23:00."""
    rules, wider = rule_set(hours=NIGHT["value"]), rule_set(hours=NIGHT["wider"])
    (fact,), (more,) = rules.facts["hours"], wider.facts["hours"]
    return replace(rules, facts={"hours": (replace(fact, with_consent=more.value),)})


AT_NIGHT = attempt("22:20:00", "22:40:00")
GIVEN = Consent(1, "b1", "hours", "until 23:00", MONDAY, "call of 20 November, recorded")


@pytest.mark.parametrize(
    ("consent", "is_allowed"),
    [
        (GIVEN, True),
        (replace(GIVEN, given_on=MONDAY + timedelta(days=1)), False),
        (replace(GIVEN, expires=MONDAY), True),
        (replace(GIVEN, expires=MONDAY - timedelta(days=1)), False),
        (replace(GIVEN, place_id="p2"), False),
        (replace(GIVEN, case_id="k1"), True),
        (replace(GIVEN, case_id="k2"), False),
        (replace(GIVEN, rule="house_hours"), False),
        (replace(GIVEN, hours=(DailyWindow(time(22), time(22, 40)),)), True),
        (replace(GIVEN, hours=(DailyWindow(time(22), time(22, 39)),)), False),
    ],
)
def test_a_consent_widens_within_its_scope(consent: Consent, is_allowed: bool) -> None:
    proposed = knowing(AT_NIGHT, consents=(consent,))
    assert no_of(with_consent(), proposed) == ([] if is_allowed else ["hours"])
    windows = lawful_windows(with_consent(), proposed.day, SHANGHAI, proposed)
    fits = any(w.start <= proposed.start and proposed.end <= w.end for w in windows)
    assert fits is is_allowed


def test_no_consent_widens_a_rule_further_than_the_law_lets_it() -> None:
    late = attempt("22:50:00", "23:10:00")
    assert no_of(with_consent(), knowing(late, consents=(GIVEN,))) == ["hours"]
    plain = rule_set(hours=NIGHT["value"])
    assert no_of(plain, knowing(AT_NIGHT, consents=(GIVEN,))) == ["hours"]


# --- hundreds of visits are asked by the same rules


@st.composite
def asked(draw: st.DrawFn) -> Attempt:
    """Return a visit late in the day; consents and overrides are some borrowers' alone."""
    minutes = draw(st.integers(20 * 60, 23 * 60))
    begin, end = (f"{m // 60:02}:{m % 60:02}:00" for m in (minutes, minutes + 20))
    mine = replace(GIVEN, rule=draw(st.sampled_from(["hours", "house_hours"])))
    consents = draw(st.sampled_from([(), (mine,), (replace(mine, case_id="k2"),)]))
    proposed = knowing(attempt(begin, end), consents=consents)
    on = draw(st.sampled_from([MONDAY, MONDAY - timedelta(days=2)]))
    there = replace(proposed, day=day_info(with_consent(), on))
    hours = [replace(aside("house_hours", on), consents=consents), proposed.dossier]
    return replace(there, dossier=draw(st.sampled_from(hours)))


@given(st.lists(asked(), max_size=6))
def test_what_one_visit_was_told_is_told_to_no_other(proposed: list[Attempt]) -> None:
    """Rules that keep what they worked out say what those say that are asked for the first time."""
    law, own = (
        with_consent(),
        rule_set(house_hours={"weekend": ["09:00-12:00"], "any": ["09:00-21:00"]}),
    )
    rules = replace(law, facts={**law.facts, **own.facts})
    rules = replace(rules, facts={**rules.facts, **rule_set(closing_margin_min=15).facts})
    for one in proposed:
        fresh = replace(rules)
        assert refusals(rules, one) == refusals(fresh, one)
        for whom in (one, None):
            told = lawful_windows(rules, one.day, SHANGHAI, whom)
            assert told == lawful_windows(fresh, one.day, SHANGHAI, whom)


@given(st.lists(st.integers(-40, 40), max_size=12), st.sampled_from([1, 7, 30]), st.integers(0, 6))
def test_a_stretch_is_full_as_the_days_say_one_by_one(
    away: list[int], days: int, most: int
) -> None:
    others = [MONDAY + timedelta(days=n) for n in away]
    busiest = max(sum(first <= n < first + days for n in away) for first in range(1 - days, 1))
    assert full(others, MONDAY, days, most) == (busiest if busiest >= most else 0)


# --- a house rule set aside


def aside(rule: str, on: date = MONDAY) -> Dossier:
    return Dossier(overrides=(Override(1, "b1", rule, on, "why", "dora", "olga", NOON),))


HOUSE_RULES: dict[str, Any] = {
    "house_hours": {"any": ["12:00-18:00"]},
    "crew_size": 3,
    "visits_in_7_days": 0,
    "pauses": "all",
}


@pytest.mark.parametrize("name", HOUSE_RULES)
def test_a_house_rule_is_set_aside_for_her_day_and_a_law_never(name: str) -> None:
    rules = rule_set(**{name: HOUSE_RULES[name]})
    pause = (Pause(1, "b1", PauseKind.OTHER, MONDAY, None, "x"),)
    for dossier, expected in (
        (Dossier(), [name]),
        (aside(name), []),
        (aside(name, MONDAY + timedelta(days=1)), [name]),
        (aside("days_between_visits"), [name]),
    ):
        proposed = attempt(dossier=replace(dossier, pauses=pause))
        assert no_of(rules, proposed) == expected
        assert no_of(as_law(rules), proposed) == [name]


def test_what_is_set_aside_opens_the_hours_and_the_crew_of_the_house_alone() -> None:
    both = rule_set(hours={"any": ["08:00-20:00"]}, house_hours={"any": ["10:00-12:00"]})
    proposed = attempt(dossier=aside("house_hours"))
    (window,) = lawful_windows(both, proposed.day, SHANGHAI, proposed)
    assert (f"{window.start:%H:%M}", f"{window.end:%H:%M}") == ("08:00", "20:00")
    law = as_law(rule_set(crew_size=2)).facts["crew_size"]
    sizes = replace(
        rule_set(crew_size=3),
        facts={"crew_size": (*law, *rule_set(crew_size=3).facts["crew_size"])},
    )
    assert crew_size(sizes, MONDAY) == 3
    assert crew_size(sizes, MONDAY, frozenset({"crew_size"})) == 2
    stopped = frozenset({StopFlag.OTHER})
    stops = rule_set(house_stops="all")
    assert stop_refusal(stops, stopped, MONDAY, frozenset({"house_stops"})) is None
    assert stop_refusal(as_law(stops), stopped, MONDAY, frozenset({"house_stops"}))


def test_the_laws_part_of_a_rule_stays_when_the_houses_is_set_aside() -> None:
    house, law = rule_set(visits_in_7_days=1), as_law(rule_set(visits_in_7_days=2))
    facts = {"visits_in_7_days": law.facts["visits_in_7_days"] + house.facts["visits_in_7_days"]}
    rules = replace(house, facts=facts)
    days = [MONDAY - timedelta(days=ago) for ago in (1, 2)]
    once, twice = ((visited(days[0]),), tuple(map(visited, days)))
    assert no_of(rules, attempt(past=once)) == ["visits_in_7_days"]
    assert no_of(rules, attempt(past=once, dossier=aside("visits_in_7_days"))) == []
    (no,) = refusals(rules, attempt(past=twice, dossier=aside("visits_in_7_days")))
    assert no.is_law

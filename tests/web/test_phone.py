"""The collector's phone: her own day alone, begun, walked through and told, each press once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from data import tables
from data.store.rounds import Rounds
from scheduler.agreements import (
    Assessment,
    Attitude,
    Degree,
    Details,
    Evidence,
    Hardship,
    NextAction,
    Waiver,
)
from scheduler.contacts import Party
from scheduler.lifecycle import CODES, MET, WITHOUT_ARRIVAL, Answer, Code, answer_of
from scheduler.model import DailyWindow, StopFlag
from scheduler.payments import Payment
from scheduler.plan import Plan
from scheduler.ports import By, MarkKind, Outcome
from tests.data.world import (
    ALICE,
    ALL_KNOWN,
    MIDNIGHT,
    TODAY,
    crew,
    new_plan,
    record,
)
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World, trip
from tests.web.phone_days import at_eleven, publish, put_case, put_city

DAY = f"/my/{TODAY}"
VISIT = f"{DAY}/v1/1"
ENGLISH = {"Accept-Language": "en"}


def alice(world: World) -> Visitor:
    return world.visitor("alice", **ENGLISH)


def begun(world: World) -> Visitor:
    """Return Alice's phone after she began her day."""
    phone = alice(world)
    assert press(phone, f"{DAY}/begin").status_code == 302
    return phone


def arrived(world: World) -> Visitor:
    """Return Alice's phone at the first door."""
    phone = begun(world)
    assert press(phone, f"{VISIT}/arrive").status_code == 302
    return phone


def press(phone: Visitor, path: str, key: str = "", **told: Any) -> TestResponse:
    """Press a button of a page; `key` "" is a new press."""
    press.count += 1  # type: ignore[attr-defined]
    return phone.post(path, {"key": key or f"press-{press.count:05}", **told})  # type: ignore[attr-defined]


press.count = 0  # type: ignore[attr-defined]


def kept(world: World, who: str = "alice") -> dict[str, Outcome]:
    """Return the outcomes of somebody's round."""
    rounds = Rounds(world.wired.store.engine)
    found = rounds.round("Town", TODAY, who)
    assert found is not None
    return rounds.progress("Town", found, who).outcomes


def marks(world: World) -> list[tuple[MarkKind, datetime]]:
    rounds = Rounds(world.wired.store.engine)
    found = rounds.round("Town", TODAY, "alice")
    assert found is not None
    return [(mark.kind, mark.at) for mark in rounds.progress("Town", found, "alice").marks]


# Whose day it is


@pytest.mark.parametrize(("who", "street"), [("alice", 1), ("bob", 2), ("charlie", 3)])
def test_each_sees_her_own_day_alone(world: World, who: str, street: int) -> None:
    for path in ("/my/day", VISIT):
        page = world.visitor(who).page(path)
        assert re.findall(r"中山路 (\d) 号", page) == [str(street)]


@pytest.mark.parametrize("path", ["", "/arrive", "/leave", "/show", "/result/not_home"])
def test_a_visit_of_another_round_is_not_there(world: World, path: str) -> None:
    both = replace(trip("alice", "B1"), stops=(*trip("alice", "B1").stops, at_eleven("B2")))
    publish(world, both)
    assert alice(world).get(f"{DAY}/v2/2").status_code == 200
    for stranger in ("bob", "charlie"):
        phone = world.visitor(stranger)
        answer = press(phone, f"{DAY}/v2/2{path}") if path else phone.get(f"{DAY}/v2/2")
        assert answer.status_code == 404


def test_a_draft_is_nobodys_day(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(new_plan(plan=Plan((trip("alice", "B2"),), ()), crews=(crew("alice"),)))
    assert "中山路 1 号" in alice(world).page("/my/day")
    assert alice(world).get(f"{DAY}/v2/1").status_code == 404


@pytest.mark.parametrize("who", ["dora", "ada", "nemo"])
def test_only_a_collector_has_a_day(world: World, who: str) -> None:
    assert world.visitor(who).get("/my/day").status_code == 403


def test_a_stranger_is_sent_to_the_log_in(world: World) -> None:
    assert "/log-in?next=/my/day" in world.visitor().get("/my/day").location


def test_a_press_without_the_token_is_refused(world: World) -> None:
    answer = alice(world).post(f"{DAY}/begin", {"csrf_token": "", "key": "press-one"})
    assert answer.status_code == 400
    assert marks(world) == []


# The day


def test_the_next_visit_says_when_whom_and_where(world: World) -> None:
    page = alice(world).page("/my/day")
    assert "10:00–10:20" in page  # 02:00 UTC: the city's clock, not the server's
    assert "王*" in page
    assert "王小明" not in page
    assert "800.25" not in page
    assert "Home" in page


def test_the_duties_of_the_profile_stand_on_the_card(world: World) -> None:
    put_city(world, profile="CN")
    rules = world.wired.ports.profiles.rules("CN")
    told = rules.duties_on(TODAY)
    assert told
    page = unescape(alice(world).page(VISIT))
    assert all(one.text in page for one in told)
    chinese = unescape(world.visitor("alice", **{"Accept-Language": "zh"}).page(VISIT))
    assert f"上门须遵守的 {len(told)} 项义务" in chinese
    assert not any(one.text in chinese for one in told)


def test_what_was_said_to_be_paid_and_was_not_is_told_before_the_door(world: World) -> None:
    before = MIDNIGHT - timedelta(days=8)
    told = Outcome("k1", "B1", "B1-home", before, Code.PAID_FULL, ("bob",), case_id="C1")
    paid = Payment("p1", "C2", Decimal(1), before)  # the book knows payments: of C1 none came
    with world.wired.store.writing(By("bob", before)) as writer:
        writer.record_outcome("Town", told)
    assert "was paid" not in alice(world).page(VISIT)  # it is not known what was paid at all
    with world.wired.store.writing(ALICE) as writer:
        writer.add_payments("Town", [paid])
    page = alice(world).page(VISIT)
    assert "the borrower said that contract C1 was paid" in page
    assert "此后未收到款项" in world.visitor("alice", **{"Accept-Language": "zh"}).page("/my/day")


def test_the_way_is_told_by_coordinates_alone(world: World) -> None:
    assert 'href="geo:25.01,121.5"' in begun(world).page("/my/day")


def test_what_is_masked_shows_on_a_press_for_a_while_and_is_noted(world: World) -> None:
    answer = press(alice(world), f"{VISIT}/show")
    assert "王小明" in answer.text
    assert "CN¥800.25" in answer.text
    assert answer.headers["Refresh"] == f"20; url={VISIT}"
    assert world.events("borrower.shown") == ["B1"]
    assert "王小明" not in alice(world).page(VISIT)


@pytest.mark.parametrize(("language", "title"), [("en", "No plan for"), ("zh", "没有发布")])
def test_without_a_published_plan_the_page_says_so(world: World, language: str, title: str) -> None:
    world.clock.pass_by(days=1)
    publish(world, trip("alice", "B1"), on=TODAY + timedelta(days=4))
    page = world.visitor("alice", **{"Accept-Language": language}).page("/my/day")
    assert title in page
    assert f'href="/my/{TODAY + timedelta(days=4)}"' in page


def test_a_coming_day_can_be_seen_and_not_begun(world: World) -> None:
    coming = TODAY + timedelta(days=4)
    publish(world, trip("alice", "B1"), on=coming)
    phone = alice(world)
    page = phone.page(f"/my/{coming}")
    assert "It begins on that day" in page
    assert "Begin the day" not in page
    for path in ("begin", "v1/1/arrive", "v1/1/leave"):
        assert press(phone, f"/my/{coming}/{path}").status_code == 409
    assert world.events("day.begun") == []


def test_a_round_whose_last_visit_is_suspended_is_not_told_as_done(world: World) -> None:
    phone = begun(world)
    put_case(world, 1, stops=frozenset({StopFlag.PAID}))
    page = phone.page("/my/day")
    assert "No visit is left to be made" in page
    assert "All visits have a result" not in page
    assert "0 of 1" in page


# Presses


def test_a_day_goes_from_begin_to_done(world: World) -> None:
    phone = alice(world)
    assert "Begin the day" in phone.page("/my/day")
    press(phone, f"{DAY}/begin")
    assert f'action="{VISIT}/arrive"' in phone.page("/my/day")
    press(phone, f"{VISIT}/arrive")
    assert f'action="{VISIT}/leave"' in phone.page("/my/day")
    assert press(phone, f"{VISIT}/leave").location == f"{VISIT}/result"
    press(phone, f"{VISIT}/result/not_home")
    page = phone.page("/my/day")
    assert "All visits have a result" in page
    assert "1 of 1" in page
    assert world.events("visit.arrived") == world.events("visit.left") == ["B1"]
    assert world.events("outcome.recorded") == ["B1"]


@pytest.mark.parametrize("path", [f"{DAY}/begin", f"{VISIT}/arrive"])
def test_a_press_sent_twice_lands_once(world: World, path: str) -> None:
    phone = alice(world)
    for _ in range(2):
        assert press(phone, path, key="the-same-press").status_code == 302
        world.clock.pass_by(seconds=3)
    assert len(marks(world)) == 1


def test_a_result_sent_twice_lands_once_and_another_does_not(world: World) -> None:
    phone = arrived(world)
    for _ in range(2):
        press(phone, f"{VISIT}/result/met", key="the-same-press", code="REFUSED")
        world.clock.pass_by(seconds=3)
    press(phone, f"{VISIT}/result/not_home")
    assert "has a result already" in phone.page("/my/day")
    assert kept(world)["B1"].code == Code.REFUSED
    assert world.events("outcome.recorded") == ["B1"]


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_press_needs_its_key(world: World, key: str) -> None:
    assert alice(world).post(f"{DAY}/begin", {"key": key}).status_code == 400


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2026-03-02T11:40:00+08:00", "2026-03-02T11:40:00+08:00"),  # a late message
        ("2026-03-02T12:01:00+08:00", "2026-03-02T12:00:00+08:00"),  # a clock that is fast
        ("2026-03-02T12:30:00+08:00", "2026-03-02T12:00:00+08:00"),  # not yet
        ("2026-03-01T23:59:00+08:00", "2026-03-02T12:00:00+08:00"),  # another day
        ("2026-03-02T11:40:00", "2026-03-02T12:00:00+08:00"),  # no zone
        ("at ten", "2026-03-02T12:00:00+08:00"),
    ],
)
def test_a_late_message_keeps_its_time_within_reason(
    world: World, told: str, expected: str
) -> None:
    press(alice(world), f"{VISIT}/arrive", at=told)
    assert marks(world) == [(MarkKind.ARRIVE, datetime.fromisoformat(expected))]


def test_arriving_elsewhere_leaves_the_door_before(world: World) -> None:
    two = replace(trip("alice", "B1"), stops=(*trip("alice", "B1").stops, at_eleven("B2")))
    publish(world, two)
    phone = alice(world)
    press(phone, f"{DAY}/accept", version=2)
    press(phone, f"{DAY}/v2/1/arrive")
    press(phone, f"{DAY}/v2/2/arrive")
    assert world.events("visit.left") == ["B1"]
    assert "At the door since 12:00" in phone.page(f"{DAY}/v2/2")


# At the door


def refused(world: World) -> str:
    answer = press(begun(world), f"{VISIT}/arrive")
    assert answer.status_code == 409
    assert MarkKind.ARRIVE not in [kind for kind, _ in marks(world)]
    assert world.events("visit.refused") == ["B1"]
    return answer.text


@pytest.mark.parametrize(
    ("hours", "is_allowed"),
    # 21:00 ends the lawful hours and 10 min are the house's margin: 20 min from 20:30 just fit.
    [(8.5, True), (8.52, False), (11, False)],
)
def test_the_whole_visit_lies_in_lawful_hours(world: World, hours: float, is_allowed: bool) -> None:
    world.clock.pass_by(hours=hours)
    if is_allowed:
        assert press(alice(world), f"{VISIT}/arrive").status_code == 302
    else:
        assert "08:00–20:50" in refused(world)


def test_outside_the_law_the_law_is_quoted_and_nothing_goes_on(world: World) -> None:
    world.clock.pass_by(hours=11)  # 23:00
    page = refused(world)
    assert "15 U.S.C. 1692c" in page
    assert f'action="{VISIT}/arrive"' not in page


def test_a_stop_since_publication_is_refused_in_words(world: World) -> None:
    put_case(world, 1, stops=frozenset({StopFlag.COMPLAINT}))
    page = refused(world)
    assert "stopped after the plan was published" in page
    assert "complaint" in page


def test_fewer_people_than_the_profile_asks_are_refused(world: World) -> None:
    put_city(world, profile="CN")
    assert "More collectors must go together" in refused(world)


def test_a_closed_case_is_refused(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", [record(2)], known=ALL_KNOWN, complete=True)
    assert "No case is open any more" in refused(world)


@pytest.mark.parametrize(("opens", "is_allowed"), [(10, True), (13, False)])
def test_the_borrowers_own_hours_hold_too(world: World, opens: int, is_allowed: bool) -> None:
    put_case(world, 1, place={"windows": (DailyWindow(time(opens), time(15)),)})
    if is_allowed:
        assert press(alice(world), f"{VISIT}/arrive").status_code == 302
    else:
        page = refused(world)
        assert "hours that suit the borrower" in page
        assert "13:00–15:00" in page


# The profile asks for 3 days between visits.
@pytest.mark.parametrize(("days_ago", "is_allowed"), [(3, True), (2, False)])
def test_a_visit_recorded_since_counts(world: World, days_ago: int, is_allowed: bool) -> None:
    at = world.clock() - timedelta(days=days_ago)
    with world.wired.store.writing(ALICE) as writer:
        writer.record_outcome("Town", Outcome("k", "B1", "B1-home", at, "NOT_HOME", ("bob",)))
    if is_allowed:
        assert press(alice(world), f"{VISIT}/arrive").status_code == 302
    else:
        assert "Visited too often lately" in refused(world)


def test_a_refused_visit_can_be_skipped(world: World) -> None:
    put_case(world, 1, stops=frozenset({StopFlag.PAID}))
    phone = begun(world)
    press(phone, f"{VISIT}/arrive")
    assert "Not made: a rule forbids it" in phone.page(f"{VISIT}/result/more")
    press(phone, f"{VISIT}/result/more", code="ABORTED_RULE")
    assert (kept(world)["B1"].was_made, kept(world)["B1"].was_met) == (False, False)


# Results


def test_the_six_answers_are_there_after_arriving(world: World) -> None:
    page = arrived(world).page(f"{VISIT}/result")
    for answer in Answer:
        assert f'href="{VISIT}/result/{answer}"' in page


def test_before_arriving_only_what_needs_no_door_is_told(world: World) -> None:
    phone = begun(world)
    page = phone.page(f"{VISIT}/result")
    assert [answer for answer in Answer if f'href="{VISIT}/result/{answer}"' in page] == [
        Answer.WRONG_ADDRESS,
        Answer.PROBLEM,
        Answer.MORE,
    ]
    assert press(phone, f"{VISIT}/result/paid", code="PAID_FULL", amount="5").status_code == 404
    moved = press(phone, f"{VISIT}/result/wrong_address", code="MOVED")
    assert moved.status_code == 400
    assert kept(world) == {}


PROMISE = {"amount": "1,500.50", "due": "2026-03-05", "method": "app"}


def test_a_promise_is_kept_with_all_that_it_needs(world: World) -> None:
    press(
        arrived(world), f"{VISIT}/result/promised", key="the-promise", **PROMISE, note=" at work "
    )
    plan_id = world.wired.store.plan("Town", TODAY).id
    assert kept(world)["B1"] == Outcome(
        key="the-promise",
        borrower_id="B1",
        place_id="B1-home",
        at=world.clock(),
        code="PTP",
        crew=("alice",),
        was_met=True,
        plan_id=plan_id,
        note="at work",
        amount=Decimal("1500.50"),
        due=date(2026, 3, 5),
        method="app",
    )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"amount": ""}, "in figures"),
        ({"amount": "much"}, "in figures"),
        ({"amount": "0"}, "above 0"),
        ({"amount": "-5"}, "above 0"),
        ({"amount": "5.005"}, "two decimals"),
        ({"amount": "NaN"}, "above 0"),
        ({"amount": "1e20"}, "above 0"),
        ({"due": ""}, "Choose a day."),
        ({"due": "2026-03-01"}, "from today on"),
        ({"due": "2036-03-01"}, "within a year"),
        ({"method": "cash"}, "Choose how"),
        ({"note": "x" * 501}, "500 characters"),
    ],
)
def test_what_is_wrong_is_told_beside_it_and_nothing_is_lost(
    world: World, wrong: dict[str, str], told: str
) -> None:
    answer = press(arrived(world), f"{VISIT}/result/promised", key="a-first-try", **PROMISE | wrong)
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="a-first-try"' in answer.text  # mended, it is the same press
    assert kept(world) == {}


def test_another_time_becomes_a_window_in_the_citys_zone(world: World) -> None:
    press(
        arrived(world),
        f"{VISIT}/result/met",
        code="CALLBACK_TIME",
        next_day="2026-03-04",
        part="evening",
    )
    suits = kept(world)["B1"].suits
    assert suits is not None
    two_days = timedelta(days=2)
    assert suits.start == MIDNIGHT + two_days + timedelta(hours=18)
    assert suits.end == MIDNIGHT + two_days + timedelta(hours=20)


@pytest.mark.parametrize(
    ("typed", "status"),
    [({}, 302), ({"next_day": "2026-03-04", "part": "noon"}, 302), ({"part": "noon"}, 400)],
)
def test_not_at_home_needs_nothing_more(world: World, typed: dict[str, str], status: int) -> None:
    assert press(arrived(world), f"{VISIT}/result/not_home", **typed).status_code == status


def test_a_result_takes_only_what_its_code_asks_for(world: World) -> None:
    press(arrived(world), f"{VISIT}/result/met", code="HARDSHIP", **PROMISE)
    outcome = kept(world)["B1"]
    assert (outcome.amount, outcome.due, outcome.method) == (None, None, "")


def test_a_code_of_another_answer_is_not_taken(world: World) -> None:
    phone = arrived(world)
    assert press(phone, f"{VISIT}/result/problem", code="PAID_FULL").status_code == 400
    assert press(phone, f"{VISIT}/result/nonsense", code="PTP").status_code == 404


def test_every_code_stands_under_one_answer() -> None:
    told = [code for codes in CODES.values() for code in codes]
    assert sorted(told) == sorted(Code)
    assert all(answer_of(code) is not None for code in Code)
    assert answer_of("an older code") is None
    # Nobody is met by a crew that never stood at the door.
    assert not MET & WITHOUT_ARRIVAL


# A changed plan


def test_a_newer_plan_is_told_and_accepted(world: World) -> None:
    phone = begun(world)
    later = replace(trip("alice", "B2"), stops=(at_eleven("B2"),))
    publish(world, later)
    page = phone.page("/my/day")
    assert "Your plan has changed" in page
    assert re.findall(r'<span class="tag[^"]*">(\w+)</span>', page) == ["new", "dropped"]
    assert "Accept the change" in page
    refused = press(phone, f"{DAY}/v2/1/arrive")
    assert refused.location == "/my/day"
    press(phone, f"{DAY}/accept", version=2)
    assert "Your plan has changed" not in phone.page("/my/day")
    assert world.events("plan.accepted") == ["Town 2026-03-02 alice"]


def test_a_visit_at_another_hour_has_moved(world: World) -> None:
    phone = begun(world)
    publish(world, replace(trip("alice", "B1"), stops=(at_eleven("B1"),)))
    page = phone.page("/my/day")
    assert re.findall(r'<span class="tag[^"]*">(\w+)</span>', page) == ["moved"]
    assert "10:00</s> 11:00" in page


def test_a_newer_plan_that_changes_nothing_of_hers_asks_for_nothing(world: World) -> None:
    phone = begun(world)
    publish(world, trip("alice", "B1"), trip("bob", "B3"))
    assert "Your plan has changed" not in phone.page("/my/day")
    assert f'action="{DAY}/v2/1/arrive"' in phone.page("/my/day")


def test_what_was_told_before_the_change_stays_told(world: World) -> None:
    phone = arrived(world)
    two = replace(trip("alice", "B1"), stops=(*trip("alice", "B1").stops, at_eleven("B2")))
    publish(world, two)
    # The page of the old plan is still open: its result is a fact, and is kept.
    press(phone, f"{VISIT}/result/not_home")
    assert "1 of 2" in phone.page("/my/day")


def test_the_page_speaks_chinese_too(world: World) -> None:
    page = world.visitor("alice", **{"Accept-Language": "zh"}).page("/my/day")
    assert "住址" in page
    assert "开始今天的行程" in page


def test_a_correction_takes_the_place_of_the_first_result(world: World) -> None:
    phone = arrived(world)
    press(phone, f"{VISIT}/result/not_home", key="the-first-one")
    page = phone.page(VISIT)
    assert "corrects=the-first-one" in page
    form = phone.page(f"{VISIT}/result/promised?corrects=the-first-one")
    assert 'name="corrects" value="the-first-one"' in form
    told = {**PROMISE, "corrects": "the-first-one"}
    press(phone, f"{VISIT}/result/promised", key="the-second-one", **told)
    assert (kept(world)["B1"].key, kept(world)["B1"].corrects) == (
        "the-second-one",
        "the-first-one",
    )
    # Sent again, it is the same press.
    again = press(phone, f"{VISIT}/result/promised", key="the-second-one", **told)
    assert again.status_code == 302
    assert world.events("outcome.corrected") == ["B1"]


MORE = {
    "attitude": "upset",
    "met": "borrower",
    "hardship": "illness",
    "ability": "little",
    "willingness": "fully",
    "observations": "two children",
    "next_action": "desk",
    "grace_days": "3",
}


def test_every_code_lands_once_though_it_is_sent_twice(world: World) -> None:
    """Each corrects the one before; a phone that hears no answer sends its press again."""
    phone = arrived(world)
    promise = {"amount": "500", "due": "2026-03-05", "method": "app"}
    asked = {**promise, "next_day": "2026-03-05", "part": "evening"}
    corrects = ""
    for code in Code:
        path, key = f"{VISIT}/result/{answer_of(code)}", f"key-of-{code}"
        for _ in range(2):
            sent = press(phone, path, key=key, code=code, corrects=corrects, **asked)
            assert sent.status_code == 302, code
        corrects = key
    with world.wired.store.engine.connect() as connection:
        codes = connection.scalars(select(tables.outcome.c.code)).all()
    assert sorted(codes) == sorted(Code)


def test_more_may_be_told_with_any_result(world: World) -> None:
    press(arrived(world), f"{VISIT}/result/promised", **PROMISE, **MORE)
    details = kept(world)["B1"].details
    assert details == Details(
        attitude=Attitude.UPSET,
        met=Party.BORROWER,
        hardship=Hardship.ILLNESS,
        next_action=NextAction.DESK,
        grace_days=3,
        assessment=Assessment("two children", Degree.LITTLE, Degree.FULLY),
    )


SIGNED = {
    "code": "AGREEMENT",
    "instalments": "2026-03-09 200\n\n2026-04-09 400.50",
    "waived": "50",
    "approved_by": "boss",
    "signature_reference": "files/17",
    "signature_sha256": "0f" * 32,
}


def test_an_agreement_is_told_line_by_line(world: World) -> None:
    press(arrived(world), f"{VISIT}/result/more", **SIGNED)
    details = kept(world)["B1"].details
    assert details is not None
    agreement = details.agreement
    assert agreement is not None
    assert agreement.total == Decimal("600.50")
    assert [(one.due, one.amount) for one in agreement.instalments] == [
        (date(2026, 3, 9), Decimal(200)),
        (date(2026, 4, 9), Decimal("400.50")),
    ]
    assert agreement.waiver == Waiver(Decimal(50), "boss")
    assert agreement.signature == Evidence("files/17", "0f" * 32)
    assert world.events("promise.opened") == ["C1", "C1"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"instalments": "soon 200"}, "a line for each instalment"),
        ({"total": "700"}, "not to the total of 700"),
        ({"approved_by": "alice"}, "cannot approve a waiver"),
        ({"signature_sha256": "0f"}, "64 hexadecimal digits"),
        ({"grace_days": "99"}, "from 0 to 30"),
        ({"observations": "x" * 1001}, "1000 characters"),
    ],
)
def test_what_is_wrong_with_the_details_is_told(
    world: World, wrong: dict[str, str], told: str
) -> None:
    answer = press(arrived(world), f"{VISIT}/result/more", **SIGNED | wrong)
    assert answer.status_code == 400
    assert told in answer.text
    assert '<details class="more-to-tell" open>' in answer.text
    assert kept(world) == {}


def test_her_day_leads_to_the_page_that_works_without_a_network(world: World) -> None:
    assert 'href="/my/"' in alice(world).page("/my/day")
    chat = world.visitor("alice", **{"User-Agent": "MicroMessenger/8.0"})
    assert 'href="/my/"' not in chat.page("/my/day"), "a chat keeps nothing"

"""A collector's own pages: her promises, her week, her figures; of herself alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from scheduler.figures.own import ON_TIME, TOLD_WITHIN
from scheduler.payments import Payment
from scheduler.ports import Outcome
from tests.data.world import ALICE, NOON, TODAY, TOWN
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from web.phone.brought.taking_in import take_in_waiting
from web.phone.own.words import SHARES

FILE = "/my/own.json"


def own(world: World, who: str = "alice", language: str = "en") -> dict[str, Any]:
    answer = world.visitor(who, **{"Accept-Language": language}).get(FILE)
    assert answer.status_code == 200, answer.text
    (work,) = answer.get_json()["works"]
    told: dict[str, Any] = work
    return told


def promised(world: World) -> int:
    """Let Alice be promised 500 by B1 for today; return the promise's number."""
    told = Outcome("kept-promise", "B1", "B1-home", NOON, "PTP", ("alice",), was_met=True,
                   plan_id=1, amount=Decimal(500), due=TODAY, method="app")  # fmt: skip
    with world.wired.store.writing(ALICE) as writer:
        writer.record_outcome("Town", told)
    (one,) = own(world)["promises"]
    return int(one["id"])


@pytest.mark.parametrize("path", [FILE, "/my/own", "/my/help"])
@pytest.mark.parametrize("who", ["dora", "ada", "nemo"])
def test_only_a_collector_has_own_pages(world: World, who: str, path: str) -> None:
    assert world.visitor(who).get(path).status_code == 403


def test_a_promise_is_masked_and_stands_in_her_pages_alone(world: World) -> None:
    promised(world)
    (one,) = own(world)["promises"]
    assert (one["name"], one["state"], one["method"]) == ("王*", "due", "In the app")
    assert one["full"] == {"name": "王小明", "amount": "CN¥500"}
    for other in ("bob", "charlie"):
        assert own(world, other)["promises"] == []
    page = world.visitor("alice").page("/my/own")
    assert "王*" in page
    assert "王小明" not in page
    assert "500" not in page


def test_a_press_shows_a_promise_for_a_while_and_is_noted(world: World) -> None:
    id = promised(world)
    answer = world.visitor("alice").post(f"/my/own/Town/promises/{id}")
    assert "王小明" in answer.text
    assert "500" in answer.text
    assert answer.headers["Refresh"] == "20; url=/my/own"
    assert world.events("borrower.shown") == ["B1"]


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_nobody_elses_promise_is_shown(world: World, who: str) -> None:
    id = promised(world)
    assert world.visitor(who).post(f"/my/own/Town/promises/{id}").status_code == 404
    assert world.visitor("alice").post(f"/my/own/Other/promises/{id}").status_code == 403
    assert world.events("borrower.shown") == []


def test_what_a_phone_showed_without_a_network_is_noted_of_whom(world: World) -> None:
    id = promised(world)
    alice, bob = let_in(world, "alice"), let_in(world, "bob")
    mine = alice.record("shown", promise=id)
    foreign = bob.record("shown", promise=id)
    for phone in (alice, bob):
        phone.bring()
    take_in_waiting(world.app)
    assert alice.ask(mine)[mine]["state"] == "applied"
    assert bob.ask(foreign)[foreign]["told"] == {"why": "promise"}
    assert world.events("borrower.shown") == ["B1"]


def test_a_kept_promise_says_so_once_the_book_knows_payments(world: World) -> None:
    promised(world)
    assert not own(world)["knows_payments"]
    with world.wired.store.writing(ALICE) as writer:
        writer.add_payments("Town", [Payment("p", "C1", Decimal(500), NOON)])
    told = own(world)
    assert [one["state"] for one in told["promises"]] == ["kept"]
    assert next(one for one in told["figures"] if one["name"] == "kept")["now"] == "100% · 1/1"


def test_her_week_tells_today_and_the_days_off(world: World) -> None:
    days = own(world)["days"]
    assert [one["on"] for one in days][:2] == [str(TODAY), str(TODAY + timedelta(days=1))]
    assert days[0]["plan"]["visits"] == 1
    assert days[0]["shift"] is not None
    assert not days[1]["is_off"], "nobody's shift is told yet"


def test_figures_hold_no_money_and_no_colleague(world: World) -> None:
    promised(world)
    told = own(world)
    names = [one["name"] for one in told["figures"]]
    assert names == [
        *("visits", "promises", "let_be", "complaints", "metres"),
        *("met", "promised", "told_soon", "on_time"),
    ]
    text = str([told["figures"], told["weeks"]])
    assert "500" not in text
    assert "bob" not in text
    visits = told["figures"][0]
    assert (visits["now"], visits["before"]) == ("1", "–")


def test_few_are_told_as_few(world: World) -> None:
    promised(world)
    met = next(one for one in own(world)["figures"] if one["name"] == "met")
    assert (met["now"], met["said"]) == ("100% · 1/1", "too few to tell")


def test_words_name_the_minutes_that_are_counted() -> None:
    for name, span in (("told_soon", TOLD_WITHIN), ("on_time", ON_TIME)):
        assert f"{span.total_seconds() / 60:g} minutes" in str(SHARES[name])


def test_the_same_is_not_sent_again(world: World) -> None:
    phone = world.visitor("alice")
    first = phone.get(FILE)
    headers = {"If-None-Match": first.headers["ETag"]}
    assert phone.get(FILE, headers=headers).status_code == 304
    promised(world)
    assert phone.get(FILE, headers=headers).status_code == 200


def test_help_names_the_desks_number_and_what_is_recorded(world: World) -> None:
    phone = world.visitor("alice", **{"Accept-Language": "en"})
    assert "telephone number yet" in phone.page("/my/help")
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(world.wired.store.city("Town"), desk_phone="0574-8765 4321"))
    page = phone.page("/my/help")
    assert 'href="tel:0574-87654321"' in page
    assert "Never in between" in page.replace("\n", " ")
    day = phone.get(f"/my/{TODAY}/day.json").get_json()
    assert day["desk_phone"] == "0574-8765 4321"


def test_events_do_not_hold_the_desks_number(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile="US", desk_phone="0574-8765 4321"))
    event = next(one for one in world.wired.store.events(limit=9) if one.kind == "city.changed")
    assert event.after == {"desk_phone": "***"}


def test_they_speak_chinese(world: World) -> None:
    told = own(world, language="zh")
    assert told["figures"][0]["words"] == "已完成上门"
    assert "我的承诺" in world.visitor("alice", **{"Accept-Language": "zh"}).page("/my/own")

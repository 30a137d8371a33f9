"""Results about collateral: offered and taken alike by every form, as the city says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from data.secured import EVENT, SETTING, SecuredSettingError, say_secured, secured_setting
from data.store.products import products_of
from scheduler.lifecycle import COLLATERAL, Answer, Code, choices
from tests.data.world import ALICE, TODAY
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from web.cli import app, common
from web.phone.brought.taking_in import take_in_waiting

PAGE = "/settings/cities/Town/products"
VISIT = f"/my/{TODAY}/v1/1"
SEEN = "VEHICLE_SEEN"
ENGLISH = {"Accept-Language": "en"}
KINDS = pytest.mark.parametrize(
    ("secured", "unsecured", "is_offered"),
    [([], [], True), (["card"], [], True), ([], ["card"], False), ([], ["leasing"], True)],
    ids=["nothing said", "secured", "not secured", "another one not"],
)
"""Borrower B1, whom Alice visits, has one contract: a card."""


def folder(world: World) -> Path:
    return world.wired.cities.path("Town")


def say(world: World, secured: list[str], unsecured: list[str]) -> None:
    with world.wired.store.writing(ALICE) as writer:
        say_secured(folder(world), writer, ALICE, secured, unsecured)


def test_codes_of_collateral_stand_under_more_and_nowhere_where_nothing_is_secured() -> None:
    found = {one.answer: one.codes for one in choices(has_arrived=True)}
    assert set(found[Answer.MORE]) >= COLLATERAL
    unsecured = choices(has_arrived=True, may_be_secured=False)
    assert {code for one in unsecured for code in one.codes} == set(Code) - COLLATERAL


@KINDS
def test_a_page_without_a_script(
    world: World, secured: list[str], unsecured: list[str], is_offered: bool
) -> None:
    say(world, secured, unsecured)
    phone = world.visitor("alice", **ENGLISH)
    for path in (f"/my/{TODAY}/begin", f"{VISIT}/arrive"):
        assert phone.post(path, {"key": f"press-{path[-5:]}"}).status_code == 302
    assert (f'value="{SEEN}"' in phone.page(f"{VISIT}/result/more")) is is_offered
    answer = phone.post(f"{VISIT}/result/more", {"key": "press-00001", "code": SEEN})
    assert answer.status_code == (302 if is_offered else 400)
    if not is_offered:
        assert "No contract of this visit is secured" in answer.text


@KINDS
def test_a_phone_with_its_day_file(
    world: World, secured: list[str], unsecured: list[str], is_offered: bool
) -> None:
    say(world, secured, unsecured)
    day = world.visitor("alice").get(f"/my/{TODAY}/day.json").get_json()
    assert {
        one for one, its in day["forms"]["codes"].items() if its["needs_collateral"]
    } == COLLATERAL
    assert [one["collateral"] for one in day["stops"] if one["kind"] == "visit"] == [is_offered]
    phone = let_in(world, "alice")
    phone.record("arrive", "B1")
    key = phone.record("result", "B1", code=SEEN)
    phone.bring()
    take_in_waiting(world.app)
    came = phone.ask(key)[key]
    assert came["state"] == ("applied" if is_offered else "refused")
    if not is_offered:
        assert "No contract of this visit is secured" in str(came)


@KINDS
def test_the_command_line(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    secured: list[str],
    unsecured: list[str],
    is_offered: bool,
) -> None:
    say(world, secured, unsecured)
    monkeypatch.setattr(common.Session, "wired", lambda self: world.wired)  # noqa: ARG005
    told = CliRunner().invoke(app, ["outcome", "add", "C1", SEEN, "--key", "k1"])
    assert (told.exit_code == 0) is is_offered, told.output
    assert ("no contract of B1 is secured" in told.output) is not is_offered


def test_the_administrator_says_it_of_each_product_of_the_book(world: World) -> None:
    ada = world.visitor("ada", **ENGLISH)
    assert products_of(world.wired.store.engine, "Town") == ["card"]
    assert "not said" in ada.page(PAGE)
    sent: dict[str, Any] = {"product": ["card", "leasing"], "kind": ["unsecured", "secured"]}
    assert ada.post(PAGE, sent).status_code == 302
    kept = secured_setting(folder(world))
    assert (kept.secured, kept.unsecured, kept.said_by) == (("leasing",), ("card",), "ada")
    (event,) = [one for one in world.wired.store.events(limit=9) if one.kind == EVENT]
    assert event.after == {"secured": ["leasing"], "unsecured": ["card"]}
    page = ada.page(PAGE)
    assert "leasing" in page, "it stands there though no contract of the book has it"
    assert page.count("selected") == 2
    ada.post(PAGE, {"product": ["card"], "kind": [""]})
    assert secured_setting(folder(world)).unsecured == ()


@pytest.mark.parametrize("who", ["dora", "alice", "nemo"])
def test_only_an_administrator_says_it(world: World, who: str) -> None:
    assert world.visitor(who).get(PAGE).status_code == 403
    assert world.visitor(who).post(PAGE, {"product": "card", "kind": "secured"}).status_code == 403


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("secured = 3\n", "secured is no list of products"),
        ('secured = ["a"]\nunsecured = ["a"]\n', "'a' is both"),
        ("goes = 1\n", "'goes' is not known"),
        ("unsecured = [\n", "is no TOML"),
        ("said_by = 3\n", "said_by is no text"),
        ("said_at = 2026-11-23T09:00:00\n", "said_at is no time with its zone"),
    ],
)
def test_of_a_file_that_is_not_understood_nothing_is_known(
    world: World, text: str, fault: str
) -> None:
    folder(world).mkdir(exist_ok=True)
    (folder(world) / SETTING).write_text(text, encoding="utf-8")
    with pytest.raises(SecuredSettingError, match=r"^Town/products.toml") as told:
        secured_setting(folder(world))
    assert fault in str(told.value)
    assert SETTING in world.visitor("ada").page(PAGE)
    stops = world.visitor("alice").get(f"/my/{TODAY}/day.json").get_json()["stops"]
    assert [one["collateral"] for one in stops if one["kind"] == "visit"] == [True]

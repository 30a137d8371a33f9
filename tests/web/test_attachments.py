"""From a phone to the desk: what is attached to a visit, who sees it, and how it goes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from data.access import Grant, Role
from data.doctor import findings
from data.store.rounds import Rounds
from scheduler.field.attachments import AttachmentKind
from scheduler.rules.base import Fact, RuleSet
from scheduler.rules.keeping import kept_for
from tests.data.attached_files import EXIF, WEBM, body, jpeg, segment, signature
from tests.data.world import ALICE, NOON, TODAY, TOWN
from tests.web.carried import let_in
from tests.web.pages import PASSWORD, Visitor, World
from web.field.words import REFUSALS
from web.phone.brought import taker
from web.phone.brought.forgetting import forget_old
from web.phone.brought.taker import Taker
from web.phone.brought.taking_in import take_in_waiting

PAGE = "/Town/borrowers/B1"
SRC = re.compile(r'src="(/Town/attachments/content/[^"]+)"')


def english(world: World, who: str) -> Visitor:
    return world.visitor(who, **{"Accept-Language": "en"})


def attach(world: World, what: str, content: bytes, **more: Any) -> str:
    """Bring something from Alice's phone and take it in; return its key."""
    phone = let_in(world, "alice")
    key = phone.record("attachment", "B1", **body(what, content, **more))
    phone.bring()
    take_in_waiting(world.app)
    assert phone.ask(key)[key]["state"] == "applied"
    return key


def shown(visitor: Visitor, key: str) -> str:
    answer = visitor.post(f"/Town/attachments/show/{key}")
    assert answer.status_code == 200
    return answer.text


def source(page: str) -> str:
    found = SRC.search(page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_a_photograph_is_shown_to_who_asks_and_each_asking_is_noted(world: World) -> None:
    key = attach(world, "photo", jpeg(segment(0xE1, EXIF)))
    assert world.events("visit.attached") == ["B1"]
    dora = english(world, "dora")
    assert "Photograph" in dora.page(PAGE)
    assert world.events("attachment.shown") == [], "the list shows none"
    answer = dora.get(source(shown(dora, key)))
    assert answer.data == jpeg()
    assert world.events("attachment.shown") == ["B1"], "to show it is one asking"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    name = answer.headers["Content-Disposition"]
    assert re.fullmatch(rf'inline; filename="photo-{TODAY}-[0-9a-f]{{8}}\.jpg"', name)


def test_a_voice_note_is_played_and_wound(world: World) -> None:
    dora, key = english(world, "dora"), attach(world, "voice", WEBM)
    page = shown(dora, key)
    assert "<audio controls" in page
    answer = dora.get(source(page), headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.data) == (206, WEBM[:4])


def test_a_signature_is_drawn_by_us_below_what_was_signed(world: World) -> None:
    dora = english(world, "dora")
    text = "<b>I pay 500</b>"
    page = shown(dora, attach(world, "signature", signature(text=text)))
    assert "&lt;b&gt;I pay 500&lt;/b&gt;" in page
    answer = dora.get(source(page))
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "M10 40Q60 10 85 25Q110 40 110 40" in answer.text
    assert "M20 60Q20 60 20 60" in answer.text, "a dot"
    paper = shown(dora, attach(world, "signature", signature(strokes=[], paper="folder 7")))
    assert "Signed on paper: folder 7" in paper


def test_the_list_tells_to_which_result_it_belongs(world: World) -> None:
    phone = let_in(world, "alice")
    key = phone.record("result", "B1", code="NOT_HOME")
    phone.record("attachment", "B1", **body("photo", jpeg(), of=key))
    phone.bring()
    take_in_waiting(world.app)
    page = " ".join(english(world, "dora").page(PAGE).split())
    assert re.search(r"Photograph · <time[^>]+>[^<]+</time> · Not at home", page)


def test_nobody_gets_it_without_having_asked(world: World) -> None:
    key = attach(world, "photo", jpeg())
    dora, nora = english(world, "dora"), english(world, "nora")
    path = f"/Town/attachments/content/{key}"
    assert dora.get(path).status_code == 403
    let = source(shown(dora, key))
    assert nora.get(let).status_code == 403, "who asked is another"
    other = attach(world, "photo", jpeg(width=5))
    assert dora.get(let.replace(key, other)).status_code == 403


@pytest.mark.parametrize("who", ["alice", "ada", "nemo"])
def test_only_who_follows_cases_may_ask(world: World, who: str) -> None:
    key = attach(world, "photo", jpeg())
    assert world.visitor(who).post(f"/Town/attachments/show/{key}").status_code == 403
    assert world.visitor(who).get(f"/Town/attachments/content/{key}").status_code == 403


def test_another_agencys_is_not_there(world: World) -> None:
    phone = let_in(world, "charlie")  # of South
    key = phone.record("attachment", "B3", **body("photo", jpeg()))
    phone.bring()
    take_in_waiting(world.app)
    nora = english(world, "nora")  # of North
    assert nora.post(f"/Town/attachments/show/{key}").status_code == 404
    assert english(world, "dora").post(f"/Town/attachments/show/{key}").status_code == 200


def officer(world: World) -> Visitor:
    code = world.wired.users.add("olga", [Grant(Role.COMPLIANCE, "Town")], ALICE)
    world.wired.logins.first_sign_in("olga", code, PASSWORD, "127.0.0.1", NOON)
    return english(world, "olga")


def test_compliance_deletes_it_for_a_reason(world: World) -> None:
    key = attach(world, "photo", jpeg())
    olga, dora, path = officer(world), english(world, "dora"), f"/Town/attachments/delete/{key}"
    assert dora.post(path, {"reason": "no"}).status_code == 403
    assert "Delete for good" not in shown(dora, key)
    assert "Delete for good" in shown(olga, key)
    let = source(shown(dora, key))
    olga.post(path, {"reason": " "})
    assert world.events("attachment.deleted") == []
    assert olga.post(path, {"reason": "a neighbour is on it"}).location.endswith(PAGE)
    assert world.events("attachment.deleted") == ["B1"]
    assert dora.get(let).status_code == 410
    assert "It was deleted." in shown(dora, key)
    page = olga.page(PAGE)
    assert "deleted by olga: a neighbour is on it" in page
    assert "attachments/show" not in page
    assert olga.post(path, {"reason": "again"}).status_code == 302


@pytest.mark.parametrize(
    ("what", "content", "why"),
    [
        ("photo", b"<svg/>", "type"),
        ("photo", bytes(500 << 10), "size"),
        ("film", b"film", "what"),
        ("voice", WEBM + b"LOCATION", "place"),
    ],
)
def test_what_cannot_be_is_refused_and_said_why(
    world: World, what: str, content: bytes, why: str
) -> None:
    phone = let_in(world, "alice")
    key = phone.record("attachment", "B1", **body(what, content))
    phone.bring()
    take_in_waiting(world.app)
    told = phone.ask(key)[key]
    assert (told["state"], told["told"]) == ("refused", {"why": why})
    assert world.events("visit.attached") == []
    assert REFUSALS[why]


def test_how_long_is_kept_stands_with_the_rules(world: World) -> None:
    page = english(world, "ada").page("/settings/cities/Town/rules")
    assert "How long attachments are kept" in page
    assert re.search(r"Voice notes of visits</th><td[^>]*>1826 days", page)


def test_too_many_and_of_no_visit_are_refused(world: World) -> None:
    phone = let_in(world, "alice")
    keys = [phone.record("attachment", "B1", **body("voice", WEBM)) for _ in range(5)]
    nobody = phone.record("attachment", "B9", **body("voice", WEBM))
    phone.bring()
    take_in_waiting(world.app)
    told = phone.ask(*keys, nobody)
    states = [told[key]["state"] for key in keys]
    assert (states.count("applied"), states.count("refused")) == (4, 1)
    assert {"why": "many"} in [told[key]["told"] for key in keys]
    assert told[nobody]["told"] == {"why": "visit"}


def test_a_result_waits_for_no_photograph(world: World) -> None:
    phone = let_in(world, "alice")
    phone.record("begin")
    photo = phone.record("attachment", "B1", **body("photo", jpeg()))
    phone.numbers["B1"] = 0  # it has no number among the records of the visit
    phone.record("result", "B1", code="NOT_HOME")
    phone.bring(phone.queue[0], phone.queue[2])
    assert take_in_waiting(world.app) == 2
    phone.bring(phone.queue[1])
    assert take_in_waiting(world.app) == 1
    assert phone.ask(photo)[photo]["state"] == "applied"
    round_ = Rounds(world.wired.store.engine).round("Town", TODAY, "alice")
    assert round_ is not None
    assert world.events("outcome.recorded") == ["B1"]


def test_what_is_older_than_the_house_keeps_it_goes(world: World) -> None:
    key = attach(world, "photo", jpeg())
    assert forget_old(world.app) == 0
    world.clock.pass_by(days=1825)
    assert forget_old(world.app) == 0
    world.clock.pass_by(days=2)
    assert forget_old(world.app) == 1
    assert forget_old(world.app) == 0
    assert world.wired.attachments.content("Town", key) is None
    event = world.wired.store.events(limit=1)[0]
    assert (event.kind, event.actor) == ("attachment.expired", "upkeep")
    assert "deleted by its age" in english(world, "dora").page(PAGE)


def test_the_servers_thread_does_it_once_a_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[object] = []
    monkeypatch.setattr(taker, "forget_old", times.append)
    clock = [1e6]
    monkeypatch.setattr(taker, "monotonic", lambda: clock[0])
    one = Taker(world.app)
    one._keep_up()
    assert not times, "a server that has just begun answers first"
    clock[0] += taker.UPKEEP_FIRST_S
    one._keep_up()
    one._keep_up()
    assert len(times) == 1
    clock[0] += taker.UPKEEP_EVERY_S
    one._keep_up()
    assert len(times) == 2


def test_a_city_whose_rules_cannot_be_read_keeps_all(world: World) -> None:
    attach(world, "photo", jpeg())
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile="NOWHERE"))
    world.clock.pass_by(days=3000)
    assert forget_old(world.app) == 0


def test_the_doctor_says_where_their_key_is_lost(world: World) -> None:
    home = world.wired.home
    told = {one.what: one for one in findings(home)}["attachments"]
    assert (told.is_well, told.text) == (True, "none yet")
    attach(world, "photo", jpeg())
    assert {one.what: one for one in findings(home)}["attachments"].text == "1 kept"
    home.attachments_file.unlink()
    told = {one.what: one for one in findings(home)}["attachments"]
    assert not told.is_well
    assert str(home.attachments_file) in told.text


def fact(days: int, seen: str = "D") -> Fact:
    return Fact(days, "somewhere", None, seen)


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ((), None),
        ((fact(400), fact(90)), 90),  # the house's shortest
        ((fact(400, "P"), fact(700, "S"), fact(90)), 700),  # laws ask for at least
    ],
)
def test_how_long_it_is_kept(facts: tuple[Fact, ...], days: int | None) -> None:
    rules = RuleSet("X", "1", "", {}, keeping={"photo_days": facts})
    kept = None if days is None else timedelta(days=days)
    assert kept_for(rules, AttachmentKind.PHOTO, TODAY) == kept

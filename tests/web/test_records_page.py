"""What phones told otherwise, or what cannot be, is decided by a person; nothing is lost."""

from __future__ import annotations

from decimal import Decimal

from data.sealing import sealing_key
from tests.data.world import TODAY
from tests.web.carried import Phone, let_in
from tests.web.homes import lawful_home
from tests.web.pages import World
from tests.web.test_brought import PROMISE, minute, outcomes, pair, rows, take_in
from tests.web.test_compare import at, published_again, told_now
from tests.web.test_dispatch import english

__all__ = ["lawful_home"]
PAGE = f"/Town/{TODAY}/records/"


def disagree(world: World) -> tuple[Phone, str, str]:
    """Let two phones of a crew tell two sums; return the second's, and both keys."""
    alice, bob = pair(world)
    first = alice.record("result", "B1", at=minute(20), **PROMISE)
    second = bob.record("result", "B1", at=minute(21), **PROMISE | {"amount": "300"})
    for phone in (alice, bob):
        phone.bring()
        take_in(world)
    return bob, first, second


def state_of(world: World, key: str) -> str:
    return str(next(row["state"] for row in rows(world) if row["key"] == key))


def test_both_versions_stand_field_by_field_with_who_told_them(world: World) -> None:
    disagree(world)
    page = english(world).page(PAGE)
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "amount" in table
    assert table.index("500") < table.index("300"), "what stands first"
    assert ("alice" in page, "bob" in page) == (True, True)
    assert "王*" in page
    assert "王小明" not in page


def test_what_stands_is_kept_and_the_phone_hears_it(world: World) -> None:
    bob, first, second = disagree(world)
    english(world).post(f"{PAGE}{second}", {"what": "keep"})
    assert outcomes(world)["B1"].key == first
    told = bob.ask(second)[second]
    assert (told["state"], told["told"]["decision"]) == ("decided", "kept")
    assert told["told"]["fields"], "both versions stay"
    (event,) = [one for one in world.wired.store.events() if one.kind == "record.decided"]
    assert (event.actor, event.subject) == ("dora", "bob")
    # Who was decided against may still correct what stands.
    bob.record("result", "B1", at=minute(30), corrects=second, **PROMISE | {"amount": "300"})
    bob.bring()
    take_in(world)
    assert (outcomes(world)["B1"].amount, outcomes(world)["B1"].corrects) == (Decimal(300), first)


def test_what_the_phone_told_takes_its_place_and_both_stay(world: World) -> None:
    bob, first, second = disagree(world)
    dora = english(world)
    dora.post(f"{PAGE}{second}", {"what": "take", "stood": first})
    kept = outcomes(world)["B1"]
    assert (kept.key, kept.amount, kept.corrects) == (second, Decimal(300), first)
    assert bob.ask(second)[second]["told"]["decision"] == "taken"
    assert world.events("outcome.recorded") == ["B1", "B1"]
    again = dora.post(f"{PAGE}{second}", {"what": "keep"}, follow_redirects=True)
    assert "waits for nobody any more" in again.text
    assert len(world.events("record.decided")) == 1


def test_who_looked_at_another_result_looks_again_and_sees_it(world: World) -> None:
    alice, bob = pair(world)
    first = alice.record("result", "B1", at=minute(20), **PROMISE)
    second = bob.record("result", "B1", at=minute(21), **PROMISE | {"amount": "300"})
    third = alice.record(
        "result", "B1", at=minute(22), corrects=first, **PROMISE | {"amount": "70"}
    )
    alice.bring(alice.queue[0])
    take_in(world)
    bob.bring()
    take_in(world)
    dora = english(world)
    assert "/phoned-in/alice+bob" in dora.page(PAGE), "it can be typed anew"
    alice.bring(alice.queue[1])
    take_in(world)
    answer = dora.post(f"{PAGE}{second}", {"what": "take", "stood": first}, follow_redirects=True)
    assert "told meanwhile" in answer.text
    assert outcomes(world)["B1"].amount == 70
    told = bob.ask(second)[second]
    assert (told["state"], told["told"]["kept"]) == ("conflict", third)
    dora.post(f"{PAGE}{second}", {"what": "take", "stood": third})
    assert outcomes(world)["B1"].amount == 300


def test_what_was_refused_says_why_and_is_tried_again_or_set_aside(world: World) -> None:
    phone = let_in(world, "alice")
    bad = phone.record("result", "B1", **PROMISE | {"amount": "much"})
    phone.bring()
    take_in(world)
    dora = english(world)
    page = dora.page(PAGE)
    assert "What was typed cannot be recorded." in page
    assert "amount: Write the amount in figures" in page
    dora.post(f"{PAGE}{bad}", {"what": "again"})
    assert state_of(world, bad) == "refused", "it is as wrong as before"
    dora.post(f"{PAGE}{bad}", {"what": "aside", "note": ""})
    assert state_of(world, bad) == "refused", "a word is needed"
    dora.post(f"{PAGE}{bad}", {"what": "aside", "note": "张丽 typed it anew"})
    assert state_of(world, bad) == "decided"
    assert "张丽 typed it anew" in dora.page(PAGE)
    assert "张丽" not in str(world.wired.store.events(limit=50))


def test_what_could_not_be_opened_is_opened_once_its_key_is_there(world: World) -> None:
    phone, home = let_in(world, "alice"), world.wired
    right = home.sealing
    home.__dict__["sealing"] = sealing_key(b"o" * 32)  # another home's key is here
    key = phone.record("begin", at=minute(1))
    phone.bring()
    assert state_of(world, key) == "unreadable"
    dora = english(world)
    assert right.id in dora.page(PAGE)
    dora.post(f"{PAGE}{key}", {"what": "again"})
    assert state_of(world, key) == "unreadable"
    home.__dict__["sealing"] = right
    dora.post(f"{PAGE}{key}", {"what": "again"})
    take_in(world)
    assert state_of(world, key) == "applied"


def test_what_waits_for_a_number_that_never_comes_is_taken_in_without_it(world: World) -> None:
    phone = let_in(world, "alice")
    phone.record("arrive", "B1", at=minute(10))
    left = phone.record("leave", "B1", at=minute(25))
    phone.record("call", "B1", result="no_answer")
    phone.bring(*phone.queue[1:])
    assert take_in(world) == 0
    dora = english(world)
    page = dora.page(PAGE)
    assert "2 records wait" in page
    assert "number 1 is missing" in page
    dora.post(f"{PAGE}{left}", {"what": "again"})
    assert state_of(world, left) == "applied"
    assert take_in(world) == 1, "what comes after it is in turn now"
    assert "is missing" not in dora.page(PAGE)


def test_they_are_a_red_line_until_they_are_decided(world: World) -> None:
    _, _, second = disagree(world)
    dora = at(world, 11.5)
    (line,) = [one for one in told_now(dora)["notices"] if one["kind"] == "records"]
    assert (line["is_bad"], line["text"][0]) == (True, "1")
    assert PAGE in dora.page(f"/Town/{TODAY}/running")
    dora.post(f"{PAGE}{second}", {"what": "keep"})
    assert not [one for one in told_now(dora)["notices"] if one["kind"] == "records"]


def test_another_agencys_records_are_not_hers(world: World) -> None:
    phone = let_in(world, "charlie")  # of South
    key = phone.record("arrive", "B9")
    phone.bring()
    take_in(world)
    nora = world.visitor("nora", **{"Accept-Language": "en"})
    assert "Nothing waits for you" in nora.page(PAGE)
    assert nora.post(f"{PAGE}{key}", {"what": "aside", "note": "x"}).status_code == 403
    assert world.visitor("alice").get(PAGE).status_code == 403
    assert english(world).post(f"{PAGE}{key}", {"what": "no"}).status_code == 400


def test_phones_of_the_day_stand_on_the_page_and_on_the_crews_sheet(world: World) -> None:
    phone = let_in(world, "alice")
    phone.record("begin")
    phone.record("break_begin")
    phone.record("break_end")
    phone.bring(phone.queue[0], phone.queue[2])
    take_in(world)
    dora = english(world)
    for page in (dora.page(PAGE), dora.page(f"/Town/{TODAY}/desk/crew/alice")):
        assert "number 2 is missing." in page
        assert "2" in page
    assert "last heard 12:00" in dora.page(f"/Town/{TODAY}/desk/crew/alice")
    assert "last heard" not in dora.page(f"/Town/{TODAY}/desk/crew/bob")


def test_accepting_by_a_record_clears_the_red_line(world: World) -> None:
    dora = at(world, 9.0)
    phone = let_in(world, "alice", plan=2)
    published_again(world)
    world.clock.pass_by(minutes=11)
    assert "unseen" in {one["kind"] for one in told_now(dora)["notices"]}
    phone.record("accept", at=world.clock())
    phone.bring()
    take_in(world)
    assert "unseen" not in {one["kind"] for one in told_now(dora)["notices"]}
    assert told_now(dora)["crews"]["alice"]["has_seen"] is True


def test_a_crew_that_says_it_is_late_is_told_with_what_it_threatens(world: World) -> None:
    dora = at(world, 9.75)
    phone = let_in(world, "alice")
    phone.record("late", at=world.clock(), minutes=30)
    phone.bring()
    take_in(world)
    told = told_now(dora)
    (line,) = [one["text"] for one in told["notices"] if one["kind"] == "late"]
    assert line.endswith("told at 09:45 that it is 30 min late.")
    stop = next(one for one in told["crews"]["alice"]["stops"] if one["id"] == "B1")
    # Late is what she is to the hour that both screens show, whether she was to wait there or not.
    assert (stop["state"], stop["late_s"]) == ("late", 1800)

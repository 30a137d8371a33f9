"""Who calls for help is shown on every desk of the city at once, seen, and closed with a word."""

from __future__ import annotations

from datetime import timedelta

from scheduler.ports import MarkKind
from tests.data.world import ALICE, NOON, TODAY, collector
from tests.web.carried import let_in
from tests.web.homes import lawful_home
from tests.web.pages import World
from tests.web.phone_days import put_city
from tests.web.test_compare import at, tell
from tests.web.test_dispatch import english

__all__ = ["lawful_home"]
WHERE = {"lat": "25.0105", "lon": "121.5", "accuracy_m": "12"}
DAY = f"/Town/{TODAY}"


def call_for_help(world: World, who: str = "alice", **body: str) -> str:
    """Bring a call for help that comes before what was recorded earlier; return its key."""
    phone = let_in(world, who)
    phone.record("begin")
    key = phone.record("panic", at=NOON - timedelta(seconds=5), **body)
    assert phone.bring(phone.queue[1]).status_code == 200
    return key


def test_it_stands_on_every_page_of_the_city_at_once(world: World) -> None:
    dora = at(world, 12)
    before = dora.get(f"{DAY}/desk.json").headers["X-Alarms"]
    assert "calls for help" not in dora.page(f"{DAY}/running")
    call_for_help(world)
    assert dora.get(f"{DAY}/desk.json").headers["X-Alarms"] != before
    for path in (DAY, f"{DAY}/running", "/Town/cases", f"/Town/{TODAY + timedelta(days=1)}/"):
        page = dora.page(f"{path}/" if path == DAY else path)
        assert "calls for help" in page, path
        assert 'role="alert"' in page
    assert "calls for help" not in world.visitor("ada").get("/users").text


def test_who_where_and_which_number(world: World) -> None:
    with world.wired.store.writing(ALICE) as writer:
        writer.put_collectors("Town", [collector("alice", name="张丽", phone="13800001234")])
    tell(world, "alice", MarkKind.ARRIVE, 11.5, "B1")
    call_for_help(world, **WHERE)
    page = english(world).page("/Town/alarms")
    assert "张*" in page
    assert "张丽" not in page
    assert 'href="tel:13800001234"' in page
    assert "25.01050, 121.50000 (± 12 m)" in page
    assert "56 m from visit 1" in page, "0.0005° of latitude are 55.6 m"
    assert "At the door of visit 1 since 11:30" in page
    assert "25.01" not in str(world.wired.store.events(limit=50))


def test_a_city_that_wants_no_positions_shows_none(world: World) -> None:
    put_city(world, profile="US", learns_doors=False)
    call_for_help(world, **WHERE)
    page = english(world).page("/Town/alarms")
    assert "25.01050" not in page
    assert "no position came" in page


def test_seen_and_closed_by_whom_and_the_phone_hears_it(world: World) -> None:
    phone = let_in(world, "alice")
    key = phone.record("panic")
    phone.bring()
    assert phone.ask(key)[key].keys().isdisjoint({"seen", "closed"})
    dora = english(world)
    world.clock.pass_by(minutes=1)
    assert dora.post(f"/Town/alarms/{key}/seen", {"back": f"{DAY}/"}).location == f"{DAY}/"
    assert phone.ask(key)[key]["seen"] == (NOON + timedelta(minutes=1)).isoformat()
    page = dora.page("/Town/alarms")
    assert "Seen by dora at" in page
    assert 'role="alert"' not in page
    dora.post(f"/Town/alarms/{key}/close", {"note": " "})
    assert "calls for help" in dora.page("/Town/alarms"), "a word is needed"
    dora.post(f"/Town/alarms/{key}/close", {"note": "pressed by chance"})
    page = dora.page("/Town/alarms")
    assert (
        "calls for help"
        not in page.split("<h2>Closed")[0].split('id="alarms"')[1].split("</section>")[0]
    )
    assert "pressed by chance" in page
    assert "closed" in phone.ask(key)[key]
    assert (world.events("alarm.seen"), world.events("alarm.closed")) == (["alice"], ["alice"])


def test_an_open_page_asks_for_the_band_alone(world: World) -> None:
    dora = english(world)
    dora.headers["X-Fragment"] = "1"
    first = dora.get("/Town/alarms")
    assert "<html" not in first.text
    assert first.mimetype == "text/html"
    again = {**dora.headers, "If-None-Match": first.headers["ETag"]}
    assert dora.get("/Town/alarms", headers=again).status_code == 304
    call_for_help(world)
    assert "calls for help" in dora.get("/Town/alarms", headers=again).text


def test_another_agencys_dispatcher_sees_and_does_nothing(world: World) -> None:
    key = call_for_help(world, "charlie")  # of South
    nora = world.visitor("nora")  # of North
    assert "data-key" not in nora.page("/Town/alarms")
    assert nora.post(f"/Town/alarms/{key}/seen").status_code == 403
    assert world.visitor("alice").get("/Town/alarms").status_code == 403


def test_problems_lead_on_to_where_something_is_done(world: World) -> None:
    phone = let_in(world, "alice")
    for visit, what in (("", "ill"), ("", "vehicle"), ("B1", "not_found"), ("B1", "unsafe")):
        phone.record("problem", visit, what=what)
    phone.bring()
    page = english(world).page("/Town/alarms")
    for told in (
        *("is ill", "the vehicle does not go", "cannot find the door", "it is not safe there"),
        *(f"{DAY}/desk/sick/alice", f"{DAY}/running", f"{DAY}/places?place=B1-home"),
        "/Town/borrowers/B1",
    ):
        assert told in page, told
    assert 'role="alert"' not in page, "nobody calls for help"

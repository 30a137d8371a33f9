"""Links into a day: who looks spends nothing, who presses is in, and the desk sees all of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import url_for

from data.access import Grant, Role
from data.store.failures import PATIENCE
from data.store.field.links import GRACE
from tests.data.built_city import add_city
from tests.data.world import ALICE, TODAY
from tests.web.carried import let_in
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import Visitor, World
from tests.web.phone_days import full_trip, publish
from tests.web.test_map import EXTRACT

LINKS, BACK = f"/Town/{TODAY}/links", f"/Town/{TODAY}/links/take-back"
DAY_FILE = f"/my/{TODAY}/day.json"
JSON = {"Accept": "application/json"}
TOKEN = re.compile(r"/my/in/([\w-]{32})")
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0.50 Language/zh_CN"


def made(world: World, whom: str = "alice", by: str = "dora") -> str:
    """Return the path of a link that the desk makes."""
    answer = world.visitor(by).post(LINKS, {"whom": whom})
    found = TOKEN.search(answer.text)
    assert found is not None, answer.text
    return found[0]


def phone(world: World, **headers: str) -> Visitor:
    return world.visitor(**{"Accept-Language": "en", **headers})


def in_by(world: World, path: str) -> Visitor:
    """Return a phone on which a link was pressed."""
    hers = phone(world)
    assert hers.post(path).location == "/my/"
    return hers


def test_a_press_opens_her_day_and_no_other(world: World) -> None:
    hers = in_by(world, made(world))
    assert "王*" in hers.page("/my/day")
    told = hers.get(DAY_FILE).get_json()
    assert (told["me"], [one["id"] for one in told["stops"]]) == ("alice", ["B1"])
    tomorrow = TODAY + timedelta(days=1)
    publish(world, full_trip("alice"), on=tomorrow)
    assert hers.get(f"/my/{tomorrow}/day.json").status_code == 404
    assert f'href="/my/{tomorrow}' not in hers.page("/my/day"), "not even that there is one"
    assert world.visitor("alice").get(f"/my/{tomorrow}/day.json").status_code == 200


@pytest.mark.parametrize("path", [f"/Town/{TODAY}/", "/settings/people", "/password", "/my/own"])
def test_a_link_grants_nothing_else_that_she_may(world: World, path: str) -> None:
    world.wired.users.set_grants(
        "alice",
        [
            Grant(Role.COLLECTOR, "Town", collector_id="alice"),
            Grant(Role.DISPATCHER, "Town"),
            Grant(Role.ADMINISTRATOR),
        ],
        ALICE,
    )
    hers = in_by(world, made(world))
    assert hers.get(path).status_code == 403


def test_who_came_in_by_a_link_has_help_and_nothing_of_her_own(world: World) -> None:
    told = in_by(world, made(world)).get("/my/own.json").get_json()
    assert told["works"] is None
    assert "What is recorded about you" in {one["title"] for one in told["help"]["sections"]}


def test_previews_spend_nothing(world: World) -> None:
    path = made(world)
    for _ in range(3):
        page = phone(world).page(path)
        assert "Open my day" in page
        assert "王" not in page, "whoever shows a preview learns no name"
    assert world.events("link.opened") == []
    in_by(world, path)
    assert world.events("link.opened") == ["alice"]


def test_a_link_is_for_one_phone_which_comes_in_again(world: World) -> None:
    path = made(world)
    hers, others = in_by(world, path), phone(world)
    refused = others.post(path)
    assert refused.status_code == 410
    assert "Your dispatcher has been told" in refused.text
    assert others.get(DAY_FILE).status_code in (302, 401)
    hers.post("/log-out")
    assert hers.get("/my/day").status_code == 302
    assert "Go on with my day" in hers.page(path)
    assert hers.post(path).status_code == 302
    assert hers.get(DAY_FILE).status_code == 200
    desk = world.visitor("dora", **{"Accept-Language": "en"}).page(LINKS)
    assert "1 press on another phone, 12:00" in desk


def test_another_phone_with_her_session_is_not_let_in(world: World) -> None:
    hers, thief = in_by(world, made(world)), phone(world)
    with hers.client.session_transaction() as mine, thief.client.session_transaction() as its:
        its.update(mine)
    told = thief.get(DAY_FILE, headers=JSON)
    assert (told.status_code, told.get_json()) == (410, {"why": "other_phone"})


def test_what_is_taken_back_is_over_at_once_and_records_still_come(world: World) -> None:
    path = made(world)
    hers = in_by(world, path)
    let_in = hers.post(f"/my/{TODAY}/device").get_json()
    desk = world.visitor("dora")
    assert desk.post(BACK, {"whom": "alice"}).status_code == 302
    told = hers.get(DAY_FILE, headers=JSON)
    assert (told.status_code, told.get_json()) == (410, {"why": "taken_back"})
    assert "X-Now" in told.headers, "the phone forgets the day by the server's clock"
    assert hers.get("/my/day").status_code == 410
    assert "taken back" in hers.get(path).text
    assert hers.post(path).status_code == 410
    asked = {"Authorization": f"Bearer {let_in['secret']}"}
    kept = hers.client.post("/my/receipts", json={"keys": ["record-1"]}, headers=asked)
    assert kept.status_code == 200
    assert world.events("device.ended") == ["alice"]


def test_it_ends_with_the_shift(world: World) -> None:
    path = made(world)
    hers = in_by(world, path)
    (link,) = world.wired.links.of_day("Town", TODAY).values()
    world.clock.at = link.ends_at - timedelta(seconds=1)
    assert hers.get("/my/day").status_code == 200
    world.clock.pass_by(seconds=1)
    assert hers.get("/my/day").status_code == 410
    assert hers.get(DAY_FILE, headers=JSON).get_json() == {"why": "ended"}
    answer = phone(world).get(path)
    assert (answer.status_code, "This day is over" in answer.text) == (410, True)
    shift_ends = world.wired.store.plan("Town", TODAY, 1).content.crews[0].window.end
    assert link.ends_at - shift_ends == GRACE


def test_an_unknown_link_says_so_and_tries_are_slowed_down(world: World) -> None:
    stranger = phone(world)
    answer = stranger.get("/my/in/none")
    assert (answer.status_code, "There is no such link" in answer.text) == (404, True)
    for number in range(PATIENCE["address"].free):
        last = stranger.get(f"/my/in/none-{number}")
    assert last.status_code == 429
    assert "Please wait" in last.text


def test_over_an_open_connection_no_link_opens(world: World) -> None:
    path = made(world)
    stranger = phone(world)
    answer = stranger.get(path, base_url="http://desk.example.org")
    assert answer.status_code == 403
    assert "open connection" in answer.text


def test_a_second_press_of_the_desk_replaces_the_first(world: World) -> None:
    first, second = made(world), made(world)
    assert phone(world).post(first).status_code == 410
    in_by(world, second)


def test_all_of_a_crew_have_links_of_their_own(world: World) -> None:
    publish(world, full_trip("alice+bob"))
    answer = world.visitor("dora").post(LINKS, {"whom": "all"})
    paths = [match[0] for match in TOKEN.finditer(answer.text)]
    assert len(set(paths)) == 2
    assert answer.text.count('class="qr"') == 2
    alice, bob = (in_by(world, path) for path in dict.fromkeys(paths))
    told = [one.get(DAY_FILE).get_json() for one in (alice, bob)]
    assert [one["me"] for one in told] == ["alice", "bob"]
    assert told[0]["crew"]["names"] == told[1]["crew"]["names"]


def test_who_has_a_log_in_needs_no_link(world: World) -> None:
    answer = world.visitor("dora").post(LINKS, {"whom": "none"})
    assert answer.status_code == 302
    world.wired.users.disable("bob", ALICE)
    made(world, "none")
    assert world.events("link.made") == ["bob"]


def test_a_link_of_who_is_let_in_no_more_opens_nothing(world: World) -> None:
    hers = in_by(world, made(world))
    world.wired.users.disable("alice", ALICE)
    assert hers.get(DAY_FILE).status_code == 410


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("nora", "alice", 200),
        ("nora", "charlie", 302),
        ("alice", "alice", 403),
        ("ada", "alice", 403),
    ],
)
def test_each_dispatcher_makes_those_of_her_own(
    world: World, who: str, whom: str, status: int
) -> None:
    assert world.visitor(who).post(LINKS, {"whom": whom}).status_code == status


def test_a_day_that_is_over_or_no_day_has_none(world: World) -> None:
    desk = world.visitor("dora")
    assert desk.post(f"/Town/{TODAY + timedelta(days=1)}/links", {"whom": "all"}).status_code == 404
    world.clock.pass_by(days=2)
    assert world.visitor("dora").post(LINKS, {"whom": "all"}).status_code == 409


def test_who_is_logged_in_already_is_warned(world: World) -> None:
    desk = world.visitor("dora", **{"Accept-Language": "en"})
    assert "On this device dora is logged in" in desk.page(made(world))


def test_inside_a_chat_it_says_how_to_open_it_outside(world: World) -> None:
    path = made(world)
    chat = phone(world, **{"User-Agent": WECHAT})
    page = chat.page(path)
    assert "Press ⋯ at the top right." in page
    assert "inside WeChat the day works only with a network" in page
    assert f'value="http://localhost{path}"' in page
    assert chat.post(path).location == "/my/day"
    assert chat.get("/my/").location == "/my/day", "the page that phones keep is none here"
    assert "You are working inside WeChat" in chat.page("/my/day")
    assert "You are working inside" not in world.visitor("alice").page("/my/day")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("… wxwork/4.1 MicroMessenger/7.0.1", "企业微信"),
        ("… DingTalk/7.5", "钉钉"),
        (WECHAT, "微信"),
    ],
)
def test_apps_are_told_apart(world: World, agent: str, name: str) -> None:
    chat = world.visitor("alice", **{"User-Agent": agent, "Accept-Language": "zh"})
    assert f"您正在{name}内使用" in chat.page("/my/day")


def test_no_event_holds_a_token(world: World) -> None:
    path = made(world)
    in_by(world, path)
    phone(world).post(path)
    assert path[-32:] not in str(world.wired.store.events(limit=100))


def test_publishing_says_who_can_open_it_by_nothing(world: World) -> None:
    add_city(world.wired.home.cities, "Town", EXTRACT)
    world.wired.users.disable("bob", ALICE)
    desk = world.visitor("dora", **{"Accept-Language": "en"})
    page = desk.page(f"/Town/{TODAY}/publish")
    assert "1 collector has neither a log-in nor a link" in page
    made(world, "bob")
    page = desk.page(f"/Town/{TODAY}/publish")
    assert "2 with a log-in, 1 with a link" in page


def test_a_crew_of_the_day_shows_its_ways_in(world: World) -> None:
    desk = world.visitor("dora", **{"Accept-Language": "en"})
    sheet = f"/Town/{TODAY}/desk/crew/alice"
    assert "Link and QR code" in desk.page(sheet)
    made(world)
    assert "not opened yet" in desk.page(sheet)


def test_the_link_goes_by_the_address_that_people_open(world: World) -> None:
    with world.app.test_request_context():
        assert url_for("phone.link", token="x") == "/my/in/x"
    page = world.visitor("dora", **{"Accept-Language": "en"}).page(LINKS)
    assert "this machine to itself" in page, "localhost is no address for phones"


def test_a_phone_that_has_lost_everything_is_told_what_its_book_has(world: World) -> None:
    hers, his = let_in(world, "alice"), world.visitor("bob")
    hers.record("begin")
    assert hers.bring().status_code == 200
    before = {"before": hers.device}
    path = f"/my/{TODAY}/device"
    assert world.visitor("alice").post(path, before).get_json()["brought"] == 1
    assert world.visitor("alice").post(path).get_json()["brought"] == 0
    assert his.post(path, before).get_json()["brought"] == 0, "it is not his phone"

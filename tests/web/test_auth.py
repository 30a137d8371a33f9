"""Getting in, what a role opens, and getting out."""

from __future__ import annotations

import re

import pytest
from flask import Flask, g

from data.access import Role
from data.store.failures import PATIENCE
from tests.web.pages import PASSWORD, World
from web.auth.access import check_doors, current_user, needs, public
from web.auth.back import safe_target

WRONG = "请逐项检查"


def log_in(world: World, name: str, password: str = PASSWORD, query: str = "") -> tuple[int, str]:
    """Log in by the form, from a browser of its own; return the status and where it leads."""
    answer = world.visitor().post(f"/log-in{query}", {"name": name, "password": password})
    return answer.status_code, answer.headers.get("Location", answer.text)


def test_who_has_not_logged_in_is_led_to_the_door_and_back(world: World) -> None:
    visitor = world.visitor()
    assert visitor.get("/password").headers["Location"] == "/log-in?next=/password"
    form = {"name": "alice", "password": PASSWORD}
    answer = visitor.post("/log-in?next=/password", form)
    assert answer.headers["Location"] == "/password"
    assert visitor.get("/password").status_code == 200
    assert world.events("user.logged_in") == ["alice"]


def test_a_name_is_found_however_it_is_typed(world: World) -> None:
    assert log_in(world, " Alice ") == (302, "/")
    assert log_in(world, "ALICE") == (302, "/")


def test_a_wrong_password_and_an_unknown_name_are_told_alike(world: World) -> None:
    status, wrong = log_in(world, "alice", "not her password")
    other_status, unknown = log_in(world, "nobody", "not her password")
    assert status == other_status == 400
    assert WRONG in wrong
    # The page gives back the name that was typed, and the token is a new one each time.
    strip = re.compile(r'value="[^"]*"|content="[^"]*"')
    assert strip.sub("", wrong) == strip.sub("", unknown)


def test_a_disabled_user_is_told_nothing_else(world: World) -> None:
    alice = world.visitor("alice")
    world.wired.users.disable("alice", world.wired.ports.by("ada"))
    status, told = log_in(world, "alice")
    assert status == 400
    assert WRONG in told
    assert alice.get("/password").headers["Location"].startswith("/log-in"), "out at once"


def test_failures_make_the_next_try_wait_even_with_the_right_password(world: World) -> None:
    for _ in range(PATIENCE["name"].free):
        assert log_in(world, "alice", "a guess")[0] == 400
    status, told = log_in(world, "alice")
    assert status == 429
    assert "等待 1 秒" in told
    assert log_in(world, "bob") == (302, "/"), "another name waits for nothing"
    world.clock.pass_by(seconds=1)
    assert log_in(world, "alice") == (302, "/")


def test_the_session_is_a_new_one_after_log_in(world: World) -> None:
    visitor = world.visitor()
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["language"] = "en"
    before = visitor.token()
    visitor.post("/log-in", {"name": "alice", "password": PASSWORD})
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session["language"] == "en"
    stale = visitor.client.post("/log-out", data={"csrf_token": before})
    assert stale.status_code == 400, "a token from before is worth nothing"


def test_a_session_ends_when_it_rests(world: World) -> None:
    dora, alice = world.visitor("dora"), world.visitor("alice")
    for _ in range(3):
        world.clock.pass_by(hours=1.5)
        assert dora.get("/password").status_code == 200, "each page begins the time anew"
    world.clock.pass_by(hours=2.5)
    answer = dora.get("/password", follow_redirects=True)
    assert "已自动退出登录" in answer.text
    assert alice.get("/password").status_code == 200, "a phone may rest all day"
    world.clock.pass_by(hours=15)
    assert alice.get("/password").status_code == 302


def test_logging_out_ends_the_session(world: World) -> None:
    alice = world.visitor("alice")
    assert alice.post("/log-out").headers["Location"] == "/log-in"
    assert alice.get("/password").status_code == 302
    assert world.events("user.logged_out") == ["alice"]


def test_after_logging_out_a_copy_of_the_cookie_is_worth_nothing(world: World) -> None:
    alice, thief, bob = world.visitor("alice"), world.visitor("alice"), world.visitor("bob")
    assert thief.get("/password").status_code == 200
    alice.post("/log-out")
    assert thief.get("/password").status_code == 302
    assert bob.get("/password").status_code == 200, "only her own sessions end"


def test_changing_the_password_ends_the_sessions_elsewhere(world: World) -> None:
    here, elsewhere = world.visitor("alice"), world.visitor("alice")
    new = {"new": "five other words of salt", "again": "five other words of salt"}
    assert WRONG in here.post("/password", {"old": "not it", **new}).text
    assert here.post("/password", {"old": PASSWORD, **new}).status_code == 302
    assert here.get("/password").status_code == 200
    assert elsewhere.get("/password").status_code == 302
    assert log_in(world, "alice")[0] == 400
    assert log_in(world, "alice", new["new"]) == (302, "/")


def test_a_first_sign_in_spends_the_code(world: World) -> None:
    code = world.wired.users.add("eve", [], world.wired.ports.by("ada"))
    form = {"name": "eve", "code": code.lower(), "new": PASSWORD, "again": PASSWORD}
    assert "不一致" in world.visitor().post("/first-sign-in", {**form, "again": "x"}).text
    eve = world.visitor()
    assert eve.post("/first-sign-in", form).headers["Location"] == "/"
    assert eve.get("/").status_code == 200
    assert WRONG in world.visitor().post("/first-sign-in", form).text
    assert log_in(world, "eve") == (302, "/")


def test_over_an_open_network_nobody_types_a_password(world: World) -> None:
    visitor = world.visitor()
    for base_url in ("http://desk.example", "http://192.168.1.7:8000"):
        visitor.base_url = base_url
        for path in ("/log-in", "/first-sign-in"):
            answer = visitor.get(path)
            assert answer.status_code == 403
            assert 'type="password"' not in answer.text
            assert base_url.split("//")[1] in answer.text
    visitor.base_url = "https://desk.example"
    assert 'type="password"' in visitor.page("/log-in")


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/town/today?x=1", "/town/today?x=1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\tb", "/"),
        ("evil", "/"),
        (None, "/"),
    ],
)
def test_the_way_back_never_leaves_the_house(
    world: World, asked: str | None, leads_to: str
) -> None:
    with world.app.test_request_context():
        assert safe_target(asked) == leads_to


@pytest.fixture
def guarded(world: World, own_app: Flask) -> World:
    """The world with a page of a city for dispatchers, and one for the collector herself."""

    @needs(Role.DISPATCHER)
    def desk(city: str) -> list[str] | None:
        assert g.city.name == city
        seen = current_user.agencies(Role.DISPATCHER, city)
        return None if seen is None else sorted(seen)

    @needs(Role.COLLECTOR)
    def mine(city: str) -> str | None:
        return current_user.collector_in(city)

    own_app.add_url_rule(
        "/<city>/desk", view_func=lambda city: {"seen": desk(city=city)}, endpoint="desk"
    )
    own_app.add_url_rule(
        "/<city>/mine", view_func=lambda city: {"id": mine(city=city)}, endpoint="mine"
    )
    return world


def test_a_role_opens_its_pages_in_its_city(guarded: World) -> None:
    assert guarded.visitor("dora").get("/Town/desk").json == {"seen": None}, "all agencies"
    assert guarded.visitor("nora").get("/Town/desk").json == {"seen": ["North"]}
    for name in ("alice", "charlie", "ada", "nemo"):
        assert guarded.visitor(name).get("/Town/desk").status_code == 403
    assert guarded.visitor("dora").get("/Elsewhere/desk").status_code == 403
    assert guarded.visitor("dora").get("/Town/mine").status_code == 403


def test_a_collector_is_herself_alone(guarded: World) -> None:
    for name in ("alice", "bob", "charlie"):
        assert guarded.visitor(name).get("/Town/mine").json == {"id": name}


def test_a_view_without_a_door_is_refused_at_the_start() -> None:
    app = Flask(__name__)
    app.add_url_rule("/open", view_func=public(lambda: "yes"), endpoint="open")
    check_doors(app)
    app.add_url_rule("/forgotten", view_func=lambda: "oh", endpoint="forgotten")
    with pytest.raises(RuntimeError, match=r"@needs.* or @public: forgotten"):
        check_doors(app)

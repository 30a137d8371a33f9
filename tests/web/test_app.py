"""The frame: errors, language, colours, files, the home page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask, abort, render_template
from werkzeug.exceptions import HTTPException

from data.access import Grant, Role
from data.home import MADE_UP
from scheduler.errors import ConflictError, NotFoundError, UnknownProfileError, UnlawfulPlanError
from tests.data.world import TODAY, TOWN
from tests.web.compiled import app_of
from tests.web.pages import World
from web.app import MOST_SENT_BYTES
from web.auth.access import needs, public
from web.errors import WORDS
from web.settings import Settings


def raising(app: Flask, path: str, error: Exception) -> None:
    """Add a page that raises."""

    @public
    def view() -> str:
        raise error

    app.add_url_rule(path, view_func=view, endpoint=path)


def test_health_is_told_to_anybody(world: World) -> None:
    answer = world.visitor().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFoundError("there is no city 'X'; there are: Town"), 404),
        (ConflictError("version 3 is published already: plan anew"), 409),
        (UnlawfulPlanError("the plan is not lawful:\n  <b>"), 409),
        (UnknownProfileError("no profile 'XX'"), 400),
    ],
)
def test_our_own_errors_are_told_in_their_words(
    world: World, own_app: Flask, error: Exception, status: int
) -> None:
    raising(own_app, "/raising", error)
    answer = world.visitor().get("/raising", headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert str(WORDS[status].title) in answer.text
    assert str(error).replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;") in answer.text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_error_is_a_page_in_both_languages(
    world: World, own_app: Flask, status: int, language: str
) -> None:
    @public
    def view() -> str:
        abort(status)

    own_app.add_url_rule("/raising", view_func=view, endpoint="raising")
    answer = world.visitor().get("/raising", headers={"Accept-Language": language})
    assert answer.status_code == status
    with world.app.test_request_context(headers={"Accept-Language": language}):
        assert str(WORDS[status].title) in answer.text
        assert str(WORDS[status].advice).replace("'", "&#39;") in answer.text


def test_our_own_errors_are_told_in_chinese(world: World, own_app: Flask) -> None:
    raising(own_app, "/raising", NotFoundError("there is no city 'X'; there are: Town"))
    answer = world.visitor().get("/raising", headers={"Accept-Language": "zh"})
    assert "没有城市 &#39;X&#39;；现有：Town" in answer.text


@pytest.mark.parametrize(
    ("more", "status"),
    [(0, 400), (1, 413)],  # 64 MB is read, and found to be no form of ours; more is not read
)
def test_what_is_too_large_is_not_read(world: World, more: int, status: int) -> None:
    told = {"CONTENT_LENGTH": str(MOST_SENT_BYTES + more), "CONTENT_TYPE": "multipart/form-data"}
    answer = world.visitor("dora").client.post("/Town/2026-03-02/import", environ_overrides=told)
    assert answer.status_code == status
    is_told = f"{MOST_SENT_BYTES >> 20} MB" in answer.text
    assert is_told == (status == 413)


def test_a_bug_is_an_apology_without_its_traceback(world: World, own_app: Flask) -> None:
    raising(own_app, "/raising", ZeroDivisionError("the borrower's name"))
    answer = world.visitor().get("/raising")
    assert answer.status_code == 500
    assert "系统出错了" in answer.text
    assert "ZeroDivision" not in answer.text
    assert "borrower" not in answer.text


def test_what_no_database_takes_could_not_be_read(world: World) -> None:
    beyond = "9" * 30  # SQLite and PostgreSQL have 19 digits at most
    trial, events = (
        f"/Town/{TODAY}/remedies?case=C1&job={beyond}",
        f"/settings/events?before={beyond}",
    )
    for who, path in (("dora", trial), ("ada", events)):
        answer = world.visitor(who, **{"Accept-Language": "en"}).get(path)
        assert (answer.status_code, "could not be read" in answer.text) == (400, True), path


def test_a_script_gets_its_errors_as_json(world: World) -> None:
    answer = world.visitor().get("/no-such", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["title"] == "这里什么也没有"
    assert world.visitor().post_json("/password", {}).status_code == 401


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("zh-TW", "zh-CN"),
        ("de", "zh-CN"),
        ("", "zh-CN"),
        ("de, en;q=0.5", "en"),
    ],
)
def test_the_language_is_the_browsers_else_chinese(world: World, accepted: str, lang: str) -> None:
    for path, who in (("/log-in", None), (f"/Town/{TODAY}/", "dora"), ("/my/day", "alice")):
        page = world.visitor(who).page(path, headers={"Accept-Language": accepted})
        assert f'<html lang="{lang}">' in page
        other = {"en": "zh-CN", "zh-CN": "en"}[lang]
        assert f'<span lang="{other}">' in page  # the button that changes to it


def test_a_choice_of_language_and_colours_is_kept_before_log_in(world: World) -> None:
    visitor = world.visitor()
    answer = visitor.post("/preferences", {"language": "en", "next": "/log-in"})
    assert answer.headers["Location"] == "/log-in"
    visitor.post("/preferences", {"theme": "dark", "next": "/log-in"})
    page = visitor.page("/log-in", headers={"Accept-Language": "zh"})
    assert '<html lang="en">' in page
    assert 'media="all"' in page


def test_a_users_choice_is_kept_with_the_user(world: World) -> None:
    world.visitor("alice").post("/preferences", {"language": "en"})
    world.visitor("alice").post("/preferences", {"theme": "light"})
    page = world.visitor("alice").page("/password", headers={"Accept-Language": "zh"})
    assert '<html lang="en">' in page
    assert 'media="not all"' in page
    assert '<html lang="zh-CN">' in world.visitor("bob").page("/password")
    assert world.events("user.chose") == ["alice", "alice"]


@pytest.mark.parametrize("choice", [{"language": "xx"}, {"theme": "pink"}])
def test_a_choice_that_is_none_is_refused(world: World, choice: dict[str, str]) -> None:
    assert world.visitor("alice").post("/preferences", choice).status_code == 400
    assert world.events("user.chose") == []


def test_files_are_kept_by_browsers_until_they_change(world: World) -> None:
    visitor = world.visitor()
    with world.app.test_request_context():
        url = world.app.url_for("static", filename="css/base.css")
    assert "?v=" in url
    assert url in visitor.page("/log-in")
    assert "immutable" in visitor.get(url).headers["Cache-Control"]
    plain = visitor.get("/static/css/base.css")
    assert plain.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in plain.headers


def test_a_day_stands_in_addresses_as_a_date(world: World, own_app: Flask) -> None:
    own_app.add_url_rule(
        "/on/<day:on>/there", view_func=public(lambda on: {"on": on.year}), endpoint="days"
    )
    visitor = world.visitor()
    assert visitor.get("/on/2026-11-23/there").json == {"on": 2026}
    for other in ("2026-02-30", "2026-1-1", "today"):
        assert visitor.get(f"/on/{other}/there").status_code == 404
    with world.app.test_request_context():
        assert world.app.url_for("days", on=date(2026, 3, 2)) == "/on/2026-03-02/there"


def test_home_says_who_has_no_role(world: World) -> None:
    assert "还没有角色" in world.visitor("nemo").page("/")


def test_a_planners_home_is_the_published_days(world: World) -> None:
    with world.wired.store.writing(world.wired.ports.by("ada")) as writer:
        writer.put_city(replace(TOWN, name="West"))
    planner = [Grant(Role.PLANNER, "Town"), Grant(Role.PLANNER, "West")]
    world.wired.users.set_grants("nemo", planner, world.wired.ports.by("ada"))
    assert world.visitor("nemo").get("/").headers["Location"] == "/Town/export"
    both = [*planner, Grant(Role.DISPATCHER, "West")]  # no shift, no plan, no case there
    world.wired.users.set_grants("nemo", both, world.wired.ports.by("ada"))
    page = world.visitor("nemo").page("/")
    assert 'href="/West/today"' in page
    assert 'href="/Town/export"' in page


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COLLECTOR])
def test_nobody_who_has_cities_reads_that_there_is_none(world: World, role: Role) -> None:
    with world.wired.store.writing(world.wired.ports.by("ada")) as writer:
        writer.put_city(replace(TOWN, name="West"))  # no case, no shift, no plan
    for cities in (["Town", "West"], ["West"]):
        grants = [Grant(role, city) for city in cities]
        world.wired.users.set_grants("nemo", grants, world.wired.ports.by("ada"))
        assert "还没有城市" not in world.visitor("nemo").page("/", follow_redirects=True)


def test_home_leads_to_the_one_place_of_work_or_shows_them(world: World) -> None:
    assert world.visitor("alice").get("/").headers["Location"] == "/my/day"
    assert world.visitor("dora").get("/").headers["Location"] == "/Town/today"
    both = [Grant(Role.DISPATCHER, "Town"), Grant(Role.COLLECTOR, "Town", collector_id="bob")]
    world.wired.users.set_grants("bob", both, world.wired.ports.by("ada"))
    page = world.visitor("bob").page("/")
    assert 'href="/my/day"' in page
    assert 'href="/Town/today"' in page


def test_the_way_to_another_city_shows_where_the_role_holds(world: World, own_app: Flask) -> None:
    with world.wired.store.writing(world.wired.ports.by("ada")) as writer:
        for name in ("West", "Other"):
            writer.put_city(replace(TOWN, name=name))
    grants = [Grant(Role.DISPATCHER, "Town"), Grant(Role.DISPATCHER, "West")]
    grants += [Grant(Role.PLANNER, "Other")]
    world.wired.users.set_grants("dora", grants, world.wired.ports.by("ada"))

    @needs(Role.DISPATCHER)
    def day(city: str, on: date) -> str:
        return render_template("layout/desk.html")

    own_app.add_url_rule("/<city>/<day:on>", view_func=day, endpoint="day")
    page = world.visitor("dora").page("/Town/2026-03-02")
    found = set(re.findall(r'href="(/[^/"]+/2026-[^"]*)"', page))
    # The same day in West, and the days before and after in Town; as a planner she sees no days.
    # The header's entries keep the day.
    days = {"/Town/2026-03-02", "/West/2026-03-02", "/Town/2026-03-01", "/Town/2026-03-03"}
    assert found == days | {"/Town/2026-03-02/", "/Town/2026-03-02/places"}


def test_a_made_up_town_says_so_on_every_page(world: World) -> None:
    assert "演示数据" not in world.visitor().page("/log-in")
    (world.wired.home.path / MADE_UP).touch()
    world.app = app_of(world.wired, Settings(b"k" * 32))
    for visitor in (world.visitor(), world.visitor("alice")):
        page = visitor.get("/no-such").text
        assert "演示数据" in page
        assert "Made-up data" in page


def test_an_http_error_that_answers_itself_may(world: World, own_app: Flask) -> None:
    from werkzeug.wrappers import Response

    raising(own_app, "/raising", HTTPException(response=Response("its own", 418)))
    assert world.visitor().get("/raising").status_code == 418

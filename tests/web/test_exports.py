"""Who takes which day along: on the desk, from the phone, by the command line."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result
from werkzeug.test import TestResponse

from data.access import Grant, Role
from data.exports.registry import FORMATS
from data.home import MADE_UP
from tests.data.world import ALICE, TODAY, TOWN, new_plan
from tests.web.compiled import app_of
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import BORROWERS, World
from tests.web.test_settings_pages import form_of, version_in
from web.cli import app, hoisted
from web.dispatch.exports import FORMAT_WORDS
from web.settings import Settings

PAGE = f"/Town/{TODAY}/export"
MINE = f"/my/{TODAY}/export"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def staffed(world: World) -> World:
    """The three-person world with cora, compliance officer, and pia, planner."""
    for name, role in (("cora", Role.COMPLIANCE), ("pia", Role.PLANNER)):
        code = world.wired.users.add(name, [Grant(role, "Town")], ALICE)
        world.wired.logins.first_sign_in(name, code, "four words of salt", "127.0.0.1", ALICE.at)
    return world


def taken(world: World, who: str, path: str = PAGE, **form: str) -> TestResponse:
    """Return the file that somebody downloads."""
    answer = world.visitor(who, **ENGLISH).post(path, {"format": "csv", **form})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return answer


def names_in(answer: TestResponse) -> list[str]:
    text = answer.data.decode("utf-8-sig")
    return [row["Name"] for row in csv.DictReader(io.StringIO(text, newline=""))]


# The desk.


MAY = dict.fromkeys(("dora", "nora", "cora", "pia"), 200)
MAY_NOT = {"alice": 403, "ada": 403, "nemo": 403, None: 302}


@pytest.mark.parametrize(("who", "status"), [*MAY.items(), *MAY_NOT.items()])
def test_a_day_is_exported_by_who_answers_for_it(
    staffed: World, who: str | None, status: int
) -> None:
    visitor = staffed.visitor(who)
    assert visitor.get(PAGE).status_code == status
    assert visitor.post(PAGE, {"format": "csv"}).status_code == status
    assert bool(staffed.events("plan.exported")) == (status == 200)


def test_another_citys_dispatcher_takes_nothing(world: World) -> None:
    assert world.visitor("dora").post(PAGE.replace("Town", "West")).status_code == 403


def test_names_are_masked_unless_asked_for_in_full(staffed: World) -> None:
    for who in ("dora", "cora"):
        assert names_in(taken(staffed, who)) == ["王*", "李*", "J. S."]
        assert names_in(taken(staffed, who, full="yes")) == list(BORROWERS.values())
    events = [one for one in staffed.wired.store.events() if one.kind == "plan.exported"]
    assert [(one.actor, (one.after or {})["masking"]) for one in events[::-1]] == [
        *(("dora", "masked"), ("dora", "full"), ("cora", "masked"), ("cora", "full"))
    ]


def test_an_agencys_dispatcher_takes_the_agencys_crews(world: World) -> None:
    assert names_in(taken(world, "nora", full="yes")) == ["王小明", "李晓红"]
    # Charlie is of another agency: his day is nothing that she could take.
    answer = world.visitor("nora").post(PAGE, {"format": "csv", "whose": "charlie"})
    assert answer.headers["Location"] == PAGE
    page = world.visitor("nora", **ENGLISH).page(PAGE)
    assert 'value="alice"' in page
    assert 'value="charlie"' not in page


def test_a_planner_takes_streets_and_is_offered_nothing_else(staffed: World) -> None:
    answer = taken(staffed, "pia")
    assert names_in(answer) == ["", "", ""]
    assert "中山路" in answer.text
    assert "号" not in answer.text
    page = staffed.visitor("pia", **ENGLISH).page(PAGE)
    assert 'name="full"' not in page
    assert 'value="gpx"' not in page
    assert staffed.visitor("pia").post(PAGE, {"format": "gpx"}).status_code == 400
    assert staffed.visitor("pia").post(PAGE, {"format": "csv", "full": "yes"}).status_code == 400


def test_planners_and_compliance_find_the_way(staffed: World) -> None:
    assert staffed.visitor("pia").get("/").headers["Location"] == "/Town/export"
    assert staffed.visitor("pia").get("/Town/export").headers["Location"] == PAGE
    assert 'href="/Town/export"' in staffed.visitor("cora").page("/")


def test_one_crews_day_is_taken_by_itself(world: World) -> None:
    assert names_in(taken(world, "dora", whose="bob")) == ["李*"]
    assert "-bob.csv" in taken(world, "dora", whose="bob").headers["Content-Disposition"]


def test_a_file_is_of_its_kind_and_kept_by_no_cache(world: World) -> None:
    for name, one in FORMATS.items():
        answer = taken(world, "dora", format=name)
        assert answer.mimetype == one.media_type
        assert answer.headers["Cache-Control"] == "no-store"
        assert f"Town-{TODAY}.{name}" in answer.headers["Content-Disposition"]
    assert world.visitor("dora").post(PAGE, {"format": "doc"}).status_code == 400


def test_every_format_has_its_words() -> None:
    assert FORMAT_WORDS.keys() == FORMATS.keys()


def test_headers_are_in_the_visitors_language(world: World) -> None:
    answer = world.visitor("dora", **{"Accept-Language": "zh"}).post(PAGE, {"format": "csv"})
    assert answer.data.decode("utf-8-sig").startswith("小组,外访员,站")


def test_a_draft_cannot_be_taken(world: World) -> None:
    tomorrow = TODAY.replace(day=3)
    with world.wired.store.writing(ALICE) as writer:
        writer.add_plan(new_plan(tomorrow))
    for day in (tomorrow, TODAY.replace(day=4)):  # a draft, and nothing at all
        path = f"/Town/{day}/export"
        page = world.visitor("dora", **ENGLISH).page(path)
        assert "Only a published day is exported" in page
        assert "Download" not in page
        answer = world.visitor("dora", **ENGLISH).post(path, {"format": "csv"})
        assert answer.headers["Location"] == path
    assert world.events("plan.exported") == []


def test_a_calendar_says_on_the_page_what_it_tells(world: World) -> None:
    dora = world.visitor("dora", **ENGLISH)
    assert "a stop is its number and street" in dora.page(PAGE)
    assert "王" not in taken(world, "dora", format="ics", full="yes").text
    with world.wired.store.writing(ALICE) as writer:
        writer.put_city(replace(TOWN, profile="US", calendar_details=True))
    assert "calendars tell what you may see" in dora.page(PAGE)
    assert "王小明" in taken(world, "dora", format="ics", full="yes").text


def test_the_administrator_opens_a_citys_calendars(world: World) -> None:
    ada = world.visitor("ada", **ENGLISH)
    page = ada.page("/settings/cities/Town")
    assert '<option value="closed" selected>' in page
    told = form_of(TOWN, version=version_in(page), calendar_details="open")
    assert ada.post("/settings/cities/Town", told).status_code == 302
    assert world.wired.store.city("Town").calendar_details
    assert '<option value="open" selected>' in ada.page("/settings/cities/Town")
    page = ada.page("/settings/events")
    assert "calendars tell name, door and sum" in page
    told = form_of(TOWN, version=version_in(ada.page("/settings/cities/Town")))
    answer = ada.post("/settings/cities/Town", told | {"calendar_details": "half"})
    assert answer.status_code == 400
    assert "Choose one of the two." in answer.text


def test_the_events_page_tells_an_export(world: World) -> None:
    taken(world, "dora", format="gpx", whose="bob")
    page = world.visitor("ada", **ENGLISH).page("/settings/events")
    assert "published day exported" in page
    for told in ("format", "gpx", "stops exported", "masked", "names and sums", "bob"):
        assert told in page
    chinese = world.visitor("ada", **{"Accept-Language": "zh"}).page("/settings/events")
    assert "遮盖姓名和金额" in chinese


def test_a_made_up_town_says_so_in_the_file_and_its_name(world: World) -> None:
    (world.wired.home.path / MADE_UP).touch()
    demo = replace(world, app=app_of(world.wired, Settings(b"key")))
    answer = taken(demo, "dora")
    assert "演示数据" in answer.text
    assert f"made-up-Town-{TODAY}.csv" in answer.headers["Content-Disposition"]


# The phone.


def test_a_collector_takes_her_own_day_from_the_menu(world: World) -> None:
    page = world.visitor("alice", **ENGLISH).page("/my/day")
    assert f'action="{MINE}"' in page
    book = Calendar.from_ical(taken(world, "alice", MINE, format="ics").data)
    assert [str(event["SUMMARY"]) for event in book.events] == ["Stop 1 · 中山路"]
    told = taken(world, "alice", MINE, format="gpx").text
    assert "王*" in told
    assert not [name for name in BORROWERS.values() if name in told]
    assert "李" not in told  # whom Bob visits
    assert world.events("plan.exported") == [f"Town {TODAY} v1"] * 2


def test_a_phone_takes_along_what_a_phone_needs(world: World) -> None:
    alice = world.visitor("alice")
    for wrong in ("csv", "geojson", ""):
        assert alice.post(MINE, {"format": wrong}).status_code == 400
    tomorrow = MINE.replace("03-02", "03-03")
    assert alice.post(tomorrow, {"format": "ics"}).status_code == 404
    assert world.visitor("dora").post(MINE, {"format": "ics"}).status_code == 403
    assert tomorrow not in alice.page("/my/2026-03-03")  # no plan, nothing to take


# The command line.


def dayround(world: World, who: str, *arguments: object, expect: int = 0) -> Result:
    words = ["export", str(TODAY), "--home", str(world.wired.home.path), "--as", who]
    result = CliRunner().invoke(app, hoisted([*words, *map(str, arguments)]))
    assert result.exit_code == expect, f"{result.output}\n{result.exception!r}"
    return result


@pytest.mark.parametrize("format", FORMATS)
def test_a_command_writes_the_file_for_its_owner_alone(
    world: World, tmp_path: Path, format: str
) -> None:
    out = tmp_path / f"day.{format}"
    told = dayround(world, "dora", "--format", format, "--out", out).stdout
    assert out.stat().st_size > 100
    assert out.stat().st_mode & 0o077 == 0
    assert "3 visits of version 1" in told
    assert world.wired.store.events(limit=1)[0].actor == "dora"


def test_a_command_masks_by_the_role_of_who_acts(staffed: World, tmp_path: Path) -> None:
    def names(who: str, *more: str) -> list[str]:
        out = tmp_path / f"{who}{''.join(more)}.csv"
        dayround(staffed, who, "--format", "csv", "--out", out, *more)
        text = out.read_text(encoding="utf-8-sig")
        return [row["Name"] for row in csv.DictReader(io.StringIO(text))]

    assert names("alice") == ["王*"]
    assert names("nora", "--full") == ["王小明", "李晓红"]
    assert names("pia") == ["", "", ""]
    assert names("dora", "--collector", "charlie") == ["J. S."]
    assert names("keeper") == ["王*", "李*", "J. S."]  # who has no log-in keeps the home


@pytest.mark.parametrize(
    ("who", "arguments", "words"),
    [
        ("alice", ("--collector", "bob"), "exports her own day alone"),
        ("pia", ("--full",), "tells nobody's name"),
        ("ada", (), "no role in Town that shows a day"),
        ("dora", ("--collector", "carl"), "does not send 'carl'"),
    ],
)
def test_a_command_refuses_in_words(
    staffed: World, tmp_path: Path, who: str, arguments: tuple[str, ...], words: str
) -> None:
    out = tmp_path / "day.csv"
    result = dayround(staffed, who, "--format", "csv", "--out", out, *arguments, expect=1)
    assert words in str(result.exception)
    assert not out.exists()
    assert staffed.events("plan.exported") == []


def test_a_file_that_is_there_is_not_written_over(world: World, tmp_path: Path) -> None:
    out = tmp_path / "day.csv"
    out.write_text("mine")
    result = dayround(world, "dora", "--format", "csv", "--out", out, expect=1)
    assert "is there already" in result.stderr
    assert out.read_text() == "mine"
    assert world.events("plan.exported") == []


def test_a_command_without_a_file_names_it_itself(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    dayround(world, "dora", "--format", "ics", "--language", "zh", "--json")
    assert "第 1 站".encode() in (tmp_path / f"Town-{TODAY}.ics").read_bytes()
    result = dayround(world, "dora", "--format", "ics", "--language", "fr", expect=1)
    assert "none of en, zh" in result.stderr

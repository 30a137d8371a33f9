"""Map services: switched with a notice and a consent, by whom and when; what they were asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.jobs import Ended, JobKind, JobState
from data.online import EVENT
from data.online_geocoders import SETTING, online_setting
from tests.data.world import ALICE, ALL_KNOWN, NOON, TODAY, record, with_home
from tests.routing.little_server import LittleServer, Told, serving
from tests.web.conftest import Run, json_of
from tests.web.pages import Visitor, World
from tests.web.test_cli import HEADER, table
from tests.web.test_jobs import add_extract, claimed
from web.jobs.work import Beat, work

PAGE = "/settings/cities/Town/map-services"
UNKNOWN = "幻想路9号"


@pytest.fixture
def server() -> Iterator[LittleServer]:
    place = {"lat": "25.001", "lon": "121.501", "class": "place", "display_name": "幻想路",
             "address": {"house_number": "9"}}  # fmt: skip
    with serving(lambda path, body: Told(200, [place])) as running:  # noqa: ARG005
        yield running


def ask_of(folder: Path, server: LittleServer) -> None:
    folder.mkdir(exist_ok=True)
    told = f'addresses_may_leave = true\nuse = ["nominatim"]\n[nominatim]\nurl = "{server.url}"\n'
    (folder / SETTING).write_text(told + "every_s = 0.001\n", encoding="utf-8")


# The command line.


def test_nothing_is_on_unless_it_is_switched_on(desk: Run) -> None:
    assert "no address of dong leaves the building" in desk("city", "geocoders", "dong").output
    told = json_of(desk("city", "geocoders", "dong", "--json"))
    assert (told["services"], told["answers_kept"]) == ([], 0)


def test_switching_on_tells_the_notice_and_needs_a_yes(desk: Run, tmp_path: Path) -> None:
    use = ("city", "geocoders", "dong", "--use", "amap, nominatim", "--called", "宁波市")
    refused = desk(*use, expect=1)  # nobody typed yes
    assert "will leave the building" in refused.output
    assert "高德 Amap (restapi.amap.com), Nominatim (nominatim.openstreetmap.org)" in refused.output
    folder = tmp_path / "home" / "cities" / "dong"
    assert not (folder / SETTING).exists()

    shown = desk(*use, "--yes").output
    assert "switched on by li" in shown
    assert "without a key, and not asked: set DAYROUND_AMAP_KEY" in shown
    setting = online_setting(folder)
    assert (setting.use, setting.said_by, setting.city) == (("amap", "nominatim"), "li", "宁波市")
    assert [row["service"] for row in json_of(desk("city", "geocoders", "dong", "--json"))[
        "services"
    ]] == ["amap", "nominatim"]  # fmt: skip

    assert "no address of dong leaves" in desk("city", "geocoders", "dong", "--none").output
    assert online_setting(folder).use == ()


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("dong", "--use", "goggle", "--yes"), "there is no service 'goggle'"),
        (("dong", "--use", "amap", "--none"), "say one of them"),
        (("nowhere",), "nowhere"),
    ],
)
def test_what_cannot_be_switched_is_told(
    desk: Run,
    words: tuple[str, ...],
    fault: str,
) -> None:
    result = desk("city", "geocoders", *words, expect=1)
    assert fault in f"{result.output} {result.exception}"


def test_what_was_asked_is_told_and_can_be_forgotten(
    desk: Run,
    tmp_path: Path,
    server: LittleServer,
) -> None:
    ask_of(tmp_path / "home" / "cities" / "dong", server)
    told = table(tmp_path / "cases.csv", f"{HEADER}A-1,张三,{UNKNOWN} 13800000000,100\n")
    desk("import", "cases", told)
    shown = desk("geocode").output
    # The server's place lies in another town.
    assert "nominatim: 1 questions, 0 answered before, 0 found closely enough" in shown
    assert "13800000000" not in server.asked[0]
    again = json_of(desk("geocode", "--json"))
    (tally,) = again["services"]
    assert (tally["asked"], tally["kept"]) == (0, 1)
    assert "1 answers are deleted" in desk("city", "geocoders", "dong", "--forget").output
    desk("geocode")
    assert len(server.asked) == 2


# The settings.


@pytest.fixture
def ada(world: World) -> Visitor:
    return world.visitor("ada", **{"Accept-Language": "en"})


def test_only_the_administrator_of_the_city_may_look_and_switch(world: World) -> None:
    for name in ("alice", "dora", "nora", "nemo"):
        visitor = world.visitor(name)
        assert visitor.get(PAGE).status_code == 403
        assert visitor.post(PAGE, {"first": "amap", "consent": "yes"}).status_code == 403
    assert not (world.wired.home.cities / "Town" / SETTING).exists()


def test_the_page_says_what_is_on_by_whom_and_when(ada: Visitor, world: World) -> None:
    page = ada.page(PAGE)
    assert "none leaves the building" in page
    assert "leaves the building. The services chosen here may keep it" in page
    told = {"first": "amap", "second": "nominatim", "third": "", "called": "宁波市"}
    refused = ada.post(PAGE, told)
    assert (refused.status_code, "Tick that addresses may leave." in refused.text) == (400, True)
    assert 'value="amap" selected' in refused.text  # what was chosen is not lost
    folder = world.wired.home.cities / "Town"
    assert online_setting(folder).use == ()

    assert ada.post(PAGE, told | {"consent": "yes"}).status_code == 302
    setting = online_setting(folder)
    assert (setting.use, setting.said_by) == (("amap", "nominatim"), "ada")
    page = ada.page(PAGE)
    assert "addresses leave the building" in page
    assert "Switched so by ada" in page
    assert "DAYROUND_AMAP_KEY" in page
    (event,) = [one for one in world.wired.store.events() if one.kind == EVENT]
    assert (event.actor, event.city) == ("ada", "Town")
    assert "map services for addresses switched" in ada.page("/settings/events")

    assert ada.post(PAGE, {"first": ""}).status_code == 302  # off needs no consent
    assert online_setting(folder).use == ()


def test_a_service_that_is_none_is_refused(ada: Visitor, world: World) -> None:
    for chosen in ("goggle", "pelias"):  # there is no such one; a server that nobody has named
        answer = ada.post(PAGE, {"first": chosen, "consent": "yes"})
        assert answer.status_code == 400
    assert not (world.wired.home.cities / "Town" / SETTING).exists()


def test_a_setting_that_is_not_understood_is_told(ada: Visitor, world: World) -> None:
    folder = world.wired.home.cities / "Town"
    folder.mkdir(exist_ok=True)
    (folder / SETTING).write_text("use =", encoding="utf-8")
    assert "is no TOML" in ada.page(PAGE)


# The desk.


def add_unknown(world: World, *addresses: str) -> None:
    told = [
        with_home(record(number, agency="North"), address=text)
        for number, text in enumerate(addresses, 7)
    ]
    with world.wired.store.writing(ALICE) as writer:
        writer.put_cases("Town", told, known=ALL_KNOWN, complete=False)


def test_the_work_says_what_was_asked_of_whom(
    world: World, tmp_path: Path, server: LittleServer
) -> None:
    add_extract(world, tmp_path)
    ask_of(world.wired.home.cities / "Town", server)
    add_unknown(world, UNKNOWN, "幻想路 9号")
    job = claimed(world, JobKind.GEOCODE)
    ended = work(world.wired.home.path, job.id, "r1")
    assert ended.state is JobState.DONE
    (told,) = ended.result["services"]
    assert (told["service"], told["asked"], told["kept"]) == ("nominatim", 1, 1)
    assert "幻想" not in repr(ended)
    world.wired.jobs.finish(job.id, "r1", ended, NOON)
    assert world.wired.jobs.get(job.id).result == ended.result  # as plain values


def test_what_is_stopped_keeps_what_was_found_and_says_what_was_asked(
    world: World, tmp_path: Path, server: LittleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_extract(world, tmp_path)
    ask_of(world.wired.home.cities / "Town", server)
    add_unknown(world, UNKNOWN, "空想路9号", "梦想路9号")
    job = claimed(world, JobKind.GEOCODE)
    monkeypatch.setattr(Beat, "is_cancelled", lambda beat: bool(beat._progress))
    ended = work(world.wired.home.path, job.id, "r1")
    assert ended.state is JobState.CANCELLED
    (told,) = ended.result["services"]
    assert told["asked"] == len(server.asked) == 1


def test_the_desk_is_told_of_failures_in_its_language(world: World) -> None:
    job = claimed(world, JobKind.GEOCODE)
    failed = {"it does not accept the key (10001)": 3}
    tally = {"service": "amap", "asked": 1, "kept": 0, "found": 0, "failed": failed}
    done = {"looked_up": 3, "to_check": 3, "services": [tally]}
    world.wired.jobs.finish(job.id, "r1", Ended(JobState.DONE, done), NOON)
    for language, words in (
        ("en", "it does not accept the key (10001)"),
        ("zh", "不接受该密钥（10001）"),
    ):
        dispatcher = world.visitor("dora", **{"Accept-Language": language})
        assert words in dispatcher.page(f"/Town/{TODAY}/")

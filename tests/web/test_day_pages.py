"""Files for crews: each holds its own crew's day, masked, for the passphrase that was shown."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from werkzeug.test import TestResponse

from data.exports.day_page import sealing
from tests.data.exports.test_day_page import unsealed
from tests.data.world import TODAY
from tests.web.homes import lawful_home  # noqa: F401
from tests.web.pages import World
from tests.web.phone_days import full_trip, publish, put_case

FILES = f"/Town/{TODAY}/day-files"
FIELD = re.compile(r'name="(passphrase [^"]+)" value="([\d ]+)"')


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "ITERATIONS", 1_000)


def shown(world: World, who: str = "dora") -> dict[str, str]:
    return dict(FIELD.findall(world.visitor(who).page(FILES)))


def taken(world: World, whose: str, keys: dict[str, str], who: str = "dora") -> TestResponse:
    return world.visitor(who).post(FILES, {**keys, "whose": whose})


def day_in(page: str, keys: dict[str, str], whose: str, language: str = "en") -> dict[str, Any]:
    told = unsealed(page, keys[f"passphrase {whose}"].replace(" ", ""))
    found: dict[str, Any] = told[language]
    return found


def test_a_file_holds_the_day_with_its_doors_and_nobodys_name(world: World) -> None:
    put_case(world, 1, {"access_note": "院内有狗"})
    publish(world, full_trip("alice+bob"))
    keys = shown(world)
    answer = taken(world, "alice", keys)
    assert answer.headers["Content-Disposition"].endswith(f"Town-{TODAY}-alice+bob.html")
    told = day_in(answer.text, keys, "alice")
    first = told["stops"][0]
    assert (first["name"], first["place"]["address"]) == ("王*", "中山路 1 号")
    assert (first["place"]["note"], first["flags"]) == ("院内有狗", ["dog"])
    assert [kind["kind"] for kind in told["stops"]] == ["visit", "visit", "break", "visit"]
    shut = [told["reasons"][n] for _, _, n in first["hours"] if n is not None]
    assert "hours for visits" in shut[0]["title"]
    assert "duties" in told
    everything = str(unsealed(answer.text, keys["passphrase alice"].replace(" ", "")))
    for secret in ("王小明", "李晓红", "John", "138", "800.25", "overdue"):
        assert secret not in everything


def test_it_tells_both_languages(world: World) -> None:
    keys = shown(world)
    told = day_in(taken(world, "alice", keys).text, keys, "alice", "zh")
    assert told["stops"][0]["place"]["kind_words"] == "住址"


def test_each_crew_has_a_passphrase_of_its_own(world: World) -> None:
    keys = shown(world)
    assert len(set(keys.values())) == len(keys) == 3
    answer = taken(world, "all", keys)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        names = packed.namelist()
        for whose in ("alice", "bob", "charlie"):
            page = packed.read(f"Town-{TODAY}-{whose}.html").decode()
            assert [one["number"] for one in day_in(page, keys, whose)["stops"]] == [1]
    assert not [key for key in keys.values() if key[:4] in str(names)]
    assert shown(world) != keys, "each time it opens they are new"


def test_who_took_what_is_on_record_and_no_passphrase_is(world: World) -> None:
    keys = shown(world)
    taken(world, "bob", keys)
    event = next(one for one in world.wired.store.events() if one.kind == "plan.exported")
    assert event.after == {"format": "html", "rows": 1, "masking": "masked", "collector": "bob"}


def test_a_passphrase_of_ones_own_choice_is_not_taken(world: World) -> None:
    assert taken(world, "alice", {"passphrase alice": "secret"}).status_code == 400
    assert taken(world, "alice", {}).status_code == 400


@pytest.mark.parametrize(
    ("who", "whose", "status"),
    [
        ("nora", "alice", 200),
        ("nora", "charlie", 404),
        ("dora", "nobody", 404),
        ("alice", "alice", 403),
    ],
)
def test_each_dispatcher_has_her_own_crews(world: World, who: str, whose: str, status: int) -> None:
    keys = {f"passphrase {one}": "1234 " * 5 for one in ("alice", "charlie", "nobody")}
    assert taken(world, whose, keys, who).status_code == status


def test_a_draft_is_no_file(world: World) -> None:
    page = world.visitor("dora", **{"Accept-Language": "en"}).page(FILES.replace("-02/", "-03/"))
    assert "Not published yet" in page

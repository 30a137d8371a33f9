"""`dayround places`: what waits, a position by hand, and taking it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.home import Home
from data.store import open_store
from tests.web.conftest import Run, copied, json_of, rested

EXTRACT = """<osm version="0.6">
<node id="1" lat="25.0" lon="121.5"/><node id="2" lat="25.01" lon="121.502"/>
<way id="10"><nd ref="1"/><nd ref="2"/>
  <tag k="highway" v="primary"/><tag k="name" v="中山路"/></way></osm>"""
CASES = """合同号,姓名,家庭地址,逾期金额
N1,赵一,虹通街80号 13812345678,100
N2,钱二,春岚路140号,900
"""


@pytest.fixture(scope="module")
def town_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a city and two addresses that are not found; `town` copies it."""
    folder = tmp_path_factory.mktemp("town")
    run = copied(empty_home, folder / "home")
    (folder / "town.osm").write_text(EXTRACT, encoding="utf-8")
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    run("city", "add", "Town", folder / "town.osm", "--profile", "CN")
    run("import", "cases", folder / "cases.csv")
    run("geocode")
    return rested(folder / "home")


@pytest.fixture
def town(run: Run, town_home: Path, tmp_path: Path) -> Path:
    copied(town_home, tmp_path / "home")
    return tmp_path / "home"


def rows(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json_of(run("places", "list", "Town", "--json"))
    return found


def test_what_waits_is_listed_the_most_overdue_first_and_no_number(run: Run, town: Path) -> None:
    assert town.is_dir()
    found = rows(run)
    assert [(one["address"], one["why"]) for one in found] == [
        ("春岚路140号", "not_found"),
        ("虹通街80号", "not_found"),
    ]


def test_a_place_is_set_and_taken_back(run: Run, town: Path) -> None:
    id = rows(run)[0]["place"]
    for roads in town.rglob("roads.npz"):
        roads.unlink()  # where there is no map, every place is inside
    told = run("places", "set", "Town", id, "31.2304,121.4737", "--datum", "GCJ-02").output
    assert "春岚路140号 is at 31.232" in told  # 500 m off in Shanghai
    assert [one["address"] for one in rows(run)] == ["虹通街80号"]
    run("places", "set", "Town", id, "25.01,121.5")  # who sets it again means it
    (decided,) = json_of(run("places", "decided", "Town", "--json"))
    assert (decided["address"], decided["by"], decided["at"]) == (
        "春岚路140号", "li", "25.010000, 121.500000",
    )  # fmt: skip
    run("places", "undo", "Town", decided["id"])
    store = open_store(Home(town))
    (point,) = {one.point for one in store.open_day("Town", date(2026, 11, 22)).places} - {None}
    store.close()
    assert point is not None
    assert point.lat == pytest.approx(31.2323, abs=1e-4)  # the decision before it stands again


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere", "25,121"), "Town has no place 'nowhere'"),
        (("PLACE", "here"), "'here' is no position"),
        (("PLACE", "-73.745,40.715"), "lies outside the city's map"),
        (("PLACE", "31.23,121.47"), "lies outside the city's map"),
        (("PLACE", "25,121", "--datum", "mars"), "is none of WGS-84"),
    ],
)
def test_what_cannot_be_set_says_why(
    run: Run, town: Path, arguments: tuple[str, ...], told: str
) -> None:
    assert town.is_dir()
    id = rows(run)[0]["place"]
    words = [id if word == "PLACE" else word for word in arguments]
    assert told in run("places", "set", "Town", *words, expect=1).output

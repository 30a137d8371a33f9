"""`dayround gazetteer`: a list in, what it would do and does, and out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.routing.little_places import mainland_town
from tests.web.conftest import Run, copied, json_of, rested

HEADER = "名称,纬度,经度,坐标系\n"
EAST = "东河小区,29.862,121.549,WGS-84\n"
BAD = "南园,121.5,29.8,WGS-84\n"
CASES = "合同号,姓名,家庭地址,逾期金额\nK1,甲,东河小区3栋501,500\nK2,乙,北里1栋,500\n"


@pytest.fixture(scope="module")
def desk_home(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town in which two borrowers live in compounds that the map lacks; `desk` copies it."""
    folder = tmp_path_factory.mktemp("desk")
    run = copied(empty_home, folder / "home")
    run("city", "add", "Town", mainland_town(folder / "town.osm"))
    cases = folder / "cases.csv"
    cases.write_text(CASES, encoding="utf-8")
    run("import", "cases", cases)
    run("geocode")
    return rested(folder / "home")


@pytest.fixture
def desk(desk_home: Path, tmp_path: Path) -> Run:
    return copied(desk_home, tmp_path / "home")


@pytest.fixture
def places(tmp_path: Path) -> Path:
    file = tmp_path / "places.csv"
    file.write_text(HEADER + EAST, encoding="gb18030")
    return file


def titles(desk: Run) -> list[str]:
    return [one["place"]["name"] for one in json_of(desk("gazetteer", "list", "Town", "--json"))]


def test_a_list_is_in_and_says_whom_it_places(desk: Run, places: Path) -> None:
    told = desk("gazetteer", "import", "Town", places)
    assert "places.csv: 1 new, 0 changed, 0 unchanged, 0 gone" in told.output
    assert "placed: 1 of 2 addresses that waited" in told.output
    assert titles(desk) == ["东河小区"]


def test_a_dry_run_says_so_and_keeps_nothing(desk: Run, places: Path) -> None:
    told = desk("gazetteer", "import", "Town", places, "--dry-run")
    assert "would be 1 new" in told.output
    assert "would be placed: 1 of 2 addresses that waited" in told.output
    assert titles(desk) == []


def test_bad_rows_are_told_and_the_good_ones_are_in(desk: Run, places: Path) -> None:
    places.write_text(HEADER + EAST + BAD, encoding="utf-8")
    told = desk("gazetteer", "import", "Town", places, "--json", expect=3)
    read = json.loads(told.stdout)
    assert (read["new"], read["placed"], read["waiting"]) == (1, 1, 1)
    assert [error["line"] for error in read["errors"]] == [3]


def test_the_datum_may_be_said_once_for_the_file(desk: Run, places: Path) -> None:
    places.write_text("名称,纬度,经度\n东河小区,29.862,121.549\n", encoding="utf-8")
    refused = desk("gazetteer", "import", "Town", places, expect=1)
    assert "coordinates without a datum" in str(refused.exception)
    desk("gazetteer", "import", "Town", places, "--datum", "GCJ-02")
    (kept,) = json_of(desk("gazetteer", "list", "Town", "--json"))
    assert kept["place"]["datum"] == "gcj02"


def test_what_is_exported_is_taken_again(desk: Run, places: Path, tmp_path: Path) -> None:
    desk("gazetteer", "import", "Town", places)
    out = tmp_path / "out.csv"
    desk("gazetteer", "export", "Town", out)
    again = desk("gazetteer", "import", "Town", out, "--source", "places.csv")
    assert "0 new, 0 changed, 1 unchanged, 0 gone" in again.output
    assert "is there already" in desk("gazetteer", "export", "Town", out, expect=1).output


def test_a_place_or_a_file_is_taken_out_and_whom_it_placed_waits(desk: Run, places: Path) -> None:
    desk("gazetteer", "import", "Town", places)
    (kept,) = json_of(desk("gazetteer", "list", "Town", "--find", "东河", "--json"))
    told = desk("gazetteer", "remove", "Town", str(kept["id"]))
    assert "东河小区 is taken out" in told.output
    assert "without a place: 1 addresses that had one" in told.output
    desk("gazetteer", "import", "Town", places)
    desk("gazetteer", "remove", "Town", "places.csv", "--yes")
    assert titles(desk) == []
    refused = desk("gazetteer", "remove", "Town", "places.csv", expect=1)
    assert "no places of 'places.csv'; there are those of: none yet" in refused.output


def test_the_template_is_that_of_all_lists(desk: Run, tmp_path: Path) -> None:
    desk("gazetteer", "template", tmp_path / "own.xlsx")
    desk("template", "gazetteer", tmp_path / "other.xlsx")
    assert (tmp_path / "own.xlsx").stat().st_size > 0

"""A day on real streets, from files to a published plan, by the command line alone.

The addresses are those that stand in the extract; names, sums and contracts are made up here and
shown nowhere.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.slowly import slowly
from tests.web.conftest import Run, json_of

MONDAY = date(2026, 11, 23)
CASES, COLLECTORS = 80, 12


def doors(extract: Path) -> list[str]:
    """Return the full addresses of an extract, in its order."""
    import osmium

    named = osmium.FileProcessor(str(extract)).with_filter(osmium.filter.KeyFilter("addr:full"))
    return [element.tags["addr:full"] for element in named]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def files(extracts: Path, tmp_path: Path) -> dict[str, Path]:
    found = doors(extracts / "osm" / "taipei-datong.osm")
    spread = found[:: len(found) // (CASES + COLLECTORS)]
    cases = [
        {
            "合同号": f"DEMO-{i:03}",
            "姓名": f"演示{i:03}",
            "家庭地址": address,
            "逾期金额": 2_000 + 250 * i,
            "逾期天数": 20 + 2 * i,
            "可上门时间": "18:00-20:00" if i % 4 == 0 else "",
        }
        for i, address in enumerate(spread[:CASES])
    ]
    collectors = [
        {"工号": f"C{i:02}", "姓名": f"外访{i:02}", "出发地址": address, "交通方式": "电动车"}
        for i, address in enumerate(spread[CASES : CASES + COLLECTORS])
    ]
    shifts = [
        {
            "工号": row["工号"],
            "日期": MONDAY,
            "上班": "09:00",
            "下班": "18:00",
            "休息": "12:00-13:00",
        }
        for row in collectors
    ]
    return {
        "cases": write(tmp_path / "cases.csv", cases),
        "collectors": write(tmp_path / "collectors.csv", collectors),
        "shifts": write(tmp_path / "shifts.csv", shifts),
    }


ALONE = ("US", "Asia/Taipei", 1)
"""The streets, the files and the commands are the pairs' own: who goes alone walks them again."""


@pytest.mark.parametrize(
    ("profile", "zone", "crew"), slowly([("CN", "Asia/Shanghai", 2), ALONE], [ALONE])
)
def test_a_day_is_planned_checked_explained_and_published(
    run: Run, files: dict[str, Path], extracts: Path, profile: str, zone: str, crew: int
) -> None:
    extract = extracts / "osm" / "taipei-datong.osm"
    run("city", "add", "datong", extract, "--profile", profile, "--zone", zone)
    run("user", "add", "li", "--role", "compliance", "--city", "datong")
    run("compliance", "sign", profile, "--yes")  # CN asks for no signature
    for kind in ("cases", "collectors", "shifts"):
        taken = json_of(run("import", kind, files[kind], "--json"))
        assert taken["new"] == {"cases": CASES}.get(kind, COLLECTORS)
        assert taken["errors"] == []
    placed = json_of(run("geocode", "--json"))["found"]
    assert placed["exact"] >= 0.98 * CASES  # they stand in the extract as they are written
    crews = json_of(run("crews", MONDAY, "--json"))["crews"]
    assert [len(one["members"]) for one in crews] == [crew] * (COLLECTORS // crew)

    plan = json_of(run("plan", MONDAY, "--seconds", 2, "--json"))
    visits = [
        stop["id"]
        for trip in plan["itineraries"]
        for stop in trip["stops"]
        if stop["kind"] == "visit"
    ]
    everybody = {*visits, *(entry["id"] for entry in plan["left_out"])}
    assert len(visits) == len(set(visits)) >= CASES // 2
    assert len(everybody) == CASES

    assert json_of(run("check", MONDAY, "--json")) == []
    told = json_of(run("explain", f"DEMO-{CASES - 1:03}", "--date", MONDAY, "--json"))
    assert (told["planned"] is None) != (told["left_out"] is None)
    kept_out = next((e["cases"][0] for e in plan["left_out"] if not e["rule"]), None)
    if kept_out is not None:
        told = json_of(run("explain", kept_out, "--date", MONDAY, "--remedy", "--json"))
        assert told["left_out"]["remedy"]
        assert all(one["text"] and one["crew_id"] for one in told["remedies"])
        assert "remedy: " in run("explain", kept_out, "--date", MONDAY, "--remedy").stdout
    assert json_of(run("publish", MONDAY, "--note", "first", "--json"))["version"] == 1
    run("publish", MONDAY, expect=1)  # it is published already

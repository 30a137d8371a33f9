"""`dayround agency`: cases with dates from a file, entrusted and taken back by commands."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import Run, json_of
from tests.web.test_cli import HEADER

ROWS = """HT-1,张三,东河路18号,2000,North,2026-11-01,2027-01-31
HT-2,李四,东河路18号,2000,North,2026-11-01,2026-10-01
"""


def test_cases_are_entrusted_by_a_file_and_by_commands(desk: Run, tmp_path: Path) -> None:
    header = HEADER.strip() + ",委托机构,委案日期,退案日期\n"
    (tmp_path / "cases.csv").write_text(header + ROWS, encoding="utf-8")
    taken = json_of(desk("import", "cases", tmp_path / "cases.csv", "--json", expect=3))
    (wrong,) = taken["errors"]
    assert "before the entrusting on 2026-11-01" in wrong["problem"]
    (north,) = json_of(desk("agency", "list", "--json"))
    assert (north["agency"], north["now"] + north["to come"]) == ("North", 1)
    assert north["warnings"] == "not_listed, never_evaluated"
    told = desk("agency", "set", "North", "--listed", "--evaluated", "today", "--quota", 0)
    assert "North is kept" in told.stdout
    assert "has no agency 'West'" in desk("agency", "set", "West", "--listed", expect=1).stderr
    assert "is ahead" in desk("agency", "set", "North", "--evaluated", "tomorrow", expect=1).stderr
    assert "over quota" in desk("agency", "entrust", "North", "HT-1", "--from", "today").stderr
    (north,) = json_of(desk("agency", "list", "--json"))
    assert (north["now"], north["listed"], north["warnings"]) == (1, "yes", "over_quota")
    assert "1 cases are back" in desk("agency", "return", "HT-1").stdout
    (north,) = json_of(desk("agency", "list", "--json"))
    assert (north["now"], north["warnings"]) == (0, "none")

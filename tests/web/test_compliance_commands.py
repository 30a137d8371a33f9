"""`dayround compliance`: a signature by an officer alone, an override by two people."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import STREET, Run, json_of
from tests.web.test_cli import HEADER

RULE = "days_between_visits"


def test_an_officer_signs_by_a_command(run: Run, tmp_path: Path) -> None:
    street = tmp_path / "street.osm"
    street.write_text(STREET, encoding="utf-8")
    added = run("city", "add", "dong", street, "--profile", "US", "--zone", "Asia/Taipei")
    assert "no compliance officer has signed them for dong: " in added.stderr
    unknown = run("compliance", "sign", "US", "--yes", expect=1)
    assert "there is no user 'li'" in unknown.stderr
    run("user", "add", "li", "--role", "dispatcher", "--city", "dong")
    assert "no compliance officer" in run("compliance", "sign", "US", "--yes", expect=1).stderr
    run("user", "add", "olga", "--role", "compliance", "--city", "dong")
    told = run("compliance", "sign", "US", "--yes", "--as", "olga")
    assert "1692c" in told.stdout.replace("\n", "")
    assert "signed: dong may be planned by US" in told.stdout
    assert "nothing that needs a signature" in run("compliance", "sign", "CN").stdout


def test_an_override_goes_through_two_people_by_commands(desk: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(HEADER + "HT-1,张三,东河路18号,2000\n", encoding="utf-8")
    desk("import", "cases", tmp_path / "cases.csv")
    for name, role in (("li", "dispatcher"), ("olga", "compliance")):
        desk("user", "add", name, "--role", role, "--city", "dong")
    asked = desk("compliance", "ask", "HT-1", RULE, "tomorrow", "she asked")
    assert f"asked: override 1 of {RULE}" in asked.stdout
    refused = desk("compliance", "ask", "HT-1", "crew_size", "tomorrow", "why", expect=1)
    assert "rule of law" in str(refused.exception)
    assert "another person" in str(desk("compliance", "allow", 1, expect=1).exception)
    desk("compliance", "allow", 1, "--as", "olga", "--note", "seen")
    (one,) = json_of(desk("compliance", "list", "--json"))
    assert (one["state"], one["asked by"], one["decided by"]) == ("allowed", "li", "olga")
    desk("compliance", "withdraw", 1)
    (one,) = json_of(desk("compliance", "list", "--json"))
    assert one["state"] == "withdrawn"
    assert json_of(desk("compliance", "refusals", "today", "today", "--json")) == []

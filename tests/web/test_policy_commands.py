"""`dayround policy`: put by one person, approved by another, previewed by anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.policy import house_policy, policy_text, read_policy
from tests.web.conftest import Run, copied, json_of, rested

CASES = """合同号,姓名,家庭地址,逾期金额,逾期天数,评分来源,评分日期,还款概率
HT-1,张三,东河路18号,2000,10,bureau,2026-01-05,0.4
HT-2,李四,东河路18号,3000,70,bureau,2026-01-05,40%
"""


@pytest.fixture(scope="module")
def peopled_street(street_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one city, two cases and two people who may approve; `desk` copies it."""
    folder = tmp_path_factory.mktemp("policy")
    run = copied(street_home, folder / "home")
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    run("import", "cases", folder / "cases.csv")
    run("geocode")
    run("user", "add", "olga", "--role", "compliance", "--city", "dong")
    run("user", "add", "dora", "--role", "dispatcher", "--city", "dong")
    return rested(folder / "home")


@pytest.fixture
def desk(peopled_street: Path, tmp_path: Path) -> Run:
    return copied(peopled_street, tmp_path / "home")


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """A policy that visits M1 from day 20 on."""
    text = policy_text(house_policy())
    file = tmp_path / "policy.toml"
    file.write_text(text.replace("from_days = 4,", "from_days = 20,"), encoding="utf-8")
    return file


def test_what_is_shown_can_be_put(desk: Run) -> None:
    assert read_policy(desk("policy", "show").stdout) == house_policy()
    assert desk("policy", "show", "--version", 4, expect=1).stderr.count("no version 4") == 1


def test_a_version_goes_through_two_people(desk: Run, stricter: Path) -> None:
    told = desk("policy", "put", stricter, "--from", "today", "--note", "later", "--as", "olga")
    assert "version 1 is kept" in told.stdout
    assert "compliance officer" in desk("policy", "approve", 1, "--as", "dora", expect=1).stderr
    own = desk("policy", "approve", 1, "--as", "olga", expect=1)
    assert "somebody else must approve it" in str(own.exception)
    assert read_policy(desk("policy", "show").stdout) == house_policy(), "nobody approved it"
    desk("user", "add", "omar", "--role", "compliance", "--city", "dong")
    assert "version 1 holds from" in desk("policy", "approve", 1, "--as", "omar").stdout
    (one,) = json_of(desk("policy", "history", "--json"))
    assert (one["made by"], one["approved by"], one["note"]) == ("olga", "omar", "later")
    assert "from_days = 20," in desk("policy", "show").stdout


def test_a_preview_says_who_falls_out(desk: Run, stricter: Path, tmp_path: Path) -> None:
    file = tmp_path / "affected.csv"
    told = json_of(desk("policy", "preview", stricter, "--json", "--csv", file))
    assert (told["cases"], told["visited before"], told["visited after"]) == (2, 2, 1)
    assert (told["falls_out"], told["comes_in"]) == (1, 0)
    header, line, *rest = file.read_text(encoding="utf-8-sig").splitlines()
    assert header.startswith("case,borrower,bucket")
    assert line.startswith("HT-1,")
    assert "and policy 1 asks for a visit from 20 days on" in line  # not of the one that holds
    assert rest == []
    assert "1 by this policy" in desk("policy", "preview", stricter).stdout


def test_faults_are_told_at_once(desk: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('title = "x"\n[[rows]]\ncrew_size = 0\n', encoding="utf-8")
    told = desk("policy", "put", file, "--note", "n", expect=1).stderr
    assert all(key in told for key in ("source", "rows 1.crew_size", "rows 1.steps"))


def test_scores_come_in_by_a_case_file(desk: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    told = json_of(desk("import", "scores", tmp_path / "cases.csv", "--json"))
    assert (told["new"], told["errors"]) == (2, [])
    assert json_of(desk("import", "scores", tmp_path / "cases.csv", "--json"))["unchanged"] == 2

"""Contacts and payments on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import Run, copied, json_of, rested
from tests.web.test_cli import HEADER, table


@pytest.fixture(scope="module")
def owing_home(street_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one city and two cases; `desk` copies it."""
    folder = tmp_path_factory.mktemp("owing")
    rows = "HT-1,张三,东河路18号,2000\nHT-2,李四,东河路18号,900\n"
    run = copied(street_home, folder / "home")
    run("import", "cases", table(folder / "cases.csv", HEADER + rows))
    return rested(folder / "home")


@pytest.fixture
def desk(owing_home: Path, tmp_path: Path) -> Run:
    return copied(owing_home, tmp_path / "home")


def test_a_call_is_logged_and_listed(desk: Run) -> None:
    words = ("contact", "add", "HT-1", "--channel", "call", "--result", "appointment")
    desk(*words, "--at", "2026-01-05 9:30", "--appointment", "2026-01-07 14:00-16:00")
    (told,) = json_of(desk("contact", "list", "HT-1", "--json"))
    assert (told["at"], told["result"], told["by"]) == ("2026-01-05 09:30", "appointment", "li")
    assert told["appointment"] == "2026-01-07 14:00-16:00"
    assert json_of(desk("contact", "list", "HT-2", "--json")) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("HT-9", "--channel", "call", "--result", "busy"), "no case and no borrower 'HT-9'"),
        (("HT-1", "--channel", "pigeon", "--result", "busy"), "--channel 'pigeon' is not"),
        (("HT-1", "--channel", "call", "--result", "tea"), "--result 'tea' is not understood"),
        (("HT-1", "--channel", "call", "--result", "busy", "--at", "2099-01-01"), "the future"),
        (
            ("HT-1", "--channel", "call", "--result", "busy", "--appointment", "2020-01-01 9-10"),
            "ends before the contact in which it was agreed",
        ),
    ],
)
def test_a_contact_that_cannot_be_is_refused(desk: Run, words: tuple[str, ...], told: str) -> None:
    assert told in desk("contact", "add", *words, expect=1).stderr
    assert json_of(desk("contact", "list", "HT-1", "--json")) == []


def test_a_log_comes_in_once(desk: Run, tmp_path: Path) -> None:
    header = "合同号,联系时间,渠道,结果,流水号\n"
    rows = "HT-1,2026-01-05 10:00,电话,接通,T1\nHT-9,2026-01-05 10:00,电话,接通,T2\n"
    file = table(tmp_path / "calls.csv", header + rows)
    taken = json_of(desk("import", "contacts", file, "--json", expect=3))
    assert (taken["new"], len(taken["errors"])) == (1, 1)
    assert json_of(desk("import", "contacts", file, "--json", expect=3))["unchanged"] == 1
    other = table(tmp_path / "other.csv", header + "HT-1,2026-01-05 10:00,电话,占线,T1\n")
    clash = desk("import", "contacts", other, expect=3)
    assert "the book holds something else under their keys (T1)" in clash.stdout


def test_a_row_that_corrects_what_is_not_there_is_told_with_its_line(
    desk: Run, tmp_path: Path
) -> None:
    header = "合同号,联系时间,渠道,结果,流水号,更正流水号\n"
    rows = "HT-1,2026-01-05 10:00,电话,接通,T1,\nHT-1,2026-01-05 11:00,电话,接通,T2,T9\n"
    file = table(tmp_path / "calls.csv", header + rows)
    taken = json_of(desk("import", "contacts", file, "--json", expect=3))
    assert taken["new"] == 1
    [error] = taken["errors"]
    assert (error["line"], error["column"], error["value"]) == (3, "更正流水号", "T9")
    assert "has no contact 'T9' to correct" in error["problem"]


def test_payments_come_in_once(desk: Run, tmp_path: Path) -> None:
    header = "合同号,还款时间,还款金额,流水号\n"
    rows = "HT-1,2026-01-05,100,P1\nHT-2,2026-01-05,,P2\n"
    file = table(tmp_path / "paid.csv", header + rows)
    taken = json_of(desk("import", "payments", file, "--json", expect=3))
    assert (taken["new"], len(taken["errors"])) == (1, 1)
    assert json_of(desk("import", "payments", file, "--json", expect=3))["unchanged"] == 1


def test_a_city_is_set(desk: Run) -> None:
    said = ("--gate", "strict", "--balance-days", 5, "--assume-availability")
    told = {"gate": "strict", "balance_days": 5, "learns_availability": False}
    assert json_of(desk("city", "set", "dong", *said, "--json")) == told
    # What is not said stays.
    assert json_of(desk("city", "set", "dong", "--json")) == told
    assert "none of lenient, strict" in desk("city", "set", "dong", "--gate", "x", expect=1).stderr

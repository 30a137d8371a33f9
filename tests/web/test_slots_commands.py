"""Slots on the command line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from tests.web.conftest import Run, copied, json_of, rested
from tests.web.test_cli import HEADER, table

PEOPLE = "工号,姓名,出发地址\nA,甲,东河路18号\nB,乙,东河路18号\n"
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)  # a Monday, far from every holiday
AHEAD = date(2026, 11, 26)
"""A day on which two are on shift."""


class Clock(datetime):
    """The wired clock, which reads `NOW`."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return NOW.astimezone(tz)


@pytest.fixture(scope="module")
def staffed_home(street_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a case whose borrower was called, another without an address, and a pair."""
    folder = tmp_path_factory.mktemp("staffed")
    run = copied(street_home, folder / "home")
    hours = f"工号,日期,上班,下班\nA,{AHEAD},09:00,18:00\nB,{AHEAD},09:00,18:00\n"
    run("import", "collectors", table(folder / "c.csv", PEOPLE))
    run("import", "shifts", table(folder / "s.csv", hours))
    rows = "HT-1,张三,东河路18号,2000\nHT-2,李四,西河路5号,900\n"
    run("import", "cases", table(folder / "k.csv", HEADER + rows))
    run("geocode")
    return rested(folder / "home")


@pytest.fixture
def desk(staffed_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("web.wiring.datetime", Clock)
    return copied(staffed_home, tmp_path / "home")


def test_slots_are_listed_and_one_is_booked_once(desk: Run) -> None:
    listed = desk("slots", "HT-1", "--json")
    told = json_of(listed)
    assert {row["day"] for row in told} == {str(AHEAD)}
    assert {(row["crew"], row["plan"]) for row in told} == {("to be formed", "no plan yet")}
    assert listed.stderr.count("No crew is on shift.") == 6
    first = f"{AHEAD} {told[0]['hours']}"
    assert f"booked: {first}" in desk("slots", "HT-1", "--book", first).stdout
    (contact,) = json_of(desk("contact", "list", "HT-1", "--json"))
    assert (contact["appointment"], contact["channel"]) == (first, "call")


def test_who_cannot_be_reached_is_told_why_and_hours_without_a_crew_are_refused(desk: Run) -> None:
    nowhere = desk("slots", "HT-2", "--json")
    assert json_of(nowhere) == []
    assert nowhere.stderr.count("address was not found") == 7
    empty = AHEAD + timedelta(days=1)
    refused = desk("slots", "HT-1", "--book", f"{empty} 10:00-11:00", expect=1)
    assert "cannot be kept any more" in str(refused.exception)
    assert "no case and no borrower 'HT-9'" in desk("slots", "HT-9", expect=1).stderr


URGENT = ("--name", "王五", "--overdue", "5000", "--date", str(AHEAD))


def test_an_urgent_case_is_put_into_the_day_where_it_fits_best(desk: Run) -> None:
    desk("plan", AHEAD, "--seconds", 1)
    told = json_of(desk("urgent", "HT-9", *URGENT, "--address", "东河路18号", "--json"))
    assert [row["crew"] for row in told] == ["A+B"]
    put = desk("urgent", "HT-9", *URGENT, "--address", "东河路18号", "--put-in")
    assert "HT-9 stands in version 1 of 2026-11-26, by A+B" in put.stdout
    again = desk("urgent", "HT-9", *URGENT, "--address", "东河路18号", "--put-in", expect=1)
    assert "version 1 has it already" in again.stderr


def test_an_urgent_case_that_nobody_could_find_is_not_taken_in(desk: Run) -> None:
    rough = desk("urgent", "HT-8", *URGENT, "--address", "西河路5号", expect=1)
    assert "give --position 'LAT, LON'" in rough.stderr
    wrong = ("--name", "王五", "--overdue", "much", "--address", "东河路18号")
    assert "'much'" in desk("urgent", "HT-8", *wrong, expect=1).stderr
    assert "no case and no borrower 'HT-8'" in desk("slots", "HT-8", expect=1).stderr

"""`dayround figures` and `dayround scorecard`, as a user calls them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from data.access import Grant, Role
from tests.data.world import ALICE, TODAY
from tests.web.conftest import json_of
from tests.web.pages import World
from tests.web.test_figures import told  # noqa: F401
from web.cli import app, hoisted

DAYS = ("--from", str(TODAY), "--to", str(TODAY))


def call(world: World, *words: object, who: str = "li", expect: int = 0) -> Result:
    arguments = hoisted(["--home", str(world.wired.home.path), "--as", who, *map(str, words)])
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == expect, f"{words}: {result.output}\n{result.exception!r}"
    return result


def test_figures_are_told_by_group(told: World) -> None:  # noqa: F811
    found = json_of(call(told, "figures", *DAYS, "--by", "agency", "--json"))
    assert {key: line["visits"] for key, line in found["lines"].items()} == {"North": 2, "South": 1}
    assert found["total"]["met_rate"] == pytest.approx(1 / 3)
    assert found["lines"]["South"]["promise_rate"] is None


def test_a_table_marks_what_is_few_and_what_is_unknown(told: World) -> None:  # noqa: F811
    printed = call(told, "figures", *DAYS, "--by", "agency").stdout
    assert "50%*" in printed
    assert "–" in printed
    assert "3 open cases" in printed


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_they_are_written_to_a_new_file(
    told: World,  # noqa: F811
    tmp_path: Path,
    ending: str,
) -> None:
    file = tmp_path / f"figures.{ending}"
    call(told, "figures", *DAYS, f"--{ending}", file, "--language", "zh")
    assert file.stat().st_size > 100
    again = call(told, "figures", *DAYS, f"--{ending}", file, expect=1)
    assert "is there already" in again.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--by", "colour"), "is none of"),
        (("--from", "2026-03-09", "--to", "2026-03-01"), "is after"),
        (("--csv", "figures.txt"), "ends in .csv or .xlsx"),
        (("--csv", "x.csv", "--language", "fr"), "is none of en, zh"),
    ],
)
def test_what_is_wrong_is_told(
    told: World,  # noqa: F811
    words: tuple[str, ...],
    why: str,
) -> None:
    assert why in call(told, "figures", *words, expect=1).output


def test_who_acts_sees_the_own_agency_alone(told: World) -> None:  # noqa: F811
    found = json_of(call(told, "figures", *DAYS, "--by", "agency", "--json", who="nora"))
    assert list(found["lines"]) == ["North"]
    refused = call(told, "figures", *DAYS, "--agency", "South", who="nora", expect=1)
    assert "does not see" in refused.output
    assert "no role in Town" in call(told, "figures", *DAYS, who="alice", expect=1).output


def test_a_planner_is_told_few_visits_of_districts_together_and_no_crew(
    told: World,  # noqa: F811
    tmp_path: Path,
) -> None:
    told.wired.users.set_grants("nemo", [Grant(Role.PLANNER, "Town")], ALICE)
    found = json_of(call(told, "figures", *DAYS, "--by", "district", "--json", who="nemo"))
    assert list(found["lines"]) == ["small ones, together"]
    file = tmp_path / "figures.csv"
    call(told, "figures", *DAYS, "--by", "district", "--csv", file, who="nemo")
    assert '"small ones, together",3' in file.read_text("utf-8-sig")
    assert "no role" in call(told, "figures", "--by", "crew", who="nemo", expect=1).output


def test_scorecards_of_agencies_and_of_collectors(told: World) -> None:  # noqa: F811
    agencies = json_of(call(told, "scorecard", *DAYS, "--json"))
    assert [one["whose"] for one in agencies] == ["North", "South"]
    assert agencies[0]["recovered"] is None
    printed = call(told, "scorecard", *DAYS, "--collectors").stdout
    assert "alice" in printed
    told.wired.users.set_grants("nemo", [Grant(Role.PLANNER, "Town")], ALICE)
    call(told, "figures", *DAYS, who="nemo")
    assert "no role" in call(told, "scorecard", *DAYS, who="nemo", expect=1).output

"""Commands that tell of cases and promises, and record what came of a visit."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner

from scheduler.errors import ConflictError
from tests.data.world import TODAY
from tests.web.pages import World
from web.cli import app, common


@pytest.fixture
def run(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command in the three-person world."""
    monkeypatch.setattr(common.Session, "wired", lambda self: world.wired)  # noqa: ARG005

    def run(*words: str) -> Any:
        return CliRunner().invoke(app, list(words))

    return run


DUE = str(TODAY + timedelta(days=3))


def test_an_outcome_is_recorded_with_what_follows(run: Any) -> None:
    told = run("outcome", "add", "C1", "ptp", "--amount", "500", "--due", DUE, "--key", "k1")
    assert told.exit_code == 0, told.output
    assert "recorded: PTP of C1, k1" in told.output
    assert "  promise given, C1: sum CN¥500, due Thu 5 Mar" in told.output.splitlines()
    again = run("outcome", "add", "C1", "ptp", "--amount", "500", "--due", DUE, "--key", "k1")
    assert "known already" in again.output
    story = json.loads(run("case", "show", "C1", "--json").stdout)
    assert story["borrower"] == "B1"
    assert story["promises"] == [f"{DUE} C1 500 0 open 1"]
    assert [one["kind"] for one in story["timeline"]][:1] == ["promise.opened"]
    rows = json.loads(run("promises", "list", "--month", "2026-03", "--json").stdout)
    assert [(row["case"], row["status"]) for row in rows] == [("C1", "open")]


def test_a_correction_names_the_outcome_that_it_replaces(run: Any) -> None:
    run("outcome", "add", "C1", "COMPLAINT", "--key", "k1")
    assert json.loads(run("case", "show", "B1", "--json").stdout)["stops"] == ["complaint"]
    told = run("outcome", "add", "C1", "NOT_HOME", "--corrects", "k1")
    assert told.exit_code == 0, told.output
    assert json.loads(run("case", "show", "B1", "--json").stdout)["stops"] == []


def test_a_story_is_told_in_words(run: Any) -> None:
    run("outcome", "add", "C1", "HOSTILE")
    lines = run("case", "show", "C1").stdout.splitlines()
    assert lines[0] == "borrower B1"
    assert "promises: none" in lines
    (outcome,) = [line for line in lines if "outcome recorded" in line]
    assert "outcome recorded, B1: result Hostile" in outcome
    (pause,) = [line for line in lines if "pause noted" in line]
    assert "time to cool off" in pause
    assert ".recorded" not in "".join(lines), "events are told by their words"


def test_hours_that_she_asks_for(run: Any) -> None:
    hours = f"{DUE}T18:00/20:00"
    told = run("outcome", "add", "C1", "CALLBACK_TIME", "--suits", hours)
    assert told.exit_code == 0, told.output
    kinds = [
        one["kind"] for one in json.loads(run("case", "show", "C1", "--json").stdout)["timeline"]
    ]
    assert "appointment.made" in kinds


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("C9", "PTP"), "no case and no borrower 'C9'"),
        (("B1", "PTP"), "'B1' is a borrower: name the case"),
        (("C1", "HUNGRY"), "'HUNGRY' is no result code"),
        (("C1", "PTP", "--amount", "much"), "'much' is no sum"),
        (("C1", "PTP", "--amount", "-5"), "a sum is more than 0"),
        (("C1", "PTP", "--place", "elsewhere"), "B1-home"),
        (("C1", "PTP", "--at", "noon"), "'noon' is no instant"),
        (("C1", "PTP"), "PTP needs --amount; PTP needs --due"),
        (("C1", "CALLBACK_TIME"), "CALLBACK_TIME needs --suits"),
        (("C1", "NOT_HOME", "--at", "2099-01-01T10:00"), "lies in the future"),
        (("C1", "PTP", "--amount", "5", "--due", "2020-01-01"), "lies before the visit"),
        (("C1", "NOT_HOME", "--crew", "nobody"), "--crew names nobody who visits: nobody"),
        (("C1", "NOT_HOME", "--details", "[1]"), "it: expected an object, not [1]"),
        (("C1", "NOT_HOME", "--details", "{"), "the details cannot be read"),
        (("C1", "NOT_HOME", "--details", "[" * 9000), "the details cannot be read"),
        (("C1", "NOT_HOME", "--details", '{"mood": 1}'), "mood: unknown; there are attitude"),
    ],
)
def test_what_cannot_be_recorded_is_told(run: Any, words: tuple[str, ...], fault: str) -> None:
    told = run("outcome", "add", *words)
    assert told.exit_code == 1
    assert fault in told.output


@pytest.mark.parametrize("amount", ["1e30", "0.001", "1000000000000"])
def test_a_sum_that_no_debt_has_is_refused(run: Any, amount: str) -> None:
    told = run("outcome", "add", "C1", "PAID_FULL", "--amount", amount)
    assert isinstance(told.exception, ConflictError)
    assert "is no sum that is paid" in str(told.exception)


@pytest.mark.parametrize("month", ["2026-13", "soon", "9999-12"])
def test_a_month_that_is_none_is_told(run: Any, month: str) -> None:
    told = run("promises", "list", "--month", month)
    assert told.exit_code == 1
    assert "is no date" in told.output


def test_promises_are_judged_by_command(run: Any) -> None:
    told = run("promises", "judge")
    assert told.exit_code == 0, told.output
    assert "promises that stand otherwise than before: 0" in told.output


def test_a_stop_told_at_the_door_is_lifted(run: Any) -> None:
    run("outcome", "add", "C1", "DISPUTE", "--key", "k1")
    told = run("case", "release", "C1", "disputed")
    assert told.exit_code == 0, told.output
    assert "the stop disputed of C1 is lifted" in told.output
    assert run("case", "release", "C1", "disputed").exit_code == 1
    assert run("case", "release", "C1", "gone").exit_code == 1

"""What `dayround simulate` prints stands whole on a terminal of 80 characters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.headcount.question import Answer
from scheduler.headcount.scenario import Scenario
from scheduler.staffing.fates import Fate
from scheduler.staffing.intervals import MeanOf
from tests.web.test_headcount_page import WEEK, team
from web.cli.simulate_told import UNDONE, tell_answer, tell_teams
from web.headcount.weeks_told import WHY_UNDONE


def test_no_figure_of_a_large_team_is_broken_at_80_characters(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    much, share = MeanOf(12_345_678.0, 9, 4), MeanOf(0.9876, 0.1234, 4)
    large = replace(
        team(200),
        coverage=share,
        made=replace(much, mean=12_345),
        met=replace(much, mean=6_789),
        recovered=much,
        cost=replace(much, mean=1_234_567),
        crews=87.3,
    )
    tell_teams([large], Scenario(0), "", as_json=False)
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    for figure in (
        "98.8% ± 12.3%",
        "87.3",
        "12,345",
        "6,789",
        "12,345,678",
        "1,234,567",
        "100 ± 4",
    ):
        assert f" {figure}" in printed


def test_a_larger_team_that_covers_less_beyond_its_band_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Two tenths with two, four with four; five as many as two: between four and five it falls."""
    fallen = replace(team(5), coverage=team(2).coverage)
    answer = Answer((team(2), team(4), fallen), None, 0.95)
    assert answer.fall == (4, 5)
    assert Answer(answer.teams[:2], None, 0.95).fall is None
    wide = replace(fallen, coverage=MeanOf(0.2, 0.3, 4))
    assert Answer((team(2), team(4), wide), None, 0.95).fall is None, "the bands overlap"
    tell_answer(answer, Scenario(0), "", as_json=False)
    assert "5 visit fewer in time than 4" in " ".join(capsys.readouterr().out.split())


def test_a_team_is_told_with_its_week_and_what_it_does_not_make(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_teams([replace(team(3), week=WEEK)], Scenario(0), "", as_json=False)
    told = capsys.readouterr()
    printed = " ".join((told.out + told.err).split())
    assert "Fri 2 1 0" in printed
    assert "11.0 ± 0.5" in printed, "days that a case waits"
    assert "1.5 visits planned and not made: no time left before the end of the shift" in printed
    assert "hours would have been over" not in printed


def test_each_fate_of_a_visit_that_is_not_made_has_its_words() -> None:
    told = {fate for fate in Fate if not fate.is_made} - {Fate.NOT_ITS_DAY, Fate.TAKEN}
    assert {Fate[name.upper()] for name in UNDONE} == told == set(WHY_UNDONE)

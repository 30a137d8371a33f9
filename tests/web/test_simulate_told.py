"""What `dayround simulate` prints stands whole on a terminal of 80 characters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.headcount.scenario import Scenario
from scheduler.staffing.intervals import MeanOf
from tests.web.test_headcount_page import team
from web.cli.simulate_told import tell_teams


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
    for figure in ("98.8% ± 12.3%", "87.3", "12,345", "6,789", "12,345,678", "1,234,567"):
        assert f" {figure}" in printed

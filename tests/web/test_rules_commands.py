"""`dayround rules`: profiles and their values in words, and what they say to a visit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import STREET, Run, json_of
from tests.web.test_cli import HEADER


@pytest.fixture
def town(run: Run, tmp_path: Path) -> Run:
    """A town by the rules of China, with a contract that stands and one that is stopped."""
    (tmp_path / "street.osm").write_text(STREET, encoding="utf-8")
    rows = "HT-1,张三,东河路18号,2000\n"
    (tmp_path / "cases.csv").write_text(HEADER + rows, encoding="utf-8")
    run("city", "add", "dong", tmp_path / "street.osm")
    run("import", "cases", tmp_path / "cases.csv")
    return run


def test_a_profile_is_shown_in_words_and_each_value_with_its_paper(run: Run) -> None:
    lines = run("rules", "show", "CN").stdout.splitlines()
    at = lines.index("  crew_size: at least 2 collectors")
    assert lines[at + 1].startswith("    country · China Banking Association, ")
    assert " · since 2026-01-30 · secondary source (S) · version " in lines[at + 1]
    assert not any("{" in line for line in lines), "values are words, not what a program reads"
    assert "  Take no cash." in run("rules", "show", "TW").stdout.splitlines()


def test_a_program_reads_the_values_as_they_are(run: Run) -> None:
    told = json_of(run("rules", "show", "CN", "--json"))
    (hours,) = [one for one in told if one["rule"] == "hours"]
    assert hours["value"]["value"]["by_day"] == {"any": [["08:00:00", "22:00:00"]]}
    assert {one["about"] for one in told} == {"visits", "calls", "keeping", "duty"}


def test_what_refuses_a_visit_is_told_before_what_lets_it_pass(town: Run) -> None:
    lines = town("rules", "test", "tomorrow", "HT-1", "--at", "21:50").stdout.splitlines()
    verdict = next(at for at, line in enumerate(lines) if ": refused by 2 of " in line)
    # To 22:10 the visit leaves the lawful hours, which end at 22:00, and the house's, at 20:30.
    refusals = [line for line in lines if line.startswith("  refuses")]
    assert [line.split()[1] for line in refusals] == ["hours:", "house_hours:"]
    assert lines[verdict + 1] == refusals[0]
    assert "  passes    crew_size" in lines
    alone = json_of(town("rules", "test", "tomorrow", "HT-1", "--crew", 1, "--json"))
    assert [one["rule"] for one in alone if one["answer"] == "refuses"] == ["crew_size"]
    passed = town("rules", "test", "tomorrow", "HT-1", "--at", "10:00").stdout
    assert "values let it pass" in passed

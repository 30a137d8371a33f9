"""The gate on skipped tests lets none pass unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import skips

REPORT = """<testsuites><testsuite>
<testcase classname="tests.routing.test_roads" name="test_a"><skipped message="no file"/></testcase>
<testcase classname="tests.routing.test_roads" name="test_b"/>
</testsuite></testsuites>"""


def test_only_skipped_tests_are_listed() -> None:
    assert skips.skipped(REPORT) == [("tests.routing.test_roads.test_a", "no file")]


@pytest.mark.parametrize(
    ("line", "refused"),
    [("# none", 1), ("tests.routing: other reasons", 1), ("tests.routing: no file", 0)],
)
def test_a_skip_needs_its_line(
    line: str, refused: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed, report = tmp_path / "allowed.txt", tmp_path / "report.xml"
    allowed.write_text(line, encoding="utf-8")
    report.write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr(skips, "ALLOWED", allowed)
    assert skips.main(report) == refused

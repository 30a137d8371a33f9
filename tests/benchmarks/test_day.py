"""What the benchmark of a day measures is the work that it names; nothing timed."""

from __future__ import annotations

import pytest

from benchmarks.day import UNITS, Size, day, import_book
from benchmarks.measure import NotHereError
from benchmarks.stopwatch import Stopwatch
from benchmarks.temporary import temporary_desk


def test_a_stopwatch_knows_stages_and_steps() -> None:
    watch = Stopwatch()
    with watch.steps() as on_step:
        on_step("read")
        on_step("build")
    with watch.stage("write"):
        pass
    assert list(watch.seconds) == ["read", "build", "write"]


def test_no_book_but_a_temporary_one_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYROUND_DATABASE", "postgresql://somewhere/real")
    with pytest.raises(NotHereError, match="DAYROUND_DATABASE"), temporary_desk("CN"):
        pass


@pytest.mark.slow
def test_a_day_is_worked_from_its_files_to_the_published_plan() -> None:
    figures = day(Size("CN", cases=60, collectors=12, nodes=2_000), search_s=0.2)
    assert figures.keys() >= UNITS.keys()
    assert figures["city add"] >= figures["reading roads"] + figures["reading addresses"]
    assert 0 < figures["visits in the first plan"] <= figures["visits to choose from"] <= 60


def test_a_book_is_taken_in_whole_and_the_same_file_changes_nothing() -> None:
    figures = import_book(cases=60)
    assert (figures["new"], figures["new again"]) == (60, 0)

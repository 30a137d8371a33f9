"""Scores from a file to a borrower's day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from data.readers.score_columns import chance
from data.readers.scores import read_scores
from data.readers.tables import File
from data.store import SqlStore
from scheduler.errors import NotFoundError
from scheduler.ports import BookChange
from scheduler.scores import Score
from tests.data.world import ALICE, ALL_KNOWN, TODAY, TOWN, record

HEADER = ["合同号", "还款概率", "评分日期", "评分来源"]
YESTERDAY = TODAY - timedelta(days=1)
GOOD = Score("C1", "bureau", YESTERDAY, Decimal("0.35"))


@pytest.mark.parametrize(
    ("text", "told"),
    [("0.35", "0.35"), ("35%", "0.35"), ("0", "0"), ("1", "1"), (".12345", ".1234")],
)
def test_a_chance_is_a_share_or_a_percentage(text: str, told: str) -> None:
    assert chance(text) == Decimal(told)


@pytest.mark.parametrize("text", ["1.01", "-0.1", "101%", "620", "good", "nan"])
def test_what_is_no_chance_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no chance; write a number from 0 to 1"):
        chance(text)


def test_scores_are_read_and_all_bad_rows_told(
    tmp_path: object, write_scores: Callable[..., File]
) -> None:
    read = read_scores(
        write_scores(
            ["C1", "0.35", str(YESTERDAY), "bureau"],
            ["C9", "0.35", str(YESTERDAY), "bureau"],
            ["C1", "620", str(YESTERDAY), "bureau"],
            ["C1", "0.35", str(TODAY + timedelta(days=1)), "bureau"],
        ),
        cases={"C1"},
        today=TODAY,
    )
    assert read.records == (GOOD,)
    assert [error.line for error in read.errors] == [3, 4, 5]


@pytest.fixture
def write_scores(tmp_path: Path) -> Callable[..., File]:
    def write(*rows: list[str]) -> File:
        file = tmp_path / "scores.csv"
        file.write_text("\n".join(",".join(row) for row in (HEADER, *rows)), encoding="utf-8")
        return File(file)

    return write


@pytest.fixture
def town(store: SqlStore) -> SqlStore:
    with store.writing(ALICE) as writer:
        writer.put_city(TOWN)
        writer.put_cases("Town", [record(1), record(2)], known=ALL_KNOWN, complete=False)
    return store


def add(store: SqlStore, *told: Score) -> BookChange:
    with store.writing(ALICE) as writer:
        return writer.add_scores("Town", told)


def scores(store: SqlStore, on: date = TODAY) -> tuple[Score, ...]:
    return store.open_day("Town", on).dossier_of("B1").scores


def test_a_days_dossier_has_the_scores_of_her_cases(town: SqlStore) -> None:
    later = Score("C1", "bureau", TODAY, Decimal("0.4"))
    change = add(town, later, GOOD, Score("C2", "bureau", TODAY, Decimal("0.9")))
    assert change.new == ("C1", "C1", "C2")
    assert scores(town) == (GOOD, later)
    assert scores(town, YESTERDAY) == (GOOD,), "today's was not known yesterday"


def test_the_same_again_changes_nothing_and_another_is_not_kept(town: SqlStore) -> None:
    add(town, GOOD)
    assert add(town, GOOD) == BookChange(unchanged=("C1",))
    other = Score("C1", "bureau", YESTERDAY, Decimal("0.36"))
    assert add(town, other) == BookChange(clashing=("C1",))
    assert scores(town) == (GOOD,)
    assert [event.kind for event in town.events(subject="C1")].count("score.added") == 1


def test_a_score_of_no_case_is_refused(town: SqlStore) -> None:
    with pytest.raises(NotFoundError, match="C9"):
        add(town, GOOD, Score("C9", "bureau", TODAY, Decimal(1)))
    assert scores(town) == ()

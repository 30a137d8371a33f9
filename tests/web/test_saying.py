"""`dayround say`: what a dispatcher says of borrowers, from a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import Run, json_of

LIST = "合同号,姓名,家庭地址,逾期金额\nHT-1,王小明,东河路18号,900\nHT-2,李晓红,东河路18号,500\n"


@pytest.fixture
def book(desk: Run, tmp_path: Path) -> Run:
    """A city with two cases."""
    file = tmp_path / "cases.csv"
    file.write_text(LIST, encoding="utf-8")
    desk("import", "cases", file)
    return desk


def said(book: Run) -> list[tuple[str, str, str]]:
    return [
        (one["kind"], one["on"], one["reason"]) for one in json_of(book("say", "list", "--json"))
    ]


def test_many_are_said_of_at_once_and_taken_back(book: Run) -> None:
    told = book("say", "not-before", "2099-12-01", "HT-1", "HT-2", "--reason", "away").stdout
    assert told.count("not before 2099-12-01") == 2
    assert said(book) == [("not_before", "2099-12-01", "away")] * 2
    numbers = [one["id"] for one in json_of(book("say", "list", "--json"))]
    assert "is taken back" in book("say", "end", *numbers).stdout
    assert said(book) == []


def test_a_later_word_takes_the_place_of_an_earlier_and_a_key_says_it_once(book: Run) -> None:
    book("say", "not-today", "HT-1", "--on", "tomorrow")
    for _ in range(2):
        book("say", "must", "HT-1", "--on", "tomorrow", "--key", "k1")
    [(kind, _, _)] = said(book)
    assert kind == "must"


def test_strangers_are_all_named_and_a_past_day_is_refused(book: Run) -> None:
    wrong = book("say", "must", "HT-1", "HT-8", "HT-9", expect=1).stderr
    assert "no open case 'HT-8', 'HT-9'" in wrong
    late = book("say", "must", "HT-1", "--on", "2020-01-01", expect=1)
    assert "has passed" in str(late.exception)  # the program's end tells it
    assert said(book) == []

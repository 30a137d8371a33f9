"""What the benchmark of the desk measures is the work that it names; nothing timed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from benchmarks import desk_answers, desk_browser, desk_crowd, desk_urgent
from benchmarks.asking import Client
from benchmarks.day import Size
from benchmarks.desk import KINDS
from benchmarks.planned import Planned, planned

TINY = Size("US", cases=60, collectors=12, nodes=2_000)


@pytest.fixture(scope="module")
def home() -> Iterator[Planned]:
    with planned(TINY) as made:
        yield made


@pytest.fixture
def shared(home: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all that is measured share one home."""

    @contextmanager
    def made(_: Size) -> Iterator[Planned]:
        yield home

    for module in (desk_answers, desk_browser, desk_crowd, desk_urgent):
        monkeypatch.setattr(module, "planned", made)


@pytest.mark.usefixtures("shared")
@pytest.mark.slow
def test_each_kind_of_answer_is_asked_for_and_edits_are_kept(
    home: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_answers, "LOOK_S", 0.0)
    told = desk_answers.answers(TINY, times=3, cold=1)
    assert told.keys() == set(KINDS)
    log = home.desk.wired.store.plan_edits(1)
    assert len(log) == 3, "as many as were timed"


@pytest.mark.slow
@pytest.mark.usefixtures("shared")
def test_desks_ask_while_the_page_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[int]] = []
    get = Client.get

    def noted(client: Client, path: str, *expected: int, **headers: str) -> object:
        answer = get(client, path, *expected, **headers)
        asked.append((answer.status, "If-None-Match" in headers))
        return answer

    monkeypatch.setattr(Client, "get", noted)
    told = desk_crowd.crowd(TINY, desks=3, rounds=1, times=2)
    assert told.keys() == {"with", "without"}
    assert asked.count((200, False)) >= 3 + 6, "each desk once, and pages: 2 first, 2 and 2"


@pytest.mark.slow
@pytest.mark.usefixtures("shared")
def test_an_urgent_visit_is_put_in_and_the_day_solved_with_it() -> None:
    told = desk_urgent.urgent(TINY, 0.2, seed=1, times=1)
    assert (told["not made"], told["violations"]) == (0, 0)
    assert told["solve"] >= 0.2 > 0 < told["insertion"]

"""The search is compiled beside the pages, and a plan waits for it, not the other work."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event

import pytest

from web.jobs.warming import Warming

COMPILE_ALL = "scheduler.engines.search.warming.compile_all"
LONG_S = 60


def test_a_plan_may_begin_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = Event()
    monkeypatch.setattr(COMPILE_ALL, lambda _: may_end.wait(LONG_S))
    warming = Warming()
    assert not warming.is_over(0)
    may_end.set()
    assert warming.is_over(LONG_S)


def test_it_tells_that_it_compiles_and_when_it_has(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def compile_all(on_function: Callable[[str], None]) -> None:
        on_function("ruin")
        on_function("recreate")

    monkeypatch.setattr(COMPILE_ALL, compile_all)
    warming = Warming()
    assert warming.is_over(LONG_S)
    assert warming.functions == 2
    before, after = (one.getMessage() for one in caplog.records)
    assert before.endswith("pages are served, plans wait for it")
    assert after == "compiled the search: 2 functions in 0 s"
    # A worker process has nobody who would show less than a warning.
    assert {one.levelno for one in caplog.records} == {logging.WARNING}


def test_it_says_nothing_where_it_was_done_before(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(COMPILE_ALL, lambda _: None)
    assert Warming().is_over(LONG_S)
    assert caplog.records == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_plan_does_not_wait_for_what_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile_all(_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(COMPILE_ALL, compile_all)
    assert Warming().is_over(LONG_S)

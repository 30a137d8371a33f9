"""The phone's page under load, from a real server; nothing timed."""

from __future__ import annotations

import pytest

from benchmarks.load import Load
from benchmarks.page_server import served
from benchmarks.pages import AT, PAGE, add_collector, compared, publish_day
from benchmarks.temporary import temporary_desk


@pytest.mark.slow
def test_the_phones_day_is_compared_with_a_bare_page_of_the_same_server() -> None:
    with temporary_desk("CN") as desk:
        publish_day(desk, cases=60, collectors=12, nodes=2_000)
        add_collector(desk)
        with served(desk.wired.home, AT) as url:
            told = compared(url, rounds=1, round_s=0.5)
            with pytest.raises(RuntimeError, match="302"):  # who is not logged in is sent away
                Load(f"{url}{PAGE}", cookie="").go_on(0.1, 1)
    assert told["bare rate"] > told["rate"] > 0
    assert told["p50"] <= told["p95"]

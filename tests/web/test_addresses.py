"""Days and numbers in addresses: what no book can hold is no page, and breaks nothing."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.routing import Map, Rule

from web.addresses import LARGEST, DayConverter, NumberConverter
from web.told_days import day_of

PAGES = Map(
    [Rule("/<day:on>", endpoint="day"), Rule("/v/<int:number>", endpoint="number")],
    converters={"day": DayConverter, "int": NumberConverter},
).bind("")


@pytest.mark.parametrize("path", ["/0001-01-01", "/9999-12-31", "/2026-02-30", f"/v/{LARGEST + 1}"])
def test_what_no_book_holds_is_no_page(path: str) -> None:
    with pytest.raises(NotFound):
        PAGES.match(path)


def test_the_others_are_read_and_written() -> None:
    assert PAGES.match("/2026-11-23") == ("day", {"on": date(2026, 11, 23)})
    assert PAGES.match(f"/v/{LARGEST}") == ("number", {"number": LARGEST})
    assert PAGES.build("day", {"on": date(2026, 11, 23)}) == "/2026-11-23"


@pytest.mark.parametrize("text", ["", "today", "1899-12-31", "2101-01-01", "2026-13-01"])
def test_a_day_that_is_none_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_of(text)

"""The desk's pages on a phone's screen: what is wide scrolls in itself, never the page."""

from __future__ import annotations

import pytest

from data.jobs import Ended, JobState
from tests.browser.conftest import Open
from tests.browser.test_accessibility import (  # noqa: F401
    DESK,
    OFFICE,
    REST_OF_DESK,
    no_large_files,
    peopled_home,
)
from tests.browser.test_phone import PHONE
from tests.slowly import slowly
from tests.web.pages import World
from tests.web.test_dispatch import FOUND, LEFT_OUT, add_draft, english, tried

WIDTH = PHONE["viewport"]["width"]
PAST_THE_EDGE = f"""[...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > {WIDTH} + 1)
  .filter(one => !one.closest(".table-scroll, .day-map, .faults"))
  .map(one => one.outerHTML.slice(0, 200))"""


WIDE = (
    *("draft", "a visit in the sheet", "import with faults", "versions", "figures", "scorecards"),
    *("cases", "a borrower", "as it runs", "records of phones", "how many collectors"),
)
"""What holds the widest tables and lines; the other pages are left to `make test-all`."""
SIGHTS = DESK | REST_OF_DESK | {"how many collectors": OFFICE["how many collectors"]}
PAGES = [(name, locale) for name in (*DESK, "how many collectors") for locale in ("en", "zh-CN")]
"""English has the longer words: wide pages are tried in it."""
SELDOM = [(name, "en") for name in REST_OF_DESK]
REST = {one for one in PAGES + SELDOM if one not in [(name, "en") for name in WIDE]}


@pytest.mark.parametrize(("name", "locale"), slowly(PAGES + SELDOM, REST))
def test_no_page_of_the_desk_scrolls_sideways(look: Open, name: str, locale: str) -> None:
    sight = SIGHTS[name]
    page = look(sight.path, sight.who, locale=locale, **PHONE)
    sight.act(page)
    page.wait_for_load_state()  # its styles, too
    assert page.evaluate(PAST_THE_EDGE) == []
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH


@pytest.mark.parametrize("locale", slowly(["en", "zh-CN"], ["zh-CN"]))
def test_nor_does_what_would_help(open_page: Open, world: World, locale: str) -> None:
    add_draft(world, LEFT_OUT)
    where = tried(world, english(world), "C1", Ended(JobState.DONE, FOUND))
    page = open_page(where, "dora", locale=locale, **PHONE)
    assert page.locator(".remedies li").count() == 1
    assert page.evaluate(PAST_THE_EDGE) == []
    # The words stand off the box's edge.
    box = page.locator(".remedies").bounding_box()
    words = page.locator(".remedies strong").bounding_box()
    assert box is not None
    assert words is not None
    assert words["x"] - box["x"] >= 12

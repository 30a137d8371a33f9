"""What the inner rooms say, known again and said in Chinese."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.conftest import ROOT
from tests.web.pages import World
from web.phrases import HOLE, PHRASES, Phrase, phrase, said


@cache
def spoken() -> str:
    """Return the source of the inner rooms, each text on one line."""
    files = (file for room in ("scheduler", "data") for file in (ROOT / room).rglob("*.py"))
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return re.sub(r'"\s*\n\s*f?"', "", source)


@pytest.mark.parametrize("known", PHRASES, ids=lambda known: known.text[:40])
def test_a_phrase_is_still_said(known: Phrase) -> None:
    longest = max(HOLE.split(known.text)[::2], key=len)
    # What follows a figure in a text of two lines may be joined otherwise: half of it will do.
    assert longest in spoken() or longest[: len(longest) // 2] in spoken()


def test_a_sentence_is_said_with_its_figures_and_its_parts(world: World) -> None:
    english = (
        "planned, and refused by now: visited on 2026-11-22, 1 days away; at least 3 are needed"
    )
    chinese = {"Accept-Language": "zh"}
    with world.app.test_request_context(headers=chinese):
        assert said(english) == (
            "已安排，但现在不允许：2026-11-22 有上门，相隔 1 天；至少需间隔 3 天"
        )
        assert said("4 crews could make it on an empty day; none has room left.").startswith(
            "4 个小组在空闲的一天可以去"
        )
        assert said("a sentence that nobody knows: 50 %") == "a sentence that nobody knows: 50 %"
        assert said("") == ""
    with world.app.test_request_context(headers={"Accept-Language": "en"}):
        assert said(english) == english


def test_a_phrase_matches_the_whole_and_nothing_else() -> None:
    known = phrase("at most %(most)s (of %(all)s)")
    found = known.pattern.fullmatch("at most 3 (of 5)")
    assert found is not None
    assert found.groupdict() == {"most": "3", "all": "5"}
    assert known.pattern.fullmatch("it is at most 3 (of 5)") is None

"""The guides: whole in both languages, true to the pages, and open to their readers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from markupsafe import escape

from tests.conftest import ROOT
from tests.web.pages import World
from tests.web.texts import sources, translations
from web.guide.pages import FOLDER, GUIDES

FILES = sorted(FOLDER.glob("*.md"))
LANGUAGES = ("en", "zh")
NAMES = [guide.name for guide in GUIDES]
PICTURE = re.compile(r"!\[(.+)\]\((\S+)\)")
LARGEST_BYTES = 200_000


@cache
def said(language: str) -> frozenset[str]:
    """Return every text that the pages say in a language."""
    english = {text for told in sources() for text in ((told,) if isinstance(told, str) else told)}
    if language == "en":
        return frozenset(english)
    found = (message.string for told in translations().values() for message in told.values())
    return frozenset(text for text in found if isinstance(text, str))


def pictures(file: Path) -> list[Path]:
    return [(file.parent / link).resolve() for _, link in PICTURE.findall(file.read_text("utf-8"))]


def test_there_is_each_guide_in_each_language() -> None:
    wanted = {f"{name}.{language}.md" for name in NAMES for language in LANGUAGES}
    assert {file.name for file in FILES} == wanted


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_steps_and_pictures(name: str) -> None:
    english, chinese = (FOLDER / f"{name}.{language}.md" for language in LANGUAGES)
    for pattern in (r"^#+ ", r"^- ", r"\*\*[^*]+\*\*"):
        counts = [len(re.findall(pattern, f.read_text("utf-8"), re.M)) for f in (english, chinese)]
        assert counts[0] == counts[1], pattern
    names = [[one.name.split(".")[0] for one in pictures(file)] for file in (english, chinese)]
    assert names[0] == names[1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_is_to_be_pressed_is_called_as_on_the_page(file: Path) -> None:
    named = re.findall(r"\*\*([^*]+)\*\*", file.read_text("utf-8"))
    assert set(named) - said(file.suffixes[0][1:]) == set()


def test_every_picture_is_there_small_and_used() -> None:
    used = {picture for file in FILES for picture in pictures(file)}
    assert used == set((FOLDER.parent / "static").glob("*.png"))
    assert [one.name for one in used if one.stat().st_size > LARGEST_BYTES] == []


@pytest.mark.parametrize("who", ["dora", "alice", "nemo"])
def test_whoever_has_logged_in_reads_it_in_her_language(world: World, who: str) -> None:
    for name in NAMES:
        for language in LANGUAGES:
            file = FOLDER / f"{name}.{language}.md"
            title = escape(file.read_text("utf-8").splitlines()[0].removeprefix("# "))
            page = world.visitor(who, **{"Accept-Language": language}).page(f"/guide/pages/{name}")
            assert page.count("<h1") == 1
            assert f"{title}</h1>" in page
            assert "**" not in page  # what is bold is understood so, also beside Chinese signs
    assert world.visitor().get("/guide/pages/dispatcher").status_code == 302
    assert world.visitor(who).get("/guide/pages/other").status_code == 404


@pytest.mark.parametrize(
    ("who", "path", "name"),
    [
        ("dora", "/Town/2026-03-02/", "dispatcher"),
        ("alice", "/my/day", "collector"),
        ("ada", "/settings/people", "administrator"),
    ],
)
def test_it_is_linked_from_her_pages(world: World, who: str, path: str, name: str) -> None:
    page = world.visitor(who).page(path)
    assert re.findall(r"/guide/pages/(\w+)", page) == [name]
    picture = re.search(
        r'src="\.\./static/([\w.-]+)"', world.visitor(who).page(f"/guide/pages/{name}")
    )
    assert picture is not None
    assert world.visitor(who).get(f"/guide/static/{picture[1]}").mimetype == "image/png"


def test_the_index_in_docs_leads_to_every_guide() -> None:
    index = ROOT / "docs" / "guide" / "README.md"
    links = re.findall(r"\]\(([^)#:]+)\)", index.read_text("utf-8"))
    led_to = {(index.parent / link).resolve() for link in links}
    assert all(file.is_file() for file in led_to)
    assert led_to >= {file.resolve() for file in FILES}

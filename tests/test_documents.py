"""What is written for people holds: both languages say the same, and what is named is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CHINESE = [document for document in DOCUMENTS if document.name.endswith(".zh-CN.md")]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SPAN = re.compile(r"`([^`\n]+)`")


def english(chinese: Path) -> Path:
    return chinese.with_name(chinese.name.replace(".zh-CN", ""))


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def headings(text: str) -> list[str]:
    """Return the level of each heading."""
    return re.findall(r"^(#+) ", FENCE.sub("", text), re.MULTILINE)


def commands(text: str) -> list[tuple[str, list[str]]]:
    """Return each block's language and lines, without remarks; drawings are translated whole."""
    blocks = FENCE.findall(text)
    return [
        (kind, [said(line) for line in body.splitlines()] if kind else []) for kind, body in blocks
    ]


def said(line: str) -> str:
    """Return what of a line is typed, not remarked."""
    return re.sub(r"(^|\s+)#.*", "", line).rstrip()


def links(text: str) -> set[str]:
    """Return where links lead, in whichever language; the way within a page is its own."""
    targets = (re.sub(r"\.(en|zh-CN|zh)\b", "", target) for target in LINK.findall(text))
    return {target for target in targets if not target.startswith("#")}


def spans(text: str) -> set[str]:
    """Return what stands in the text as it is typed."""
    prose = re.sub(r"\s+", " ", FENCE.sub("", text))
    return set(SPAN.findall(prose))


@pytest.mark.parametrize("chinese", CHINESE, ids=lambda path: path.name)
def test_both_languages_say_the_same(chinese: Path) -> None:
    one, other = read(english(chinese)), read(chinese)
    assert headings(one) == headings(other)
    assert commands(one) == commands(other)
    assert links(one) == links(other)
    assert spans(one) == spans(other)
    assert one.count("\n|") == other.count("\n|"), "rows of tables"


@pytest.mark.parametrize("chinese", CHINESE, ids=lambda path: path.name)
def test_each_leads_to_the_other(chinese: Path) -> None:
    assert f"[中文]({chinese.name})" in read(english(chinese))
    assert f"[English]({english(chinese).name})" in read(chinese)


@pytest.mark.parametrize("chinese", CHINESE, ids=lambda path: path.name)
def test_each_shows_pages_in_its_language(chinese: Path) -> None:
    assert not [link for link in LINK.findall(read(english(chinese))) if link.endswith(".zh.png")]
    assert not [link for link in LINK.findall(read(chinese)) if link.endswith(".en.png")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(read(document)):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        file = document.parent / path if path else document
        assert file.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(read(file)), f"{target}: no such heading"


def anchors(text: str) -> set[str]:
    """Return the headings as links name them: lower case, hyphens for blanks, no punctuation."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_a_changed_command_would_be_seen() -> None:
    block = "```sh\ndayround init  # {}\n```"
    assert commands(block.format("your book")) == commands(block.format("您的账簿"))
    assert commands(block.format("")) != commands(block.replace("init", "plan").format(""))

"""What stands in the pages to be read, and what of it is translated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.conftest import ROOT
from web.language import CATALOGS

Text = str | tuple[str, ...]
"""What is said, or said of one and of many."""

WEB = ROOT / "web"
METHODS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("phone/static/my/**.js", "javascript"),
]
KEYWORDS = {"t": None, "lazy_t": None, "tn": (1, 2), "phrase": None}
NAMES = {"dayround", "演示数据", "Made-up data"}
"""What is the same in both languages, or stands in both side by side."""

TEXT_ATTRIBUTES = re.compile(r'\b(?:title|alt|placeholder|aria-label|content)="([^"]*)"')
NOT_TEXT = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|&\w+;", re.DOTALL)


@cache
def sources() -> dict[Text, str]:
    """Return every text that the pages say, and a file that says it."""
    found: dict[Text, str] = {}
    for file, _, text, *_ in extract_from_dir(WEB, METHODS, {}, KEYWORDS):
        found.setdefault(text, file)
    return found


def translations() -> dict[Text, dict[str, Message]]:
    """Return the Chinese entry of every text, by the .po file that has it."""
    found: dict[Text, dict[str, Message]] = defaultdict(dict)
    for file in sorted((CATALOGS / "zh").glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale="zh", abort_invalid=True):
                if message.id:
                    text = message.id if isinstance(message.id, str) else tuple(message.id)
                    found[text][file.name] = message
    return found


def as_po(text: Text) -> str:
    """Return a text as an entry of a .po file that waits for its Chinese."""
    one, *many = (text,) if isinstance(text, str) else text
    plural = f'\nmsgid_plural "{many[0]}"\nmsgstr[0] ""' if many else '\nmsgstr ""'
    return f'msgid "{one}"{plural}\n'


def templates() -> list[Path]:
    """Return all templates."""
    return sorted(WEB.rglob("templates/**/*.html"))


def bare_texts(template: str) -> Iterator[str]:
    """Yield what a template says without asking for a translation."""
    plain = NOT_TEXT.sub("\x00", template)
    for attribute in TEXT_ATTRIBUTES.findall(plain):
        if "=" not in attribute and attribute not in ("noindex",):
            yield from _words(attribute)
    yield from _words(re.sub(r"<[^>]*>", "\x00", plain))


def _words(text: str) -> Iterator[str]:
    for piece in text.split("\x00"):
        said = piece.strip(" \n\t·—–:,.()[]|/+-")
        if re.search(r"[^\W\d_]{2,}", said) and said not in NAMES:
            yield said

"""What the page's scripts say: they say it in English, and are told the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from web.language import catalog, is_chinese

SCRIPTS = Path(__file__).parent.parent / "static" / "my"
KEYWORDS = {"t": None, "tn": (1, 2)}
MANY = 2
"""Chinese has one form for all counts."""


def client_words() -> dict[str, str]:
    """Return the texts of the page's scripts in the visitor's language, not filled in.

    Nothing where that is the scripts' own. A text of one and of many is found by the one.
    """
    return _of_language("zh") if is_chinese() else {}


def words_in_page(words: Mapping[str, str]) -> Markup:
    """Return texts as JSON that stands in a page: in UTF-8, which is shorter than escapes of it."""
    return htmlsafe_json_dumps(words, ensure_ascii=False, separators=(",", ":"))


@cache
def _of_language(language: str) -> dict[str, str]:
    words, found = catalog(language), dict[str, str]()
    for text in script_texts():
        if isinstance(text, str):
            found[text] = words.gettext(text)
        else:
            found[text[0]] = words.ngettext(text[0], text[1], MANY)
    return found


def script_texts() -> tuple[str | tuple[str, ...], ...]:
    """Return every text that the scripts say; that of a count is (of one, of many)."""
    found = extract_from_dir(SCRIPTS, [("**.js", "javascript")], {}, KEYWORDS)
    return tuple({text: None for _, _, text, *_ in found})

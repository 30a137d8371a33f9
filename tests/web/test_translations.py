"""Every text stands in both languages, and no template says one past the translations."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.web.texts import as_po, bare_texts, sources, templates, translations
from web.language import catalog
from web.phone.shell.words import SCRIPTS, script_texts

PLACEHOLDER = re.compile(r"%\(\w+\)\d*[sd]")
NAME = re.compile(r"%\((\w+)\)")
SAID = re.compile(r'\btn?\(\s*"([^"]+)"')
"""A text of a script, which has no quotation marks of its kind in it."""


def test_every_text_has_its_chinese() -> None:
    translated = translations()
    missing = [text for text in sources() if text not in translated]
    told = "\n".join(f"# {sources()[text]}\n{as_po(text)}" for text in missing)
    assert not missing, f"put into web/translations/zh/ROOM.po:\n\n{told}"


def test_no_chinese_is_empty_or_unsure() -> None:
    for text, entries in translations().items():
        for file, entry in entries.items():
            parts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            assert all(parts), f"{file}: {text!r} has no Chinese"
            assert not entry.fuzzy, f"{file}: {text!r} is fuzzy"


def test_no_chinese_is_of_a_text_that_is_gone() -> None:
    gone = {text: list(files) for text, files in translations().items() if text not in sources()}
    assert not gone


def test_a_text_is_the_same_in_every_file() -> None:
    for text, entries in translations().items():
        for (one, first), (other, second) in pairwise(entries.items()):
            assert first.string == second.string, f"{text!r} differs in {one} and {other}"


def test_the_chinese_fills_in_the_same_values() -> None:
    for text, entries in translations().items():
        many = text if isinstance(text, str) else text[-1]
        for file, entry in entries.items():
            told = entry.string if isinstance(entry.string, str) else "".join(entry.string or ())
            assert sorted(PLACEHOLDER.findall(many)) == sorted(PLACEHOLDER.findall(told)), (
                f"{file}: {text!r} and {told!r} fill in different values"
            )


def filled_in(text: str, names: list[str]) -> str:
    """Return a text as a page fills it in, each value being a number that any conversion takes."""
    return text % dict.fromkeys(names, 7)


def test_each_text_can_be_filled_in() -> None:
    """A page whose text cannot answers 500, in that language alone."""
    faults = []
    for text, entries in translations().items():
        one, *many = (text,) if isinstance(text, str) else text
        names = [*NAME.findall("".join((one, *many))), *(["num"] if many else [])]
        if not names:
            continue  # said as it stands, percent signs and all
        for file, entry in entries.items():
            chinese = (entry.string,) if isinstance(entry.string, str) else entry.string or ()
            for told in (one, *many, *chinese):
                try:
                    filled_in(told, names)
                except (KeyError, TypeError, ValueError) as fault:
                    faults.append(f"{file}: {told!r}: {fault!r}")
    assert not faults, "a percent sign beside values is written %%:\n" + "\n".join(faults)


def test_a_text_that_nothing_is_filled_into_has_single_percent_signs() -> None:
    """It is said as it stands: a page would show both."""
    for text, entries in translations().items():
        said = [text, *(entry.string for entry in entries.values())]
        if isinstance(text, str) and not NAME.search(text):
            assert not [one for one in said if "%%" in str(one)]


@pytest.mark.parametrize("told", ["%(count)s 条的 95% 区间", "%(counts)s 条", "%(count) 条"])
def test_a_text_that_cannot_be_filled_in_would_be_seen(told: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        filled_in(told, ["count"])
    assert filled_in("%(count)s 条的 95%% 区间", ["count"]) == "7 条的 95% 区间"


def test_what_scripts_say_is_found_wherever_they_say_it() -> None:
    """Inside a template literal (`${t("…")}`) it would not be, and would stay English."""
    found = {text if isinstance(text, str) else text[0] for text in script_texts()}
    scripts = sorted(SCRIPTS.rglob("*.js"))
    said = {
        (script.name, text)
        for script in scripts
        if "vendor" not in script.parts
        for text in SAID.findall(script.read_text(encoding="utf-8"))
    }
    assert len(said) > 300
    assert {(name, text) for name, text in said if text not in found} == set()


@pytest.mark.parametrize("template", templates(), ids=lambda path: path.stem)
def test_a_template_says_nothing_untranslated(template: Path) -> None:
    assert list(bare_texts(template.read_text(encoding="utf-8"))) == []


def test_an_untranslated_text_would_be_seen() -> None:
    page = '<p title="Hint">{{ t("said") }} left {# note #}</p><img alt=""><b>¥ 7</b>{% if x %}'
    assert list(bare_texts(page)) == ["Hint", "left"]


def test_the_files_are_read_together() -> None:
    chinese = catalog("zh")
    assert chinese.gettext("Log in") == "登录"  # of auth.po
    assert chinese.gettext("Menu") == "菜单"  # of layout.po
    one = "Too many failed tries. Please wait %(num)d second and try again."
    many = one.replace("second", "seconds")
    # Chinese has one form for every count.
    assert chinese.ngettext(one, many, 1) == chinese.ngettext(one, many, 2)
    assert catalog("en").gettext("Log in") == "Log in"
